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
from tkt.service_level.period import instant_of
from tkt.service_level.remembered import Judged
from tkt.service_level.timeline import Timeline
from tkt.store.index.plain_move import move_of
from tkt.store.index.row import IndexEntry

_Known = TypeVar("_Known")


class Source(Protocol):
    """Where a ticket out of the index comes from."""

    def whole(self, ticket_id: str) -> Ticket:
        """The ticket as its file has it; raises UnreadableTicket."""

    def life(self, ticket: IndexedTicket) -> tuple[Timeline, Facts]:
        """Its whole life, and what follows from it."""

    def judged(self, ticket: IndexedTicket) -> Judged | None:
        """Its clocks as of its last entry, and how they go on, where that can be told."""


class IndexedTicket(Ticket):
    """A ticket as an entry of the index has it."""

    def __init__(self, source: Source, entry: IndexEntry) -> None:
        fields, lists = marshal.loads(entry.row.front)
        # Frozen as every ticket: what its like is given by name is laid where that would lay it.
        self.__dict__.update(
            fields=fields,
            opened_at=datetime.fromisoformat(fields["opened_at"]),
            tags=lists.get("tags", ()),
            links=lists.get("links", ()),
            aliases=lists.get("aliases", ()),
            last_said_at=instant_of(entry.row.said, UTC),
            entry=entry,
            _source=source,
        )

    entry: IndexEntry
    _source: Source

    @cached_property
    def whole(self) -> Ticket:
        """The ticket as its file has it."""
        return self._source.whole(self.entry.row.id)

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
        return tuple([move_of(plain) for plain in marshal.loads(self.entry.row.moves)])

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
    def whole(self) -> Ticket:
        """The ticket as its file has it, seen at that moment."""
        whole, kept = self._later.whole, {id(move) for move in self.moves}
        said = zip(whole.entries, self._later.moves, strict=False)
        entries = tuple(entry for entry, move in said if id(move) in kept)
        return whole._with(self.fields, entries, self.tags, self.links, self.aliases)

    def recall(self, kind: type[_Known]) -> _Known | None:
        """Nothing."""
        return None
