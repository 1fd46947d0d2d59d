"""The tickets that a column of figures counts: all of them, those of a priority, of a category…"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from tkt.metrics.history import History
from tkt.metrics.period import Period
from tkt.metrics.waiting import REASONS
from tkt.service_level.reading import ClockReading


@dataclass(frozen=True)
class Cohort:
    """Tickets of one group as of the period's end. `fcr_within` is in seconds."""

    histories: Sequence[History]
    period: Period
    fcr_within: int

    @cached_property
    def resolved(self) -> list[History]:
        """Those resolved in the period: their resolution stands at its end and falls in it."""
        holds = self.period.holds_second
        return [one for one in self.histories if (stop := one.timeline.resolution) is not None and holds(stop.second)]

    @cached_property
    def resolution_times(self) -> list[int]:
        """The real seconds from opening to resolution of those resolved in the period, shortest first."""
        return sorted(one.clocks.resolution.wall for one in self.resolved)

    def judged(self, clock: str) -> list[ClockReading]:
        """The readings of a clock that show whether a promise was kept, of those resolved in the period."""
        return [reading for reading in self._readings[clock] if reading.verdict in ("met", "breached")]

    @cached_property
    def clock_times(self) -> Mapping[str, list[int]]:
        """By clock: the clock time elapsed of those resolved in the period, shortest first."""
        return {clock: sorted(reading.elapsed for reading in of_it) for clock, of_it in self._readings.items()}

    def overruns(self, clock: str) -> list[int]:
        """The seconds by which a clock went over its target, of those resolved in the period where it did."""
        return [one.overrun[clock] for one in self.resolved if clock in one.overrun]

    @cached_property
    def waiting(self) -> Mapping[str, int]:
        """By reason ("" for none): the real seconds that those resolved in the period were pending until then."""
        waited = dict.fromkeys(REASONS, 0)
        for one in self.resolved:
            for reason, seconds in one.waiting.items():
                waited[reason] += seconds
        return waited

    @cached_property
    def _readings(self) -> Mapping[str, list[ClockReading]]:
        clocks = [one.clocks for one in self.resolved]
        return {"response": [one.response for one in clocks], "resolution": [one.resolution for one in clocks]}

    @cached_property
    def open(self) -> list[History]:
        """Those neither resolved, closed nor cancelled at the end."""
        return [one for one in self.histories if one.timeline.is_open]

    @cached_property
    def cancelled(self) -> list[History]:
        """Those whose cancellation stands at the end and falls in the period."""
        holds = self.period.holds_second
        return [one for one in self.histories if (stop := one.timeline.cancelled) is not None and holds(stop.second)]
