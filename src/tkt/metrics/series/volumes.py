"""The volumes: what came and went in each slice of a period, and what was open at its end."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import accumulate
from typing import NamedTuple

from tkt.metrics.history import History
from tkt.metrics.period import Period
from tkt.metrics.series.slices import Ruler
from tkt.service_level.period import second_of
from tkt.service_level.timeline import ENDED, Timeline

_WAITING = ("new", "pending")


class Volume(NamedTuple):
    """What a slice saw. `created`, `resolved`, `cancelled` and `reopened` are those of the indicators of these names,
    so that the slices of a period add up to them; `in_hand` (assigned or in progress) and `waiting` (new or pending)
    are the tickets open at its end.
    """

    period: Period
    created: int
    resolved: int
    cancelled: int
    reopened: int
    in_hand: int
    waiting: int

    @property
    def open(self) -> int:
        """The tickets open at the end."""
        return self.in_hand + self.waiting


@dataclass(slots=True)
class _Tally:
    """Counts by slice; those of open tickets as the steps up and down that lead to them."""

    parts: Sequence[Period]
    ruler: Ruler = field(init=False)
    counts: dict[str, list[int]] = field(init=False)

    def __post_init__(self) -> None:
        self.ruler = Ruler(self.parts)
        self.counts = {key: [0] * (len(self.parts) + 1) for key in Volume._fields[1:]}

    def event(self, key: str, second: int) -> None:
        place = self.ruler.slice_of(second)
        if place is not None:
            self.counts[key][place] += 1

    def stretch(self, key: str, start: int, end: int | None) -> None:
        """A time in which a ticket counts at the end of a slice that ends within it."""
        self.counts[key][self.ruler.place(start)] += 1
        if end is not None:
            self.counts[key][self.ruler.place(end)] -= 1

    def volumes(self) -> Iterator[Volume]:
        for key in ("in_hand", "waiting"):
            self.counts[key] = list(accumulate(self.counts[key]))
        columns = (self.counts[key][: len(self.parts)] for key in Volume._fields[1:])
        return map(Volume._make, zip(self.parts, *columns, strict=True))


def measure_volumes(histories: Iterable[History], parts: Sequence[Period]) -> tuple[Volume, ...]:
    """The volumes of each slice of a period, of tickets read as of its end."""
    tally = _Tally(parts)
    for one in histories:
        timeline = one.timeline
        tally.event("created", timeline.start)
        if timeline.resolution:
            tally.event("resolved", timeline.resolution.second)
        if timeline.cancelled:
            tally.event("cancelled", timeline.cancelled.second)
        for at in timeline.reopenings:
            tally.event("reopened", second_of(at))
        for start, end, state in _stretches(timeline):
            if state not in ENDED:
                tally.stretch("waiting" if state in _WAITING else "in_hand", start, end)
    return tuple(tally.volumes())


def open_before(histories: Iterable[History], period: Period) -> int:
    """The tickets that were open when the period began; none, since ever."""
    if period.start is None:
        return 0
    start = second_of(period.start)
    return sum(
        begin < start and (end is None or end >= start) and state not in ENDED
        for one in histories
        for begin, end, state in _stretches(one.timeline)
    )


def _stretches(timeline: Timeline) -> Iterator[tuple[int, int | None, str]]:
    """(from, to or None for on, state) in order."""
    moves = timeline.moves
    state, since = moves[0].before if moves else timeline.state, timeline.start
    for move in moves:
        yield since, move.second, state
        since, state = move.second, move.after
    yield since, None, state
