"""Queues: the lists that a desk has names for, counted or opened."""

from __future__ import annotations

from collections.abc import Sequence

from tkt.columns.layout import Layout, Order
from tkt.columns.naming import read_code
from tkt.desk.desk import Desk
from tkt.desk.querying import read_asked
from tkt.domain.queues import Counted, Queue
from tkt.domain.words import did_you_mean, fold
from tkt.errors import NoSuchThing
from tkt.language import _
from tkt.query.bounding import bounds_of_any
from tkt.query.candidate import Candidate
from tkt.query.query import Context, Query, open_unless_named, read_query
from tkt.store.unreadable_ticket import UnreadableTicket


class UnknownQueue(NoSuchThing):
    """No queue of that name."""


def find_queue(desk: Desk, name: str) -> Queue:
    """The queue of that name, or of that title; raises UnknownQueue with the nearest offered."""
    queues = desk.settings.queues
    if name in queues:
        return queues[name]
    named = {fold(one.shown_title()): one for one in queues.values()} | {fold(one): queues[one] for one in queues}
    found = named.get(fold(name))
    if found is None:
        message = _("There is no queue “{name}” on this desk.").format(name=name)
        raise UnknownQueue(message + did_you_mean(name, queues))
    return found


def query_of_queue(queue: Queue, context: Context, more: Sequence[str] = ()) -> Query:
    """What a queue asks for, like every list of open tickets unless it says otherwise; `more` narrows it down."""
    return open_unless_named(read_query(queue.query, context), context) & read_asked(more, context)


def layout_of(queue: Queue) -> Layout:
    """How a queue is laid out; what it does not say is as in every list."""
    every = Layout()
    return Layout(
        tuple(map(read_code, queue.columns)) or every.columns,
        tuple(Order(read_code(one.removeprefix("-")), one.startswith("-")) for one in queue.sort) or every.orders,
        read_code(queue.by) if queue.by else None,
    )


def count_queues(desk: Desk, context: Context, unreadable: list[UnreadableTicket]) -> list[Counted]:
    """Every queue of the desk, in the order of the settings; the tickets are read once for all of them."""
    queues = [(queue, query_of_queue(queue, context)) for queue in desk.settings.queues.values()]
    if not queues:
        return []
    counts = {queue.name: Counted(queue, 0, 0, 0) for queue, _query in queues}
    for ticket in desk.tickets(unreadable, bounds=bounds_of_any(query.bounds for _queue, query in queues)):
        row = Candidate(ticket, context)
        for queue, query in queues:
            if query.holds(row):
                counts[queue.name] = _with(counts[queue.name], row)
    return list(counts.values())


def _with(counted: Counted, row: Candidate) -> Counted:
    breached = any(clock.breached for clock in row.told)
    at_risk = not breached and any(clock.verdict == "at_risk" for clock in row.told)
    return Counted(counted.queue, counted.tickets + 1, counted.breached + breached, counted.at_risk + at_risk)
