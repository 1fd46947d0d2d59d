"""Calculating without a ticket: when so much time of a calendar is over, how much of it lies between two moments."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from tkt.desk.desk import Desk
from tkt.domain.duration import BusinessDays
from tkt.domain.instant import fixed, write_instant
from tkt.domain.policies import ROUND_THE_CLOCK
from tkt.errors import CalledWrongly
from tkt.language import _
from tkt.service_level.business import business_time
from tkt.service_level.business.calendar import Calendar, Stretch
from tkt.service_level.period import Span, instant_of, measure, second_of


class EndBeforeStart(CalledWrongly):
    """A span of time whose end lies before its start."""


class Worked(NamedTuple):
    """A day of the desk's zone: when the calendar is open, why it is closed beside its hours (the names of holidays and
    closed days, "" for one without), the seconds that count, and those of all days up to it."""

    day: date
    open: tuple[Span, ...]
    closed: tuple[str, ...]
    counted: int
    total: int


class Calculation(NamedTuple):
    """Time of a calendar ("" for Monday to Friday) from `start` to `end`: `elapsed` seconds of it, or so many business
    days. `days` is the working, day by day, where that was asked for."""

    calendar: str
    start: datetime
    end: datetime
    elapsed: int | None
    business_days: int | None = None
    days: tuple[Worked, ...] | None = None

    @property
    def wall(self) -> int:
        """The seconds of real time."""
        return second_of(self.end) - second_of(self.start)


def calculate_due(desk: Desk, amount: int | BusinessDays, start: datetime, name: str, *, explain: bool) -> Calculation:
    """When so many seconds, or business days, of the calendar of that name ("" for the desk's) are over.

    Business days are by default those that the desk counts its deadlines by. Raises UnknownCalendar, NeverOpen, and
    what a calendar raises of days that it cannot know.
    """
    if isinstance(amount, BusinessDays):
        return _business_days(desk, amount, start, name)
    calendar = _calendar(desk, name)
    end = business_time.due(calendar, start, amount)
    end = fixed(end.astimezone(desk.settings.timezone))
    return Calculation(calendar.name, start, end, amount, days=_days(desk, calendar, start, end) if explain else None)


def _business_days(desk: Desk, days: BusinessDays, start: datetime, name: str) -> Calculation:
    if name:
        calendar = desk.agreements.calendars.named(name)
        end = fixed(business_time.working_day_after(calendar, start, days, desk.settings.timezone))
    else:
        end = desk.working_day_after(start, days)
    return Calculation(name or desk.settings.calendar, start, end, None, days.count)


def calculate_elapsed(desk: Desk, start: datetime, end: datetime, name: str, *, explain: bool) -> Calculation:
    """How much time of the calendar of that name ("" for the desk's) lies between two moments.

    Raises EndBeforeStart, UnknownCalendar, and what a calendar raises of days that it cannot know.
    """
    if end < start:
        message = _("The end {end} lies before the start {start}: exchange them.")
        raise EndBeforeStart(message.format(end=write_instant(end), start=write_instant(start)))
    calendar = _calendar(desk, name)
    elapsed = business_time.elapsed(calendar, start, end)
    return Calculation(calendar.name, start, end, elapsed, days=_days(desk, calendar, start, end) if explain else None)


def _calendar(desk: Desk, name: str) -> Calendar:
    """The one named, else the desk's own, else the only one that it has, else round the clock."""
    only = desk.settings.calendars[0].name if len(desk.settings.calendars) == 1 else ""
    return desk.agreements.calendars.named(name or desk.settings.calendar or only or ROUND_THE_CLOCK)


def _days(desk: Desk, calendar: Calendar, start: datetime, end: datetime) -> tuple[Worked, ...]:
    zone = desk.settings.timezone
    by_day: dict[date, list[Stretch]] = {}
    for stretch in calendar.stretches(second_of(start), second_of(end)):
        for day, span in _cut_at_midnights(stretch.span, zone):
            by_day.setdefault(day, []).append(stretch._replace(span=span))
    return tuple(_worked(by_day))


def _worked(by_day: dict[date, list[Stretch]]) -> Iterator[Worked]:
    total = 0
    for day, stretches in sorted(by_day.items()):
        spans = tuple(one.span for one in stretches if one.kind == "open")
        closed = dict.fromkeys(one.name for one in stretches if one.kind in ("holiday", "closed"))
        total += measure(spans)
        yield Worked(day, spans, tuple(closed), measure(spans), total)


def _cut_at_midnights(span: Span, zone: ZoneInfo) -> Iterator[tuple[date, Span]]:
    start, end = span
    while start < end:
        day = instant_of(start, zone).date()
        until = min(_midnight_after(day, start, zone), end)
        yield day, Span(start, until)
        start = until


def _midnight_after(day: date, second: int, zone: ZoneInfo) -> int:
    """When the day that follows begins; a clock that is set back over midnight comes to it twice."""
    midnight = datetime.combine(day + timedelta(days=1), datetime.min.time(), zone)
    first = second_of(midnight)
    return first if first > second else second_of(midnight.replace(fold=1))
