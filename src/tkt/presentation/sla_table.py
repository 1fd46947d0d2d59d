"""Both clocks of tickets as a table: one line per clock."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, tzinfo

from tkt.domain import words
from tkt.domain.ticket import Ticket
from tkt.language import pgettext
from tkt.presentation import clock_phrases, phrases
from tkt.presentation.style import tone_of
from tkt.presentation.table import Column, Row, Table, Toned
from tkt.service_level.reading import ClockReading, Clocks


def sla_table(rows: Iterable[tuple[Ticket, Clocks]], zone: tzinfo, now: datetime) -> Table:
    """The tickets in the order given, the response clock above the resolution clock, due instants in `zone`."""
    columns = (
        Column(pgettext("column", "Ticket")),
        Column(pgettext("column", "Priority")),
        Column(pgettext("column", "State")),
        Column(pgettext("column", "Assigned to"), weight=1),
        Column(pgettext("column", "Clock")),
        Column(pgettext("column", "Elapsed"), align="right"),
        Column(pgettext("column", "Target"), align="right"),
        Column(pgettext("column", "Due")),
        Column(pgettext("column", "Left")),
        Column(pgettext("column", "Verdict")),
    )
    lines = (_row(ticket, reading, zone, now) for ticket, clocks in rows for reading in clocks)
    return Table(columns, tuple(lines))


def _row(ticket: Ticket, reading: ClockReading, zone: tzinfo, now: datetime) -> Row:
    return (
        ticket.id,
        ticket.priority,
        words.STATE.label(ticket.state),
        ticket.assignee or ticket.group,
        words.CLOCK.label(reading.clock),
        phrases.duration(reading.elapsed),
        phrases.duration(reading.target) if reading.target is not None else None,
        phrases.date_time(reading.due.astimezone(zone)) if reading.due else None,
        phrases.relative_due(reading.due, now) if reading.due else None,
        Toned(clock_phrases.verdict(reading), tone_of(reading.verdict)),
    )
