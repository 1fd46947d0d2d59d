"""The breaches: every clock of a period that went over its target, with how that came about."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import tzinfo
from itertools import pairwise
from typing import NamedTuple

from tkt.domain.ticket import Ticket
from tkt.metrics.cohort import Cohort
from tkt.metrics.history import History
from tkt.service_level.agreements import Agreements
from tkt.service_level.course import course_of
from tkt.service_level.explanation import Explanation, explanation_of
from tkt.service_level.period import Span, intersect, second_of

# How a ticket with a breached clock stands: the words of the indicators that count such tickets.
STANDINGS = ("resolved", "open", "cancelled")


class Breach(NamedTuple):
    """One breached clock of a ticket: what was counted against which target, how far over it came, and what weighed in
    its life until then.

    `overrun` are seconds of clock time, `paused` real seconds that were taken out of the count and `waited` real
    seconds pending that were not. `silence` is the longest time up to the clock's end in which nothing was said of it
    while it was not paused. `groups` ever held it; it was reopened `reopenings` times.
    """

    ticket: Ticket
    standing: str
    clock: str
    priority: str
    target: int
    elapsed: int
    overrun: int
    paused: int
    waited: int
    silence: Span
    groups: int
    reopenings: int
    told: Explanation


def breaches(cohort: Cohort, agreements: Agreements, zone: tzinfo) -> tuple[Breach, ...]:
    """The breached clocks of the tickets that were resolved or cancelled in the period or are open at its end, the
    furthest over first."""
    found: list[Breach] = []
    for standing, some in zip(STANDINGS, (cohort.resolved, cohort.open, cohort.cancelled), strict=True):
        for one in some:
            found += _breaches_of(one, standing, cohort, agreements, zone)
    found.sort(key=lambda breach: (-breach.overrun, breach.ticket.id, breach.clock))
    return tuple(found)


def _breaches_of(one: History, standing: str, cohort: Cohort, agreements: Agreements, zone: tzinfo) -> Iterator[Breach]:
    for clock, overrun in one.overrun.items():
        course = course_of(one.timeline, clock, agreements, cohort.period.end)
        told = explanation_of(course, agreements, zone)
        held = told.breach.priority if told.breach else None
        paused, waited = _waited(one, told)
        yield Breach(
            ticket=one.ticket,
            standing=standing,
            clock=clock,
            priority=held.held.priority if held else told.reading.priority,
            target=(held.target if held else told.reading.target) or 0,
            elapsed=told.reading.elapsed,
            overrun=overrun,
            paused=paused,
            waited=waited,
            silence=_silence(told),
            groups=len(one.groups),
            reopenings=len(one.timeline.reopenings),
            told=told,
        )


def _silence(told: Explanation) -> Span:
    course = told.course
    said = {second_of(entry.at) for entry in course.timeline.ticket.entries}
    edges = [course.start, *sorted(second for second in said if course.start < second < course.end), course.end]
    silences = (Span(*between) for between in pairwise(edges))
    counted = (span for silence in silences for span in intersect((silence,), course.running(told.terms)))
    return max(counted, key=lambda span: span.seconds, default=Span(course.start, course.start))


def _waited(one: History, told: Explanation) -> tuple[int, int]:
    """The real seconds pending up to the clock's end that paused it, and those that did not."""
    paused = waited = 0
    for wait in one.timeline.waits:
        seconds = max(0, min(wait.span.end, told.course.end) - wait.span.start)
        if told.course.clock != "response" and told.terms.pauses_for(wait.reason):
            paused += seconds
        else:
            waited += seconds
    return paused, waited
