"""The period that is reported on, and the calendar months within it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta, tzinfo


@dataclass(frozen=True, slots=True)
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
