"""SLA clocks of the desk's tickets: what is breached, at risk, due next."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tkt.desk.desk import Desk
from tkt.desk.listing import Row, Selection, list_tickets
from tkt.store.ticket_file import UnreadableTicket


@dataclass(frozen=True, slots=True)
class SlaCheck:
    """The tickets looked at, next due first; `breached` holds those of which a clock is over its target."""

    rows: tuple[Row, ...]
    unreadable: tuple[UnreadableTicket, ...]

    @property
    def breached(self) -> tuple[Row, ...]:
        """Tickets with a breached clock."""
        return tuple(row for row in self.rows if any(clock.breached for clock in row.clocks))


def check_service_levels(desk: Desk, selection: Selection, ids: Sequence[str] = ()) -> SlaCheck:
    """Read both clocks of the selected tickets (open ones by default), or of those named."""
    unreadable: list[UnreadableTicket] = []
    rows = list_tickets(desk, selection, "due", unreadable, ids)
    return SlaCheck(tuple(rows), tuple(unreadable))
