"""`make bench`: each command against its floor in the same run, turn by turn; medians with their spread, and the ratio.

The floors (design.md, section 11): a two-command Typer program that does nothing, its --help, and a bare `git add` and
`git commit` of one file in the same repository. The commands and their floors run in turn, A B A B, so that a machine
whose speed drifts bends both alike.
"""

from __future__ import annotations

import argparse
import os
import platform
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from desks import ENVIRONMENT, build_desk, ticket_of

HERE = Path(__file__).parent
DOCUMENT = HERE.parent / "docs" / "benchmarks.md"
# Behind each mark stand the figures of one program of this folder: this one, judging.py, history.py.
FIGURES, JUDGING, HISTORY = "<!-- figures -->", "<!-- judging -->", "<!-- history -->"
DOING_NOTHING = [sys.executable, str(HERE / "two_commands.py")]
TKT = [str(Path(sys.executable).with_name("tkt"))]
SHOW_ALLOWANCE = 0.050


@dataclass(frozen=True)
class Timing:
    """Seconds of several runs of one thing."""

    runs: tuple[float, ...]

    @property
    def median(self) -> float:
        """The figure to quote."""
        return statistics.median(self.runs)

    def __str__(self) -> str:
        return f"{self.median * 1000:.0f} ms ({min(self.runs) * 1000:.0f} to {max(self.runs) * 1000:.0f})"


@dataclass(frozen=True)
class Line:
    """One line of the table: what was measured, against what, and how much is allowed."""

    what: str
    measured: Timing
    floor: str
    floor_timing: Timing
    allowed: float
    ceiling: str

    @property
    def ratio(self) -> float:
        """How many times its floor it took."""
        return self.measured.median / self.floor_timing.median

    @property
    def met(self) -> bool:
        """Whether it stays under its ceiling, in seconds."""
        return self.measured.median <= self.allowed


Action = Callable[[], None]


def command(*words: str, cwd: Path | None = None, before: Action | None = None) -> Callable[[], float]:
    """A command as something that takes time; `before` is not counted."""

    def run() -> float:
        if before:
            before()
        start = time.perf_counter()
        done = subprocess.run(words, cwd=cwd, env=ENVIRONMENT, capture_output=True, check=False)
        took = time.perf_counter() - start
        if done.returncode:
            sys.exit(f"{' '.join(words)} ended with {done.returncode}: {done.stderr.decode(errors='replace')}")
        return took

    return run


def in_turn(runs: int, *things: Callable[[], float]) -> list[Timing]:
    """Time things A B C A B C …, after one round that does not count."""
    for thing in things:
        thing()
    rounds = [[thing() for thing in things] for _ in range(runs)]
    return [Timing(tuple(column)) for column in zip(*rounds, strict=True)]


def start_up(runs: int, desk: Path) -> list[Line]:
    """`tkt --version`, a shell completion and `tkt --help` against the program that does nothing."""
    completing = ["env", "_TKT_COMPLETE=complete_bash", "COMP_WORDS=tkt show INC", "COMP_CWORD=2", *TKT]
    version, completion, nothing = in_turn(
        runs,
        command(*TKT, "--version"),
        command(*completing, cwd=desk),
        command(*DOING_NOTHING, "first"),
    )
    page, their_page = in_turn(runs, command(*TKT, "--help"), command(*DOING_NOTHING, "--help"))
    floor, ceiling = "a Typer program doing nothing", "1.5 ×"
    return [
        Line("`tkt --version`", version, floor, nothing, 1.5 * nothing.median, ceiling),
        Line("completing a ticket's id", completion, floor, nothing, 1.5 * nothing.median, ceiling),
        Line("`tkt --help`", page, "its `--help`", their_page, 1.5 * their_page.median, ceiling),
    ]


