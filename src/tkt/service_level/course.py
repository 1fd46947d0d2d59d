"""The course of a clock: from when to when it ran, over which spans, under which priorities and terms."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from tkt.service_level.agreements import Agreements, Terms
from tkt.service_level.period import Span, merge, second_of, subtract
from tkt.service_level.timeline import Stop, Timeline


class Held(NamedTuple):
    """A span in which a priority held, and what the ticket was judged by meanwhile."""

    span: Span
    priority: str
    terms: Terms


class Course(NamedTuple):
    """How one clock ran, from `start` (the opening, or when a holding began) to `end` (seconds since 1970).

    `stop` is where it stopped; `ended` that, or else the ticket's cancellation: None while it goes on, and `end` is
    now. `priority` is the one in force at the end and `terms` what it is judged by, `held` all of them in order.
    `matched_late`: a late entry changed what policies are matched by.
    """

    clock: str
    timeline: Timeline
    start: int
    end: int
    stop: Stop | None
    ended: Stop | None
    priority: str
    terms: Terms
    held: tuple[Held, ...]
    matched_late: bool = False

    @property
    def target(self) -> int | None:
        """The seconds promised at the end; None where nothing is."""
        return self.terms.seconds(self.clock)

    @property
    def read(self) -> int:
        """How many entries of the journal tell what its policies are matched by: those read by its end."""
        return self.ended.read if self.ended else self.timeline.read

    @property
    def paused(self) -> bool:
        """Whether the clock rests at the end, waiting."""
        return self.ended is None and self.clock != "response" and self.terms.pauses_for(self.timeline.waiting)

    @property
    def gaps(self) -> tuple[Span, ...]:
        """The times from a resolution to its reopening, neither work nor waiting; the response clock has none."""
        if self.clock == "response" or not self.timeline.gaps:
            return ()
        return merge(gap.span for gap in self.timeline.gaps)

    def running(self, terms: Terms) -> tuple[Span, ...]:
        """The spans over which it ran, had it been under these terms all along; the calendar is not yet applied."""
        life = (Span(self.start, self.end),)
        if self.clock == "response" or not (self.timeline.gaps or self.timeline.waits):
            return life
        cuts = self._cuts(terms)
        return subtract(life, cuts) if cuts else life

    def elapsed(self, terms: Terms) -> int:
        """The open seconds of it under these terms."""
        return self.elapsed_until(terms, self.end)

    def elapsed_until(self, terms: Terms, moment: int) -> int:
        """The open seconds of it under these terms, up to a moment that is not after its end."""
        calendar, timeline = terms.calendar, self.timeline
        if self.clock == "response" or not (timeline.waits or timeline.gaps):
            return calendar.elapsed(self.start, moment)
        counted, since = 0, self.start
        # Only what runs is asked of the calendar: it need not know the holidays of a year that was all waiting.
        for start, end in self._cuts(terms):
            counted += calendar.elapsed(since, min(start, moment))
            since = max(since, end)
        return counted + calendar.elapsed(since, moment)

    def _cuts(self, terms: Terms) -> Sequence[Span]:
        """What is cut out of it under these terms: pauses and gaps, not overlapping."""
        timeline = self.timeline
        pauses = [wait.span for wait in timeline.waits if terms.pauses_for(wait.reason)]
        # A life of one kind alone has them one after the other.
        return pauses if not timeline.gaps else merge((*pauses, *(gap.span for gap in timeline.gaps)))

    @property
    def late(self) -> bool:
        """Whether it rests on an entry that was recorded late: its end, the opening, a priority, what told its policy,
        or for the resolution clock an end of a pause or of a gap."""
        if self.matched_late or (self.ended is not None and self.ended.late):
            return True
        if not (self.timeline.late_changes or self.timeline.late_for_both):
            return False  # as nearly always
        if any(at <= self.end for at in self.timeline.late_for_both):
            return True
        if self.clock == "response" or not (self.timeline.waits or self.timeline.gaps):
            return False
        waits = (wait for wait in self.timeline.waits if wait.late)
        return any(gap.late for gap in self.timeline.gaps) or any(self.terms.pauses_for(one.reason) for one in waits)


def course_of(timeline: Timeline, clock: str, agreements: Agreements, now: datetime) -> Course:
    """How a clock of a life that was read up to `now` ran."""
    stop = timeline.response if clock == "response" else timeline.resolution
    ended = stop or timeline.cancelled
    start = timeline.start
    if ended is not None:
        end, read, priority = ended.second, ended.read, ended.priority
    else:
        end, read, priority = max(second_of(now), start), timeline.read, timeline.priorities[-1][1]
    if len(timeline.priorities) == 1:
        # As nearly always: every ticket of every report passes here.
        terms = agreements.terms(timeline.ticket, read, priority)
        held: tuple[Held, ...] = (Held(Span(start, end), priority, terms),) if start < end else ()
    else:
        held = tuple(
            Held(span, one, agreements.terms(timeline.ticket, read, one)) for span, one in timeline.in_force(end)
        )
        if ended and held:
            # One that was given at the very instant of the stop held for no time.
            priority = held[-1].priority
        terms = agreements.terms(timeline.ticket, read, priority)
    late = bool(timeline.late_changes) and any(
        key in agreements.asked and at <= end for at, key in timeline.late_changes
    )
    return Course(clock, timeline, start, end, stop, ended, priority, terms, held, late)


def reaches(course: Course, terms: Terms, seconds: int, elapsed: int | None = None) -> int | None:
    """The first instant at which a clock came to `seconds` under these terms; None when it never did.

    `elapsed` is what it came to in all, where that is known.
    """
    running, calendar = course.running(terms), terms.calendar
    if elapsed is not None and len(running) == 1:
        return calendar.due(running[0].start, seconds) if elapsed >= seconds else None
    for start, end in running:
        counted = calendar.elapsed(start, end)
        if counted >= seconds:
            return calendar.due(start, seconds)
        seconds -= counted
    return None
