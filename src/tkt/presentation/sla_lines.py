"""Breached clocks, a line for each: what a person or a CI log reads of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime, tzinfo

from tkt.domain import words
from tkt.domain.ticket import Ticket
from tkt.language import _, pgettext
from tkt.presentation import clock_phrases, phrases
from tkt.presentation.safe_text import one_line
from tkt.presentation.style import painted
from tkt.service_level.reading import ClockReading, Clocks


def breach_lines(rows: Iterable[tuple[Ticket, Clocks]], zone: tzinfo, now: datetime, color: bool = False) -> str:
    """One line for each breached clock, in the order given and with instants in `zone`; "" for none.

    `INC0012345: P3 resolution 25h10 / 24h (breached, 1h10 over target, since 2026-01-16 09:15), Pierre MARTIN: Title`.
    """
    breached = ((ticket, reading) for ticket, clocks in rows for reading in clocks if reading.breached)
    return "".join(_line(ticket, reading, zone, now, color) + "\n" for ticket, reading in breached)


def _line(ticket: Ticket, reading: ClockReading, zone: tzinfo, now: datetime, color: bool) -> str:
    spent = phrases.duration(reading.elapsed)
    if reading.target is not None:
        spent = f"{spent} / {phrases.duration(reading.target)}"
    verdict = painted(clock_phrases.verdict(reading), "bad", color)
    details = ", ".join([verdict, *_details(reading, zone, now)])
    what = f"{one_line(ticket.priority)} {words.CLOCK.label(reading.clock)}"
    return f"{one_line(ticket.id)}: {what} {spent} ({details}), {_holder(ticket)}: {one_line(ticket.title)}"


def _details(reading: ClockReading, zone: tzinfo, now: datetime) -> Iterator[str]:
    # A priority lowered after the breach has a longer target, which elapsed may not have reached.
    if reading.remaining is not None and reading.remaining < 0:
        yield _("{duration} over target").format(duration=phrases.duration(-reading.remaining))
    if reading.breached_at is not None:
        yield _("since {instant}").format(instant=phrases.date_time(reading.breached_at.astimezone(zone)))
        if reading.stopped_at is None:
            yield phrases.age(reading.breached_at, now)


def _holder(ticket: Ticket) -> str:
    held = " / ".join(part for part in (ticket.assignee, ticket.group) if part)
    return one_line(held) or pgettext("assignee", "nobody")
