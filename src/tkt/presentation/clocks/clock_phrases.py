"""What a clock shows, in words: its verdict, and a phrase for a line of text."""

from __future__ import annotations

from datetime import datetime, tzinfo

from tkt.domain import words
from tkt.language import _
from tkt.presentation import phrases
from tkt.presentation.safe_text import one_line
from tkt.presentation.style import painted, tone_of
from tkt.service_level.reading import ClockReading, HoldingReading


def name(reading: ClockReading) -> str:
    """Which clock it is: `resolution`, `OLA Messagerie`; made safe."""
    if reading.holder:
        return _("OLA {holder}").format(holder=one_line(reading.holder))
    return words.CLOCK.label(reading.clock)


def verdict(reading: ClockReading) -> str:
    """The verdict's label, marked where it rests on an entry recorded late."""
    return _marked(words.VERDICT.label(reading.verdict), reading)


def standing(reading: ClockReading) -> str:
    """How it stands in a few words: `22h45 left`, `at risk, 45 min left`, `breached by 1h10`, `met in 3h`.

    All of it is clock time; marked as a verdict is.
    """
    label, left = words.VERDICT.label(reading.verdict), reading.remaining
    if reading.verdict == "running":
        label = _left(left or 0)
    elif reading.verdict == "met" and reading.elapsed:
        label = _("{verdict} in {duration}").format(verdict=label, duration=_short(reading.elapsed))
    elif reading.verdict in ("at_risk", "paused") and left is not None:
        label = _("{verdict}, {left}").format(verdict=label, left=_left(left))
    elif reading.verdict == "breached" and left is not None and left < 0:
        label = _("{verdict} by {duration}").format(verdict=label, duration=_short(-left))
    return _marked(label, reading)


def _left(seconds: int) -> str:
    return _("{duration} left").format(duration=_short(seconds))


def _short(seconds: int) -> str:
    """To the minute, and to the second where there is no minute."""
    return phrases.duration(seconds) if seconds >= 60 else phrases.exact_duration(seconds)


def _marked(label: str, reading: ClockReading) -> str:
    return _("{verdict} (recorded late)").format(verdict=label) if reading.late else label


def summary(reading: ClockReading, zone: tzinfo, now: datetime, *, color: bool = False) -> str:
    """`resolution 1h15 / 24h (running, due 2026-01-16 09:15, in 22h45)`: elapsed, target, verdict, deadline."""
    details = [painted_verdict(reading, color=color), *deadline(reading, zone, now)]
    return f"{name(reading)} {spent(reading)} ({', '.join(details)})"


def holding_summary(holding: HoldingReading, zone: tzinfo, now: datetime, *, color: bool = False) -> str:
    """The same of an OLA's clock, under who has the ticket, or had it, and from when to when."""
    details = [painted_verdict(holding.clock, color=color), *deadline(holding.clock, zone, now)]
    if holding.until is not None:
        since, until = (phrases.date_time(one.astimezone(zone)) for one in (holding.since, holding.until))
        details.append(_("from {start} to {end}").format(start=since, end=until))
    return f"{one_line(holding.holder)} {spent(holding.clock)} ({', '.join(details)})"


def spent(reading: ClockReading) -> str:
    """`1h15 / 24h`: elapsed, and the target where there is one."""
    elapsed = phrases.duration(reading.elapsed)
    return elapsed if reading.target is None else f"{elapsed} / {phrases.duration(reading.target)}"


def painted_verdict(reading: ClockReading, *, color: bool) -> str:
    """The verdict in its colour."""
    return painted(verdict(reading), tone_of(reading.verdict), color)


def deadline(reading: ClockReading, zone: tzinfo, now: datetime) -> list[str]:
    """`due 2026-01-16 09:15`, `in 22h45`: when it is due and how far that is in real time; nothing where it is not."""
    if reading.due is None:
        return []
    due = _("due {instant}").format(instant=phrases.date_time(reading.due.astimezone(zone)))
    return [due, phrases.relative_due(reading.due, now)]
