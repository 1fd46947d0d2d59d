"""The spreads: how long the resolved took and how old the open are, by length of time."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from tkt.metrics.cohort import Cohort
from tkt.metrics.history import History
from tkt.metrics.period import Period
from tkt.service_level.period import second_of

_MINUTE, _HOUR, _DAY = 60, 3600, 24 * 3600
# Those of the targets that desks promise, and days beyond.
RESOLUTION_EDGES = (15 * _MINUTE, 30 * _MINUTE, _HOUR, 2 * _HOUR, 4 * _HOUR, 8 * _HOUR, _DAY, 2 * _DAY, 5 * _DAY)
AGE_EDGES = (_DAY, 3 * _DAY, 7 * _DAY, 14 * _DAY, 30 * _DAY)


class ResolutionBin(NamedTuple):
    """The resolved that took at least `least` and less than `below` real seconds (None: no limit), by the verdict of
    their resolution clock; `unjudged` where nothing was promised."""

    least: int
    below: int | None
    met: int
    breached: int
    unjudged: int


class AgeBin(NamedTuple):
    """The tickets open at the end that are at least `least` and less than `below` real seconds old; `breached` are
    those of which a clock is over its target, wherever they stand."""

    least: int
    below: int | None
    in_hand: int
    waiting: int
    breached: int


def resolution_bins(resolved: Iterable[History]) -> tuple[ResolutionBin, ...]:
    """How long some resolved tickets took, from the opening to the resolution."""
    bins = [[0, 0, 0] for _edge in (0, *RESOLUTION_EDGES)]
    for one in resolved:
        reading = one.clocks.resolution
        column = {"met": 0, "breached": 1}.get(reading.verdict, 2)
        bins[bisect_right(RESOLUTION_EDGES, reading.wall)][column] += 1
    edges = _edges(RESOLUTION_EDGES)
    return tuple(ResolutionBin(*edge, *counts) for edge, counts in zip(edges, bins, strict=True))


def age_bins(still_open: Iterable[History], period: Period) -> tuple[AgeBin, ...]:
    """How old some open tickets are at the end of a period."""
    bins = [[0, 0, 0] for _edge in (0, *AGE_EDGES)]
    end = second_of(period.end)
    for one in still_open:
        counts = bins[bisect_right(AGE_EDGES, end - one.timeline.start)]
        counts[one.timeline.state in ("new", "pending")] += 1
        counts[2] += one.is_breached
    edges = _edges(AGE_EDGES)
    return tuple(AgeBin(*edge, *counts) for edge, counts in zip(edges, bins, strict=True))


def _edges(limits: Sequence[int]) -> list[tuple[int, int | None]]:
    return list(zip((0, *limits), (*limits, None), strict=True))


def oldest(cohort: Cohort) -> History | None:
    """The open ticket that was opened first."""
    return min(cohort.open, key=lambda one: (one.timeline.start, one.ticket.id), default=None)
