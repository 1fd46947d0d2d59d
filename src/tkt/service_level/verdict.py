"""The verdicts: what both clocks of a ticket show at a moment, and why (design.md, section 6)."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, tzinfo

from tkt.domain.ticket import Ticket
from tkt.service_level.agreements import Agreements
from tkt.service_level.business.calendar import NeverOpen
from tkt.service_level.course import Course, Held, course_of, reaches
from tkt.service_level.period import Span, instant_of, second_of
from tkt.service_level.reading import ClockReading, Clocks
from tkt.service_level.remembered import Judged
from tkt.service_level.stopwatch import read_timeline
from tkt.service_level.timeline import Timeline


def read_clocks(ticket: Ticket, agreements: Agreements, now: datetime) -> Clocks:
    """Both clocks of a ticket at `now`; entries later than `now` do not count.

    Instants in the readings are in the zone of `now`. A policy's version is chosen by the opening's date as the ticket
    writes it, which is the desk's zone. Raises what a calendar raises of days that it cannot know.
    """
    judged = ticket.recall(Judged) if agreements.known_as else None
    if judged is not None and judged.by == agreements.known_as and judged.seen <= second_of(now):
        return judged.clocks(agreements, now)
    return judge_anew(read_timeline(ticket, now), agreements, now)


def judge(timeline: Timeline, agreements: Agreements, now: datetime) -> Clocks:
    """Both clocks of a life that was read up to `now`."""
    judged = timeline.ticket.recall(Judged) if agreements.known_as else None
    if judged is not None and judged.by == agreements.known_as and judged.read == timeline.read:
        return judged.clocks(agreements, now)
    return judge_anew(timeline, agreements, now)


def judge_anew(timeline: Timeline, agreements: Agreements, now: datetime) -> Clocks:
    """The same, whatever is remembered."""
    zone = now.tzinfo or UTC
    return Clocks(
        reading_of(course_of(timeline, "response", agreements, now), zone),
        reading_of(course_of(timeline, "resolution", agreements, now), zone),
    )


def reading_of(course: Course, zone: tzinfo) -> ClockReading:
    """What a clock shows; its instants in `zone`."""
    terms, stop, target = course.terms, course.stop, course.target
    elapsed = course.elapsed(terms)
    # Most clocks have one priority and are in time: every ticket of every report passes here.
    steady = len(course.held) == 1 and course.held[0].terms is terms
    in_time = steady and (target is None or elapsed <= target)
    breached_at = None if in_time else first_over(course, elapsed)
    due = None if target is None or course.ended is not None else _due(course, elapsed)
    return ClockReading(
        course.clock,
        _verdict(course, target, elapsed, breached_at is not None),
        terms.policy,
        target,
        elapsed,
        course.end - course.start,
        None if due is None else instant_of(due, zone),
        None if stop is None else instant_of(stop.second, zone),
        breached_at is not None,
        None if breached_at is None else instant_of(breached_at, zone),
        course.late,
        course.priority,
        terms.version.since if terms.policy else None,
        terms.calendar.name,
    )


def _verdict(course: Course, target: int | None, elapsed: int, breached: bool) -> str:
    """The first word that holds, in the order of design.md, section 6."""
    if course.timeline.cancelled is not None:
        return "cancelled"
    if breached:
        return "breached"
    if target is None:
        return "none"
    if course.stop is not None:
        return "met"
    if course.paused:
        return "paused"
    # Rounded: 7 % of 100 must be 7, which binary fractions miss by a hair.
    return "at_risk" if elapsed >= round(course.terms.version.warn_at * target, 3) else "running"


def first_over(course: Course, elapsed: int) -> int | None:
    """The first moment at which elapsed was over the target of the priority then in force; None when never.

    `elapsed` is that of the course under its own terms.
    """
    return next((moment for _held, moment in every_over(course, elapsed)), None)


def every_over(course: Course, elapsed: int) -> Iterator[tuple[Held, int]]:
    """The priorities that were over their targets while they held, each with the first moment of it.

    A moment between a resolution and its reopening is not the clock's; one in a pause is, though elapsed stands still.
    """
    gaps = course.gaps
    reached: dict[int, int | None] = {}
    for held in course.held:
        target = held.terms.seconds(course.clock)
        if target is None or (held.terms is course.terms and elapsed <= target):
            continue
        of_terms = id(held.terms)
        if of_terms not in reached:
            known = elapsed if held.terms is course.terms else None
            reached[of_terms] = reaches(course, held.terms, target + 1, known)
        over = reached[of_terms]
        if over is not None and over <= held.span.end and (moment := _first_outside(gaps, held)) is not None:
            yield held, max(moment, over - 1)


def _first_outside(gaps: Sequence[Span], held: Held) -> int | None:
    """The first moment of a held span that is in none of the gaps, which are in order and do not touch."""
    following = bisect_right(gaps, held.span.start, key=lambda gap: gap.start) - 1
    moment = held.span.start if following < 0 else max(held.span.start, gaps[following].end)
    return moment if moment < held.span.end else None


def _due(course: Course, elapsed: int) -> int | None:
    """The first instant at which elapsed is the target; None without one, and for a clock that rests or has ended."""
    target = course.target
    if target is None or course.ended is not None or course.paused:
        return None
    return reached_at(course, elapsed, target)


def reached_at(course: Course, elapsed: int, seconds: int) -> int | None:
    """The first instant at which elapsed comes to `seconds`: behind us, or ahead if the clock goes on from its end.

    None where its calendar does not open any more. `elapsed` is that of the course under its own terms.
    """
    if elapsed >= seconds:
        return reaches(course, course.terms, seconds, elapsed)
    try:
        return course.terms.calendar.due(course.end, seconds - elapsed)
    except NeverOpen:
        return None
