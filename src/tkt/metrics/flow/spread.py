"""How lengths of time are spread: how many, their sum, the one in the middle, the one that nine in ten keep within."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from tkt.metrics.figure import median, percentile


class Spread(NamedTuple):
    """So many lengths, in seconds. `median` and `p90` are those of the KPIs (docs/kpi.md), None of none."""

    number: int = 0
    total: int = 0
    median: float | None = None
    p90: float | None = None
    longest: int | None = None

    @classmethod
    def of(cls, lengths: Iterable[int]) -> Spread:
        """Of these lengths."""
        shortest_first = sorted(lengths)
        if not shortest_first:
            return NOTHING
        middle, p90 = median(shortest_first).value, percentile(shortest_first, 90).value
        return cls(len(shortest_first), sum(shortest_first), middle, p90, shortest_first[-1])

    @property
    def mean(self) -> float | None:
        """The sum over the number, None of none."""
        return self.total / self.number if self.number else None


NOTHING = Spread()
