"""Calendars as a person reads them: a week in a line, a day in a line, and why it is closed."""

from __future__ import annotations

from tests.presentation.opened import DAYS, EVERY, OFFICE
from tkt.presentation.clocks.calendar_table import calendars_table, days_table, holidays_lines, total, week
from tkt.presentation.tables import render


def test_a_week_is_one_line_of_days_that_are_alike() -> None:
    always, office = OFFICE.versions
    assert week(always) == "24x7"
    assert week(office) == "Mon-Thu 08:30-12:30, 13:30-18:00; Fri 22:00-06:00"
    assert week(office._replace(weekly=((),) * 7)) == "never"


def test_a_calendar_has_a_line_for_each_version_and_the_last_one_says_when_it_is_closed_next() -> None:
    _head, first, last = render(calendars_table(EVERY), "tsv").splitlines()
    assert first.split("\t") == ["office (business days)", "2025-01-01", "Asia/Kathmandu", "24x7", "", ""]
    assert last.split("\t")[1:3] == ["2026-01-01", "Europe/Paris"]
    assert last.split("\t")[4:] == ["FR, FR-57", "2026-12-25 Noël"]


def test_each_day_says_when_it_is_open_for_how_long_and_why_not() -> None:
    said = [line.split("\t") for line in render(days_table(DAYS), "tsv").splitlines()[1:]]
    assert said == [
        ["2026-12-24", "Thu", "08:30-12:30, 13:30-18:00", "8h30", ""],
        ["2026-12-25", "Fri", "", "0", "Noël"],
        ["2026-12-26", "Sat", "", "0", "closed"],
        ["2026-12-27", "Sun", "", "0", "closed every Sun"],
        ["2026-12-31", "Thu", "08:30-12:00", "3h30", "hours of its own"],
    ]
    assert total(DAYS) == "Open days: 2 of 5, 12h in all."


def test_holidays_are_one_to_a_line() -> None:
    assert holidays_lines([(DAYS[1].day, "Noël")]) == "2026-12-25 Fri  Noël\n"
