"""What is worked out of the index's tickets while a command is at it, and what of it is new."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from tkt.domain.ticket import Ticket
from tkt.service_level.agreements import Agreements
from tkt.service_level.foresight import foresee
from tkt.service_level.remembered import Judged
from tkt.store.index.indexed_ticket import IndexedTicket
from tkt.store.index.life import Life, dump_judged, dump_life, load_judged, load_life, read_life
from tkt.store.ticket_file import TicketFile


@dataclass
class Workings:
    """Works out the lives of tickets and their clocks, or finds them worked out. `new` holds what
    the index does not have yet: by the number of a ticket, the hash of its file, its life and its clocks."""

    load: Callable[[str], TicketFile]
    agreements: Agreements
    new: dict[int, tuple[str, bytes, bytes]] = field(default_factory=dict)

    def whole(self, ticket_id: str) -> Ticket:
        """The ticket as its file has it; raises UnreadableTicket."""
        return self.load(ticket_id).ticket

    def life(self, ticket: IndexedTicket) -> Life:
        """Its whole life, and what follows from it."""
        entry = ticket.entry
        if entry.life:
            return load_life(ticket, entry.life)
        life = read_life(ticket)
        self.new[entry.number] = (entry.row.hash, dump_life(life), entry.judged)
        return life

    def judged(self, ticket: IndexedTicket) -> Judged | None:
        """Its clocks as of its last entry, and how they go on, where that can be told."""
        entry = ticket.entry
        judged = load_judged(entry.judged) if entry.judged else None
        if judged is None or judged.by != self.agreements.known_as:
            judged = foresee(ticket.life[0], self.agreements)
            if judged is not None:
                self.new[entry.number] = (entry.row.hash, entry.life or dump_life(ticket.life), dump_judged(judged))
        return judged
