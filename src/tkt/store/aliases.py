"""Tickets by a number that they had before: a cheap look at every file, for when nobody has that number now."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from tkt.domain.identifier import is_id, number_of
from tkt.store.desk_folder import ids, ticket_path
from tkt.store.ticket_file import TicketFile
from tkt.store.unreadable_ticket import UnreadableTicket

# Front matters are shorter than this; of one that is not, the whole file is read.
_HEAD = 8192
_KEY = b"\naliases:"
_END = b"\n---"


def aliases_of_number(root: Path, number: int) -> Iterator[tuple[str, str]]:
    """Each alias of that number, with the id of the ticket that bears it; files that cannot be read are left aside."""
    digits = f"{number:07d}".encode()
    for ticket_id in ids(root):
        path = ticket_path(root, ticket_id)
        if _may_hold(path, digits):
            with suppress(UnreadableTicket):
                aliases = TicketFile.of(ticket_id, path).ticket.aliases
                yield from ((one, ticket_id) for one in aliases if is_id(one) and number_of(one) == number)


def _may_hold(path: Path, digits: bytes) -> bool:
    try:
        with open(path, "rb", buffering=0) as file:
            head = file.read(_HEAD)
    except OSError:
        return False
    front, end, _rest = head.partition(_END)
    return (not end and len(head) == _HEAD) or (_KEY in front and digits in front)
