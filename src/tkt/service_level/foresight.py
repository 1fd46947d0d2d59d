"""How the clocks of a ticket go on if nothing more is said: judged once, and known at every later moment."""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC

from tkt.errors import TktError
from tkt.service_level.agreements import Agreements
from tkt.service_level.business.calendar import NeverOpen
from tkt.service_level.course import Course, course_of
from tkt.service_level.period import instant_of
from tkt.service_level.remembered import Ahead, Judged
from tkt.service_level.timeline import Timeline
from tkt.service_level.verdict import first_over, reached_at, reading_of


def foresee(timeline: Timeline, agreements: Agreements) -> Judged | None:
    """What the clocks of a whole life, read up to its last entry, show from there on.

    None where that is not to be told once for all: a calendar does not know the days ahead, which may be mended, or a
    clock that goes on had several priorities.
    """
    last = timeline.ticket.last_second
    now = instant_of(last, UTC)
    courses = [course_of(timeline, clock, agreements, now) for clock in ("response", "resolution")]
    if len(timeline.priorities) > 1 and any(course.ended is None for course in courses):
        return None
    try:
        readings = [reading_of(course, UTC) for course in courses]
        ahead = [
            None if course.ended is not None else _ahead(course, reading.elapsed)
            for course, reading in zip(courses, readings, strict=True)
        ]
    except TktError:
        return None
    return Judged.of(agreements.known_as, timeline.read, last, readings, ahead)


def _ahead(course: Course, elapsed: int) -> Ahead:
    """How a clock that has not ended goes on from the end of its course, where `elapsed` is that of it."""
    target, calendar = course.target, course.terms.calendar
    if target is None:
        return Ahead(not course.paused, None, None, 0.0)
    at_risk = round(course.terms.version.warn_at * target, 3)
    breached = first_over(course, elapsed)
    if breached is None and not course.paused:
        with suppress(NeverOpen):
            breached = calendar.due(course.end, target + 1 - elapsed) - 1
    due = None if course.paused else reached_at(course, elapsed, target)
    return Ahead(not course.paused, due, breached, at_risk)
