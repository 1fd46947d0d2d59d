"""Working hours as the tests of other service desks assert them: each comes out to the second."""

from __future__ import annotations

import json
from datetime import date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from tkt.domain.opening_hours import WEEKDAYS, CalendarVersion, DaySpans, OpeningHours
from tkt.service_level.business.business_time import due, elapsed
from tkt.service_level.business.calendar import BusinessCalendar

VECTORS = Path(__file__).parents[3] / "shared" / "data" / "business-time-vectors.json"
EVERY = json.loads(VECTORS.read_text(encoding="utf-8")) if VECTORS.exists() else []

pytestmark = pytest.mark.skipif(not EVERY, reason="the vectors are not beside the project")


def calendar_of(vector: dict[str, Any]) -> BusinessCalendar:
    """Its hours, in its zone, closed on its holidays."""
    holidays: dict[int, dict[date, str]] = {year: {} for year in range(2000, 2050)}
    for day in map(date.fromisoformat, vector["holidays"]):
        holidays[day.year][day] = "a holiday"
    weekly = tuple(_spans(vector["hours"].get(name, ())) for name in WEEKDAYS)
    version = CalendarVersion(date(2000, 1, 1), ZoneInfo(vector["tz"]), weekly, ("XX",))
    return BusinessCalendar.of(OpeningHours("vector", (version,)), lambda _name: holidays)


def _spans(hours: list[list[str]]) -> DaySpans:
    return tuple((_seconds(start), _seconds(end)) for start, end in hours)


def _seconds(clock: str) -> int:
    hours, minutes = clock.split(":")
    return int(hours) * 3600 + int(minutes) * 60


@pytest.mark.parametrize("vector", EVERY, ids=lambda vector: vector["id"])
def test_open_time_is_what_they_count(vector: dict[str, Any]) -> None:
    start, end = (datetime.fromisoformat(vector[key]) for key in ("start", "end"))
    assert elapsed(calendar_of(vector), start, end) == vector["seconds"], vector["note"]


@pytest.mark.parametrize("vector", EVERY, ids=lambda vector: vector["id"])
def test_due_is_their_end_or_the_closing_time_as_much_open_time_away(vector: dict[str, Any]) -> None:
    calendar = calendar_of(vector)
    start, end = (datetime.fromisoformat(vector[key]) for key in ("start", "end"))
    found = due(calendar, start, vector["seconds"])
    assert elapsed(calendar, start, found) == vector["seconds"], vector["note"]
    # They may name the next opening where we name the closing before it: nothing is open in between.
    assert found <= end and elapsed(calendar, found, end) == 0, vector["note"]
