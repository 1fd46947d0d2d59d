"""sla due and sla elapsed: the calculator gives the answer alone, to the second, and says by which calendar."""

from __future__ import annotations

import pytest

from tests.cli.front_door import FrontDoor

OFFICE = (
    "office: [{from: 2026-01-01, timezone: Europe/Paris, closed: [2026-01-19 Pont, 2026-01-20], "
    'hours: {mon-thu: ["08:30-12:30", "13:30-18:00"], fri: "08:30-12:30"}}]'
)
NIGHT = 'night: [{from: 2026-01-01, hours: {mon-sun: "22:00-06:00"}}]'


@pytest.fixture
def office(tkt: FrontDoor) -> FrontDoor:
    """tkt on a desk with one calendar, on a Thursday at 09:15."""
    tkt.setting(f"calendars: {{{OFFICE}}}")
    return tkt


def test_due_is_the_instant_alone_and_the_calendar_is_told_beside_it(office: FrontDoor) -> None:
    answer = office("sla", "due", "8h")

    assert answer.out == "2026-01-16T08:45:00+01:00\n"
    assert answer.err == ("8h by the calendar office, from 2026-01-15T09:15:00+01:00 to 2026-01-16T08:45:00+01:00\n")


def test_a_day_that_is_just_filled_is_due_at_closing_time(office: FrontDoor) -> None:
    assert office("sla", "due", "--at", "2026-01-15T08:30", "8h30").out == "2026-01-15T18:00:00+01:00\n"
    assert office("sla", "due", "0m").out == "2026-01-15T09:15:00+01:00\n"


def test_elapsed_is_exact_to_the_second(office: FrontDoor) -> None:
    answer = office("sla", "elapsed", "09:15", "2026-01-21T11:00:07")

    assert answer.out == "14h15m07s (51307 s)\n"
    assert "by the calendar office" in answer.err
    assert office("sla", "elapsed", "09:15", "09:15").out == "0 (0 s)\n"


def test_due_and_elapsed_undo_each_other(office: FrontDoor) -> None:
    due = office("sla", "due", "--at", "10:07:13", "33h20").out.strip()

    assert office("sla", "elapsed", "10:07:13", due).out == "33h20 (120000 s)\n"


def test_the_calendar_is_the_one_named_the_desks_own_the_only_one_or_round_the_clock(tkt: FrontDoor) -> None:
    def used(*more: str) -> str | None:
        calendar: str | None = tkt("sla", "due", "1h", "--json", *more).json["calendar"]
        return calendar

    assert used() == "24x7"
    tkt.setting(f"calendars: {{{OFFICE}}}")
    assert used() == "office"
    tkt.setting(f"calendars: {{{OFFICE}, {NIGHT}}}")
    assert used() == "24x7"
    assert used("--calendar", "night") == "night"
    tkt.setting("calendar: night")
    assert used() == "night"
    assert used("--calendar", "24x7") == "24x7"


def test_business_days_are_those_of_the_desks_deadlines(office: FrontDoor) -> None:
    assert office("sla", "due", "3bd").out == "2026-01-20T09:15:00+01:00\n"
    assert "3 business days, Monday to Friday" in office("sla", "due", "3bd").err
    assert office("sla", "due", "3bd", "--calendar", "office").out == "2026-01-22T09:15:00+01:00\n"
    office.setting("calendar: office")
    assert office("sla", "due", "3bd").out == "2026-01-22T09:15:00+01:00\n"
    assert "3 business days by the calendar office" in office("sla", "due", "3bd").err


def test_the_working_is_shown_day_by_day_and_adds_up(office: FrontDoor) -> None:
    lines = office("sla", "elapsed", "09:15", "2026-01-21T11:00:07", "--explain").lines

    assert lines[0].split() == ["Day", "Open", "hours", "Counted", "Sum", "Closed"]
    assert [line.split()[0] for line in lines[1:-1]] == [f"2026-01-{day}" for day in range(15, 22)]
    assert "2026-01-15  Thu  09:15-12:30, 13:30-18:00" in lines[1]
    assert lines[5].endswith("Pont")
    assert lines[6].endswith("closed")
    assert lines[7].split()[-2:] == ["2h30m07s", "14h15m07s"]


