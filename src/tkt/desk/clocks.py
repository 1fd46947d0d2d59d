"""The clocks of a ticket for whoever looks at the ticket itself: what cannot be judged hides nothing of it."""

from __future__ import annotations

from collections.abc import Callable

from tkt.desk.desk import Desk
from tkt.domain.ticket import Ticket
from tkt.errors import TktError
from tkt.service_level.reading import UNTOLD, Clocks
from tkt.service_level.verdict import read_clocks


def clocks_or_untold(desk: Desk, ticket: Ticket, on_trouble: Callable[[TktError], object]) -> Clocks:
    """Both clocks of a ticket at the desk's moment; UNTOLD where a calendar does not know the days that they need.

    `on_trouble` is told why: the holidays of a year are missing, or the calendar begins later.
    """
    try:
        return read_clocks(ticket, desk.agreements, desk.now)
    except TktError as trouble:
        on_trouble(trouble)
        return UNTOLD
