"""Clocks in trouble, a line for each: what a person or a CI log reads of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime, tzinfo

from tkt.domain.ticket import Ticket
from tkt.language import _, pgettext
from tkt.presentation import phrases
from tkt.presentation.clocks import clock_phrases
from tkt.presentation.safe_text import one_line
from tkt.presentation.style import painted, tone_of
from tkt.service_level.reading import ClockReading


def trouble_lines(
    found: Iterable[tuple[Ticket, ClockReading]], zone: tzinfo, now: datetime, color: bool = False
) -> str:
    """One line for each clock that is breached or at risk, in the order given, instants in `zone`; "" for none.

    `INC0012345: P3 resolution 25h10 / 24h (breached, 1h10 over target, since 2026-01-16 09:15), Pierre MARTIN: Title`.
    """
    return "".join(trouble_line(ticket, reading, zone, now, color) + "\n" for ticket, reading in found)


def trouble_line(ticket: Ticket, reading: ClockReading, zone: tzinfo, now: datetime, color: bool = False) -> str:
    """The line of one clock, made safe, without a line end."""
    spent = phrases.exact_duration(reading.elapsed)
    if reading.target is not None:
        spent = f"{spent} / {phrases.duration(reading.target)}"
    tone = "bad" if reading.breached else tone_of(reading.verdict)
    verdict = painted(clock_phrases.verdict(reading), tone, color)
    details = ", ".join([verdict, *_details(reading, zone, now)])
    # The priority by which it is judged: of a clock that stopped, the one that the ticket then had.
    what = f"{one_line(reading.priority)} {clock_phrases.name(reading)}"
    return f"{one_line(ticket.id)}: {what} {spent} ({details}), {_holder(ticket)}: {one_line(ticket.title)}"


def _details(reading: ClockReading, zone: tzinfo, now: datetime) -> Iterator[str]:
    if not reading.breached:
        yield from clock_phrases.deadline(reading, zone, now)
    # A priority lowered after the breach has a longer target, which elapsed may not have reached.
    elif reading.remaining is not None and reading.remaining < 0:
        yield _("{duration} over target").format(duration=phrases.exact_duration(-reading.remaining))
    if reading.breached_at is not None:
        yield _("since {instant}").format(instant=phrases.date_time(reading.breached_at.astimezone(zone)))
        if reading.stopped_at is None:
            yield phrases.age(reading.breached_at, now)


def _holder(ticket: Ticket) -> str:
    held = " / ".join(part for part in (ticket.assignee, ticket.group) if part)
    return one_line(held) or pgettext("assignee", "nobody")
