"""The calculator's answer is plain; how it came about is told beside it."""

from __future__ import annotations

from datetime import date
from zoneinfo import ZoneInfo

from tests.presentation.course import HOUR, at
from tkt.desk.calculating import Calculation, Worked
from tkt.presentation.clocks.calculation import calculation_json, due_line, elapsed_line, said_of, working_table
from tkt.presentation.table import text_of
from tkt.presentation.tables import render
from tkt.service_level.period import Span, second_of

PARIS = ZoneInfo("Europe/Paris")
START, END = at("09:15"), at("16T08:45")
DAYS = (
    Worked(date(2026, 1, 15), (Span(second_of(START), second_of(at("18:00"))),), (), 8 * HOUR + 2700, 8 * HOUR + 2700),
    Worked(date(2026, 1, 16), (), ("Pont\x1b[2J", ""), 0, 8 * HOUR + 2700),
)


def test_a_due_instant_can_be_given_to_another_command() -> None:
    assert due_line(Calculation("office", START, END, 8 * HOUR)) == "2026-01-16T08:45:00+01:00\n"


def test_an_elapsed_time_is_in_words_and_in_seconds() -> None:
    assert elapsed_line(Calculation("office", START, END, 8 * HOUR + 7)) == "8h00m07s (28807 s)\n"


def test_what_counted_is_told() -> None:
    span = "from 2026-01-15T09:15:00+01:00 to 2026-01-16T08:45:00+01:00"
    assert said_of(Calculation("office", START, END, 8 * HOUR)) == f"8h by the calendar office, {span}"
    assert said_of(Calculation("", START, END, None, 1)) == f"1 business day, Monday to Friday, {span}"
    assert said_of(Calculation("office", START, END, None, 2)) == f"2 business days by the calendar office, {span}"


def test_the_working_has_a_line_for_each_day() -> None:
    table = working_table(DAYS, PARIS)
    assert [[text_of(cell) for cell in row] for row in table.rows] == [
        ["2026-01-15", "Thu", "09:15-18:00", "8h45", "8h45", ""],
        ["2026-01-16", "Fri", "", "0", "8h45", "Pont\x1b[2J, closed"],
    ]
    assert "\x1b" not in render(table, "plain")


def test_business_days_have_no_seconds_and_clock_time_no_days() -> None:
    counted = calculation_json(Calculation("", START, END, None, 1), PARIS)
    assert (counted["calendar"], counted["elapsed_seconds"], counted["business_days"]) == (None, None, 1)
    timed = calculation_json(Calculation("office", START, END, HOUR, days=DAYS), PARIS)
    assert (timed["elapsed_seconds"], timed["business_days"], timed["wall_seconds"]) == (HOUR, None, 84600)
    assert [day["total_seconds"] for day in timed["days"]] == [31500, 31500]
