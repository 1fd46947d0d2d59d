"""What a desk holds on one person: who they are by all their names, and their share in each ticket."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import NamedTuple

from tkt.domain.contact import Contact
from tkt.domain.entry import Entry
from tkt.domain.person import Person
from tkt.domain.settings import Agent
from tkt.domain.ticket import Ticket
from tkt.domain.words import fold

# What somebody may be to a ticket and, the last four, to an entry of it.
ROLES = ("requester", "assignee", "author", "recorder", "rating", "mentioned")
_BETWEEN_DIGITS = r"[\s.\-/()]{0,3}"
_FEWEST_DIGITS = 4


@dataclass(frozen=True)
class Subject:
    """One person by every name, address and phone number that the desk knows them by."""

    names: tuple[str, ...]
    emails: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()

    @cached_property
    def _folded(self) -> tuple[frozenset[str], frozenset[str]]:
        return frozenset(map(fold, self.names)), frozenset(map(fold, self.emails))

    def is_named(self, text: str) -> bool:
        """Whether `text` is this person: a name, an address, or `Name <mail>`, of which the address decides."""
        person = Person.parse(text)
        names, emails = self._folded
        if person.email and emails:
            return fold(person.email) in emails
        return bool(text) and fold(person.name) in names | emails

    @cached_property
    def _mention(self) -> re.Pattern[str]:
        words = [rf"(?<!\w){re.escape(fold(one))}(?!\w)" for one in (*self.names, *self.emails) if fold(one)]
        for phone in self.phones:
            digits = re.sub(r"\D", "", phone)
            if len(digits) == len(re.sub(r"[\s.\-/()+]", "", phone)) >= _FEWEST_DIGITS:
                words.append(rf"(?<!\d){_BETWEEN_DIGITS.join(digits)}(?!\d)")
            elif fold(phone):
                words.append(rf"(?<!\w){re.escape(fold(phone))}(?!\w)")
        return re.compile("|".join(words) or r"(?!)")

    def is_mentioned(self, text: str) -> bool:
        """Whether `text` names this person, their address or their phone, whatever the capitals and the accents."""
        return self._mention.search(fold(text)) is not None


def one_by_one(known: Iterable[Person]) -> list[list[Person]]:
    """People put together, each with all their names: an address is one person's; a name alone is each one's of it."""
    by_address: dict[str, list[Person]] = {}
    by_name: dict[str, list[Person]] = {}
    for person in dict.fromkeys(known):
        by_address.setdefault(fold(person.email), []).append(person)
    nameless = by_address.pop("", [])
    for group in by_address.values():
        for name in {fold(person.name): None for person in group}:
            by_name.setdefault(name, []).append(group[0])
    alone: dict[str, list[Person]] = {}
    for person in nameless:
        owners = by_name.get(fold(person.name))
        if owners is None:
            alone.setdefault(fold(person.name), []).append(person)
        for owner in owners or ():
            by_address[fold(owner.email)].append(person)
    return [*by_address.values(), *alone.values()]


class Laid(NamedTuple):
    """A file laid beside a ticket, by its name there; its size in bytes."""

    name: str
    size: int


@dataclass(frozen=True, slots=True)
class Share:
    """A person's part in one ticket: all of it where they asked for it, else what they did in it or are named by.

    `fields` and `sections` are those that are theirs; `entries` come with what the person is to each.
    """

    ticket: Ticket
    roles: tuple[str, ...]
    fields: tuple[tuple[str, str], ...]
    sections: tuple[tuple[str, str], ...]
    entries: tuple[tuple[Entry, tuple[str, ...]], ...]
    attachments: tuple[Laid, ...] = ()


@dataclass(frozen=True, slots=True)
class Commits:
    """How many commits bear a person's address, and when the first and the last were made."""

    count: int
    first: datetime
    last: datetime


@dataclass(frozen=True, slots=True)
class PersonalData:
    """Everything that a desk holds on a person, as of a moment."""

    at: datetime
    subject: Subject
    directory: tuple[Contact, ...]
    agents: tuple[Agent, ...]
    shares: tuple[Share, ...]
    commits: Commits | None = None
