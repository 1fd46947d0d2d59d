"""`make bench`: how long judging 100,000 tickets on office calendars takes, on top of reading them.

The tickets are made in memory as a desk's life leaves them: answered, resolved in time and late, waiting, reopened,
raised. Both clocks of each are read once per run, in one process and on one core; beside it stands what reading the
files of some of them takes, since a report never judges without reading.
"""

from __future__ import annotations

import argparse
import gc
import statistics
import sys
import time
from collections.abc import Iterator
from datetime import date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

from desks import fields_of, file_of
from run import JUDGING, keep, machine

from tkt.domain.entry import Entry, FieldChange
from tkt.domain.instant import write_instant
from tkt.domain.opening_hours import CalendarVersion, Days, OpeningHours
from tkt.domain.policies import DEFAULT_TARGETS, Policy, PolicyVersion
from tkt.domain.settings import Settings
from tkt.domain.ticket import Ticket
from tkt.service_level.agreements import Agreements
from tkt.service_level.stopwatch import read_timeline
from tkt.service_level.verdict import read_clocks
from tkt.store.ticket_file import TicketFile

CEILING = 3.0
_PARIS = ZoneInfo("Europe/Paris")
_ZONE = timezone(timedelta(hours=1))
_FIRST = datetime(2025, 1, 2, 9, 0, tzinfo=_ZONE)
_NOW = datetime(2026, 3, 2, 12, 0, tzinfo=_PARIS)
_HOUR = 3600
_AGENTS = ("Jean DUPONT", "Pierre MARTIN")
# After how many minutes the ticket goes to which state, for what reason: lives of a desk, told in turn.
_Life = tuple[tuple[int, str, str], ...]
_QUICK: _Life = ((10, "in_progress", ""), (90, "resolved", ""), (3000, "closed", ""))
_SAME_DAY: _Life = ((15, "in_progress", ""), (200, "resolved", ""), (3000, "closed", ""))
_NEXT_DAY: _Life = ((25, "in_progress", ""), (1300, "resolved", ""), (4000, "closed", ""))
_ASKED: _Life = ((25, "in_progress", ""), (60, "pending", "user"), (1500, "in_progress", ""), (1600, "resolved", ""))
_SENT_ON: _Life = (
    (25, "in_progress", ""),
    (60, "pending", "vendor"),
    (9000, "in_progress", ""),
    (9100, "resolved", ""),
)
_LATE: _Life = ((700, "in_progress", ""), (8000, "resolved", ""))
_AGAIN: _Life = ((30, "in_progress", ""), (300, "resolved", ""), (900, "in_progress", ""), (1500, "resolved", ""))
_OPEN: _Life = ((20, "assigned", ""), (60, "in_progress", ""))
# One in twenty is still open, one in ten came late, one in five waited for somebody.
_LIVES = (
    *[_QUICK] * 5,
    *[_SAME_DAY] * 4,
    *[_NEXT_DAY] * 3,
    *[_ASKED] * 2,
    *[_SENT_ON] * 2,
    *[_LATE] * 2,
    _AGAIN,
    _OPEN,
)


def office() -> Settings:
    """Targets of the course, counted by office hours with a break at noon, holidays and a yearly closure."""
    day = ((8 * _HOUR + 1800, 12 * _HOUR + 1800), (13 * _HOUR + 1800, 18 * _HOUR))
    closed = (Days(date(2000, 12, 24), date(2000, 1, 1), yearly=True, name="Fermeture"),)
    hours = CalendarVersion(date(2024, 1, 1), _PARIS, (day,) * 5 + ((), ()), ("FR",), closed)
    names = {(5, 1): "Fête du Travail", (7, 14): "Fête nationale"}
    holidays = {year: {date(year, *day): name for day, name in names.items()} for year in range(2024, 2028)}
    policy = Policy("standard", (PolicyVersion(date(2024, 1, 1), DEFAULT_TARGETS, calendar="office"),))
    return Settings(policies=(policy,), calendars=(OpeningHours("office", (hours,)),), holidays=lambda _name: holidays)


