"""`make bench`: how long judging 100,000 tickets on office calendars takes, on top of reading them.

The tickets are those of `lives.py`, made in memory. Both clocks of each are read once per run, in one process and on
one core; beside it stands what reading the files of some of them takes, since a report never judges without reading.
"""

from __future__ import annotations

import argparse
import gc
import sys
import time
from dataclasses import replace
from datetime import date
from zoneinfo import ZoneInfo

import lives
from timing import Line, Timing, keep, machine, table

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
_YEARS = range(lives.FIRST_YEAR, lives.END.year + 2)
_HOUR = 3600
_READ = 2000


def office() -> Settings:
    """Targets of the course, counted by office hours with a break at noon, holidays and a yearly closure."""
    day = ((8 * _HOUR + 1800, 12 * _HOUR + 1800), (13 * _HOUR + 1800, 18 * _HOUR))
    closed = (Days(date(2000, 12, 24), date(2000, 1, 1), yearly=True, name="Fermeture"),)
    since = date(lives.FIRST_YEAR, 1, 1)
    hours = CalendarVersion(since, _PARIS, (day,) * 5 + ((), ()), ("FR",), closed)
    names = {(5, 1): "Fête du Travail", (7, 14): "Fête nationale"}
    holidays = {year: {date(year, *day): name for day, name in names.items()} for year in _YEARS}
    policy = Policy("standard", (PolicyVersion(since, DEFAULT_TARGETS, calendar="office"),))
    return Settings(policies=(policy,), calendars=(OpeningHours("office", (hours,)),), holidays=lambda _name: holidays)


def judged(every: list[Ticket], agreements: Agreements) -> float:
    """The processor seconds that both clocks of all of them take, from their journals on."""
    start = time.process_time()
    for ticket in every:
        read_clocks(ticket, agreements, lives.END)
    return time.process_time() - start


def told(every: list[Ticket]) -> float:
    """The part of it that reading the lives out of the journals takes: states, pauses, reopenings, priorities."""
    start = time.process_time()
    for ticket in every:
        read_timeline(ticket, lives.END)
    return time.process_time() - start


def read(files: list[bytes]) -> float:
    """The processor seconds that reading these files takes."""
    start = time.process_time()
    for number, data in enumerate(files, 1):
        TicketFile.parse(f"{number}.md", data).ticket  # noqa: B018
    return time.process_time() - start


def measured(runs: int, tickets: int) -> tuple[Timing, Timing, Timing]:
    """Judging, the reading of lives within it, and the reading of as many files, turn by turn."""
    made = [lives.ticket_of(number, tickets) for number in range(1, tickets + 1)]
    files = [lives.file_of(number, tickets) for number in range(1, tickets + 1, max(tickets // _READ, 1))]
    rounds = []
    for _run in range(runs):
        # Fresh ones each time: a ticket remembers what was once worked out about it.
        every = [replace(ticket) for ticket in made]
        gc.collect()
        rounds.append((judged(every, Agreements.of(office())), told(every), read(files) / len(files) * tickets))
    judging, lived, reading = (Timing(column) for column in zip(*rounds, strict=True))
    return judging, lived, reading


def main() -> None:
    """Measure, print, and write docs/benchmarks.md when asked to."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--tickets", type=int, default=100_000)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--write", action="store_true", help="write the figures to docs/benchmarks.md")
    arguments = parser.parse_args()
    judging, lived, reading = measured(arguments.runs, arguments.tickets)
    what = f"judging {arguments.tickets:,} tickets on an office calendar"
    line = Line(what, judging, f"reading them, by {_READ:,} of them", reading).allowing(CEILING, "on top of reading")
    text = (
        f"{machine(arguments.runs)}; seconds of one core.\n\n{table([line])}\n"
        f"Of it, reading the lives out of the journals takes {lived}.\n"
    )
    print(text)
    if arguments.write:
        keep("judging", text)
    sys.exit(0 if line.met else 1)


if __name__ == "__main__":
    main()