def at_size(runs: int, desk: Path, tickets: int) -> list[Line]:
    """`show` and `log`, without and with its commit, on a desk of so many tickets."""
    one = ticket_of(desk, tickets // 2)
    name = one.relative_to(desk).as_posix()
    reset = _putting_back(desk, name)
    shown, logged, nothing = in_turn(
        runs,
        command(*TKT, "show", one.stem, cwd=desk),
        command(*TKT, "log", one.stem, "Test envoi externe : OK", "--no-commit", cwd=desk, before=reset),
        command(*DOING_NOTHING, "first"),
    )
    reset()
    committed, bare, again = in_turn(
        runs,
        command(*TKT, "log", one.stem, "Test envoi externe : OK", cwd=desk),
        _bare_commit(desk, name),
        command(*DOING_NOTHING, "first"),
    )
    floor, ceiling = "a Typer program doing nothing", "1.5 × + 50 ms"
    allowed = 1.5 * nothing.median + SHOW_ALLOWANCE
    size = f"at {tickets:,} tickets"
    return [
        Line(f"`tkt show` {size}", shown, floor, nothing, allowed, ceiling),
        Line(f"`tkt log --no-commit` {size}", logged, floor, nothing, allowed, ceiling),
        Line(
            f"`tkt log` {size}",
            committed,
            "bare `git add` and `git commit`",
            bare,
            1.5 * again.median + SHOW_ALLOWANCE + bare.median,
            "the line above + the floor",
        ),
    ]


def _putting_back(desk: Path, name: str) -> Action:
    return lambda: _git(desk, "checkout", "--quiet", "HEAD", "--", name)


def _bare_commit(desk: Path, name: str) -> Callable[[], float]:
    """The floor of a write: one more line in the file, `git add`, `git commit`."""

    def run() -> float:
        with (desk / name).open("a", encoding="utf-8") as file:
            file.write("\n")
        start = time.perf_counter()
        _git(desk, "add", "--", name)
        _git(desk, "commit", "--quiet", "--message", "bare", "--", name)
        return time.perf_counter() - start

    return run


def _git(desk: Path, *words: str) -> None:
    subprocess.run(["git", *words], cwd=desk, env=ENVIRONMENT, capture_output=True, check=True)


def importing(runs: int, folder: Path, tickets: int) -> Line:
    """`tkt import servicenow` of a made log; the ceilings are those of the issue that asked for it."""
    log = folder / f"log-{tickets}.csv"
    maker = HERE.parent / "tests" / "sources" / "make_log.py"
    subprocess.run([sys.executable, str(maker), str(tickets), str(log)], check=True, capture_output=True)
    goal = folder / "imported"

    def fresh() -> None:
        shutil.rmtree(goal, ignore_errors=True)
        subprocess.run([*TKT, "init", str(goal)], env=ENVIRONMENT, check=True, capture_output=True)

    imported, nothing = in_turn(
        runs, command(*TKT, "import", "servicenow", str(log), cwd=goal, before=fresh), command(*DOING_NOTHING, "first")
    )
    ceiling = 5.0 if tickets <= 500 else 60.0
    what = f"`tkt import servicenow` of {tickets:,} incidents"
    return Line(what, imported, "a Typer program doing nothing", nothing, ceiling, f"{ceiling:.0f} s")


def table(lines: Sequence[Line]) -> str:
    """The lines as a Markdown table."""
    head = "| what | median (min to max) | floor | its median (min to max) | ratio | at most | |\n"
    head += "|---|---|---|---|---|---|---|\n"
    rows = (
        f"| {line.what} | {line.measured} | {line.floor} | {line.floor_timing} | {line.ratio:.2f} "
        f"| {line.ceiling} = {line.allowed * 1000:.0f} ms | {'pass' if line.met else 'MISS'} |\n"
        for line in lines
    )
    return head + "".join(rows)


def machine() -> str:
    """What these figures were measured on."""
    git = subprocess.run(["git", "--version"], capture_output=True, text=True, check=True).stdout.strip()
    return (
        f"{platform.system()} on {platform.machine()}, {os.cpu_count()} cores; "
        f"Python {platform.python_version()}; {git}; "
        f"measured on {datetime.now(UTC):%Y-%m-%d}"
    )


def keep(mark: str, text: str) -> None:
    """Write `text` behind a mark of docs/benchmarks.md, in place of what stood there."""
    before, _mark, rest = DOCUMENT.read_text(encoding="utf-8").partition(mark)
    following = rest.find("<!-- ")
    behind = f"\n{rest[following:]}" if following >= 0 else ""
    DOCUMENT.write_text(f"{before}{mark}\n\n{text.rstrip()}\n{behind}", encoding="utf-8")


def main() -> None:
    """Measure, print, and write docs/benchmarks.md when asked to."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=15, help="counted runs of each thing")
    parser.add_argument("--sizes", type=int, nargs="+", default=[10, 10_000], help="tickets on the desks")
    parser.add_argument("--import-sizes", type=int, nargs="*", default=[500], help="incidents in the imported logs")
    parser.add_argument("--write", action="store_true", help="write the figures to docs/benchmarks.md")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="tkt-bench-") as folder:
        desks = {size: build_desk(Path(folder) / f"desk-{size}", size) for size in arguments.sizes}
        lines = start_up(arguments.runs, desks[max(desks)])
        for size, desk in desks.items():
            lines += at_size(arguments.runs, desk, size)
        lines += [importing(min(arguments.runs, 3), Path(folder), size) for size in arguments.import_sizes]
    text = f"{machine()}; {arguments.runs} runs of each, in turn.\n\n{table(lines)}"
    print(text)
    if arguments.write:
        keep(FIGURES, text)
    sys.exit(0 if all(line.met for line in lines) else 1)


if __name__ == "__main__":
    main()
