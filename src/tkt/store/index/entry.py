"""A row of the index: what a ticket's file held when it was read, told by the hash of its bytes."""

from __future__ import annotations

import zlib
from typing import NamedTuple


class Row(NamedTuple):
    """What the index keeps of one file.

    `opened` and `said` (the last entry) are seconds since 1970; `open` is Ticket.may_be_open; `readable` is False for a
    file that is no ticket, of which nothing else is known. `front` and `moves` are what IndexedTicket reads.
    """

    id: str
    hash: str
    readable: bool
    open: bool
    state: str
    type: str
    priority: str
    assignee: str
    opened: int
    said: int
    front: bytes
    moves: bytes


class IndexEntry(NamedTuple):
    """What the index gives of a ticket: its number there, what of its row every question needs, and what was worked out
    of it (b"" for nothing). `moves` is b"" where they are to be looked up by the number."""

    number: int
    id: str
    hash: str
    readable: bool
    opened: int
    said: int
    front: bytes
    life: bytes = b""
    judged: bytes = b""
    moves: bytes = b""

    @classmethod
    def of(cls, number: int, row: Row) -> IndexEntry:
        """That of a row of which nothing was worked out yet."""
        said = (row.id, row.hash, row.readable, row.opened, row.said, row.front)
        return cls(number, *said, moves=row.moves)


def checksum_of(*parts: bytes) -> int:
    """Tells that bytes are as they were written, so that nothing else is ever taken for a ticket; -1, which tells no
    bytes, where a damaged database gives something else."""
    found = 0
    try:
        for part in parts:
            found = zlib.crc32(part, found)
    except TypeError:
        return -1
    return found
