"""Calendars: which time counts. Round the clock, all of it does."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Protocol

from tkt.service_level.period import Span, measure


class Calendar(Protocol):
    """What a clock asks of a calendar."""

    def measure(self, spans: Iterable[Span]) -> int:
        """The seconds of open time within spans that do not overlap."""
        ...

    def advance(self, start: datetime, seconds: int) -> datetime:
        """The first instant, from `start` on, by which so many seconds of open time have passed."""
        ...


@dataclass(frozen=True, slots=True)
class RoundTheClock:
    """Open at every second of every day."""

    def measure(self, spans: Iterable[Span]) -> int:
        """The seconds within the spans: all of them count."""
        return measure(spans)

    def advance(self, start: datetime, seconds: int) -> datetime:
        """So many seconds of real time after `start`, in its own zone."""
        return (start.astimezone(UTC) + timedelta(seconds=seconds)).astimezone(start.tzinfo)


ROUND_THE_CLOCK: Calendar = RoundTheClock()
