"""What a clock shows: verdict, elapsed time, target and due instant of one SLA clock of one ticket."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class ClockReading:
    """One clock as it stands at a moment. Lengths are whole seconds of clock time (calendar minus pauses).

    `verdict` is a word of domain.words.VERDICT. `breached` holds also for a ticket cancelled after a breach.
    `due` is None while paused, once stopped, cancelled or without a target. `late` marks a reading that
    rests on an entry recorded with `--late`. `wall` is the time from opening to the stop (or now), pauses included.
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

    @property
    def remaining(self) -> int | None:
        """Clock time left until the target (negative once over it), None without one."""
        return None if self.target is None else self.target - self.elapsed


@dataclass(frozen=True, slots=True)
class Clocks:
    """Both clocks of a ticket."""

    response: ClockReading
    resolution: ClockReading

    def __iter__(self) -> Iterator[ClockReading]:
        yield self.response
        yield self.resolution
