"""Explanations: how a clock came to show what it shows, from the very course by which it is judged."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, tzinfo
from math import ceil
from typing import NamedTuple

from tkt.domain.entry import Entry
from tkt.domain.ticket import Ticket
from tkt.service_level.account import Account, account_of, movers
from tkt.service_level.agreements import Agreements, Terms
from tkt.service_level.business.open_days import HolidaysMissing
from tkt.service_level.course import Course, Held, course_of, reaches
from tkt.service_level.holding import judged_holdings
from tkt.service_level.matching import Considered, considered
from tkt.service_level.reading import ClockReading, HoldingReading
from tkt.service_level.stopwatch import read_timeline
from tkt.service_level.verdict import every_over, reached_at, reading_of


class HeldPriority(NamedTuple):
    """A priority while it held: what it was judged by, the clock's elapsed seconds under those terms when it ended, and
    since when (seconds since 1970) they were over its target; None when they never were meanwhile.

    `by` are the entries that gave it then: none where it was had before, or the ticket was opened without a word of it.
    """

    held: Held
    target: int | None
    elapsed: int
    over_at: int | None
    by: tuple[Entry, ...]


class Breach(NamedTuple):
    """The moment of the breach (seconds since 1970), and the priority that then held.

    `why`: `counted`, the seconds ran over its target; `priority`, they were over it already when it was given;
    `reopened`, they were over it when the clock went on after a resolution. `account` is what counted up to the end of
    that priority, where its terms count otherwise than those by which the clock ends; else None.
    """

    at: int
    why: str
    priority: HeldPriority
    account: Account | None


@dataclass(frozen=True, slots=True)
class Explanation:
    """One clock of a ticket, with its working.

    `warn` is how many counted seconds put it at risk. `warn_at` and `due_at` are the instants (seconds since 1970) at
    which it came, or will come, to that and to its target: for a clock that stopped before, those at which it would
    have, had it gone on. None without a target, and while it rests. `ended_by` is the entry that stopped or
    cancelled it.
    """

    course: Course
    reading: ClockReading
    account: Account
    considered: tuple[Considered, ...]
    priorities: tuple[HeldPriority, ...]
    breach: Breach | None
    warn: int | None
    warn_at: int | None
    due_at: int | None
    ended_by: Entry | None

    @property
    def terms(self) -> Terms:
        """What it is judged by in the end."""
        return self.course.terms


def explain(ticket: Ticket, agreements: Agreements, now: datetime, clock: str) -> Explanation:
    """How a clock (`response`, `resolution`) came to show at `now` what `read_clocks` says; later entries do not count.

    Raises what a calendar raises of days that it cannot know.
    """
    return explanation_of(course_of(read_timeline(ticket, now), clock, agreements, now), agreements, now.tzinfo or UTC)


def explain_holdings(
    ticket: Ticket, agreements: Agreements, now: datetime
) -> tuple[tuple[HoldingReading, Explanation], ...]:
    """How the clock of each holding for which there is an OLA came to show at `now` what `read_holdings` says, in that
    order. Raises what a calendar raises of days that it cannot know."""
    zone = now.tzinfo or UTC
    found = [
        (holding, _of_holding(holding, explanation_of(course, olas, zone)))
        for holding, course, olas in judged_holdings(read_timeline(ticket, now), agreements, now)
    ]
    found.sort(key=lambda one: one[0].since)
    return tuple(found)


def _of_holding(holding: HoldingReading, told: Explanation) -> Explanation:
    """Under the name of who has the ticket, or had it; ended by the last move at that instant, which counts."""
    course, ended_by = told.course, None
    if course.ended is not None:
        ended_by = movers(course).get(course.end, (None,))[-1]
    return replace(told, reading=holding.clock, ended_by=ended_by)


def explanation_of(course: Course, agreements: Agreements, zone: tzinfo) -> Explanation:
    """The explanation of a course; the instants of its reading in `zone`."""
    reading = reading_of(course, zone)
    priorities = tuple(_priorities(course, reading.elapsed))
    warn = None if course.target is None else ceil(round(course.terms.version.warn_at * course.target, 3))
    ticket = course.timeline.ticket
    return Explanation(
        course=course,
        reading=reading,
        account=account_of(course, course.terms),
        considered=considered(agreements, ticket, course.read, course.priority),
        priorities=priorities,
        breach=_breach(course, priorities),
        warn=warn,
        warn_at=_mark(course, reading.elapsed, warn),
        due_at=_mark(course, reading.elapsed, course.target),
        ended_by=ticket.entries[course.read - 1] if course.ended and course.read else None,
    )


def _priorities(course: Course, elapsed: int) -> Iterator[HeldPriority]:
    over = {held.span: moment for held, moment in every_over(course, elapsed)}
    began = movers(course)
    last = {id(held.terms): held for held in course.held}
    counted = {
        of_terms: {one.span.end: one.elapsed for one in account_of(course, held.terms, held.span.end).intervals}
        for of_terms, held in last.items()
    }
    for held in course.held:
        # A priority ends where an interval does.
        elapsed_then = counted[id(held.terms)][held.span.end]
        target = held.terms.seconds(course.clock)
        by = tuple(entry for entry in began.get(held.span.start, ()) if entry.change("priority"))
        yield HeldPriority(held, target, elapsed_then, over.get(held.span), by)


def _breach(course: Course, priorities: tuple[HeldPriority, ...]) -> Breach | None:
    for one in priorities:
        if one.over_at is not None:
            terms, until = one.held.terms, one.held.span.end
            account = account_of(course, terms, until) if _differs(course, terms) else None
            return Breach(one.over_at, _why(course, one), one, account)
    return None


def _why(course: Course, over: HeldPriority) -> str:
    terms = over.held.terms
    reached = reaches(course, terms, (over.target or 0) + 1)
    if reached is not None and reached - 1 == over.over_at:
        return "counted"
    return "priority" if over.over_at == over.held.span.start else "reopened"


def _differs(course: Course, terms: Terms) -> bool:
    """Whether terms count otherwise than those by which the course ends."""
    return terms.calendar.name != course.terms.calendar.name or course.running(terms) != course.running(course.terms)


def _mark(course: Course, elapsed: int, seconds: int | None) -> int | None:
    """When elapsed comes to `seconds`, or would have."""
    rests = course.paused or course.timeline.cancelled is not None
    if seconds is None or (elapsed < seconds and rests):
        return None
    try:
        return reached_at(course, elapsed, seconds)
    except HolidaysMissing:
        # Only what never came to be is beyond the days that are known: what did has been counted already.
        return None
