"""Instants in files, and the clock time on the n-th working day after."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tkt.domain.duration import BusinessDays
from tkt.domain.instant import add_business_days, fixed, read_instant, write_instant

PARIS = ZoneInfo("Europe/Paris")
years = {"min_value": datetime(1000, 1, 2), "max_value": datetime(2999, 12, 30)}
offsets = st.integers(-23 * 60, 23 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))
zones = st.sampled_from(["Europe/Paris", "UTC", "America/St_Johns", "Asia/Kathmandu", "Pacific/Apia"]).map(ZoneInfo)


@given(st.datetimes(**years, timezones=offsets))
def test_what_is_written_reads_back_to_the_second_with_its_offset(moment: datetime) -> None:
    whole = moment.replace(microsecond=0)
    read = read_instant(write_instant(moment))
    assert (read, read.utcoffset()) == (whole, whole.utcoffset())


@given(st.datetimes(**years, timezones=zones))
def test_an_instant_of_any_zone_and_any_year_can_be_written_in_a_file(moment: datetime) -> None:
    whole = fixed(moment)
    assert abs(whole - moment) < timedelta(seconds=1)
    assert read_instant(write_instant(whole)) == whole


def test_a_change_of_clocks_is_an_hour_between_fixed_instants() -> None:
    before, after = datetime(2026, 3, 29, 1, tzinfo=PARIS), datetime(2026, 3, 29, 4, tzinfo=PARIS)
    assert after - before == timedelta(hours=3)
    assert fixed(after) - fixed(before) == timedelta(hours=2)


def test_universal_time_may_be_written_as_z() -> None:
    assert read_instant("2026-01-15T08:15:00Z") == read_instant("2026-01-15T09:15:00+01:00")


@pytest.mark.parametrize(
    "text",
    [
        *("", "2026-01-15", "2026-01-15T09:15:00", "2026-01-15T09:15+01:00", "2026-01-15 09:15:00+01:00"),
        *("2026-02-30T09:15:00+01:00", "2026-01-15T24:00:00+01:00", "2026-01-15T09:15:60+01:00"),
        *("2026-01-15T09:15:00+24:00", "2026-01-15T09:15:00+0100", "2026-01-15T09:15:00.5+01:00"),
        *("٢٠٢٦-01-15T09:15:00+01:00", "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00"),
        *("2026-01-15T09:15:00+01:00\n", " 2026-01-15T09:15:00+01:00", "2026-W03-4T09:15:00+01:00"),
    ],
)
def test_what_is_no_instant_of_ours_is_refused(text: str) -> None:
    with pytest.raises(ValueError):
        read_instant(text)


@given(
    st.datetimes(min_value=datetime(1970, 1, 1), max_value=datetime(2100, 1, 1), timezones=zones), st.integers(0, 60)
)
def test_business_days_end_at_the_same_clock_time_after_as_many_working_days(start: datetime, count: int) -> None:
    end = add_business_days(start, BusinessDays(count))
    assert (end.time(), end.tzinfo) == (start.time(), start.tzinfo)
    days = [start.date() + timedelta(days=number) for number in range(1, (end.date() - start.date()).days + 1)]
    assert sum(day.isoweekday() <= 5 for day in days) == count
    assert end.isoweekday() <= 5 or count == 0


@pytest.mark.parametrize(
    ("start", "days", "end"),
    [
        ("2026-01-15T14:00", 1, "2026-01-16T14:00"),
        ("2026-01-16T14:00", 1, "2026-01-19T14:00"),
        ("2026-01-17T14:00", 1, "2026-01-19T14:00"),
        ("2026-01-18T14:00", 1, "2026-01-19T14:00"),
        ("2026-01-15T14:00", 7, "2026-01-26T14:00"),
        ("2026-03-27T14:00", 1, "2026-03-30T14:00"),
    ],
)
def test_weekends_do_not_count_and_a_change_of_clocks_keeps_the_clock_time(start: str, days: int, end: str) -> None:
    first, last = (datetime.fromisoformat(text).replace(tzinfo=PARIS) for text in (start, end))
    assert add_business_days(first, BusinessDays(days)) == last


@given(st.dates(datetime(1990, 1, 1).date(), datetime(2100, 1, 1).date()), st.integers(0, 60))
def test_business_days_are_counted_off_from_any_day(day: date, count: int) -> None:
    expected, left = datetime.combine(day, time(9)), count
    while left:
        expected += timedelta(days=1)
        left -= expected.weekday() < 5
    assert add_business_days(datetime.combine(day, time(9)), BusinessDays(count)) == expected
