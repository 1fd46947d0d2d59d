"""What happened: an entry of a ticket's journal, and what kind of thing it did there."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from tkt.domain.entry import Entry
from tkt.domain.ticket import Ticket
from tkt.domain.words import DONE, LEVEL, OPEN

# What a shift counts, in the order of a ticket's life.
KINDS = ("opened", "resolved", "reopened", "closed", "cancelled", "escalated")
_ENDED = DONE | {"cancelled"}


class Happening(NamedTuple):
    """An entry of a ticket: the `number`-th of its journal, counted from 1."""

    ticket: Ticket
    entry: Entry
    number: int

    @property
    def is_opening(self) -> bool:
        """Whether it opened the ticket: the first entry, and it gives the state its first value."""
        change = self.entry.change("state") if self.number == 1 else None
        return change is not None and not change.old

    @property
    def kinds(self) -> tuple[str, ...]:
        """What it did of KINDS, by the values that the entry itself says that it found."""
        return tuple(self._kinds())

    def _kinds(self) -> Iterator[str]:
        if self.is_opening:
            yield "opened"
        if state := self.entry.change("state"):
            if state.new in _ENDED and state.new != state.old:
                yield state.new
            elif state.new in OPEN and state.old in _ENDED:
                yield "reopened"
        level = self.entry.change("level")
        if level and level.old in LEVEL and level.new in LEVEL and LEVEL.rank(level.new) > LEVEL.rank(level.old):
            yield "escalated"

    def held_by(self, key: str) -> tuple[str, ...]:
        """Who had the ticket before the entry and after it, by group or assignee (`key`): a handover is of both."""
        before, after = (self.ticket.values_after(key, read) for read in (self.number - 1, self.number))
        return tuple(dict.fromkeys((*before, *after)))


@dataclass(frozen=True, slots=True)
class Activity:
    """What happened from `since` up to and with `until`, in order."""

    since: datetime
    until: datetime
    happenings: tuple[Happening, ...]

    @property
    def counts(self) -> Mapping[str, int]:
        """How often each of KINDS happened."""
        found = Counter(kind for one in self.happenings for kind in one.kinds)
        return {kind: found[kind] for kind in KINDS}

    @property
    def tickets(self) -> int:
        """On how many tickets something happened."""
        return len({one.ticket.id for one in self.happenings})
