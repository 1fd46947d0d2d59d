"""The list of tickets: one line each, with the clock that presses most."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import tzinfo

from tkt.domain import words
from tkt.domain.ticket import Ticket
from tkt.language import pgettext
from tkt.presentation import phrases
from tkt.presentation.clocks import clock_phrases
from tkt.presentation.style import tone_of
from tkt.presentation.table import Column, Row, Table, Toned
from tkt.service_level.reading import UNTOLD, Clocks


def ticket_table(rows: Iterable[tuple[Ticket, Clocks]], zone: tzinfo) -> Table:
    """The tickets in the order given, with due instants in `zone`; held by a person, else by a group."""
    columns = (
        Column(pgettext("column", "Ticket")),
        Column(pgettext("column", "Priority"), weight=1),
        Column(pgettext("column", "State")),
        Column(pgettext("column", "Title"), weight=3),
        Column(pgettext("column", "Requester"), weight=1, spare=True),
        Column(pgettext("column", "Assigned to"), weight=1),
        Column(pgettext("column", "Due")),
        Column(pgettext("column", "SLA")),
    )
    return Table(columns, tuple(_row(ticket, clocks, zone) for ticket, clocks in rows))


def _row(ticket: Ticket, clocks: Clocks, zone: tzinfo) -> Row:
    pressing = clock_phrases.most_pressing(clocks)
    due = phrases.date_time(pressing.due.astimezone(zone)) if pressing.due else None
    return (
        ticket.id,
        ticket.priority,
        words.STATE.label(ticket.state),
        ticket.title,
        ticket.requester.name,
        ticket.assignee or ticket.group,
        due,
        "?" if clocks is UNTOLD else Toned(clock_phrases.verdict(pressing), tone_of(pressing.verdict)),
    )
