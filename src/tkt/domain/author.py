"""Authors: whether an entry was said by the ticket's requester."""

from __future__ import annotations

from tkt.domain.entry import Entry
from tkt.domain.person import Person
from tkt.domain.ticket import Ticket


def is_by_requester(ticket: Ticket, entry: Entry) -> bool:
    """Whether an entry of the ticket was said by its requester, as the requester stood just before it.

    The name or the e-mail address is enough, in whatever case: someone who shares the requester's name is taken for
    the requester, so that nobody's own words ever count as the desk's answer.
    """
    author = Person.parse(entry.author)
    return _same(author.name, _before(ticket, entry, "requester.name")) or _same(
        author.email, _before(ticket, entry, "requester.email")
    )


def _before(ticket: Ticket, entry: Entry, key: str) -> str:
    value = ticket.initial(key)
    for earlier in ticket.entries:
        if earlier is entry:
            break
        change = earlier.change(key)
        if change is not None:
            value = change.new
    return value


def _same(one: str, other: str) -> bool:
    return bool(one) and one.casefold() == other.casefold()
