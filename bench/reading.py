"""What reads every ticket, against `git status`: `list`, `sla check`, `kpi`, their index warm, behind or new."""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable
from datetime import timedelta
from itertools import count
from pathlib import Path

import lives
from desks import TKT, put_back, ticket_file
from memory import most_memory
from timing import DOING_NOTHING, LOOKED, NOTHING, Action, Line, Timing, command, in_turn

from tkt.domain.entry import Entry, FieldChange
from tkt.store.journal_text import render_entry

# The desk's own day, whatever the calendar says: a month without tickets would be reported in no time.
_NOW = ("--now", (lives.END + timedelta(hours=1)).isoformat())
_LIST = ("list", "--limit", "40")
_COMMANDS = (_LIST, ("sla", "check"), ("kpi",))
# From how many tickets on the ceilings hold: `git status` of a small desk takes less than Python's own start.
_PROMISED = 100_000
_CHANGED, _CHANGED_ALLOWANCE = 100, 0.100
_FIRST_SECONDS, _FIRST_MEGABYTES = 8.0, 300.0


def every_ticket(runs: int, desk: Path, tickets: int) -> list[Line]:
    """The commands that read every ticket: nothing changed since the last one, then 100 files changed since it."""
    warm, floor = _round(runs, desk)
    behind, behind_floor = _round(runs, desk, _changing(desk, tickets))
    put_back(desk)
    size, least = f"at {tickets:,} tickets", 3 * floor.median
    lines = [Line(f"`tkt {' '.join(words)}` {size}", one, "`git status`", floor) for words, one in warm]
    later = [
        Line(f"`tkt {' '.join(words)}` {size}, {_CHANGED} files changed", one, "`git status` of as many", behind_floor)
        for words, one in behind
    ]
    if tickets < _PROMISED:
        return lines + later
    return [
        *(line.allowing(least, "3 ×") for line in lines),
        *(line.allowing(least + _CHANGED_ALLOWANCE, "the line without changes + 100 ms") for line in later),
    ]


def _round(runs: int, desk: Path, before: Action | None = None) -> tuple[list[tuple[tuple[str, ...], Timing]], Timing]:
    """Each command and `git status` in turn, each after `before`."""
    things = [command(*TKT, *words, *_NOW, cwd=desk, ends=LOOKED, before=before) for words in _COMMANDS]
    *timings, floor = in_turn(runs, *things, command("git", "status", "--short", cwd=desk, before=before))
    return list(zip(_COMMANDS, timings, strict=True)), floor


def first_index(runs: int, desk: Path, tickets: int) -> list[Line]:
    """How long the first command on a desk takes, and how much memory: every file is read and the index made."""
    first = command(*TKT, *_LIST, *_NOW, cwd=desk, before=lambda: _forget(desk))
    took, floor = in_turn(runs, first, lambda: _read_all(desk))
    _forget(desk)
    held = Timing((most_memory([*TKT, *_LIST, *_NOW], desk) / 1e6,), "MB")
    nothing = Timing((most_memory([*DOING_NOTHING, "first"], desk) / 1e6,), "MB")
    size = f"first index of {tickets:,} tickets"
    lines = [Line(size, took, "reading every file", floor), Line(f"{size}, memory", held, NOTHING, nothing)]
    if tickets > _PROMISED:
        return lines
    return [lines[0].allowing(_FIRST_SECONDS), lines[1].allowing(_FIRST_MEGABYTES)]


def _forget(desk: Path) -> None:
    shutil.rmtree(desk / ".git" / "tkt", ignore_errors=True)


def _read_all(desk: Path) -> float:
    start = time.perf_counter()
    for path in (desk / "tickets").glob("*/*.md"):
        path.read_bytes()
    return time.perf_counter() - start


def _changing(desk: Path, tickets: int) -> Callable[[], None]:
    """What gives 100 tickets, the same each time, one more entry each."""
    moments = count(1)
    files = [ticket_file(desk, 1 + number * tickets // _CHANGED) for number in range(_CHANGED)]

    def change() -> None:
        moment = next(moments)
        for file in files:
            say_more(file, moment)

    return change


def say_more(file: Path, moment: int) -> None:
    """One more entry in a ticket's file, so many seconds after the desk's last."""
    entry = Entry(lives.END + timedelta(seconds=moment), "Jean DUPONT", "N1", False, (FieldChange("spent", "15m"),))
    with file.open("a", encoding="utf-8") as text:
        text.write(f"\n{render_entry(entry)}")
