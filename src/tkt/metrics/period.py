"""The period that is reported on, and the calendar months within it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta, tzinfo
from functools import cached_property
from math import ceil, floor, inf


@dataclass(frozen=True)
class Period:
    """`[start, end)` in the desk's zone. `start` None: since ever. `open_end`: up to and with `end`, which is now."""

    start: datetime | None
    end: datetime
    timezone: str
    open_end: bool = False

    def holds(self, instant: datetime) -> bool:
        """Whether an instant falls in the period."""
        if self.start is not None and instant < self.start:
            return False
        return instant <= self.end if self.open_end else instant < self.end

    @cached_property
    def _seconds(self) -> tuple[float, float]:
        """The first and the last whole second since 1970 that it holds."""
        first = ceil(self.start.timestamp()) if self.start is not None else -inf
        return first, floor(self.end.timestamp()) if self.open_end else ceil(self.end.timestamp()) - 1

    def holds_second(self, second: int) -> bool:
        """Whether an instant falls in the period, given in seconds since 1970: for what is asked of every ticket."""
        first, last = self._seconds
        return first <= second <= last

    def months(self, first: datetime, zone: tzinfo) -> Iterator[tuple[str, Period]]:
        """(`2026-01`, the part of that calendar month that lies in the period), in order.

        A period without a start begins at `first`. The last part ends as the period does.
        """
        start = (self.start or first).astimezone(zone)
        while self.holds(start):
            after = _first_of_next_month(start)
            whole_month = Period(start, after, self.timezone)
            yield f"{start:%Y-%m}", whole_month if self.holds(after) else replace(self, start=start)
            start = after


def _first_of_next_month(day: datetime) -> datetime:
    somewhere_in_it = day.replace(day=1) + timedelta(days=32)
    return somewhere_in_it.replace(day=1, hour=0, minute=0, second=0, microsecond=0)
