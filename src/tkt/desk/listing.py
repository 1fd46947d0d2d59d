"""Listing: which tickets, in which order."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from tkt.desk.clocks import clocks_or_untold
from tkt.desk.desk import Desk
from tkt.domain import words
from tkt.domain.ticket import Ticket
from tkt.domain.words import Vocabulary, fold, nearest
from tkt.errors import CalledWrongly, TktError
from tkt.language import _
from tkt.service_level.reading import Clocks, HoldingReading
from tkt.store.ticket_file import UnreadableTicket


class UnknownOrder(CalledWrongly):
    """A sort key that lists do not know."""


@dataclass(frozen=True, slots=True)
class Row:
    """A ticket with its clocks, and the times that groups and levels had it, where somebody asked for their OLAs."""

    ticket: Ticket
    clocks: Clocks
    holdings: tuple[HoldingReading, ...] = ()


@dataclass(frozen=True)
class Selection:
    """Which tickets: every named key must hold one of its values; free values match any part of what stands there."""

    exact: Mapping[str, Sequence[str]] = field(default_factory=dict)
    parts: Mapping[str, Sequence[str]] = field(default_factory=dict)
    tags: Sequence[str] = ()
    unassigned: bool = False
    overdue: bool = False
    all_states: bool = False

    def holds(self, ticket: Ticket) -> bool:
        """Whether a ticket is selected, its clocks aside."""
        if not self.all_states and "state" not in self.exact and not ticket.is_open:
            return False
        if self.unassigned and ticket.assignee:
            return False
        return (
            all(ticket.get(key) in values for key, values in self.exact.items())
            and all(_matches(ticket, key, values) for key, values in self.parts.items())
            and all(fold(tag) in map(fold, ticket.tags) for tag in self.tags)
        )


def _matches(ticket: Ticket, key: str, values: Sequence[str]) -> bool:
    keys = ("requester.name", "requester.email", "requester.department") if key == "requester.name" else (key,)
    stands = [fold(ticket.get(one)) for one in keys]
    return any(fold(value) in one for value in values for one in stands if one)


_VOCABULARIES: Mapping[str, Vocabulary] = {
    "state": words.STATE,
    "priority": words.PRIORITY,
    "type": words.KIND,
    "level": words.LEVEL,
}


def read_words(key: str, said: Iterable[str]) -> list[str]:
    """The code words that a person means for `key`, several also in one argument (`P1,P2`).

    `open` is any open state.
    """
    parts = [part.strip() for one in said for part in one.split(",") if part.strip()]
    if key == "state":
        openings = {"open", "ouvert", "ouverts"}
        opened = [state for state in words.STATE.codes if state in words.OPEN]
        return [code for part in parts for code in (opened if fold(part) in openings else [words.STATE.read(part)])]
    return [_VOCABULARIES[key].read(part) for part in parts]


_FAR = datetime.max


def _due(row: Row) -> tuple[bool, float]:
    dues = [clock.due for clock in row.clocks if clock.due is not None]
    return (not dues, min(dues).timestamp() if dues else 0.0)


_ORDERS: Mapping[str, Callable[[Row], Any]] = {
    "due": _due,
    "id": lambda row: row.ticket.id,
    "opened": lambda row: row.ticket.opened_at.timestamp(),
    "updated": lambda row: row.ticket.entries[-1].at.timestamp() if row.ticket.entries else 0.0,
    "priority": lambda row: (words.PRIORITY.rank(row.ticket.priority), *_due(row)),
    "state": lambda row: (words.STATE.rank(row.ticket.state), *_due(row)),
    "assignee": lambda row: (fold(row.ticket.assignee), *_due(row)),
    "requester": lambda row: (fold(row.ticket.requester.name), *_due(row)),
    "category": lambda row: (fold(row.ticket.get("category")), *_due(row)),
    "title": lambda row: fold(row.ticket.title),
}
ORDERS = tuple(_ORDERS)


def order_of(name: str) -> tuple[str, bool]:
    """The sort key that a person means, and whether backwards (`-opened`); raises UnknownOrder."""
    backwards, key = name.startswith("-"), name.removeprefix("-")
    if key not in _ORDERS:
        near = nearest(key, ORDERS)
        known = _("Did you mean {word}?").format(word=near) if near else ""
        message = _("“{key}” is no order of a list; known: {orders}.").format(key=key, orders=", ".join(ORDERS))
        raise UnknownOrder(f"{message} {known}".strip())
    return key, backwards


def list_tickets(
    desk: Desk, selection: Selection, order: str, unreadable: list[UnreadableTicket], untold: list[TktError]
) -> list[Row]:
    """The selected tickets with their clocks, in order.

    Why some clocks cannot be told is collected in `untold`; it hides no ticket.
    """
    key, backwards = order_of(order)
    chosen = (ticket for ticket in desk.tickets(unreadable) if selection.holds(ticket))
    rows = [Row(ticket, clocks_or_untold(desk, ticket, untold.append)) for ticket in chosen]
    if selection.overdue:
        rows = [row for row in rows if any(c.breached and c.stopped_at is None for c in row.clocks)]
    rows.sort(key=lambda row: row.ticket.id)
    rows.sort(key=_ORDERS[key], reverse=backwards)
    return rows


def next_to_take(desk: Desk, unreadable: list[UnreadableTicket], untold: list[TktError]) -> str | None:
    """The ticket that `tkt take` takes without an id: mine or nobody's, not yet worked on, next by due.

    An agent with a group is not given another group's, nor one that waits at a level above theirs.
    """
    me = desk.settings.agent(desk.keyboard.name)

    def fits(ticket: Ticket) -> bool:
        if ticket.assignee not in ("", desk.keyboard.name) or ticket.state not in ("new", "assigned"):
            return False
        if me is None or ticket.assignee:
            return True
        above = me.level and ticket.level and words.LEVEL.rank(ticket.level) > words.LEVEL.rank(me.level)
        return not above and (not me.group or ticket.group in ("", me.group))

    rows = list_tickets(desk, Selection(exact={"state": ("new", "assigned")}), "due", unreadable, untold)
    nobodys = [row.ticket.id for row in rows if fits(row.ticket) and not row.ticket.assignee]
    mine = [row.ticket.id for row in rows if fits(row.ticket) and row.ticket.assignee and row.ticket.state == "new"]
    return next(iter([*mine, *nobodys]), None)
