"""Escalating: which rules of a desk a ticket's clocks have come to, and when."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from functools import cache
from math import ceil
from typing import NamedTuple

from tkt.domain.escalation import Escalation, Threshold
from tkt.domain.policies import MATCHED
from tkt.domain.ticket import Ticket
from tkt.service_level.agreements import Agreements, matches
from tkt.service_level.course import Course, course_of, reaches
from tkt.service_level.period import instant_of
from tkt.service_level.reading import ClockReading
from tkt.service_level.stopwatch import read_timeline
from tkt.service_level.verdict import first_over, reading_of


class Reached(NamedTuple):
    """A rule that a ticket has come to: the instant at which its clock did, in the zone of now, and what it shows."""

    rule: Escalation
    at: datetime
    clock: ClockReading


def reached_rules(ticket: Ticket, rules: Sequence[Escalation], agreements: Agreements, now: datetime) -> list[Reached]:
    """Those of `rules` that the ticket is one for and has come to by `now`: first come first, else in their order.

    A clock that has stopped escalates nothing any more, whatever it came to before; one that rests does. Entries later
    than `now` do not count. Raises what a calendar raises of days that it cannot know.
    """
    if not rules or not ticket.is_open or ticket.opened_at > now:
        return []
    timeline, zone = read_timeline(ticket, now), now.tzinfo or UTC
    values = {key: ticket.values_after(key, timeline.read) for key in MATCHED}
    course = cache(lambda clock: course_of(timeline, clock, agreements, now))
    found: list[Reached] = []
    for rule in rules:
        if matches(rule.when, values) and (second := reached(course(rule.clock), rule.at)) is not None:
            found.append(Reached(rule, instant_of(second, zone), reading_of(course(rule.clock), zone)))
    return sorted(found, key=lambda one: one.at)


def reached(course: Course, point: Threshold) -> int | None:
    """When a clock came to a point, in seconds since 1970; None where it has not, has ended, or has no target.

    Under the terms that now hold: a priority that was raised since is looked at as if it had been so all along. A point
    that lies before the opening (two hours before due, of a target of one hour) is reached with it.
    """
    target = course.target
    if target is None or course.ended is not None:
        return None
    if point.is_breach:
        return first_over(course, course.elapsed(course.terms))
    seconds = _seconds(point, target)
    return course.start if seconds <= 0 else reaches(course, course.terms, seconds)


def _seconds(point: Threshold, target: int) -> int:
    if point.share is None:
        return target - (point.left or 0)
    # Rounded: 7 % of 100 must be 7, which binary fractions miss by a hair.
    return ceil(round(point.share * target, 3))
