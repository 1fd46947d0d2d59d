"""A calendar day by day: the open time of the days adds up to that of the whole."""

from __future__ import annotations

from datetime import date, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from tkt.domain.opening_hours import CalendarVersion, Days, OpeningHours, OwnHours
from tkt.service_level.business.calendar import BusinessCalendar
from tkt.service_level.business.day_by_day import closed_days, each_day

H = 3600
NIGHTS = (((22 * H, 30 * H),),) * 4 + (((8 * H, 12 * H), (20 * H, 26 * H)), (), ((0, 24 * H),))
CHRISTMAS = date(2026, 12, 25)
CALENDAR = BusinessCalendar.of(
    OpeningHours(
        "nights",
        (
            CalendarVersion(
                date(2026, 1, 1),
                ZoneInfo("Europe/Paris"),
                NIGHTS,
                ("FR",),
                (Days(date(2000, 8, 10), date(2000, 8, 14), True, "summer"),),
                (OwnHours(Days(date(2026, 12, 31), date(2026, 12, 31)), ((8 * H, 12 * H),)),),
            ),
        ),
    ),
    lambda _file: {year: {CHRISTMAS.replace(year=year): "Noël"} for year in range(2025, 2030)},
)


@given(st.dates(date(2026, 1, 1), date(2028, 1, 1)), st.integers(1, 120))
def test_the_open_time_of_the_days_adds_up(first: date, days: int) -> None:
    end = first + timedelta(days=days)
    start_of = CALENDAR.days.start_of
    each = list(each_day(CALENDAR, first, end))
    assert sum(one.seconds for one in each) == CALENDAR.elapsed(start_of(first), start_of(end))
    assert [one.day for one in each] == [first + timedelta(days=number) for number in range(days)]


def test_spans_are_those_of_the_wall_clock_from_midnight_to_midnight() -> None:
    (tuesday, wednesday) = each_day(CALENDAR, date(2026, 3, 3), date(2026, 3, 5))
    assert tuesday.spans == wednesday.spans == ((0, 6 * H), (22 * H, 24 * H))
    (saturday, sunday) = each_day(CALENDAR, date(2026, 3, 7), date(2026, 3, 9))
    assert (saturday.spans, sunday.spans) == (((0, 2 * H),), ((0, 24 * H),))


def test_closed_days_are_those_that_the_week_would_open() -> None:
    closed = list(closed_days(CALENDAR, date(2026, 8, 1), date(2027, 1, 1)))
    assert [(one.day, one.kind, one.name) for one in closed] == [
        *((date(2026, 8, day), "closed", "summer") for day in range(10, 15)),
        (CHRISTMAS, "holiday", "Noël"),
    ]
