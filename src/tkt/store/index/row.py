"""Tickets' files read into rows of the index."""

from __future__ import annotations

import hashlib
import marshal
from datetime import datetime

from tkt.domain.words import OPEN
from tkt.store.bounded_file import read_file
from tkt.store.desk_folder import TICKETS
from tkt.store.index.entry import Row
from tkt.store.index.plain_move import PlainMove, plain_move
from tkt.store.index.plain_ticket import Wordless, read_wordless
from tkt.store.ticket_file import LARGEST, TicketFile
from tkt.store.unreadable_ticket import UnreadableTicket


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


def row_again(ticket_id: str, hashed: str, front: bytes, moves: bytes) -> Row:
    """The row that follows from these parts of one."""
    fields, lists = marshal.loads(front)
    return _row(ticket_id, hashed, Wordless(fields, lists, marshal.loads(moves)))


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
