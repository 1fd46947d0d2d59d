"""The queues of a desk: how many tickets are in each, as a table and as a document."""

from __future__ import annotations

from collections.abc import Iterable

from tkt.domain.queues import Counted
from tkt.language import pgettext
from tkt.presentation.json_form import VERSION, Document
from tkt.presentation.table import Cell, Column, Row, Table, Toned


def queue_table(counted: Iterable[Counted]) -> Table:
    """A line for each queue; what its clocks say in colour where it says something."""
    columns = (
        Column(pgettext("column", "Queue")),
        Column(pgettext("column", "Title"), weight=2),
        Column(pgettext("column", "Tickets"), align="right"),
        Column(pgettext("queue", "Breached"), align="right"),
        Column(pgettext("column", "At risk"), align="right"),
        Column(pgettext("column", "Query"), weight=1, spare=True),
    )
    return Table(columns, tuple(map(_line, counted)))


def _line(one: Counted) -> Row:
    breached, at_risk = _toned(one.breached, "bad"), _toned(one.at_risk, "warning")
    return (one.queue.name, one.queue.shown_title(), one.tickets, breached, at_risk, one.queue.query)


def _toned(count: int, tone: str) -> Cell:
    return Toned(str(count), tone) if count else 0


def queues_json(counted: Iterable[Counted]) -> Document:
    """The document of `tkt queue` (docs/json.md)."""
    return {"version": VERSION, "queues": [_queue(one) for one in counted]}


def _queue(one: Counted) -> Document:
    queue = one.queue
    return {
        "name": queue.name,
        "title": queue.shown_title(),
        "query": queue.query,
        "columns": list(queue.columns) or None,
        "sort": list(queue.sort) or None,
        "by": queue.by or None,
        "tickets": one.tickets,
        "breached": one.breached,
        "at_risk": one.at_risk,
    }
