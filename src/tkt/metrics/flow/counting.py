"""Counting a flow: ticket after ticket, what of its life falls in the period."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from tkt.domain import words
from tkt.domain.ticket import Ticket
from tkt.domain.words import fold
from tkt.metrics.flow.flow import BY, PHASES, Flow, LoggedVisit, Path, Step, StepTimes, Transition
from tkt.metrics.flow.life import STATE, Visit, visits_by_holder, visits_by_state, way_to_the_end
from tkt.metrics.flow.spread import Spread
from tkt.metrics.period import Period
from tkt.service_level.period import Span, second_before, second_of
from tkt.service_level.stopwatch import read_timeline
from tkt.service_level.timeline import Timeline

_PHASE_OF = {"new": "queued", "assigned": "queued", "in_progress": "worked"}
_ALWAYS = 10**12

# The time between two instants, in seconds: real time, or the open hours of a calendar.
Length = Callable[[int, int], int]


def real_time(start: int, end: int) -> int:
    """The seconds between two instants, round the clock."""
    return end - start


def measure_flow(
    tickets: Iterable[Ticket],
    period: Period,
    by: str = STATE,
    types: tuple[str, ...] = ("incident", "request"),
    *,
    length: Length = real_time,
    log: bool = False,
) -> Flow:
    """The flow of the tickets of those types (none named: all), as of the period's end; `by` is one of BY.

    What ended in the period counts, in its whole length: a visit counts in one month alone, whenever it began. Later
    entries do not count. `length` measures time; with `log` each visit is kept beside the figures.
    """
    count = _Count(period, by, length, log)
    for ticket in tickets:
        if ticket.opened_at > period.end:
            continue
        timeline = read_timeline(ticket, period.end, inclusive=period.open_end)
        if timeline.start <= count.last and (not types or timeline.type in types):
            count.add(timeline)
    return count.flow()


@dataclass(slots=True)
class _Visited:
    """The visits of one step."""

    step: str
    lengths: list[int] = field(default_factory=list)
    tickets: set[str] = field(default_factory=set)
    again: int = 0
    there: list[tuple[int, str]] = field(default_factory=list)
    phases: dict[str, int] = field(default_factory=lambda: dict.fromkeys(PHASES, 0))

    def add(self, ticket_id: str, seconds: int, *, again: bool) -> None:
        self.lengths.append(seconds)
        self.tickets.add(ticket_id)
        self.again += again

    def measured(self) -> StepTimes:
        there = Spread.of(seconds for seconds, _id in self.there)
        oldest = min((-seconds, one) for seconds, one in self.there)[1] if self.there else ""
        return StepTimes(
            self.step, len(self.tickets), self.again, Spread.of(self.lengths), there, oldest, dict(self.phases)
        )


@dataclass(slots=True)
class _Moved:
    """The moves from one step to another."""

    lengths: list[int] = field(default_factory=list)
    tickets: set[str] = field(default_factory=set)


@dataclass(slots=True)
class _Count:
    """What is counted of a period, whose seconds are `first` to `last`."""

    period: Period
    by: str
    length: Length
    logs: bool
    first: int = -_ALWAYS
    last: int = 0
    steps: dict[str, dict[str, _Visited]] = field(default_factory=dict)
    # By the step before, the step after, and whether it was a reopening.
    moves: defaultdict[tuple[Step, Step, bool], _Moved] = field(default_factory=lambda: defaultdict(_Moved))
    # Of each path the tickets that took it: their time in all, their id, their times in each step.
    paths: dict[tuple[Step, ...], list[tuple[int, str, tuple[int, ...]]]] = field(default_factory=dict)
    log: list[LoggedVisit] = field(default_factory=list)
    tickets: set[str] = field(default_factory=set)
    names: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if self.period.start is not None:
            self.first = second_before(self.period.start) + 1
        self.last = second_of(self.period.end) if self.period.open_end else second_before(self.period.end)
        self.steps = {key: {} for key in dict.fromkeys((*BY[:2], self.by))}

    def add(self, timeline: Timeline) -> None:
        """Count one life."""
        end = self.period.end
        states = visits_by_state(timeline, end)
        for key in self.steps:
            visits = states if key == STATE else self._named(visits_by_holder(timeline, key, states, end))
            self._add_steps(key, timeline, visits, states)
            if key == self.by:
                self._add_moves(timeline, visits)
                self._add_path(timeline, states, visits)

    def _named(self, visits: Iterable[Visit]) -> tuple[Visit, ...]:
        """Holders by the name that was met first: however it is written, it is the same one."""
        names = self.names
        return tuple(
            one._replace(step=names.setdefault(fold(one.step), one.step)) if one.step else one for one in visits
        )

    def _holds(self, second: int) -> bool:
        return self.first <= second <= self.last

    def _leaves(self, visit: Visit) -> bool:
        return visit.left and self._holds(visit.span.end)

    def _add_steps(self, key: str, timeline: Timeline, visits: Sequence[Visit], states: Sequence[Visit]) -> None:
        ticket_id, seen = timeline.ticket.id, set[str]()
        for visit in visits:
            if visit.step is None:
                continue
            if self._leaves(visit):
                found = self._visited(key, visit.step)
                found.add(ticket_id, self.length(*visit.span), again=visit.step in seen)
                if key != STATE:
                    self._add_phases(found.phases, visit.span, states)
                self.tickets.add(ticket_id)
            elif visit.is_open and not visit.left:
                self._visited(key, visit.step).there.append((self.length(*visit.span), ticket_id))
                self.tickets.add(ticket_id)
            seen.add(visit.step)

    def _visited(self, key: str, step: str) -> _Visited:
        found = self.steps[key].get(step)
        if found is None:
            found = self.steps[key][step] = _Visited(step)
        return found

    def _add_phases(self, phases: dict[str, int], held: Span, states: Sequence[Visit]) -> None:
        """What was done in a time: nobody was at work yet, somebody was, or the ticket was pending."""
        for one in states:
            start, end = max(held.start, one.span.start), min(held.end, one.span.end)
            if start < end and one.is_open:
                phases[_PHASE_OF.get(one.step or "", "pending")] += self.length(start, end)

    def _add_moves(self, timeline: Timeline, visits: Sequence[Visit]) -> None:
        ticket = timeline.ticket
        opening = Visit(None, Span(timeline.start, timeline.start))
        for before, after in pairwise((opening, *visits)):
            if self._holds(before.span.end):
                reopening = after.is_open and not before.is_open
                found = self.moves[before.step, after.step, reopening]
                found.lengths.append(self.length(*before.span))
                found.tickets.add(ticket.id)
                self.tickets.add(ticket.id)
        if self.logs:
            self._keep(timeline, visits)

    def _keep(self, timeline: Timeline, visits: Sequence[Visit]) -> None:
        whose = (timeline.ticket.id, timeline.type, timeline.priority)
        for visit, after_it in zip(visits, (*visits[1:], None), strict=True):
            if self._leaves(visit) or (visit.is_open and not visit.left):
                step = after_it.step if after_it else None
                self.log.append(LoggedVisit(*whose, visit, self.length(*visit.span), step))

    def _add_path(self, timeline: Timeline, states: Sequence[Visit], visits: Sequence[Visit]) -> None:
        stop = timeline.cancelled or timeline.resolution
        if stop is None or not self._holds(stop.second):
            return
        way = way_to_the_end(timeline, states, visits)
        lengths = tuple(self.length(*one.span) for one in way[:-1])
        taken = self.paths.setdefault(tuple(one.step for one in way), [])
        taken.append((self.length(timeline.start, stop.second), timeline.ticket.id, lengths))

    def flow(self) -> Flow:
        """What was counted."""
        moves = (Transition(*steps, len(one.tickets), Spread.of(one.lengths)) for steps, one in self.moves.items())
        paths = (_path(steps, taken) for steps, taken in self.paths.items())
        return Flow(
            self.period,
            self.by,
            len(self.tickets),
            {key: _ranked(key, (one.measured() for one in found.values())) for key, found in self.steps.items()},
            tuple(sorted(moves, key=lambda one: _by_count(one.seconds, one.before, one.after))),
            tuple(sorted(paths, key=lambda one: _by_count(one.seconds, *one.steps))),
            tuple(self.log),
        )


def _path(steps: tuple[Step, ...], taken: Sequence[tuple[int, str, tuple[int, ...]]]) -> Path:
    waits = zip(*(lengths for _total, _id, lengths in taken), strict=True)
    slowest = min((-total, one) for total, one, _lengths in taken)[1]
    return Path(steps, Spread.of(total for total, _id, _lengths in taken), tuple(map(Spread.of, waits)), slowest)


def _by_count(seconds: Spread, *steps: Step) -> tuple[int, tuple[str, ...]]:
    return -seconds.number, tuple(step or "" for step in steps)


def _ranked(key: str, steps: Iterable[StepTimes]) -> tuple[StepTimes, ...]:
    """States and levels in their own order, groups and assignees by the time that they had."""
    return tuple(sorted(steps, key=lambda one: _rank(key, one)))


def _rank(key: str, one: StepTimes) -> tuple[int, int, int, str]:
    if key == STATE:
        return words.STATE.rank(one.step.partition(":")[0]), 0, 0, one.step
    level = words.LEVEL.rank(one.step) if key == "level" else 0
    return level, -one.seconds.total, -one.there.total, fold(one.step)
