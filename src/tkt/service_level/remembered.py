"""What was read of a ticket's whole life once, in plain values, so that it need not be read again."""

from __future__ import annotations

from datetime import date, tzinfo
from typing import Any, NamedTuple

from tkt.domain.ticket import Ticket
from tkt.service_level.period import Span, instant_of
from tkt.service_level.reading import ClockReading, Clocks
from tkt.service_level.timeline import Gap, Move, Stop, Timeline, Wait

# Tuples, texts, numbers, truth values and None.
Plain = tuple[Any, ...]


class Judged(NamedTuple):
    """The clocks of a life that has ended, and by which agreements (`Agreements.known_as`): they show the same for
    ever. `read` are the entries that the life had."""

    by: str
    read: int
    readings: Plain

    @classmethod
    def of(cls, by: str, read: int, clocks: Clocks) -> Judged:
        """Those clocks; instants in seconds since 1970."""
        return cls(by, read, tuple([_plain_reading(one) for one in clocks]))

    def clocks(self, zone: tzinfo) -> Clocks:
        """The clocks, their instants in `zone`."""
        response, resolution = self.readings
        return Clocks(_reading(response, zone), _reading(resolution, zone))


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
        None if version is None else date.fromisoformat(version),
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
    (read, start, kind, state, priorities, response, resolution, cancelled, waits, gaps, moves, waiting, late, changes) = (
        plain
    )
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
        tuple([Wait(Span(*span), reason, late) for span, reason, late in waits]),
        tuple([Gap(Span(*span), late) for span, late in gaps]),
        tuple([Move(*move) for move in moves]),
        waiting,
        late,
        changes,
    )


def seen_at(timeline: Timeline, now: int) -> Timeline:
    """A whole life that was read up to its last entry, as it stands at a later second: a wait that goes on is longer."""
    if timeline.state != "pending" or not timeline.waits:
        return timeline
    *before, last = timeline.waits
    return timeline._replace(waits=(*before, last._replace(span=Span(last.span.start, max(now, last.span.end)))))
