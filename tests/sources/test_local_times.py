"""Times without a zone become instants with the offset of the desk's zone, doubts said."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tkt.domain.instant import read_instant, write_instant
from tkt.sources.local_times import LocalTimes

UTC = ZoneInfo("UTC")
PARIS = ZoneInfo("Europe/Paris")
NEW_YORK = ZoneInfo("America/New_York")


@pytest.mark.parametrize(
    ("text", "instant"),
    [
        ("29/2/2016 01:16", "2016-02-29T02:16:00+01:00"),
        ("01/07/2016 9:05", "2016-07-01T11:05:00+02:00"),
        ("1-7-2016 09:05:33", "2016-07-01T11:05:33+02:00"),
        ("1.7.2016 09:05", "2016-07-01T11:05:00+02:00"),
        ("2016-07-01 09:05:33", "2016-07-01T11:05:33+02:00"),
    ],
)
def test_the_day_comes_first_unless_the_year_does(text: str, instant: str) -> None:
    assert write_instant(LocalTimes(UTC, PARIS).read(text).at) == instant


@pytest.mark.parametrize(
    "text", ["2/29/2016 01:16", "30/2/2016 01:16", "1/7/16 09:05", "1/7/2016", "1/7/2016 24:00", "1/7-2016 09:05", "x"]
)
def test_what_is_no_time_is_refused(text: str) -> None:
    with pytest.raises(ValueError):
        LocalTimes(UTC, PARIS).read(text)


def test_a_time_that_comes_twice_is_the_first_one_and_doubtful() -> None:
    time = LocalTimes(PARIS, PARIS).read("30/10/2016 02:30")
    assert (write_instant(time.at), time.doubtful) == ("2016-10-30T02:30:00+02:00", True)


def test_a_time_that_never_comes_is_doubtful() -> None:
    time = LocalTimes(PARIS, UTC).read("27/3/2016 02:30")
    assert (write_instant(time.at), time.doubtful) == ("2016-03-27T01:30:00+00:00", True)


def test_no_time_of_a_zone_that_keeps_its_offset_is_doubtful() -> None:
    assert not LocalTimes(UTC, PARIS).read("30/10/2016 02:30").doubtful


@given(st.datetimes(datetime(1970, 1, 2), datetime(2900, 1, 1)))
def test_the_instant_is_the_same_whatever_the_desk_s_zone_and_survives_a_file(said: datetime) -> None:
    text = f"{said.day}/{said.month}/{said.year} {said:%H:%M:%S}"
    here, there = (LocalTimes(NEW_YORK, desk).read(text).at for desk in (PARIS, UTC))
    assert here == there == read_instant(write_instant(here))


def test_lengths_of_time_are_right_across_a_change_of_clocks() -> None:
    times = LocalTimes(UTC, PARIS)
    assert times.read("28/3/2016 10:00").at - times.read("26/3/2016 10:00").at == timedelta(hours=48)