@pytest.mark.parametrize("zone", ["Europe/Paris", "America/New_York", "America/Sao_Paulo", "Australia/Lord_Howe"])
def test_the_days_of_the_working_are_the_desks_and_add_up_in_every_zone(tkt: FrontDoor, zone: str) -> None:
    tkt.setting(f"timezone: {zone}")

    found = tkt("sla", "elapsed", "2017-01-01T03:30", "2018-03-01T04:30", "--explain", "--json").json

    assert found["days"][-1]["total_seconds"] == found["elapsed_seconds"] == found["wall_seconds"]
    assert sum(day["elapsed_seconds"] for day in found["days"]) == found["elapsed_seconds"]
    days = [day["day"] for day in found["days"]]
    assert days == sorted(set(days))
    assert len(days) == 365 + 31 + 28 + 1
    assert all(day["open"][0]["from"].startswith(day["day"]) for day in found["days"])


def test_a_clock_set_back_over_midnight_makes_no_day_twice(tkt: FrontDoor) -> None:
    tkt.setting("timezone: America/St_Johns")

    # There, until 2011, one minute past midnight was followed by one past eleven.
    found = tkt("sla", "elapsed", "2010-11-05T12:00", "2010-11-08T12:00", "--explain", "--json").json

    assert [day["day"] for day in found["days"]] == [f"2010-11-{day:02d}" for day in range(5, 9)]
    assert found["days"][-1]["total_seconds"] == found["wall_seconds"] == 73 * 3600


def test_a_change_of_clocks_is_counted_in_real_time(tkt: FrontDoor) -> None:
    assert tkt("sla", "elapsed", "2026-03-28", "2026-03-30").out == "47h (169200 s)\n"
    assert tkt("sla", "due", "--at", "2026-10-24T12:00", "24h").out == "2026-10-25T11:00:00+01:00\n"


def test_json_has_all_of_it_and_the_working_where_asked_for(office: FrontDoor) -> None:
    found = office("sla", "due", "8h", "--json").json
    assert found == {
        "version": 1,
        "calendar": "office",
        "from": "2026-01-15T09:15:00+01:00",
        "to": "2026-01-16T08:45:00+01:00",
        "elapsed_seconds": 28800,
        "business_days": None,
        "wall_seconds": 84600,
        "days": None,
    }
    assert office("sla", "due", "8h", "--json", "--explain").json["days"][1] == {
        "day": "2026-01-16",
        "open": [{"from": "2026-01-16T08:30:00+01:00", "to": "2026-01-16T08:45:00+01:00"}],
        "closed": [],
        "elapsed_seconds": 900,
        "total_seconds": 28800,
    }


@pytest.mark.parametrize(
    ("line", "code", "told"),
    [
        (("elapsed", "10:00", "09:00"), 2, "lies before the start"),
        (("due", "8d"), 2, "8bd"),
        (("due", "soon"), 2, "“soon”"),
        (("due", "8h", "--at", "2026-03-29T02:30"), 2, "never showed"),
        (("due", "8h", "--calendar", "offise"), 4, "Did you mean office?"),
        (("due", "3bd", "--calendar", "offise"), 4, "Did you mean office?"),
        (("due", "3bd", "--explain"), 2, "--explain"),
        (("elapsed", "2025-06-01", "2026-06-01"), 3, "2026-01-01"),
    ],
)
def test_what_cannot_be_calculated_is_refused_in_one_line(
    office: FrontDoor, line: tuple[str, ...], code: int, told: str
) -> None:
    assert told in office.refuses("sla", *line, code=code)


def test_a_desk_is_needed_since_it_has_the_calendars(elsewhere: FrontDoor) -> None:
    assert "tkt init" in elsewhere.refuses("sla", "due", "8h", code=4)
