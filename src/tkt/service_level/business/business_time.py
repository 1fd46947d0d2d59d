"""Business time: how much of it lies between two instants, when so much of it is over, and working days."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, tzinfo

from tkt.domain.duration import BusinessDays
from tkt.domain.instant import add_business_days, fixed
from tkt.service_level.business.calendar import EMPTY_YEARS, LAST_YEAR, Calendar, no_more_open
from tkt.service_level.business.open_days import BeforeCalendar
from tkt.service_level.period import instant_of, second_of


def elapsed(calendar: Calendar, start: datetime, end: datetime) -> int:
    """The seconds of open time from `start` to `end`; none where `end` is not after `start`."""
    return calendar.elapsed(second_of(start), second_of(end))


def due(calendar: Calendar, start: datetime, target: int) -> datetime:
    """The first instant from `start` on at which `target` seconds of open time are over, in the zone of `start`.

    `start` itself for no time at all; the closing time where a target exactly fills a day. Raises NeverOpen.
    """
    return fixed(instant_of(calendar.due(second_of(start), target), start.tzinfo or UTC))


def working_day_after(calendar: Calendar | None, start: datetime, days: BusinessDays, zone: tzinfo) -> datetime:
    """The same clock time in `zone` on the n-th working day after `start`: of Monday to Friday without a calendar, and
    before it begins.

    Raises NeverOpen, and HolidaysMissing for a year whose public holidays the calendar needs and does not know.
    """
    moment = start.astimezone(zone)
    if calendar is None:
        return add_business_days(moment, days)
    left, idle = days.count, 0
    while left:
        moment += timedelta(days=1)
        working = _is_working_day(calendar, moment.date())
        left, idle = left - working, 0 if working else idle + 1
        if idle > EMPTY_YEARS * 366 or moment.year > LAST_YEAR:
            raise no_more_open(calendar.name)
    return moment


def _is_working_day(calendar: Calendar, day: date) -> bool:
    # A desk that first names a calendar today must still say until when what was resolved last week may be reopened.
    try:
        return calendar.is_working_day(day)
    except BeforeCalendar:
        return day.weekday() < 5
