"""A row of the index: what a ticket's file held when it was read, told by the hash of its bytes."""

from __future__ import annotations

import hashlib
import marshal
import zlib
from datetime import datetime
from typing import NamedTuple

from tkt.domain.words import OPEN
from tkt.store.bounded_file import read_file
from tkt.store.desk_folder import TICKETS
from tkt.store.index.plain_move import PlainMove, plain_move
from tkt.store.index.plain_ticket import Wordless, read_wordless
from tkt.store.ticket_file import LARGEST, TicketFile, UnreadableTicket


class Row(NamedTuple):
    """What the index keeps of one file. `opened` and `said` (the last entry) are seconds since 1970; `open` is
    Ticket.may_be_open; `readable` is False for a file that is no ticket, of which nothing else is known. `front` and `moves` are what IndexedTicket reads."""

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
    """A row of the index with its number in it, and what was worked out of the row (b"" for nothing)."""

    number: int
    row: Row
    life: bytes = b""
    judged: bytes = b""


def checksum_of(*parts: bytes) -> int:
    """Tells that bytes are as they were written, so that nothing else is ever taken for a ticket."""
    found = 0
    for part in parts:
        found = zlib.crc32(part, found)
    return found


def blob_hash(data: bytes, algorithm: str) -> str:
    """The name that git gives to these bytes, in a repository of that object format."""
    return hashlib.new(algorithm, b"blob %d\0" % len(data) + data, usedforsecurity=False).hexdigest()


def read_row(root: str, ticket_id: str, algorithm: str) -> Row | None:
    """The row of a ticket's file; None where there is none. `algorithm` is how the repository names its objects."""
    path = f"{root}/{TICKETS}/{ticket_id[:-3]}xxx/{ticket_id}.md"
    try:
        data = read_file(path, LARGEST)
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError:
        return _unreadable(ticket_id, "")
    return row_of(ticket_id, blob_hash(data, algorithm), data)


def row_of(ticket_id: str, hashed: str, data: bytes) -> Row:
    """The row of a ticket whose file holds these bytes, of that hash."""
    try:
        return _row(ticket_id, hashed, _wordless(data))
    except UnreadableTicket:
        return _unreadable(ticket_id, hashed)


def _row(ticket_id: str, hashed: str, read: Wordless) -> Row:
    fields = read.fields
    opened_at = fields["opened_at"]
    said = _latest([opened_at, *[move[0] for move in read.moves]])
    state = fields["state"]
    return Row(
        ticket_id,
        hashed,
        True,
        state in OPEN or _last_state(read.moves) in OPEN,
        state,
        fields["type"],
        fields["priority"],
        fields.get("assignee", ""),
        _second_of(opened_at),
        _second_of(said),
        marshal.dumps((fields, read.lists)),
        marshal.dumps(read.moves),
    )


def _latest(instants: list[str]) -> str:
    """The latest of some instants: where one clock wrote them all, that is in the order of their texts."""
    offset = instants[0][19:]
    for one in instants:
        if one[19:] != offset:
            return max(instants, key=_second_of)
    return max(instants)


def _second_of(instant: str) -> int:
    return int(datetime.fromisoformat(instant).timestamp())


def _last_state(moves: tuple[PlainMove, ...]) -> str:
    """The state that the journal says last."""
    for move in reversed(moves):
        for key, new, _old in reversed(move[4]):
            if key == "state" and isinstance(new, str):
                return new
    return ""


def _unreadable(ticket_id: str, hashed: str) -> Row:
    return Row(ticket_id, hashed, False, False, "", "", "", "", 0, 0, b"", b"")


def _wordless(data: bytes) -> Wordless:
    """What a file says, its texts aside; raises UnreadableTicket."""
    try:
        read = read_wordless(data.decode())
    except UnicodeDecodeError:
        read = None
    if read is not None:
        return read
    ticket = TicketFile.parse("", data).ticket
    sets = {key: members for key, members in ticket.sets.items() if members}
    return Wordless(dict(ticket.fields), sets, tuple([plain_move(entry) for entry in ticket.entries]))
