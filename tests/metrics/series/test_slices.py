"""A period is cut into whole calendar days, weeks and months of the desk's zone, and compared with the one before."""

from __future__ import annotations

from datetime import datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.metrics.months import JANUARY, PARIS, local
from tkt.domain.instant import fixed
from tkt.metrics.period import Period
from tkt.metrics.series.slices import Ruler, period_before, slices, step_by_day, step_by_week
from tkt.service_level.period import second_of

moments = st.datetimes(datetime(2024, 1, 1), datetime(2028, 1, 1), timezones=st.just(PARIS)).map(fixed)


def of(start: datetime, end: datetime, *, open_end: bool = False) -> Period:
    return Period(fixed(start), fixed(end), "Europe/Paris", open_end)


@given(moments, st.integers(0, 300 * 24 * 3600), st.sampled_from(["day", "week", "month"]), moments)
def test_slices_are_the_period_without_a_gap_and_each_instant_lies_in_one(
    start: datetime, length: int, step: str, instant: datetime
) -> None:
    whole = Period(start, fixed((start + timedelta(seconds=length)).astimezone(PARIS)), "Europe/Paris")
    parts = slices(whole, step, start, PARIS)
    assert parts[0].start == start and parts[-1].end == whole.end
    assert all(one.end == after.start for one, after in pairwise(parts))
    held = [number for number, part in enumerate(parts) if part.holds(instant)]
    assert held == ([] if (place := Ruler(parts).slice_of(second_of(instant))) is None else [place])


def test_a_month_is_cut_at_midnight_on_days_of_23_and_25_hours_too() -> None:
    march = of(local(2026, 3), local(2026, 4))
    lengths = [
        (one.end - (one.start or one.end)).total_seconds() / 3600 for one in slices(march, "day", march.end, PARIS)
    ]
    assert lengths == [24] * 28 + [23] + [24] * 2
    october = of(local(2026, 10), local(2026, 11))
    assert [one.end.hour for one in slices(october, "day", october.end, PARIS)] == [0] * 31


def test_weeks_begin_on_monday_and_the_first_may_be_short() -> None:
    starts = [one.start.day for one in slices(JANUARY, "week", JANUARY.end, PARIS) if one.start]
    assert starts == [1, 5, 12, 19, 26]


def test_what_is_open_at_the_end_holds_its_last_second_alone() -> None:
    now = of(local(2026, 1), local(2026, 1, 15, 12), open_end=True)
    ruler = Ruler(slices(now, "day", now.end, PARIS))
    assert ruler.slice_of(second_of(now.end)) == 14
    assert ruler.slice_of(second_of(now.end) + 1) is None


def test_a_period_since_ever_begins_with_the_day_of_its_first_ticket() -> None:
    ever = Period(None, fixed(local(2026, 1, 3)), "Europe/Paris")
    assert [one.start for one in slices(ever, "day", local(2026, 1, 1, 15), PARIS)] == [
        local(2026, 1, 1),
        local(2026, 1, 2),
    ]


@pytest.mark.parametrize(
    ("days", "fine", "coarse"), [(1, "day", "week"), (62, "day", "week"), (63, "week", "week"), (401, "month", "month")]
)
def test_longer_periods_have_longer_slices(days: int, fine: str, coarse: str) -> None:
    period = of(local(2026, 1), local(2026, 1) + timedelta(days=days))
    assert (step_by_day(period, period.end), step_by_week(period, period.end)) == (fine, coarse)


@pytest.mark.parametrize(
    ("start", "end", "open_end", "before"),
    [
        (local(2026, 3), local(2026, 4), False, (local(2026, 2), local(2026, 3))),
        (local(2026, 1), local(2026, 4), False, (local(2025, 10), local(2026, 1))),
        (local(2026, 3), local(2026, 3, 10, 12), True, (local(2026, 2), local(2026, 2, 10, 12))),
        (local(2026, 3), local(2026, 3, 31, 12), True, (local(2026, 2), local(2026, 3))),
        (local(2026, 3, 9), local(2026, 3, 16), False, (local(2026, 3, 2), local(2026, 3, 9))),
    ],
)
def test_the_period_before_is_as_many_months_or_as_much_time(
    start: datetime, end: datetime, open_end: bool, before: tuple[datetime, datetime]
) -> None:
    found = period_before(of(start, end, open_end=open_end), ZoneInfo("Europe/Paris"))
    assert found is not None and (found.start, found.end) == before and not found.open_end


def test_nothing_was_before_what_is_since_ever() -> None:
    assert period_before(Period(None, local(2026, 2), "Europe/Paris"), PARIS) is None
