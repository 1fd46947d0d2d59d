"""What a ticket says in words: the passages of it in which people look for some."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from tkt.domain.entry import Entry
from tkt.domain.ticket import Ticket
from tkt.domain.words import UNKNOWN_CAUSE

# What an entry records in somebody's words beside its text: another's reference, an excuse, the name of a file.
_IN_WORDS = ("ref", "late", "attached")
_OF_A_RESOLUTION = ("cause", "action")


class TicketPassage(NamedTuple):
    """A text of a ticket. `where` it stands: `title`, `description`, `actions`, `cause`, `action` or `journal`; `entry`
    is the one that says it, of the journal.
    """

    where: str
    text: str
    entry: Entry | None = None


Marks = tuple[tuple[int, int], ...]


class Marked(NamedTuple):
    """A passage, and from where to where in its text the words stand that were looked for, in order."""

    passage: TicketPassage
    marks: Marks


def passages(ticket: Ticket) -> Iterator[TicketPassage]:
    """The passages of a ticket that hold something, in the order in which its sheet shows them."""
    known = (("title", ticket.title), ("description", ticket.description), ("actions", ticket.actions))
    for where, text in (*known, *((key, ticket.get(key)) for key in _OF_A_RESOLUTION)):
        if text and (where, text) != ("cause", UNKNOWN_CAUSE):
            yield TicketPassage(where, text)
    for entry in ticket.entries:
        yield from (TicketPassage("journal", text, entry) for text in _said_in(entry, ticket) if text)


def _said_in(entry: Entry, ticket: Ticket) -> Iterator[str]:
    """The words of an entry; of a resolution too, where another has taken its place since."""
    yield entry.text
    for change in entry.field_changes():
        former = change.key in _OF_A_RESOLUTION and change.new not in (ticket.get(change.key), UNKNOWN_CAUSE)
        if change.key in _IN_WORDS or former:
            yield change.new
