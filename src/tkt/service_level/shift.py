"""What a shift hands over to the next: the open tickets with their clocks, what is due, what is overdue."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from tkt.domain.entry import Entry
from tkt.domain.follow_up import FollowUp
from tkt.domain.ticket import Ticket
from tkt.service_level.reading import Clocks


class Held(NamedTuple):
    """An open ticket, how its clocks stand, what a person said of it last, and what is overdue of it."""

    ticket: Ticket
    clocks: Clocks
    last: Entry | None
    follow_ups: tuple[FollowUp, ...]

    @property
    def is_over(self) -> bool:
        """Whether a clock that still runs is over its target."""
        return any(clock.breached and clock.stopped_at is None for clock in self.clocks)

    @property
    def is_at_risk(self) -> bool:
        """Whether a clock is at risk."""
        return any(clock.verdict == "at_risk" for clock in self.clocks)


class Due(NamedTuple):
    """What is due of a ticket: its `response` or its `resolution`, or that it is looked at `until` then."""

    held: Held
    what: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Handover:
    """What the next shift must know at `now`.

    `held` are the open tickets by who has them ("" for nobody, who comes first), each with the most urgent first; `due`
    is what is due up to `horizon`, and what was due before and still goes on. `counts` are what happened from `since`
    on, by KINDS.
    """

    now: datetime
    since: datetime
    horizon: datetime
    held: Mapping[str, tuple[Held, ...]]
    due: tuple[Due, ...]
    counts: Mapping[str, int]

    @property
    def tickets(self) -> tuple[Held, ...]:
        """All that are held, by anybody or nobody."""
        return tuple(one for tickets in self.held.values() for one in tickets)

    @property
    def overdue(self) -> tuple[tuple[Held, FollowUp], ...]:
        """What should have been followed up, the longest overdue first."""
        found = [(one, owed) for one in self.tickets for owed in one.follow_ups]
        return tuple(sorted(found, key=lambda pair: (pair[1].since, pair[0].ticket.id)))
