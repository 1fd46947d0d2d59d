"""What is worked out of the index's tickets while a command is at it, and what of it is new."""

from __future__ import annotations

import marshal
import sqlite3
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tkt.domain.ticket import Ticket
from tkt.service_level.agreements import Agreements
from tkt.service_level.foresight import foresee
from tkt.service_level.remembered import Judged
from tkt.store.index.database import Damaged
from tkt.store.index.entry import IndexEntry
from tkt.store.index.indexed_ticket import IndexedTicket
from tkt.store.index.life import Life, dump_judged, dump_life, load_judged, load_life, read_life
from tkt.store.index.plain_move import plain_move

if TYPE_CHECKING:
    from tkt.store.ticket_file import TicketFile


@dataclass
class Workings:
    """Works out the lives of tickets and their clocks, or finds them worked out.

    `look_up` gives the moves of a journal by its ticket's number. `new` holds what the index does not have yet: by the
    number of a ticket, the hash of its file, its life and its clocks.
    """

    load: Callable[[str], TicketFile]
    agreements: Agreements
    look_up: Callable[[int], bytes] | None = None
    new: dict[int, tuple[str, bytes, bytes]] = field(default_factory=dict)

    def whole(self, ticket_id: str) -> Ticket:
        """The ticket as its file has it; raises UnreadableTicket."""
        return self.load(ticket_id).ticket

    def moves(self, entry: IndexEntry) -> bytes:
        """The moves of a ticket's journal; from its file where the index has them no more."""
        if entry.moves:
            return entry.moves
        if self.look_up is not None:
            with suppress(Damaged, sqlite3.Error, UnicodeDecodeError):
                return self.look_up(entry.number)
        return marshal.dumps(tuple([plain_move(one) for one in self.whole(entry.id).entries]))

    def life(self, ticket: IndexedTicket) -> Life:
        """Its whole life, and what follows from it."""
        entry = ticket.entry
        if entry.life:
            return load_life(ticket, entry.life)
        life = read_life(ticket)
        self.new[entry.number] = (entry.hash, dump_life(life), entry.judged)
        return life

    def judged(self, ticket: IndexedTicket) -> Judged | None:
        """Its clocks as of its last entry, and how they go on, where that can be told."""
        entry = ticket.entry
        judged = load_judged(entry.judged) if entry.judged else None
        if judged is None or judged.by != self.agreements.known_as:
            judged = foresee(ticket.life[0], self.agreements)
            if judged is not None:
                self.new[entry.number] = (entry.hash, entry.life or dump_life(ticket.life), dump_judged(judged))
        return judged
