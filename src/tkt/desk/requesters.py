"""Requesters: the person whom any part of a name or an address means, as the desk's directory knows them."""

from __future__ import annotations

from collections.abc import Mapping

from tkt.desk.desk import Desk
from tkt.domain.contact import Contact
from tkt.domain.person import Person
from tkt.errors import NoSuchThing
from tkt.language import _
from tkt.store.people import find_people

_MOST_NAMED = 8


class AmbiguousRequester(NoSuchThing):
    """Several people of the directory may be meant."""


def find_requester(desk: Desk, who: str) -> Contact:
    """The person of `people.csv` whom `who` means, else whoever it names (`Name`, `Name <mail>`).

    Raises AmbiguousRequester.
    """
    person = Person.parse(who)
    found = find_people(desk.root / "people.csv", person.email or who)
    if len(found) > 1:
        people = "; ".join(f"{one.name} <{one.email}>" for one in found[:_MOST_NAMED])
        raise AmbiguousRequester(_("“{who}” may be several people: {people}.").format(who=who, people=people))
    return found[0] if found else Contact(person.name or who, person.email)


def requester_fields(contact: Contact) -> Mapping[str, str]:
    """What a ticket says of its requester, by key; "" for what is not known."""
    parts = ("name", "department", "email", "phone", "location")
    return {f"requester.{part}": getattr(contact, part) for part in parts}
