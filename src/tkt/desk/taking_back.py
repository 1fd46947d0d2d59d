"""Taking the last command back: what goes with it, and what puts it right where it can no longer be taken back."""

from __future__ import annotations

import shlex
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from tkt.domain.attachment import read_attached
from tkt.domain.entry import Entry, FieldChange, SetChange
from tkt.domain.redaction import KEY as REDACTED
from tkt.domain.words import DONE
from tkt.store.ticket_file import TicketFile
from tkt.store.unreadable_ticket import UnreadableTicket

# The options of `tkt edit`, by the key that each sets.
_EDITED = {
    **{key: f"--{key}" for key in ("title", "type", "asset", "category", "impact", "urgency", "priority", "via")},
    "requester.name": "--requester",
    **{f"requester.{part}": f"--{part}" for part in ("department", "email", "phone")},
}
_ENDED = DONE | {"cancelled"}


class Deed(NamedTuple):
    """What a command did to one ticket: opened it, or only wrote these entries."""

    ticket_id: str
    opened: bool
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class TakenBack:
    """What one command did, and what goes when it is taken back.

    `vanishing`: files that were not there before it. `deeds`: what it did to each ticket that can be read.
    """

    commit: str
    abbreviated: str
    subject: str
    vanishing: tuple[str, ...]
    deeds: tuple[Deed, ...]

    @property
    def redactions(self) -> tuple[str, ...]:
        """The tickets in which it made something unreadable, which could then be read again."""
        return tuple(
            one.ticket_id
            for one in self.deeds
            if any(change.key == REDACTED for entry in one.entries for change in entry.field_changes())
        )

    @property
    def correction(self) -> str:
        """The command that puts right what was done, as one would type it."""
        return next((correction(one) for one in self.deeds), 'tkt log ID "…"')


def deed(name: str, before: bytes | None, after: bytes | None) -> Deed | None:
    """What a command did to a ticket's file; None where it took it away, or where it cannot be read."""
    if after is None:
        return None
    try:
        ticket = TicketFile.parse(name, after).ticket
        known = len(TicketFile.parse(name, before).ticket.entries) if before is not None else 0
    except UnreadableTicket:
        return None
    return Deed(ticket.id, before is None, ticket.entries[known:])


def correction(one: Deed) -> str:
    """The command that puts right what was done to a ticket: the verb that moves it back, else new words."""
    number = one.ticket_id
    if one.opened:
        return f'tkt cancel {number} --reason error "…"'
    ways = [way for entry in reversed(one.entries) for way in _ways(number, entry)]
    return ways[0] if ways else f'tkt log {number} "…"'


def _ways(number: str, entry: Entry) -> Iterator[str]:
    """The commands that move back what an entry moved, the most telling first."""
    state = entry.change("state")
    if state is not None and state.new != state.old:
        yield from _back(number, state)
    edits = [part for change in entry.changes for part in _edits(change)]
    if edits:
        yield f'tkt edit {number} {" ".join(edits)} "…"'
    assignee = entry.change("assignee")
    if assignee is not None and assignee.old:
        yield f"tkt assign {number} --to {shlex.quote(assignee.old)}"
    attached = entry.change("attached")
    told = read_attached(attached.new) if attached else None
    if told:
        yield f'tkt redact {number} --attachment {shlex.quote(told.name)} --why "…"'


def _back(number: str, state: FieldChange) -> Iterator[str]:
    if state.new in _ENDED and state.old not in _ENDED:
        yield f'tkt reopen {number} "…"'
    elif state.new == "pending":
        yield f"tkt resume {number}"
    elif state.old == "pending":
        yield f"tkt hold {number} --reason …"
    elif state.old in DONE:
        yield f"tkt resolve {number} --cause … --action …"
    elif state.old == "cancelled":
        yield f'tkt cancel {number} --reason … "…"'


def _edits(change: FieldChange | SetChange) -> Sequence[str]:
    if isinstance(change, FieldChange):
        return [f"{_EDITED[change.key]} {shlex.quote(change.old)}"] if change.key in _EDITED else []
    if change.key != "tags":
        return []
    return [f"--untag {shlex.quote(one)}" for one in change.added] + [
        f"--tag {shlex.quote(one)}" for one in change.removed
    ]
