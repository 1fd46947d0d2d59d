"""Watching tickets: what was read stays known, and only files that changed since are read again."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from tkt.desk.desk import Desk
from tkt.desk.querying import context_of
from tkt.domain.ticket import Ticket
from tkt.query.candidate import Candidate
from tkt.query.query import Query
from tkt.store import desk_folder
from tkt.store.unreadable_ticket import UnreadableTicket

# What tells that a file is not the one read: when it was written and changed, how long it is, which one it is.
_Stamp = tuple[int, int, int, int]


@dataclass(frozen=True, slots=True)
class Known:
    """What a file held when it had that stamp: a ticket, None for one that nobody looks for, or why it is none."""

    stamp: _Stamp
    found: Ticket | UnreadableTicket | None


@dataclass(frozen=True)
class Watch:
    """The tickets as last read, by id. `query` is what of theirs is asked for at any moment: a file that says no is not
    read again."""

    query: Query
    known: dict[str, Known] = field(default_factory=dict)

    def tickets(self, desk: Desk, unreadable: list[UnreadableTicket], ids: Sequence[str] = ()) -> Iterator[Ticket]:
        """The tickets of the desk now, or those of them named, that the query holds, in the order of ids."""
        everyone = sorted(ids or desk_folder.ids(desk.root))
        for gone in self.known.keys() - set(everyone):
            del self.known[gone]
        for number, ticket_id in enumerate(everyone, 1):
            if desk.progress:
                desk.progress(number, len(everyone))
            match self._found(desk, ticket_id):
                case UnreadableTicket() as error:
                    unreadable.append(error)
                case Ticket() as ticket:
                    yield ticket

    def _found(self, desk: Desk, ticket_id: str) -> Ticket | UnreadableTicket | None:
        stamp = _stamp_of(os.fspath(desk.path(ticket_id)))
        known = self.known.get(ticket_id)
        if known is None or stamp is None or known.stamp != stamp:
            found = self._read(desk, ticket_id)
            # The stamp is older than what was read: a change in between is seen the next time.
            known = Known(stamp or (0, 0, 0, 0), found)
            self.known[ticket_id] = known
        return known.found

    def _read(self, desk: Desk, ticket_id: str) -> Ticket | UnreadableTicket | None:
        try:
            ticket = desk.load(ticket_id).ticket
        except UnreadableTicket as error:
            return error
        return ticket if self.query.holds(Candidate(ticket, context_of(desk))) else None


def _stamp_of(path: str) -> _Stamp | None:
    try:
        found = os.stat(path, follow_symlinks=False)
    except OSError:
        return None
    return found.st_mtime_ns, found.st_ctime_ns, found.st_size, found.st_ino
