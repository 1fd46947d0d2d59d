"""Listing: which tickets, in which order."""

from __future__ import annotations

from dataclasses import dataclass

from tkt.columns.layout import Layout
from tkt.desk.desk import Desk
from tkt.desk.querying import candidates, context_of
from tkt.domain import words
from tkt.domain.ticket import Ticket
from tkt.errors import TktError
from tkt.query.candidate import Candidate
from tkt.query.query import Context, Query, read_query
from tkt.service_level.reading import Clocks, HoldingReading
from tkt.store.unreadable_ticket import UnreadableTicket


@dataclass(frozen=True, slots=True)
class Row:
    """A ticket with its clocks, and the times that groups and levels had it, where somebody asked for their OLAs."""

    ticket: Ticket
    clocks: Clocks
    holdings: tuple[HoldingReading, ...] = ()


def list_tickets(
    desk: Desk, query: Query, context: Context, layout: Layout, unreadable: list[UnreadableTicket]
) -> list[Candidate]:
    """The tickets that a query asks for, in the order of a layout; the context is told what cannot be told."""
    return layout.arranged(candidates(desk, query, context, unreadable))


def next_to_take(desk: Desk, unreadable: list[UnreadableTicket], untold: list[TktError]) -> str | None:
    """The ticket that `tkt take` takes without an id: mine or nobody's, not yet worked on, next by due.

    An agent with a group is not given another group's, nor one that waits at a level above theirs.
    """
    me = desk.settings.agent(desk.keyboard.name)

    def fits(ticket: Ticket) -> bool:
        if me is None or ticket.assignee:
            return True
        above = me.level and ticket.level and words.LEVEL.rank(ticket.level) > words.LEVEL.rank(me.level)
        return not above and (not me.group or ticket.group in ("", me.group))

    context = context_of(desk, untold.append)
    query = read_query("state:new,assigned assignee:me,none", context)
    rows = list_tickets(desk, query, context, Layout(), unreadable)
    nobodys = [row.ticket.id for row in rows if fits(row.ticket) and not row.ticket.assignee]
    mine = [row.ticket.id for row in rows if fits(row.ticket) and row.ticket.assignee and row.ticket.state == "new"]
    return next(iter([*mine, *nobodys]), None)
