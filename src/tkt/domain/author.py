"""Authors: whether an entry was said by the ticket's requester, or by a rule of the desk."""

from __future__ import annotations

from tkt.domain.entry import Entry
from tkt.domain.person import Person
from tkt.domain.ticket import Ticket


def is_by_requester(ticket: Ticket, entry: Entry) -> bool:
    """Whether an entry of the ticket was said by its requester, as the requester stood just before it.

    The name or the e-mail address is enough, in whatever case: someone who shares the requester's name is taken for
    the requester, so that nobody's own words ever count as the desk's answer.
    """
    requester = ticket.requester_before(entry)
    if "<" not in entry.author:
        return _same(entry.author.strip(), requester.name)  # what every report asks of every ticket: the name alone
    author = Person.parse(entry.author)
    return _same(author.name, requester.name) or _same(author.email, requester.email)


def is_by_rule(entry: Entry, automatic_author: str) -> bool:
    """Whether no person wrote an entry: it says so, and the name that the desk gives its own rules stands under it."""
    return entry.author == automatic_author and bool(entry.value("automatic"))


def _same(one: str, other: str) -> bool:
    return bool(one) and one.casefold() == other.casefold()
