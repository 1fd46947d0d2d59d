"""Concurrent moves: a field that two people moved without seeing each other, until somebody settles it."""

from __future__ import annotations

from typing import NamedTuple

from tkt.domain.entry import Entry, FieldChange
from tkt.domain.journal import says_again
from tkt.domain.keys import kind_of
from tkt.domain.ticket import Ticket

# The fact by which an entry confirms the value at which a field stands.
SETTLED = "settled"


class Move(NamedTuple):
    """An entry, and the change of one field in it."""

    entry: Entry
    change: FieldChange


class Unsettled(NamedTuple):
    """A field whose moves did not see each other: the first one, then those that were blind to the one before."""

    key: str
    moves: tuple[Move, ...]

    @property
    def value(self) -> str:
        """What stands: the last writer's word."""
        return self.moves[-1].change.new


def unsettled(ticket: Ticket) -> tuple[Unsettled, ...]:
    """The fields of a ticket whose concurrent moves nobody has settled, by the journal's order.

    A later entry settles them that moves the field from the value at which it stands, or that says so (`settled`).
    """
    return unsettled_among(ticket.entries) if ticket.replayed.concurrent else ()


def unsettled_among(entries: tuple[Entry, ...]) -> tuple[Unsettled, ...]:
    """The same of entries in journal order."""
    last: dict[str, Move] = {}
    doubtful: dict[str, list[Move]] = {}
    for entry in entries:
        for change in entry.field_changes():
            if change.key == SETTLED:
                doubtful.pop(change.new, None)
            elif kind_of(change.key) == "field":
                before, last[change.key] = last.get(change.key), Move(entry, change)
                if before and before.change.new != change.old:
                    if not says_again(entry, change, before.change.new):
                        doubtful.setdefault(change.key, [before]).append(last[change.key])
                else:
                    doubtful.pop(change.key, None)
    return tuple(Unsettled(key, tuple(moves)) for key, moves in doubtful.items())
