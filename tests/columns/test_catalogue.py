"""What stands in each column of a list."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest

from tests.columns.rows import NOON, PARIS, row
from tests.presentation.course import at, course_entries, make_entry, opening
from tkt.columns.catalogue import COLUMNS
from tkt.columns.naming import read_column
from tkt.domain.entry import Entry, FieldChange
from tkt.query.candidate import Candidate
from tkt.query.context import Context

HOUR = 3600


def value(name: str, seen: Candidate) -> Any:
    return read_column(name).read(seen)


def moved(when: str, new: str, old: str, *more: FieldChange, public: bool = False) -> Entry:
    return make_entry(when, "Jean DUPONT", FieldChange("state", new, old), *more)


HELD = row(
    opening(),
    moved("10:00", "in_progress", "new", FieldChange("assignee", "Jean DUPONT"), FieldChange("spent", "15m")),
    moved("10:30", "pending", "in_progress", FieldChange("reason", "user"), FieldChange("spent", "1h")),
    state="pending",
    assignee="Jean DUPONT",
    group="Support",
    tags=("vip", "vente"),
    links=("caused-by:PRB0000002",),
    x_site="Lyon",
)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("id", "INC0012345"),
        ("department", "Comptabilité"),
        ("requester.name", "Marie MARTIN"),
        ("priority", "P3"),
        ("tags", ("vip", "vente")),
        ("links", ("caused-by:PRB0000002",)),
        ("x_site", "Lyon"),
        ("x_absent", None),
        ("cause", None),
        ("holder", "Jean DUPONT"),
        ("reason", "user"),
        ("opened", at("09:15")),
        ("updated", at("10:30")),
        ("answered", at("10:00")),
        ("resolved", None),
        ("closed", None),
        ("age", 2 * HOUR + 45 * 60),
        ("idle", 90 * 60),
        ("reopened", 0),
        ("entries", 3),
        ("spent", HOUR + 15 * 60),
        ("rating", None),
        ("sla", "paused"),
        ("response", "met"),
        ("response.target", 2 * HOUR),
        ("response.elapsed", 45 * 60),
        ("resolution", "paused"),
        ("resolution.elapsed", HOUR + 15 * 60),
        ("resolution.remaining", 24 * HOUR - (HOUR + 15 * 60)),
        ("resolution.due", None),
        ("due", None),
        ("policy", "standard"),
    ],
)
def test_a_column_says_what_its_name_promises(name: str, expected: object) -> None:
    assert value(name, HELD) == expected


def test_a_ticket_that_was_resolved_closed_and_reopened_says_when() -> None:
    ended = course_entries()
    closed = row(*ended, state="closed", context=Context(at("15:00"), PARIS))
    again = row(
        *ended, moved("14:45", "in_progress", "closed"), state="in_progress", context=Context(at("15:00"), PARIS)
    )

    assert (value("resolved", closed), value("closed", closed), value("reopened", closed)) == (
        at("13:45"),
        at("14:00"),
        0,
    )
    assert (value("resolved", again), value("closed", again), value("reopened", again)) == (None, None, 1)


def test_a_group_holds_what_nobody_does() -> None:
    assert value("holder", row(group="Réseau")) == "Réseau"
    assert value("holder", row()) is None


def test_instants_are_shown_in_the_zone_of_the_desk() -> None:
    for name in ("opened", "updated", "resolved"):
        instant = value(name, row(*course_entries(), state="resolved", context=Context(at("15:00"), PARIS)))
        assert isinstance(instant, datetime)
        assert instant.utcoffset() == at("09:15").utcoffset()


@pytest.mark.parametrize("spent", ["a while", "1d", ""])
def test_working_time_that_cannot_be_read_counts_for_nothing(spent: str) -> None:
    seen = row(opening(), make_entry("10:00", "Jean DUPONT", FieldChange("spent", spent)))
    assert value("spent", seen) is None


def test_a_clock_without_a_target_has_no_due_nor_anything_left() -> None:
    seen = row(opening(), context=Context(at("12:00"), PARIS))
    assert [value(name, seen) for name in ("sla", "due", "remaining", "policy", "resolution.target")] == [
        "none",
        None,
        None,
        None,
        None,
    ]


def test_the_fields_alone_are_shown_without_reading_a_journal() -> None:
    class Untouched(tuple[Entry, ...]):
        def __iter__(self) -> Any:
            raise AssertionError("the journal was read")

    seen = row(context=NOON)
    object.__setattr__(seen.ticket, "entries", Untouched())
    for name in (name for name, column in COLUMNS.items() if column.key):
        value(name, seen)
