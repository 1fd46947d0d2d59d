"""Slices: the days, weeks or months that a period is cut into, and the period that it is compared with."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta, tzinfo

from tkt.domain.instant import fixed
from tkt.metrics.period import Period
from tkt.service_level.period import second_of

# Longer than that in days, a drawing of so many slices could no longer be read.
_MOST_DAYS = 62
_MOST_WEEKS_IN_DAYS = 400
_DAY = 24 * 3600
_LONGEST = {"day": timedelta(days=1), "week": timedelta(days=7), "month": timedelta(days=31)}


def step_by_day(period: Period, first: datetime) -> str:
    """The step of what is shown day by day: `day`, and for long periods `week` or `month`."""
    return "day" if _days(period, first) <= _MOST_DAYS else step_by_week(period, first)


def step_by_week(period: Period, first: datetime) -> str:
    """The step of what is shown week by week: `week`, and for long periods `month`."""
    return "week" if _days(period, first) <= _MOST_WEEKS_IN_DAYS else "month"


def _days(period: Period, first: datetime) -> float:
    return (period.end - (period.start or first)).total_seconds() / _DAY


def slices(period: Period, step: str, first: datetime, zone: tzinfo) -> tuple[Period, ...]:
    """The parts of a period that lie in each calendar day, week (from Monday) or month, in order; `step` says which.

    A period without a start begins with the slice of `first`. Together they are the period: the last ends as it does.
    """
    begin = period.start or _beginning(first, step, zone)
    edges = [begin, *_later_edges(begin, period.end, step, zone)]
    ends = [*edges[1:], period.end]
    found = [Period(start, end, period.timezone) for start, end in zip(edges, ends, strict=True)]
    return (*found[:-1], replace(found[-1], open_end=period.open_end))


def _later_edges(begin: datetime, end: datetime, step: str, zone: tzinfo) -> Iterator[datetime]:
    edge = _beginning(begin, step, zone)
    while True:
        # Noon of the first day after the longest such slice: whatever summer time does, it lies in the next one.
        within_next = (edge.astimezone(zone) + _LONGEST[step]).replace(hour=12)
        edge = _beginning(within_next, step, zone)
        if edge >= end:
            return
        yield edge


def _beginning(moment: datetime, step: str, zone: tzinfo) -> datetime:
    """The midnight at which a moment's day, week or month begins."""
    day = moment.astimezone(zone)
    if step == "week":
        day -= timedelta(days=day.weekday())
    return fixed(datetime(day.year, day.month, 1 if step == "month" else day.day, tzinfo=zone))


class Ruler:
    """Which of a period's slices an instant falls in."""

    def __init__(self, parts: Sequence[Period]) -> None:
        self._start = second_of(parts[0].start) if parts[0].start else None
        self._ends = [second_of(part.end) for part in parts]
        if parts[-1].open_end:
            self._ends[-1] += 1  # its last second is its own

    def place(self, second: int) -> int:
        """The number of the slice that ends after a second since 1970: 0 for what was before them all, one more than
        the last for what comes after."""
        return bisect_right(self._ends, second)

    def slice_of(self, second: int) -> int | None:
        """The number of the slice that holds a second, None for one outside of the period."""
        place = self.place(second)
        is_before = self._start is not None and second < self._start
        return None if is_before or place == len(self._ends) else place


def period_before(period: Period, zone: tzinfo) -> Period | None:
    """The period that one is compared with: as many months before where it is of whole months, else as much time.

    A month that is not over yet is compared with as much of the month before. None for a period since ever.
    """
    if period.start is None:
        return None
    start, end = period.start, period.end
    if start == _beginning(start, "month", zone):
        months = _month_number(end, zone) - _month_number(start, zone)
        if end == _beginning(end, "month", zone):
            return Period(_months_earlier(start, months, zone), start, period.timezone)
        if period.open_end and not months:
            earlier = _months_earlier(start, 1, zone)
            return Period(earlier, min(earlier + (end - start), start), period.timezone)
    return Period(fixed((start - (end - start)).astimezone(zone)), start, period.timezone)


def _month_number(moment: datetime, zone: tzinfo) -> int:
    day = moment.astimezone(zone)
    return day.year * 12 + day.month - 1


def _months_earlier(start: datetime, months: int, zone: tzinfo) -> datetime:
    year, month = divmod(_month_number(start, zone) - months, 12)
    return fixed(datetime(year, month + 1, 1, tzinfo=zone))
