"""The tickets that a column of figures counts: all of them, those of a priority, of a category…"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from tkt.metrics.history import History
from tkt.metrics.period import Period


@dataclass(frozen=True)
class Cohort:
    """Tickets of one group as of the period's end. `fcr_within` is in seconds."""

    histories: Sequence[History]
    period: Period
    fcr_within: int

    @cached_property
    def resolved(self) -> list[History]:
        """Those resolved in the period: their resolution stands at its end and falls in it."""
        holds = self.period.holds
        return [one for one in self.histories if one.resolution is not None and holds(one.resolution.at)]

    @cached_property
    def resolution_times(self) -> list[int]:
        """The real seconds from opening to resolution of those resolved in the period, shortest first."""
        return sorted(one.clocks.resolution.wall for one in self.resolved)

    @cached_property
    def open(self) -> list[History]:
        """Those neither resolved, closed nor cancelled at the end."""
        return [one for one in self.histories if one.timeline.is_open]

    @cached_property
    def cancelled(self) -> list[History]:
        """Those whose cancellation stands at the end and falls in the period."""
        holds = self.period.holds
        return [one for one in self.histories if (stop := one.timeline.cancelled) is not None and holds(stop.at)]
