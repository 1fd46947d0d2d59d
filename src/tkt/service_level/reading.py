"""What a clock shows: verdict, elapsed time, target and due instant of one SLA clock of one ticket."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from types import MappingProxyType
from typing import NamedTuple


class ClockReading(NamedTuple):
    """One clock as it stands at a moment. Lengths are whole seconds of clock time (calendar minus pauses).

    `verdict` is a word of domain.words.VERDICT. `breached` holds also for a ticket cancelled after a breach.
    `due` is None while paused, once stopped, cancelled or without a target. `late` marks a reading that
    rests on an entry recorded with `--late`. `wall` is the time from opening to the stop (or now), pauses included.
    `priority` is the one in force at the stop (or now), `version` the day from which the policy's version holds (None
    without a policy), `calendar` what counts. `holder` is the group or level whose OLA clock it is, "" for the ticket's
    own; `clock` is `holding` then, `policy` the OLA, and it runs from when they were given the ticket.
    """

    clock: str
    verdict: str
    policy: str
    target: int | None
    elapsed: int
    wall: int
    due: datetime | None = None
    stopped_at: datetime | None = None
    breached: bool = False
    breached_at: datetime | None = None
    late: bool = False
    priority: str = ""
    version: date | None = None
    calendar: str = ""
    holder: str = ""

    @property
    def remaining(self) -> int | None:
        """Clock time left until the target (negative once over it), None without one."""
        return None if self.target is None else self.target - self.elapsed


class Clocks(NamedTuple):
    """Both clocks of a ticket."""

    response: ClockReading
    resolution: ClockReading

    @property
    def pressing(self) -> ClockReading:
        """The clock that a list shows: the one due first, the resolution's when neither is due."""
        due = [reading for reading in self if reading.due is not None]
        return min(due, key=lambda reading: reading.due or datetime.max) if due else self.resolution


# The clocks of a ticket of which nothing can be told, since a calendar does not know the days that they need.
UNTOLD = Clocks(*(ClockReading(clock, "none", "", None, 0, 0) for clock in ("response", "resolution")))


class HoldingReading(NamedTuple):
    """A time that a ticket was with a group or a level (`key` says which), and what the clock of its OLA shows; `until`
    is None while it goes on."""

    key: str
    since: datetime
    until: datetime | None
    clock: ClockReading

    @property
    def holder(self) -> str:
        """The group or level that has the ticket, or had it."""
        return self.clock.holder

    @property
    def ola(self) -> str:
        """The name of the OLA that judges it: at its end, or the last one that did."""
        return self.clock.policy

    @property
    def is_pressing(self) -> bool:
        """Whether it says something to those who look at the ticket: it goes on with a target, or was too long."""
        return self.clock.breached or (self.until is None and self.clock.target is not None)


# By the id of a ticket, the times that groups and levels had it for which there is an OLA.
Olas = Mapping[str, Sequence[HoldingReading]]
NO_OLAS: Olas = MappingProxyType({})
