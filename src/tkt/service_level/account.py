"""An account of a clock's course: every interval of it in order, what it was, what began it, and what it counted."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import NamedTuple

from tkt.domain.entry import Entry
from tkt.domain.policies import HOLDERS
from tkt.service_level.agreements import Terms
from tkt.service_level.business.calendar import Stretch
from tkt.service_level.course import Course
from tkt.service_level.period import Span, second_of

# What counts: `waiting` is pending for what pauses nothing; `cancelled`, a cancellation that was taken back.
COUNTED = ("running", "waiting", "cancelled")
# What does not: `paused`; `reopened`, from a resolution to the reopening that undid it; and what the calendar closes.
KINDS = (*COUNTED, "paused", "reopened", "hours", "holiday", "closed")


class Interval(NamedTuple):
    """A part of the course that was one thing throughout. `kind` is one of KINDS, `name` the reason of a wait, or what
    people call a holiday or a closed day.

    `counted` are the seconds of it that count and `elapsed` all that have counted by its end. `by` are the entries that
    began it: none where the calendar did, or where a ticket was opened without one. `phase` tells apart what the
    journal made of the course: the calendar cuts a phase into intervals.
    """

    span: Span
    kind: str
    name: str
    state: str
    priority: str
    counted: int
    elapsed: int
    by: tuple[Entry, ...]
    phase: int

    @property
    def late(self) -> bool:
        """Whether an entry that began it was recorded with `--late`."""
        return is_late(self.by)


def is_late(entries: Sequence[Entry]) -> bool:
    """Whether one of the entries was recorded with `--late`."""
    return any(entry.change("late") for entry in entries)


class Sum(NamedTuple):
    """What all intervals of one kind and name come to: how many they are, their real and their counted seconds."""

    kind: str
    name: str
    times: int
    seconds: int
    counted: int


@dataclass(frozen=True)
class Account:
    """The intervals of a course from its start to its end, or to an earlier moment, as these terms count them."""

    terms: Terms
    intervals: tuple[Interval, ...]

    @property
    def elapsed(self) -> int:
        """The seconds that count: those that the clock shows."""
        return sum(one.counted for one in self.intervals)

    @cached_property
    def sums(self) -> tuple[Sum, ...]:
        """The intervals by kind and name, in the order of KINDS and then of time: they add up to the real time."""
        return sums_of(self.intervals)

    @property
    def phases(self) -> Iterator[tuple[Interval, ...]]:
        """The intervals, together where no entry lies between them."""
        found: dict[int, list[Interval]] = {}
        for one in self.intervals:
            found.setdefault(one.phase, []).append(one)
        yield from map(tuple, found.values())


def sums_of(intervals: Sequence[Interval]) -> tuple[Sum, ...]:
    """What intervals come to by kind and name, in the order of KINDS and then of time."""
    of_kind: dict[tuple[str, str], list[Interval]] = {}
    for one in intervals:
        of_kind.setdefault((one.kind, one.name), []).append(one)
    sums = (
        Sum(*key, len(every), sum(one.span.seconds for one in every), sum(one.counted for one in every))
        for key, every in of_kind.items()
    )
    return tuple(sorted(sums, key=lambda one: KINDS.index(one.kind)))


def account_of(course: Course, terms: Terms, until: int | None = None) -> Account:
    """The course up to `until` (seconds since 1970, by default its end) as these terms count it.

    It counts where `course.running` runs and the calendar is open, so that it cannot say other than the verdict. Raises
    what the calendar raises of days that it cannot know.
    """
    end = course.end if until is None else until
    phases = _Phases(course, terms)
    began = movers(course)
    intervals: list[Interval] = []
    elapsed = 0
    for number, (since, till) in enumerate(pairwise(phases.edges(end))):
        kind, name = phases.what(since)
        state, priority = phases.state(since), phases.priority(since)
        by = began.get(since, ())
        for part in _parts(terms, Span(since, till), kind, name):
            counted = part.span.seconds if part.kind in COUNTED else 0
            elapsed += counted
            intervals.append(Interval(part.span, part.kind, part.name, state, priority, counted, elapsed, by, number))
            by = ()
    return Account(terms, tuple(intervals))


def _parts(terms: Terms, span: Span, kind: str, name: str) -> Iterator[Stretch]:
    """What the calendar makes of a span; nothing, where the clock rests."""
    if kind not in COUNTED:
        yield Stretch(span, kind, name)
        return
    for one in terms.calendar.stretches(*span):
        yield Stretch(one.span, kind, name) if one.kind == "open" else one


class _Phases:
    """What the journal alone makes of each moment of a course."""

    def __init__(self, course: Course, terms: Terms) -> None:
        self.course = course
        self.running = course.running(terms)
        self.gaps = course.gaps
        self.waits = [wait for wait in course.timeline.waits if wait.span.start < wait.span.end]
        self.wait_spans = [wait.span for wait in self.waits]
        self.held_spans = [held.span for held in course.held]
        self.moved_at = [move.second for move in course.timeline.moves]

    def edges(self, end: int) -> list[int]:
        """The moments up to `end` between which nothing changes; one alone where no time passed."""
        spans = (*self.held_spans, *self.wait_spans, *self.gaps)
        every = {*self.moved_at, *(edge for span in spans for edge in span)}
        start = self.course.start
        within = sorted(edge for edge in every if start < edge < end)
        return [start, *within, end] if start < end else [start]

    def what(self, second: int) -> tuple[str, str]:
        """The kind of the moment, and the reason of a wait."""
        wait = _holding(self.wait_spans, second)
        reason = self.waits[wait].reason if wait is not None else ""
        if _holding(self.running, second) is None:
            return ("paused", reason) if _holding(self.gaps, second) is None else ("reopened", "")
        if wait is not None:
            return "waiting", reason
        return ("cancelled" if self.state(second) == "cancelled" else "running"), ""

    def state(self, second: int) -> str:
        """The state that the ticket was in."""
        moves = self.course.timeline.moves
        past = bisect_right(self.moved_at, second)
        return moves[past - 1].after if past else moves[0].before if moves else self.course.timeline.state

    def priority(self, second: int) -> str:
        """The priority then in force."""
        held = _holding(self.held_spans, second)
        return self.course.priority if held is None else self.course.held[held].priority


def _holding(spans: Sequence[Span], second: int) -> int | None:
    """The place of the span that holds a moment, among spans in order that do not overlap."""
    before = bisect_right(spans, second, key=lambda span: span.start) - 1
    return before if before >= 0 and second < spans[before].end else None


def movers(course: Course) -> Mapping[int, tuple[Entry, ...]]:
    """The entries that say a state or a priority, and of a holding who has the ticket, by the second at which they
    count."""
    timeline, found = course.timeline, dict[int, tuple[Entry, ...]]()
    keys = ("state", "priority", *(HOLDERS if course.clock == "holding" else ()))
    second = timeline.start
    for entry in timeline.ticket.moves[: timeline.read]:
        second = max(second, second_of(entry.at))
        if any(entry.change(key) for key in keys):
            found[second] = (*found.get(second, ()), entry)
    return found
