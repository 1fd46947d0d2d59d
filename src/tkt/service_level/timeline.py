"""The instants and spans of a ticket's life that its clocks and the indicators are read from."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import NamedTuple

from tkt.domain import words
from tkt.domain.ticket import Ticket
from tkt.service_level.period import Span, instant_of

ENDED = words.DONE | {"cancelled"}


class Stop(NamedTuple):
    """Where a clock stopped, and with which priority. `read` entries of the journal were read by then, its own too;
    `late`: it was recorded with `--late`."""

    second: int
    priority: str
    read: int
    late: bool = False

    @property
    def at(self) -> datetime:
        """The instant, in UTC."""
        return instant_of(self.second)


class Wait(NamedTuple):
    """A time spent pending, for a reason ("" where none was given). `late`: it begins or ends with a late entry."""

    span: Span
    reason: str
    late: bool = False


class Gap(NamedTuple):
    """The time from a resolution to the reopening that undid it. `late`: either was recorded with `--late`."""

    span: Span
    late: bool = False


class Move(NamedTuple):
    """A change of state, as replayed. `reopening`: it undid a resolution, or took the ticket out of closed."""

    second: int
    before: str
    after: str
    reopening: bool = False

    @property
    def at(self) -> datetime:
        """The instant, in UTC."""
        return instant_of(self.second)

    @property
    def opens(self) -> bool:
        """From resolved, closed or cancelled to an open state."""
        return self.before in ENDED and self.after not in ENDED

    @property
    def ends(self) -> bool:
        """From an open state to resolved, closed or cancelled."""
        return self.before not in ENDED and self.after in ENDED


class Timeline(NamedTuple):
    """A ticket's life up to a moment, the first `read` entries of its journal; instants are seconds since 1970.

    `resolution` and `cancelled` are those that stand at that moment. `waiting` is the reason it is pending for then
    ("" when it is not, or for none). `late_for_both`: late entries on which both clocks rest (opening, priority), and
    `late_changes` those that said another value of a key.
    """

    ticket: Ticket
    read: int
    start: int
    type: str
    state: str
    priorities: tuple[tuple[int, str], ...]
    response: Stop | None = None
    resolution: Stop | None = None
    cancelled: Stop | None = None
    waits: tuple[Wait, ...] = ()
    gaps: tuple[Gap, ...] = ()
    moves: tuple[Move, ...] = ()
    waiting: str = ""
    late_for_both: tuple[int, ...] = ()
    late_changes: tuple[tuple[int, str], ...] = ()

    @property
    def opened(self) -> datetime:
        """When it was opened, in UTC."""
        return instant_of(self.start)

    @property
    def priority(self) -> str:
        """The last one given."""
        return self.priorities[-1][1]

    @property
    def is_open(self) -> bool:
        """Neither resolved, closed nor cancelled."""
        return self.state not in ENDED

    @property
    def reopenings(self) -> tuple[datetime, ...]:
        """When it was reopened."""
        return tuple(move.at for move in self.moves if move.reopening)

    def in_force(self, end: int) -> Iterator[tuple[Span, str]]:
        """When each priority held, up to `end` (seconds since 1970); one that held for no time is left out."""
        untils = (*(since for since, _priority in self.priorities[1:]), end)
        for (since, priority), until in zip(self.priorities, untils, strict=True):
            held_until = min(until, end)
            if since < held_until:
                yield Span(since, held_until), priority
