"""What was read of a ticket's whole life once, in plain values, so that it need not be read again."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, tzinfo
from functools import lru_cache
from typing import Any, NamedTuple

from tkt.domain.ticket import Ticket
from tkt.service_level.agreements import Agreements
from tkt.service_level.period import Span, instant_of, second_of
from tkt.service_level.reading import ClockReading, Clocks
from tkt.service_level.timeline import Gap, Move, Stop, Timeline, Wait

# Tuples, texts, numbers, truth values and None.
Plain = tuple[Any, ...]


class Ahead(NamedTuple):
    """How a clock goes on if nothing more is said: whether it counts, when it is due, from when on it is breached, and
    the elapsed seconds from which on it is at risk. Instants are seconds since 1970, None for never."""

    counts: bool
    due: int | None
    breached: int | None
    at_risk: float


class Judged(NamedTuple):
    """The clocks of a whole life as of its last entry, at `seen` (seconds since 1970), and by which agreements
    (`Agreements.known_as`): those that have ended show the same for ever, and of the others it is known how they go on.

    `read` are the entries that the life had.
    """

    by: str
    read: int
    seen: int
    readings: Plain
    ahead: Plain

    @classmethod
    def of(
        cls, by: str, read: int, seen: int, readings: Sequence[ClockReading], ahead: Sequence[Ahead | None]
    ) -> Judged:
        """Those clocks, in plain values."""
        plain = tuple([_plain_reading(one) for one in readings])
        return cls(by, read, seen, plain, tuple([one and tuple(one) for one in ahead]))

    def clocks(self, agreements: Agreements, now: datetime) -> Clocks:
        """The clocks at `now`, which is not before `seen`; instants in its zone. Raises what a calendar raises of days
        that it cannot know."""
        response, resolution = self.readings
        how, how_resolution = self.ahead
        return Clocks(self._at(response, how, agreements, now), self._at(resolution, how_resolution, agreements, now))

    def _at(self, plain: Plain, ahead: Plain | None, agreements: Agreements, now: datetime) -> ClockReading:
        zone = now.tzinfo or UTC
        if ahead is None:
            return _reading(plain, zone)
        return _later(plain, Ahead(*ahead), self.seen, agreements, now)


def _later(plain: Plain, ahead: Ahead, seen: int, agreements: Agreements, now: datetime) -> ClockReading:
    """A reading of a clock that has not ended, so much later than it was made."""
    clock, _then, policy, target, elapsed, wall, _stop, _over, _since, late, priority, version, calendar = plain
    second, zone = max(second_of(now), seen), now.tzinfo or UTC
    if ahead.counts and second > seen:
        elapsed += agreements.calendars.named(calendar).elapsed(seen, second)
    breached = target is not None and elapsed > target
    return ClockReading(
        clock,
        _verdict(target, ahead, elapsed, breached),
        policy,
        target,
        elapsed,
        wall + second - seen,
        None if ahead.due is None else instant_of(ahead.due, zone),
        None,
        breached,
        instant_of(ahead.breached, zone) if breached and ahead.breached is not None else None,
        late,
        priority,
        _day(version),
        calendar,
    )


@lru_cache(maxsize=64)
def _day(version: str | None) -> date | None:
    return None if version is None else date.fromisoformat(version)


def _verdict(target: int | None, ahead: Ahead, elapsed: int, breached: bool) -> str:
    """The first word that holds, of those that a clock can show that has not ended (design.md, section 6)."""
    if breached:
        return "breached"
    if target is None:
        return "none"
    if not ahead.counts:
        return "paused"
    return "at_risk" if elapsed >= ahead.at_risk else "running"


def _plain_reading(one: ClockReading) -> Plain:
    stopped, breached = (at and int(at.timestamp()) for at in (one.stopped_at, one.breached_at))
    version = one.version and one.version.isoformat()
    shown = (one.clock, one.verdict, one.policy, one.target, one.elapsed, one.wall)
    return (*shown, stopped, one.breached, breached, one.late, one.priority, version, one.calendar)


def _reading(plain: Plain, zone: tzinfo) -> ClockReading:
    clock, verdict, policy, target, elapsed, wall, stopped, breached, since, late, priority, version, calendar = plain
    return ClockReading(
        clock,
        verdict,
        policy,
        target,
        elapsed,
        wall,
        None,
        None if stopped is None else instant_of(stopped, zone),
        breached,
        None if since is None else instant_of(since, zone),
        late,
        priority,
        _day(version),
        calendar,
    )


def plain_timeline(timeline: Timeline) -> Plain:
    """A life in plain values, its ticket aside."""
    (_ticket, read, start, kind, state, priorities, *stops, waits, gaps, moves, waiting, late, changes) = timeline
    return (
        *(read, start, kind, state, priorities),
        *(stop and tuple(stop) for stop in stops),
        tuple([(tuple(wait.span), wait.reason, wait.late) for wait in waits]),
        tuple([(tuple(gap.span), gap.late) for gap in gaps]),
        tuple([tuple(move) for move in moves]),
        *(waiting, late, changes),
    )


def timeline_of(ticket: Ticket, plain: Plain) -> Timeline:
    """The life of a ticket that `plain_timeline` wrote down."""
    (
        read,
        start,
        kind,
        state,
        priorities,
        response,
        resolution,
        cancelled,
        waits,
        gaps,
        moves,
        waiting,
        late,
        changes,
    ) = plain
    return Timeline(
        ticket,
        read,
        start,
        kind,
        state,
        priorities,
        response and Stop(*response),
        resolution and Stop(*resolution),
        cancelled and Stop(*cancelled),
        waits and tuple([Wait(Span(*span), reason, late) for span, reason, late in waits]),
        gaps and tuple([Gap(Span(*span), late) for span, late in gaps]),
        tuple([Move(*move) for move in moves]),
        waiting,
        late,
        changes,
    )


def seen_at(timeline: Timeline, now: int) -> Timeline:
    """A whole life, read up to its last entry, as it stands at a later second: a wait that goes on is longer."""
    if timeline.state != "pending" or not timeline.waits:
        return timeline
    *before, last = timeline.waits
    return timeline._replace(waits=(*before, last._replace(span=Span(last.span.start, max(now, last.span.end)))))
