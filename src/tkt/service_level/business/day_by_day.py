"""A calendar day by day: when it opens on each, for how long in real time, and why it does not."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import NamedTuple

from tkt.domain.opening_hours import DaySpans
from tkt.service_level.business.calendar import BusinessCalendar

_ONE_DAY = timedelta(days=1)


class OpenDay(NamedTuple):
    """A day of a calendar.

    `spans` are when it is open by the wall clock, in seconds from midnight; `seconds` is the open time, in real ones.
    `kind`: `week`, `own` (hours of its own), `closed` or `holiday`, the last two with their `name` where they have one.
    """

    day: date
    spans: DaySpans
    seconds: int
    kind: str
    name: str


def each_day(calendar: BusinessCalendar, first: date, end: date) -> Iterator[OpenDay]:
    """The days from `first` on and before `end`; raises BeforeCalendar and HolidaysMissing."""
    day = first
    while day < end:
        yield _open_day(calendar, day)
        day += _ONE_DAY


def closed_days(calendar: BusinessCalendar, first: date, end: date) -> Iterator[OpenDay]:
    """Those of them that are closed although the week would open them; raises as `each_day` does."""
    return (one for one in each_day(calendar, first, end) if one.kind in ("closed", "holiday"))


def _open_day(calendar: BusinessCalendar, day: date) -> OpenDay:
    hours = calendar.hours_on(day)
    start, end = calendar.days.start_of(day), calendar.days.start_of(day + _ONE_DAY)
    spans = _joined(calendar.days.open_on(calendar.days.version_on(day), day))
    return OpenDay(day, spans, calendar.elapsed(start, end), hours.kind, hours.name)


def _joined(spans: DaySpans) -> DaySpans:
    """Spans that touch or overlap as one: the end of a night shift, and the hours of the day."""
    joined: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if joined and joined[-1][1] >= start:
            before = joined.pop()
            start, end = before[0], max(before[1], end)
        joined.append((start, end))
    return tuple(joined)
