"""A ticket: how it stands (its fields) and how it came to stand so (its journal)."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property
from math import floor
from operator import itemgetter
from typing import NamedTuple, TypeVar

from tkt.domain import words
from tkt.domain.entry import Entry, FieldChange, SetChange
from tkt.domain.journal import ConcurrentMove, Replay, replay
from tkt.domain.keys import REQUIRED, kind_of
from tkt.domain.person import Person

_Known = TypeVar("_Known")
_WHO_ASKED = frozenset({"requester.name", "requester.email"})


class Requester(NamedTuple):
    """Who asked: any part may be empty but the name."""

    name: str
    department: str = ""
    email: str = ""
    phone: str = ""
    location: str = ""


@dataclass(frozen=True)
class Ticket:
    """A ticket as one file says it. `fields` holds every single value by its key ("requester.name"), as text."""

    fields: Mapping[str, str]
    opened_at: datetime
    entries: tuple[Entry, ...] = ()
    tags: tuple[str, ...] = ()
    links: tuple[str, ...] = ()
    description: str = ""
    actions: str = ""
    aliases: tuple[str, ...] = ()

    @property
    def moves(self) -> tuple[Entry, ...]:
        """The journal as far as it moves the ticket: of a ticket out of an index these entries have no free text."""
        return self.entries

    def recall(self, kind: type[_Known]) -> _Known | None:
        """What was worked out of its whole journal before, where somebody remembers it."""
        return None

    @property
    def sets(self) -> dict[str, tuple[str, ...]]:
        """The members of each set, by its key."""
        return {"tags": self.tags, "links": self.links, "aliases": self.aliases}

    def get(self, key: str) -> str:
        """The value of a field, "" where it has none."""
        return self.fields.get(key, "")

    @property
    def id(self) -> str:
        """Its number with the prefix it came in under: `INC0012345`."""
        return self.get("id")

    @property
    def title(self) -> str:
        """What it is about, in a line."""
        return self.get("title")

    @property
    def type(self) -> str:
        """Its kind: incident, request, problem or change."""
        return self.get("type")

    @property
    def state(self) -> str:
        """Where it stands in its life."""
        return self.get("state")

    @property
    def priority(self) -> str:
        """P1 to P4."""
        return self.get("priority")

    @property
    def assignee(self) -> str:
        """Who holds it, "" for nobody."""
        return self.get("assignee")

    @property
    def level(self) -> str:
        """The support level that holds it."""
        return self.get("level")

    @property
    def group(self) -> str:
        """The support group that holds it, "" for none."""
        return self.get("group")

    @property
    def requester(self) -> Requester:
        """Who asked."""
        parts = ("name", "department", "email", "phone", "location")
        return Requester(*(self.get(f"requester.{part}") for part in parts))

    @property
    def is_open(self) -> bool:
        """Neither resolved, closed nor cancelled."""
        return self.state in words.OPEN

    @property
    def may_be_open(self) -> bool:
        """Whether it is open by its snapshot or by its journal, which only a file with an error has apart."""
        said = (change for entry in reversed(self.moves) if (change := entry.change("state")))
        last = next(said, None)
        return self.is_open or (last is not None and last.new in words.OPEN)

    @cached_property
    def last_said_at(self) -> datetime:
        """The latest instant of its journal, or of its opening."""
        return max((self.opened_at, *(entry.at for entry in self.moves)))

    @cached_property
    def last_second(self) -> int:
        """The second since 1970 in which something was last said."""
        return floor(self.last_said_at.timestamp())

    @cached_property
    def replayed(self) -> Replay:
        """What its journal alone says."""
        return replay(self.moves)

    @cached_property
    def _at_opening(self) -> dict[str, str]:
        """Fields as they stood before the first entry that mentions them."""
        first: dict[str, str] = {}
        for entry in self.moves:
            for change in entry.field_changes():
                if kind_of(change.key) == "field":
                    first.setdefault(change.key, change.old)
        return first

    def initial(self, key: str) -> str:
        """The value of a field before its journal first mentions it."""
        return self._at_opening.get(key, self.get(key))

    @cached_property
    def _requesters(self) -> dict[int, Person]:
        """The requester as each entry found one, by the entry's identity."""
        found: dict[int, Person] = {}
        if not any(change.key in _WHO_ASKED for entry in self.moves for change in entry.changes):
            return found  # as nearly always
        name, email = self.initial("requester.name"), self.initial("requester.email")
        for entry in self.moves:
            found[id(entry)] = Person(name, email)
            name = change.new if (change := entry.change("requester.name")) else name
            email = change.new if (change := entry.change("requester.email")) else email
        return found

    def requester_before(self, entry: Entry) -> Person:
        """Who asked, as the journal has it just before one of its entries."""
        return self._requesters.get(id(entry)) or Person(self.get("requester.name"), self.get("requester.email"))

    @cached_property
    def _concurrent(self) -> dict[int, list[ConcurrentMove]]:
        found: dict[int, list[ConcurrentMove]] = {}
        for move in self.replayed.concurrent:
            found.setdefault(id(move.entry), []).append(move)
        return found

    def concurrent_in(self, entry: Entry) -> list[ConcurrentMove]:
        """The moves of an entry that did not see the one before."""
        return self._concurrent.get(id(entry), [])

    def values_of(self, key: str) -> Iterator[tuple[datetime, str]]:
        """(from instant, value) of a field over the ticket's life, from `opened_at` on, in order."""
        yield self.opened_at, self.initial(key)
        for entry in self.moves:
            change = entry.change(key)
            if change is not None:
                yield entry.at, change.new

    def values_after(self, key: str, read: int) -> tuple[str, ...]:
        """The value of a field, or the members of a set, after the first `read` entries of the journal; none where it
        had none."""
        if key in self.sets:
            known = replay(self.moves[:read]).members.get(key, {})
            return _members_before(self.moves[read:], key, known, self.sets[key])
        said = self._said.get(key)
        if said is None:
            value = self.get(key)
        elif before := bisect_right(said, read, key=itemgetter(0)):
            value = said[before - 1][1]
        else:
            # What every ticket has, an imported journal may first name after the opening.
            value = self.initial(key) or (said[0][1] if key in REQUIRED else "")
        return (value,) if value else ()

    @cached_property
    def _said(self) -> dict[str, list[tuple[int, str]]]:
        """Of each key that the journal mentions what it became, and by which entry, counted from 1; in order."""
        found: dict[str, list[tuple[int, str]]] = {}
        for number, entry in enumerate(self.moves, 1):
            for key, change in entry.latest().items():
                found.setdefault(key, []).append((number, change.new))
        return found

    def as_of(self, end: datetime, *, inclusive: bool = True) -> Ticket | None:
        """The ticket as it stood at `end`, or None when it was not opened yet; later entries do not count."""
        if self.opened_at > end or (self.opened_at == end and not inclusive):
            return None
        if self.last_said_at < end or (inclusive and self.last_said_at == end):
            return self
        kept = tuple(e for e in self.moves if e.at < end or (inclusive and e.at == end))
        later = tuple(e for e in self.moves if e.at > end or (not inclusive and e.at == end))
        said = replay(kept)
        stood = {**self.fields, **self._at_opening, **said.values}
        # A key without a value is not there, as in a file.
        then = {key: value for key, value in stood.items() if value}
        then.setdefault("state", "new")
        then_in = {
            key: _members_before(later, key, said.members.get(key, {}), members) for key, members in self.sets.items()
        }
        tags, links, aliases = then_in.values()
        return self._with(then, kept, tags, links, aliases)

    def _with(
        self,
        fields: Mapping[str, str],
        moves: tuple[Entry, ...],
        tags: tuple[str, ...],
        links: tuple[str, ...],
        aliases: tuple[str, ...],
    ) -> Ticket:
        """The ticket with these values and the first entries of its journal alone."""
        return replace(self, fields=fields, entries=moves, tags=tags, links=links, aliases=aliases)

    def last_of(self, key: str) -> FieldChange | None:
        """The last change of `key` that the journal records, facts included."""
        return next((c for e in reversed(self.moves) if (c := e.change(key))), None)


def _members_before(
    later: tuple[Entry, ...], key: str, known: Mapping[str, bool], members: tuple[str, ...]
) -> tuple[str, ...]:
    """The members of a set before `later` entries: a member that first joins there was none, one that leaves was."""
    first: dict[str, bool] = {}
    for change in (c for entry in later for c in entry.changes if isinstance(c, SetChange) and c.key == key):
        for member in change.added:
            first.setdefault(member, False)
        for member in change.removed:
            first.setdefault(member, True)
    every = dict.fromkeys([*members, *first, *known])
    return tuple(one for one in every if known.get(one, first.get(one, one in members)))
