"""The verdicts: what both clocks of a ticket show at a moment, and why (design.md, section 6)."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, tzinfo

from tkt.domain.settings import Policy
from tkt.domain.ticket import Ticket
from tkt.service_level.calendar import Calendar
from tkt.service_level.period import Span, merge, subtract
from tkt.service_level.policy import Terms, terms_for
from tkt.service_level.reading import ClockReading, Clocks
from tkt.service_level.stopwatch import read_timeline
from tkt.service_level.timeline import Stop, Timeline

_SECOND = timedelta(seconds=1)


def read_clocks(ticket: Ticket, policies: tuple[Policy, ...], now: datetime) -> Clocks:
    """Both clocks of a ticket at `now`; entries later than `now` do not count.

    Instants in the readings are in the zone of `now`. A policy's version is chosen by the opening's date as the ticket
    writes it, which is the desk's zone.
    """
    return judge(read_timeline(ticket, now), policies, now)


def judge(timeline: Timeline, policies: tuple[Policy, ...], now: datetime) -> Clocks:
    """Both clocks of a life that was read up to `now`."""
    response, resolution = (_course(timeline, clock, policies, now) for clock in ("response", "resolution"))
    zone = now.tzinfo or UTC
    return Clocks(_read(timeline, response, zone), _read(timeline, resolution, zone))


@dataclass(frozen=True, slots=True)
class _Course:
    """How one clock ran: from the opening to `end`, over the spans `running`.

    `ended`: its stop, or else the ticket's cancellation; None while it goes on, and `end` is now.
    """

    clock: str
    terms: Terms
    end: datetime
    stop: Stop | None
    ended: Stop | None
    running: tuple[Span, ...]
    priorities: tuple[tuple[Span, str], ...]
    gaps: tuple[Span, ...] = ()
    paused: bool = False
    late: bool = False

    def target(self, priority: str) -> int | None:
        return self.terms.target(self.clock, priority)


def _course(timeline: Timeline, clock: str, policies: tuple[Policy, ...], now: datetime) -> _Course:
    stop = timeline.response if clock == "response" else timeline.resolution
    ended = stop or timeline.cancelled
    end = ended.at if ended else max(now.astimezone(UTC).replace(microsecond=0), timeline.opened)
    terms = terms_for(policies, ended.type if ended else timeline.type, timeline.opened_on)
    late = (ended is not None and ended.late) or any(at <= end for at in timeline.late_for_both)
    life = Span(timeline.opened, end)
    held = tuple(timeline.in_force(end))
    if clock == "response":
        return _Course(clock, terms, end, stop, ended, (life,), held, late=late)
    pauses = [wait for wait in timeline.waits if terms.pauses_for(wait.reason)]
    gaps = tuple(gap.span for gap in timeline.gaps)
    return _Course(
        clock,
        terms,
        end,
        stop,
        ended,
        running=subtract((life,), (*(pause.span for pause in pauses), *gaps)) if pauses or gaps else (life,),
        priorities=held,
        gaps=gaps,
        paused=terms.pauses_for(timeline.waiting),
        late=late or any(pause.late for pause in pauses) or any(gap.late for gap in timeline.gaps),
    )


def _read(timeline: Timeline, course: _Course, zone: tzinfo) -> ClockReading:
    target = course.target(_priority_at_end(timeline, course))
    elapsed = course.terms.calendar.measure(course.running)
    breached_at = _first_over(timeline, course)
    due = _due(course, target, elapsed)
    return ClockReading(
        clock=course.clock,
        verdict=_verdict(timeline, course, target, elapsed, breached_at is not None),
        policy=course.terms.policy,
        target=target,
        elapsed=elapsed,
        wall=(course.end - timeline.opened) // _SECOND,
        due=due.astimezone(zone) if due else None,
        stopped_at=course.stop.at.astimezone(zone) if course.stop else None,
        breached=breached_at is not None,
        breached_at=breached_at.astimezone(zone) if breached_at else None,
        late=course.late,
    )


def _priority_at_end(timeline: Timeline, course: _Course) -> str:
    """The priority in force when the clock ended (one given at that very instant held for no time), or now."""
    if course.ended is None:
        return timeline.priority
    return course.priorities[-1][1] if course.priorities else course.ended.priority


def _verdict(timeline: Timeline, course: _Course, target: int | None, elapsed: int, breached: bool) -> str:
    """The first word that holds, in the order of design.md, section 6."""
    if timeline.cancelled is not None:
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


def _first_over(timeline: Timeline, course: _Course) -> datetime | None:
    """The first moment at which elapsed was over the target of the priority then in force; None when never.

    A moment between a resolution and its reopening is not the clock's; one in a pause is, though elapsed stands still.
    """
    gaps = merge(course.gaps)
    reached: dict[int, datetime | None] = {}
    for held, priority in course.priorities:
        target = course.target(priority)
        if target is None:
            continue
        if target not in reached:
            reached[target] = _reaches(course.terms.calendar, course.running, target + 1)
        over = reached[target]
        if over is not None and over <= held.end and (moment := _first_outside(gaps, held)):
            return max(moment, over - _SECOND)
    return None


def _first_outside(gaps: Sequence[Span], held: Span) -> datetime | None:
    """The first moment of `held` that is in none of the gaps, which are in order and do not touch."""
    following = bisect_right(gaps, held.start, key=lambda gap: gap.start) - 1
    moment = held.start if following < 0 else max(held.start, gaps[following].end)
    return moment if moment < held.end else None


def _due(course: _Course, target: int | None, elapsed: int) -> datetime | None:
    """The first instant at which elapsed is the target: behind us, or ahead if the clock goes on as it does.

    None without a target and for a clock that rests or has ended.
    """
    if target is None or course.ended is not None or course.paused:
        return None
    calendar = course.terms.calendar
    return _reaches(calendar, course.running, target) or calendar.advance(course.end, target - elapsed)


def _reaches(calendar: Calendar, running: Iterable[Span], seconds: int) -> datetime | None:
    """The first instant at which the open time within `running` comes to `seconds`; None when it never does."""
    for span in running:
        counted = calendar.measure((span,))
        if counted >= seconds:
            return calendar.advance(span.start, seconds)
        seconds -= counted
    return None
