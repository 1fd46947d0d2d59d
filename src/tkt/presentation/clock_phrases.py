"""What a clock shows, in words: its verdict, and a phrase for a line of text."""

from __future__ import annotations

from datetime import datetime, tzinfo

from tkt.domain import words
from tkt.language import _
from tkt.presentation import phrases
from tkt.presentation.style import painted, tone_of
from tkt.service_level.reading import ClockReading, Clocks


def verdict(reading: ClockReading) -> str:
    """The verdict's label, marked where it rests on an entry recorded late."""
    label = words.VERDICT.label(reading.verdict)
    return _("{verdict} (recorded late)").format(verdict=label) if reading.late else label


def summary(reading: ClockReading, zone: tzinfo, now: datetime, *, color: bool = False) -> str:
    """`resolution 1h15 / 24h (running, due 2026-01-16 09:15, in 22h45)`: elapsed, target, verdict, deadline."""
    spent = phrases.duration(reading.elapsed)
    if reading.target is not None:
        spent = f"{spent} / {phrases.duration(reading.target)}"
    label = painted(verdict(reading), tone_of(reading.verdict), color)
    details = [label, *_deadline(reading, zone, now)]
    return f"{words.CLOCK.label(reading.clock)} {spent} ({', '.join(details)})"


def most_pressing(clocks: Clocks) -> ClockReading:
    """The clock that a list shows: the one due first, the resolution's when neither is due."""
    due = [reading for reading in clocks if reading.due is not None]
    return min(due, key=lambda reading: reading.due or datetime.max) if due else clocks.resolution


def _deadline(reading: ClockReading, zone: tzinfo, now: datetime) -> list[str]:
    if reading.due is None:
        return []
    due = _("due {instant}").format(instant=phrases.date_time(reading.due.astimezone(zone)))
    return [due, phrases.relative_due(reading.due, now)]