def tickets(count: int) -> Iterator[Ticket]:
    """So many tickets, opened over fourteen months, with the journals of their lives."""
    for number in range(1, count + 1):
        opened = _FIRST + timedelta(minutes=(577 * number) % 600_000)
        entries = tuple(_entries(number, opened))
        states = [entry.value("state") for entry in entries]
        priority = next(change.new for entry in reversed(entries) if (change := entry.change("priority")))
        moved = {"state": next(one for one in reversed(states) if one), "priority": priority}
        yield Ticket({**fields_of(number), **moved, "opened_at": write_instant(opened)}, opened, entries)


def _entries(number: int, opened: datetime) -> Iterator[Entry]:
    priority = f"P{1 + number % 7 % 4}"
    moves = (FieldChange("state", "new"), FieldChange("impact", "medium"), FieldChange("urgency", "medium"))
    yield Entry(opened, _AGENTS[0], "N1", changes=(*moves, FieldChange("priority", priority)))
    state = "new"
    for minutes, goal, reason in _LIVES[number % len(_LIVES)]:
        moved = (FieldChange("state", goal, state), *([FieldChange("reason", reason)] if reason else []))
        yield Entry(opened + timedelta(minutes=minutes), _AGENTS[number % 2], "N1", goal != "pending", moved, "Fait.")
        state = goal
    if number % 40 == 9:
        raised = FieldChange("priority", "P1", priority)
        yield Entry(opened + timedelta(minutes=10_000), _AGENTS[0], "N1", changes=(raised,))


def judged(every: list[Ticket], agreements: Agreements) -> float:
    """The processor seconds that both clocks of all of them take, from their journals on."""
    start = time.process_time()
    for ticket in every:
        read_clocks(ticket, agreements, _NOW)
    return time.process_time() - start


def told(every: list[Ticket]) -> float:
    """The part of it that reading the lives out of the journals takes: states, pauses, reopenings, priorities."""
    start = time.process_time()
    for ticket in every:
        read_timeline(ticket, _NOW)
    return time.process_time() - start


def read(files: list[bytes]) -> float:
    """The processor seconds that reading these files takes."""
    start = time.process_time()
    for number, data in enumerate(files, 1):
        TicketFile.parse(f"{number}.md", data).ticket  # noqa: B018
    return time.process_time() - start


def main() -> None:
    """Measure, print, and write docs/benchmarks.md when asked to."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--tickets", type=int, default=100_000)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--write", action="store_true", help="write the figures to docs/benchmarks.md")
    arguments = parser.parse_args()
    files = [file_of(number) for number in range(1, 2001)]
    ours, lives, theirs = [], [], []
    for _run in range(arguments.runs):
        # Fresh ones each time: a ticket remembers what was once worked out about it.
        every = list(tickets(arguments.tickets))
        gc.collect()
        ours.append(judged(every, Agreements.of(office())))
        lives.append(told(every))
        del every
        theirs.append(read(files) / len(files) * arguments.tickets)
    median, verdict = statistics.median(ours), "pass" if statistics.median(ours) <= CEILING else "MISS"
    text = (
        f"{machine()}; {arguments.runs} runs of each, in turn; seconds of one core.\n\n"
        "| what | median (min to max) | floor | its median | at most | |\n|---|---|---|---|---|---|\n"
        f"| judging {arguments.tickets:,} tickets on an office calendar | {median:.1f} s ({min(ours):.1f} to "
        f"{max(ours):.1f}) | reading them ({len(files):,} read, times {arguments.tickets // len(files)}) "
        f"| {statistics.median(theirs):.1f} s | {CEILING:.0f} s on top of it | {verdict} |\n\n"
        f"Of it, reading the lives out of the journals takes {statistics.median(lives):.1f} s.\n"
    )
    print(text)
    if arguments.write:
        keep(JUDGING, text)
    sys.exit(0 if median <= CEILING else 1)


if __name__ == "__main__":
    main()
