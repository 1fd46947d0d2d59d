"""The instants and spans of a ticket's life that its clocks and the indicators are read from."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from tkt.domain import words
from tkt.service_level.period import Span

ENDED = words.DONE | {"cancelled"}


@dataclass(frozen=True, slots=True)
class Stop:
    """Where a clock stopped, with the ticket's type and priority then. `late`: the entry was recorded with `--late`."""

    at: datetime
    type: str
    priority: str
    late: bool = False


@dataclass(frozen=True, slots=True)
class Wait:
    """A time spent pending, for a reason ("" where none was given). `late`: it begins or ends with a late entry."""

    span: Span
    reason: str
    late: bool = False


@dataclass(frozen=True, slots=True)
class Gap:
    """The time from a resolution to the reopening that undid it. `late`: either was recorded with `--late`."""

    span: Span
    late: bool = False


@dataclass(frozen=True, slots=True)
class Move:
    """A change of state, as replayed. `reopening`: it undid a resolution, or took the ticket out of closed."""

    at: datetime
    before: str
    after: str
    reopening: bool = False

    @property
    def opens(self) -> bool:
        """From resolved, closed or cancelled to an open state."""
        return self.before in ENDED and self.after not in ENDED

    @property
    def ends(self) -> bool:
        """From an open state to resolved, closed or cancelled."""
        return self.before not in ENDED and self.after in ENDED


@dataclass(frozen=True, slots=True)
class Timeline:
    """A ticket's life up to a moment, every instant in UTC.

    `resolution` and `cancelled` are those that stand at that moment. `waiting` is the reason it is pending for then
    ("" when it is not, or for none). `late_for_both`: late entries on which both clocks rest (opening, priority).
    """

    opened: datetime
    opened_on: date
    type: str
    state: str
    priorities: tuple[tuple[datetime, str], ...]
    response: Stop | None = None
    resolution: Stop | None = None
    cancelled: Stop | None = None
    waits: tuple[Wait, ...] = ()
    gaps: tuple[Gap, ...] = ()
    moves: tuple[Move, ...] = ()
    waiting: str = ""
    late_for_both: tuple[datetime, ...] = ()

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

    def in_force(self, end: datetime) -> Iterator[tuple[Span, str]]:
        """When each priority held, up to `end`; one that held for no time is left out."""
        untils = (*(since for since, _priority in self.priorities[1:]), end)
        for (since, priority), until in zip(self.priorities, untils, strict=True):
            held_until = min(until, end)
            if since < held_until:
                yield Span(since, held_until), priority
