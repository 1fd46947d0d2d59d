"""Authors: who an entry's `Name <mail>` names, and whether that is the ticket's requester."""

from __future__ import annotations

from tkt.domain.entry import Entry
from tkt.domain.person import Person
from tkt.domain.ticket import Ticket


def split_author(author: str) -> tuple[str, str]:
    """The name and the e-mail address ("" where none stands) of `Marie MARTIN` or `Marie MARTIN <marie@…>`."""
    person = Person.parse(author)
    return person.name, person.email


def is_by_requester(ticket: Ticket, entry: Entry) -> bool:
    """Whether an entry of the ticket was said by its requester, as the requester stood just before it.

    The name or the e-mail address is enough, in whatever case: someone who shares the requester's name is taken for
    the requester, so that nobody's own words ever count as the desk's answer.
    """
    name, email = split_author(entry.author)
    return _same(name, _before(ticket, entry, "requester.name")) or _same(
        email, _before(ticket, entry, "requester.email")
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
