"""docs/sla.md says what the code judges: its targets, its verdicts, and every example of its rules."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple
from zoneinfo import ZoneInfo

import pytest

from tests.service_level.lives import COURSE_TICKET, DEFAULT, WINTER, at, imported, life, said
from tkt.domain.duration import read_duration, write_duration
from tkt.domain.opening_hours import HolidayYears
from tkt.domain.policies import DEFAULT_TARGETS
from tkt.domain.ticket import Ticket
from tkt.domain.words import VERDICT
from tkt.errors import TktError
from tkt.service_level.agreements import Agreements
from tkt.service_level.business.business_time import due, elapsed
from tkt.service_level.business.calendar import Calendar
from tkt.service_level.period import second_of
from tkt.service_level.verdict import read_clocks
from tkt.store.settings.holidays_file import parse_holidays
from tkt.store.settings.settings import parse_settings

PARIS = ZoneInfo("Europe/Paris")
# What comes after has tests of its own.
PAGE = (Path(__file__).parents[2] / "docs" / "sla.md").read_text(encoding="utf-8").split("\n## OLA\n", 1)[0]
NOTHING = "–"

Rows = list[list[str]]


class Table(NamedTuple):
    """A table of the page: its section, its head and its rows, cell by cell."""

    section: str
    head: tuple[str, ...]
    rows: Rows


def tables() -> Iterator[Table]:
    for title, section in re.findall(r"^##+ (.*?)\n(.*?)(?=^##|\Z)", PAGE, re.MULTILINE | re.DOTALL):
        for table in re.findall(r"(?:^\|.*\n)+", section, re.MULTILINE):
            head, _rule, *rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in table.splitlines()]
            yield Table(title, tuple(head), rows)


TABLES = tuple(tables())
OPEN_TIME = ("calendar", "from", "to", "open")
DUE = ("calendar", "start", "target", "due")
STATE = ("calendar", "at", "it is", "name")
REFUSED = ("question", "answer")
MATCHED = ("ticket", "opened", "policy", "version")
JOURNAL = ("at", "journal")
READING = ("asked at", "clock", "elapsed", "target", "due", "verdict")
OTHERS = (
    ("clock", "stops at"),
    ("priority", "response", "resolution"),
    ("verdict", "when"),
    ("clock", "from", "stopped", "elapsed", "target", "verdict"),
)


def rows_of(head: tuple[str, ...]) -> Rows:
    """Every row of the tables with that head."""
    return [row for table in TABLES if table.head == head for row in table.rows]


def coded(cell: str) -> list[str]:
    """What stands in backticks."""
    return re.findall(r"`([^`]+)`", cell)


def instant(cell: str) -> datetime:
    found = datetime.fromisoformat(cell)
    return found if found.tzinfo else found.replace(tzinfo=PARIS)


@cache
def desk() -> Agreements:
    """The desk of the page: both its settings as one file, and its holidays."""
    text = "".join(re.findall(r"```yaml\n(.*?)```", PAGE, re.DOTALL))
    (holidays,) = re.findall(r"```text\n(region:.*?)```", PAGE, re.DOTALL)
    known = parse_holidays("holidays/FR.yaml", holidays.encode(), "FR").years

    def read(name: str) -> HolidayYears:
        assert name == "FR"
        return known

    return Agreements.of(parse_settings("tkt.yaml", text.encode(), read))


def calendar(name: str) -> Calendar:
    return desk().calendars.named(name)


def test_every_table_of_the_page_is_recomputed() -> None:
    tested = {OPEN_TIME, DUE, STATE, REFUSED, MATCHED, JOURNAL, READING, *OTHERS}
    assert {table.head for table in TABLES} == tested


@pytest.mark.parametrize("row", rows_of(OPEN_TIME), ids=" ".join)
def test_open_time_is_as_printed(row: list[str]) -> None:
    name, start, end, open_time = row
    assert elapsed(calendar(name), instant(start), instant(end)) == read_duration(open_time)


@pytest.mark.parametrize("row", rows_of(DUE), ids=" ".join)
def test_due_is_as_printed(row: list[str]) -> None:
    name, start, target, at_last = row
    found = due(calendar(name), instant(start), read_duration(target))
    assert second_of(found) == second_of(instant(at_last))


@pytest.mark.parametrize("row", rows_of(STATE), ids=" ".join)
def test_why_it_is_closed_is_as_printed(row: list[str]) -> None:
    name, moment, kind, why = row
    second = second_of(instant(moment))
    (found,) = calendar(name).stretches(second, second + 1)
    assert (found.kind, found.name) == (*coded(kind), why)


@pytest.mark.parametrize("row", rows_of(REFUSED), ids=lambda row: row[0])
def test_what_cannot_be_said_is_refused_as_printed(row: list[str]) -> None:
    question, answer = row
    _tkt, _sla, verb, _option, name, *rest = shlex.split(question.strip("`"))
    with pytest.raises(TktError) as refused:
        if verb == "elapsed":
            start, end = rest
            elapsed(calendar(name), instant(start), instant(end))
        else:
            _at, start, target = rest
            due(calendar(name), instant(start), read_duration(target))
    assert str(refused.value) == answer


@pytest.mark.parametrize("row", rows_of(MATCHED), ids=" ".join)
def test_the_policy_that_judges_is_as_printed(row: list[str]) -> None:
    ticket, opened, policy, version = row
    values = {key: (value,) for key, value in (one.split(": ", 1) for one in coded(ticket))}
    (priority,) = values.pop("priority")
    # What the policies ask of and the ticket does not say, it has not.
    found = desk().terms_of(values, priority, date.fromisoformat(opened))
    assert found.policy == policy.replace(NOTHING, "")
    assert version == (found.version.since.isoformat() if found.policy else NOTHING)


def told(rows: Rows) -> Ticket:
    """The ticket whose life a table tells; its first row is the opening."""
    (opened, opening), *later = rows
    first = _changes(opening)
    entries = (said(instant(when), **_changes(journal)) for when, journal in later)
    return life(*entries, opened=instant(opened), priority=first["priority"], kind=first.get("type", "incident"))


def _changes(cell: str) -> Mapping[str, str]:
    return dict(one.split(": ", 1) for one in coded(cell))


def lives() -> list[tuple[str, Ticket, list[str]]]:
    """Each reading of the page, with the life that is told before it."""
    found: list[tuple[str, Ticket, list[str]]] = []
    for journal, reading in pairwise(TABLES):
        if journal.head == JOURNAL:
            assert reading.head == READING, journal.section
            found += [(journal.section, told(journal.rows), row) for row in reading.rows]
    return found


@pytest.mark.parametrize(
    ("_section", "ticket", "row"), lives(), ids=lambda one: one[0] if isinstance(one, list) else ""
)
def test_a_life_reads_as_printed(_section: str, ticket: Ticket, row: list[str]) -> None:
    asked_at, clock, *shown = row
    found = next(one for one in read_clocks(ticket, desk(), instant(asked_at)) if one.clock in coded(clock))
    due_at = f"{found.due.astimezone(PARIS):%Y-%m-%d %H:%M}" if found.due else NOTHING
    assert found.target is not None
    read = [write_duration(found.elapsed), write_duration(found.target), due_at, f"`{found.verdict}`"]
    assert read == shown


def test_every_verdict_but_that_of_no_promise_is_shown_by_a_life() -> None:
    assert {coded(row[-1])[0] for _section, _ticket, row in lives()} == set(VERDICT.codes) - {"none"}
    unpromised = life(opened=instant("2026-01-15 09:00"), priority="P2")
    assert {one.verdict for one in read_clocks(unpromised, desk(), instant("2026-01-15 10:00"))} == {"none"}


def test_the_targets_are_the_default_ones() -> None:
    rows = rows_of(("priority", "response", "resolution"))
    promised = {coded(code)[0]: (read_duration(one), read_duration(other)) for code, one, other in rows}
    assert promised == {code: (target.response, target.resolution) for code, target in DEFAULT_TARGETS.items()}


def test_every_verdict_is_explained() -> None:
    assert {coded(word)[0] for word, _when in rows_of(("verdict", "when"))} == set(VERDICT.codes)


def test_the_worked_example_reads_as_printed() -> None:
    clocks = read_clocks(COURSE_TICKET, DEFAULT, at("18:00"))
    found = [
        [
            f"`{one.clock}`",
            f"{COURSE_TICKET.opened_at:%H:%M}",
            f"{one.stopped_at.astimezone(WINTER):%H:%M}" if one.stopped_at else "",
            write_duration(one.elapsed),
            write_duration(one.target or 0),
            f"`{one.verdict}`",
        ]
        for one in clocks
    ]
    assert found == rows_of(("clock", "from", "stopped", "elapsed", "target", "verdict"))


def test_what_the_example_would_have_been_as_p1_is_as_told() -> None:
    times = re.findall(r"\d\d:\d\d", PAGE.split("Had it been", 1)[1])
    due_at, at_risk, breached, wait_from, wait_until, due_after_wait, resolved = times
    taken = said("09:30", state="new → in_progress")
    plain = life(taken, priority="P1")
    waited = life(
        taken,
        said(wait_from, state="in_progress → pending", reason="user"),
        said(wait_until, state="pending → in_progress"),
        said(resolved, state="in_progress → resolved"),
        priority="P1",
    )
    assert read_clocks(plain, DEFAULT, at(at_risk)).resolution.due == at(due_at)
    assert read_clocks(plain, DEFAULT, at(at_risk)).resolution.verdict == "at_risk"
    assert read_clocks(plain, DEFAULT, at(f"{breached}:01")).resolution.breached_at == at(breached)
    assert read_clocks(waited, DEFAULT, at("11:30")).resolution.due == at(due_after_wait)
    assert read_clocks(waited, DEFAULT, at("20:00")).resolution.verdict == "met"


def test_a_ticket_that_was_opened_before_every_policy_is_promised_nothing() -> None:
    opened = instant("2025-12-31 09:00")
    old = imported(opened, said(opened, state="new", priority="P1"))
    assert {one.verdict for one in read_clocks(old, desk(), instant("2026-01-15 10:00"))} == {"none"}
