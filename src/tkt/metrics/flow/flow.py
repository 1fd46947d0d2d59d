"""The flow of a desk over a period: the times in each step, the transitions between them, and the paths taken."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from tkt.metrics.flow.life import STATE, Visit
from tkt.metrics.flow.spread import Spread
from tkt.metrics.period import Period

# By what a flow may be drawn, each a field that the journal moves; the first two are always measured.
BY = (STATE, "group", "level", "assignee")
# What holders did with the time that they had: nobody was at work yet, somebody was, the ticket was pending.
PHASES = ("queued", "worked", "pending")

Step = str | None


class StepTimes(NamedTuple):
    """One step over a period.

    `seconds` is the spread of the visits that ended in it, by `tickets` tickets; `again` counts those of them by which
    a ticket came back to the step. `there` is how long those tickets have been there that are in it at the end, and
    `oldest` the ticket that has been there longest. `phases` are the seconds of a holder's visits by PHASES.
    """

    step: str
    tickets: int
    again: int
    seconds: Spread
    there: Spread
    oldest: str
    phases: Mapping[str, int]


class Transition(NamedTuple):
    """From one step to another: how often in the period, by how many tickets, and how long they had been in the first.

    `before` None is the opening, or by holders, with `reopening`, a time in which the ticket was not open; `after` None
    is the end of being open. `reopening`: the ticket was not open before.
    """

    before: Step
    after: Step
    reopening: bool
    tickets: int
    seconds: Spread


class Path(NamedTuple):
    """The way of tickets from their opening to a resolution or cancellation that falls in the period and stands.

    `waits` are the spreads of the times in each of `steps` but the last, which is the end; `seconds` that of the whole
    way, and `slowest` the ticket that took longest.
    """

    steps: tuple[Step, ...]
    seconds: Spread
    waits: tuple[Spread, ...]
    slowest: str

    @property
    def longest_wait(self) -> int | None:
        """Which of its steps took most of the time in all; None where there was none."""
        totals = [one.total for one in self.waits]
        return totals.index(max(totals)) if any(totals) else None


class LoggedVisit(NamedTuple):
    """A visit as one line of an event log: which ticket's, of which type and priority, how long it was, and where the
    ticket went from there, if it left."""

    ticket_id: str
    type: str
    priority: str
    visit: Visit
    seconds: int
    after: Step


@dataclass(frozen=True, slots=True)
class Flow:
    """The flow of the tickets that were opened by the period's end.

    `tickets` is how many of them left a step in it, or were open at its end. `times` are the steps by states, by groups
    and by `by`; transitions and paths are those by `by`, the most frequent first, and `log` its visits, where somebody
    asked for them. `query` is what they hold at the end, "" for all.
    """

    period: Period
    by: str
    tickets: int
    times: Mapping[str, tuple[StepTimes, ...]]
    transitions: tuple[Transition, ...]
    paths: tuple[Path, ...]
    log: tuple[LoggedVisit, ...] = ()
    query: str = ""

    @property
    def ended(self) -> int:
        """How many tickets came to an end in the period."""
        return sum(path.seconds.number for path in self.paths)
