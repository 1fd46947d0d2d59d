"""How things are timed against their floors, turn by turn, and how the figures are shown and kept."""

from __future__ import annotations

import os
import platform
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from desks import ENVIRONMENT

HERE = Path(__file__).parent
DOCUMENT = HERE.parent / "docs" / "benchmarks.md"
DOING_NOTHING = [sys.executable, str(HERE / "two_commands.py")]
NOTHING = "a Typer program doing nothing"
# What a command that opens one file may take, and how that is told.
A_COMMAND = "1.5 × a start + 50 ms"
# `tkt sla check` and `tkt kpi` end so where they find trouble: they have looked, which is what is measured.
LOOKED = frozenset({0, 1})
_DONE = frozenset({0})

Action = Callable[[], object]
Timed = Callable[[], float]


@dataclass(frozen=True)
class Timing:
    """Several runs of one thing: the seconds that each took, or the megabytes."""

    runs: tuple[float, ...]
    unit: str = "s"

    @property
    def median(self) -> float:
        """The figure to quote."""
        return statistics.median(self.runs)

    def show(self, value: float) -> str:
        """A value of this kind with its unit: milliseconds up to ten seconds, then seconds; megabytes."""
        return f"{self._figure(value, value)} {self._unit(value)}"

    def __str__(self) -> str:
        if len(self.runs) == 1:
            return self.show(self.median)
        median, least, most = (
            self._figure(value, self.median) for value in (self.median, min(self.runs), max(self.runs))
        )
        return f"{median} {self._unit(self.median)} ({least} to {most})"

    def _figure(self, value: float, like: float) -> str:
        """The value in the unit of another."""
        unit = self._unit(like)
        return f"{value:.1f}" if unit == "s" else f"{value * 1000:.0f}" if unit == "ms" else f"{value:.0f}"

    def _unit(self, value: float) -> str:
        return "ms" if self.unit == "s" and value < 10 else self.unit


@dataclass(frozen=True)
class Line:
    """One line of the table: what was measured, against what, and how much is allowed (None: nothing is promised)."""

    what: str
    measured: Timing
    floor: str
    floor_timing: Timing
    allowed: float | None = None
    ceiling: str = ""

    def allowing(self, allowed: float, ceiling: str = "") -> Line:
        """The line with what is promised of it, and what that was worked out from."""
        return replace(self, allowed=allowed, ceiling=ceiling)

    @property
    def met(self) -> bool:
        """Whether it stays under its ceiling."""
        return self.allowed is None or self.measured.median <= self.allowed

    def __str__(self) -> str:
        ratio = self.measured.median / self.floor_timing.median
        cells = (
            self.what,
            self.measured,
            self.floor,
            self.floor_timing,
            f"{ratio:.2f}",
            self._promise(),
            self._verdict(),
        )
        return " | ".join(map(str, cells))

    def _promise(self) -> str:
        if self.allowed is None:
            return ""
        most = self.measured.show(self.allowed)
        return f"{self.ceiling} = {most}" if self.ceiling else most

    def _verdict(self) -> str:
        return "" if self.allowed is None else "pass" if self.met else "MISS"


def command(
    *words: str,
    cwd: Path | None = None,
    before: Action | None = None,
    ends: Collection[int] = _DONE,
    environment: dict[str, str] | None = None,
    given: str = "",
) -> Timed:
    """A command as something that takes time; `before` is not counted, `given` is its standard input.

    The program ends where the command ends otherwise than with one of `ends`.
    """

    def run() -> float:
        if before:
            before()
        start = time.perf_counter()
        done = subprocess.run(
            words, cwd=cwd, env=environment or ENVIRONMENT, input=given.encode(), capture_output=True, check=False
        )
        took = time.perf_counter() - start
        if done.returncode not in ends:
            said = (done.stderr or done.stdout[-2000:]).decode(errors="replace")
            sys.exit(f"{' '.join(words)} ended with {done.returncode}: {said}")
        return took

    return run


def in_turn(runs: int, *things: Timed) -> list[Timing]:
    """Time things A B C A B C …, after one round that does not count."""
    for thing in things:
        thing()
    rounds = [[thing() for thing in things] for _ in range(runs)]
    return [Timing(tuple(column)) for column in zip(*rounds, strict=True)]


def a_command(nothing: Timing) -> float:
    """What a command that opens one file may take, by what a program that does nothing takes."""
    return 1.5 * nothing.median + 0.050


def table(lines: Sequence[Line]) -> str:
    """The lines as a Markdown table."""
    head = "| what | median (min to max) | floor | its median (min to max) | ratio | at most | |\n"
    return head + "|---|---|---|---|---|---|---|\n" + "".join(f"| {line} |\n" for line in lines)


def machine(runs: int) -> str:
    """What these figures were measured on, when, and how often each."""
    git = subprocess.run(["git", "--version"], capture_output=True, text=True, check=True).stdout.strip()
    return (
        f"{platform.system()} on {platform.machine()}, {os.cpu_count()} cores; "
        f"Python {platform.python_version()}; {git}; "
        f"measured on {datetime.now(UTC):%Y-%m-%d}; {runs} runs of each, in turn"
    )


def keep(mark: str, text: str) -> None:
    """Write `text` behind the mark of docs/benchmarks.md (`<!-- figures -->`), in place of what stood there."""
    before, stands, rest = DOCUMENT.read_text(encoding="utf-8").partition(f"<!-- {mark} -->")
    if not stands:
        sys.exit(f"{DOCUMENT} has no mark {mark!r}")
    following = rest.find("<!-- ")
    behind = f"\n{rest[following:]}" if following >= 0 else ""
    DOCUMENT.write_text(f"{before}{stands}\n\n{text.rstrip()}\n{behind}", encoding="utf-8")
