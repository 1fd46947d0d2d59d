"""A ticket out of the index: what it says is known; its free texts are read from its file when somebody asks."""

from __future__ import annotations

import marshal
from collections.abc import Mapping
from datetime import UTC, datetime
from functools import cached_property
from typing import Protocol, TypeVar

from tkt.domain.entry import Entry
from tkt.domain.person import Person
from tkt.domain.ticket import Ticket
from tkt.metrics.history import Facts
from tkt.service_level.period import instant_of, second_before, second_of
from tkt.service_level.remembered import Judged
from tkt.service_level.timeline import Timeline
from tkt.store.index.entry import IndexEntry
from tkt.store.index.plain_move import move_of

_Known = TypeVar("_Known")


class Source(Protocol):
    """Where a ticket out of the index comes from."""

    def whole(self, ticket_id: str) -> Ticket:
        """The ticket as its file has it; raises UnreadableTicket."""

    def moves(self, entry: IndexEntry) -> bytes:
        """The moves of its journal, in plain values."""

    def life(self, ticket: IndexedTicket) -> tuple[Timeline, Facts]:
        """Its whole life, and what follows from it."""

    def judged(self, ticket: IndexedTicket) -> Judged | None:
        """Its clocks as of its last entry, and how they go on, where that can be told."""


class IndexedTicket(Ticket):
    """A ticket as an entry of the index has it."""

    def __init__(self, source: Source, entry: IndexEntry) -> None:
        # Frozen as every ticket: what is laid here, its like is given by name.
        self.__dict__["entry"], self.__dict__["_source"] = entry, source

    entry: IndexEntry
    _source: Source

    @cached_property
    def _front(self) -> tuple[dict[str, str], dict[str, tuple[str, ...]]]:
        front: tuple[dict[str, str], dict[str, tuple[str, ...]]] = marshal.loads(self.entry.front)
        return front

    @cached_property
    def fields(self) -> Mapping[str, str]:
        """Every single value by its key."""
        return self._front[0]

    @cached_property
    def opened_at(self) -> datetime:
        """When it was opened, with the offset that it was written with."""
        return datetime.fromisoformat(self.fields["opened_at"])

    @cached_property
    def tags(self) -> tuple[str, ...]:
        """The members of `tags`."""
        return self._front[1].get("tags", ())

    @cached_property
    def links(self) -> tuple[str, ...]:
        """The members of `links`."""
        return self._front[1].get("links", ())

    @cached_property
    def aliases(self) -> tuple[str, ...]:
        """The members of `aliases`."""
        return self._front[1].get("aliases", ())

    @cached_property
    def last_said_at(self) -> datetime:
        """The latest instant of its journal, or of its opening."""
        return instant_of(self.entry.said, UTC)

    @cached_property
    def last_second(self) -> int:
        """The second of that."""
        return self.entry.said

    def as_of(self, end: datetime, *, inclusive: bool = True) -> Ticket | None:
        """The ticket as it stood at `end`, None when it was not opened yet; nothing of it is read where it stood so."""
        last = second_of(end) if inclusive else second_before(end)
        if self.entry.opened > last:
            return None
        return self if self.entry.said <= last else super().as_of(end, inclusive=inclusive)

    @cached_property
    def whole(self) -> Ticket:
        """The ticket as its file has it."""
        return self._source.whole(self.entry.id)

    @property
    def entries(self) -> tuple[Entry, ...]:
        """The journal, with its texts, from the file."""
        return self.whole.entries

    @property
    def description(self) -> str:
        """The description, from the file."""
        return self.whole.description

    @property
    def actions(self) -> str:
        """The list of actions, from the file."""
        return self.whole.actions

    @cached_property
    def moves(self) -> tuple[Entry, ...]:
        """The journal without its texts."""
        return tuple([move_of(plain) for plain in marshal.loads(self._source.moves(self.entry))])

    @cached_property
    def life(self) -> tuple[Timeline, Facts]:
        """Its whole life, and what follows from it."""
        return self._source.life(self)

    def recall(self, kind: type[_Known]) -> _Known | None:
        """Its life, what follows from it, and its clocks."""
        known: object = None
        if kind is Timeline:
            known = self.life[0]
        elif kind is Facts:
            known = self.life[1]
        elif kind is Judged:
            known = self._source.judged(self)
        return known if isinstance(known, kind) else None

    def requester_before(self, entry: Entry) -> Person:
        """Who asked, as the journal has it just before one of its entries, whether that came with its text or not."""
        if "whole" in self.__dict__ and any(entry is one for one in self.whole.entries):
            return self.whole.requester_before(entry)
        return super().requester_before(entry)

    def _with(
        self,
        fields: Mapping[str, str],
        moves: tuple[Entry, ...],
        tags: tuple[str, ...],
        links: tuple[str, ...],
        aliases: tuple[str, ...],
    ) -> Ticket:
        return _EarlierTicket(self, fields, moves, tags, links, aliases)


class _EarlierTicket(IndexedTicket):
    """A ticket out of the index as it stood at an earlier moment: of that life nothing is remembered."""

    def __init__(
        self,
        later: IndexedTicket,
        fields: Mapping[str, str],
        moves: tuple[Entry, ...],
        tags: tuple[str, ...],
        links: tuple[str, ...],
        aliases: tuple[str, ...],
    ) -> None:
        self.__dict__.update(
            fields=fields,
            opened_at=later.opened_at,
            tags=tags,
            links=links,
            aliases=aliases,
            moves=moves,
            last_said_at=max((later.opened_at, *(move.at for move in moves))),
            _later=later,
        )

    _later: IndexedTicket

    @cached_property
    def last_second(self) -> int:
        """The second in which something was last said by then."""
        return second_of(self.last_said_at)

    def as_of(self, end: datetime, *, inclusive: bool = True) -> Ticket | None:
        """The ticket as it stood even earlier."""
        return Ticket.as_of(self, end, inclusive=inclusive)

    @cached_property
    def whole(self) -> Ticket:
        """The ticket as its file has it, seen at that moment."""
        whole, kept = self._later.whole, {id(move) for move in self.moves}
        said = zip(whole.entries, self._later.moves, strict=False)
        entries = tuple(entry for entry, move in said if id(move) in kept)
        return whole._with(self.fields, entries, self.tags, self.links, self.aliases)

    def recall(self, kind: type[_Known]) -> _Known | None:
        """Nothing."""
        return None
