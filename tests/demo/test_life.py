"""Made-up lives keep working hours."""

from __future__ import annotations

from datetime import datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tkt.demo.course import CET
from tkt.demo.life import later, working_days


def at(text: str) -> datetime:
    return datetime.fromisoformat(f"2026-01-{text}:00").replace(tzinfo=CET)


minutes = st.integers(0, 3000)
moments = st.builds(
    lambda day, minute: at(f"{day:02}T08:00") + timedelta(minutes=minute),
    st.sampled_from([2, 5, 6, 7, 8, 9, 15, 16]),
    st.integers(0, 600),
)


@pytest.mark.parametrize(
    ("start", "length", "end"),
    [
        ("15T09:15", 30, "15T09:45"),
        ("15T17:50", 30, "16T08:20"),
        ("16T17:30", 60, "19T08:30"),
        ("16T20:00", 5, "19T08:05"),
    ],
)
def test_what_is_not_done_by_the_evening_goes_on_the_next_working_day(start: str, length: int, end: str) -> None:
    assert later(at(start), length) == at(end)


@given(moments, minutes)
def test_nothing_happens_at_night_or_at_the_weekend(start: datetime, length: int) -> None:
    end = later(start, length)
    assert end.weekday() < 5 and time(8) <= end.time() <= time(18)


@given(moments, minutes, minutes)
def test_two_times_in_a_row_are_one_as_long_as_both(start: datetime, one: int, other: int) -> None:
    assert later(later(start, one), other) == later(start, one + other)


def test_nobody_works_on_new_years_day_or_at_the_weekend() -> None:
    days = [day.day for day in working_days(at("01T00:00").date(), at("12T00:00").date())]
    assert days == [2, 5, 6, 7, 8, 9, 12]
