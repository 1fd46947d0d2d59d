"""Holdings: the times that a ticket was with a group or a level, and the clock that each of them has (docs/sla.md)."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from operator import itemgetter
from typing import NamedTuple, TypeVar

from tkt.domain.entry import FieldChange
from tkt.domain.policies import HOLDERS
from tkt.domain.ticket import Ticket
from tkt.domain.words import fold
from tkt.service_level.agreements import Agreements
from tkt.service_level.course import Course, Held
from tkt.service_level.period import Span, instant_of, second_of
from tkt.service_level.reading import HoldingReading
from tkt.service_level.stopwatch import read_timeline
from tkt.service_level.timeline import ENDED, Gap, Stop, Timeline, Wait
from tkt.service_level.verdict import reading_of

_WATCHED = frozenset({*HOLDERS, "assignee", "state", "late"})


class Holding(NamedTuple):
    """A time without a break in which a ticket was open and with one group, level or assignee: `key` is which of them,
    `holder` the name as the ticket had it first.

    `ended` is where it ended, None while it goes on and `span` reaches to now. Its `read` leaves out what was said at
    that instant, when the ticket was no longer theirs. `cancelled`: the ticket was; `late`: it began by a late entry.
    """

    key: str
    holder: str
    span: Span
    ended: Stop | None = None
    cancelled: bool = False
    late: bool = False


def read_holdings(ticket: Ticket, agreements: Agreements, now: datetime) -> tuple[HoldingReading, ...]:
    """The holdings of a ticket for which there is an OLA, in the order in which they began, as they stand at `now`.

    Entries later than `now` do not count; instants are in the zone of `now`. Raises what a calendar raises of days that
    it cannot know.
    """
    return judge_holdings(read_timeline(ticket, now), agreements, now) if agreements.of_holders else ()


def judge_holdings(timeline: Timeline, agreements: Agreements, now: datetime) -> tuple[HoldingReading, ...]:
    """The same of a life that was read up to `now`."""
    found = [reading for reading, _course, _olas in judged_holdings(timeline, agreements, now)]
    found.sort(key=lambda one: one.since)
    return tuple(found)


def judged_holdings(
    timeline: Timeline, agreements: Agreements, now: datetime
) -> Iterator[tuple[HoldingReading, Course, Agreements]]:
    """The same by groups and then by levels, each with the course that was judged and the OLAs that judged it."""
    zone = now.tzinfo or UTC
    steps = _steps(timeline) if agreements.of_holders else []
    for key, olas in agreements.of_holders.items():
        for holding in _holdings(timeline, steps, key, now):
            course = course_of_holding(timeline, holding, olas)
            if ola := course.terms.policy or _last_ola(course):
                clock = reading_of(course, zone)._replace(policy=ola, holder=holding.holder)
                since = instant_of(holding.span.start, zone)
                until = instant_of(holding.ended.second, zone) if holding.ended else None
                yield HoldingReading(key, since, until, clock), course, olas


def _last_ola(course: Course) -> str:
    """The OLA that judged it last, where the priority that it came to has none."""
    return next((one.terms.policy for one in reversed(course.held) if one.terms.policy), "")


def holdings(timeline: Timeline, key: str, now: datetime) -> list[Holding]:
    """The holdings of a life that was read up to `now`, by groups, levels or assignees (`key`), in order.

    Who held it for no time did not: of several moves at one instant the last counts, and what is set back at once was
    never taken away.
    """
    return _holdings(timeline, _steps(timeline), key, now)


def _holdings(timeline: Timeline, steps: Sequence[_Step], key: str, now: datetime) -> list[Holding]:
    found: list[Holding] = []
    turns = _turns(timeline, steps, key)
    for number, turn in enumerate(turns, 1):
        if not turn.holder:
            continue
        if number == len(turns):
            span = Span(turn.second, max(turn.second, second_of(now)))
            found.append(Holding(key, turn.holder, span, late=turn.late))
        else:
            after = turns[number]
            ended = Stop(after.second, _priority_before(timeline, after.second), after.read, after.late)
            span = Span(turn.second, after.second)
            found.append(Holding(key, turn.holder, span, ended, after.cancelled, turn.late))
    return found


def _priority_before(timeline: Timeline, second: int) -> str:
    """The last one given before an instant: another that is given with the end of a holding held for no time in it."""
    given = bisect_left(timeline.priorities, second, key=itemgetter(0))
    return timeline.priorities[given - 1][1]


class _Step(NamedTuple):
    """An entry that says who has the ticket, or what its state is. `read` entries came before its instant."""

    second: int
    read: int
    said: Mapping[str, str]


class _Turn(NamedTuple):
    """From an instant on: who has the ticket, "" where nobody has or it is not open. `read` entries came before."""

    second: int
    holder: str
    read: int = 0
    cancelled: bool = False
    late: bool = False


def _steps(timeline: Timeline) -> list[_Step]:
    found: list[_Step] = []
    second, before = timeline.start, 0
    for read, entry in enumerate(timeline.ticket.moves[: timeline.read]):
        at = second_of(entry.at)
        if at > second:
            second, before = at, read
        said = {
            change.key: change.new
            for change in entry.changes
            if change.key in _WATCHED and isinstance(change, FieldChange)
        }
        if said:
            found.append(_Step(second, before, said))
    return found


def _turns(timeline: Timeline, steps: Sequence[_Step], key: str) -> list[_Turn]:
    """The turns of those who had it, one at an instant, each another's than the one before."""
    ticket = timeline.ticket
    # As the stopwatch has it: without a word of it the journal leaves the state to the front matter.
    value, state = ticket.initial(key), "new" if ticket.last_of("state") else ticket.state
    turns = [_Turn(timeline.start, "" if state in ENDED else value)]
    for second, read, said in steps:
        if key not in said and "state" not in said:
            continue
        value, state = said.get(key, value), said.get("state", state)
        late = "late" in said
        if turns[-1].second == second:
            late |= turns.pop().late
        turns.append(_Turn(second, "" if state in ENDED else value, read, state == "cancelled", late))
    return [turn for number, turn in enumerate(turns) if not number or _differ(turn.holder, turns[number - 1].holder)]


def _differ(one: str, other: str) -> bool:
    return one != other and fold(one) != fold(other)


def course_of_holding(timeline: Timeline, holding: Holding, olas: Agreements) -> Course:
    """How the clock of a holding ran: as that of a resolution does, from its beginning to its end."""
    start, end = holding.span
    ended, ticket = holding.ended, timeline.ticket
    read = ended.read if ended else timeline.read
    priority = ended.priority if ended else timeline.priority
    terms = {priority: olas.terms(ticket, read, priority)}
    if len(timeline.priorities) == 1:
        held: tuple[Held, ...] = (Held(holding.span, priority, terms[priority]),) if start < end else ()
    else:
        held = tuple(_held(timeline, holding.span, olas, read))
    matched_late = any(key in olas.asked and start <= at < end for at, key in timeline.late_changes)
    return Course(
        clock="holding",
        timeline=_during(timeline, holding),
        start=start,
        end=end,
        stop=None if holding.cancelled else ended,
        ended=ended,
        priority=priority,
        terms=terms[priority],
        held=held,
        matched_late=holding.late or matched_late,
    )


def _held(timeline: Timeline, span: Span, olas: Agreements, read: int) -> Iterator[Held]:
    for in_force, priority in timeline.in_force(span.end):
        if span.start < in_force.end:
            terms = olas.terms(timeline.ticket, read, priority)
            yield Held(Span(max(span.start, in_force.start), in_force.end), priority, terms)


def _during(timeline: Timeline, holding: Holding) -> Timeline:
    """What of a life concerns a holding alone: what was before it or comes after leaves its clock as it is."""
    if not (timeline.cancelled or timeline.waits or timeline.gaps or timeline.late_for_both or holding.cancelled):
        return timeline
    end = holding.span.end if holding.ended else holding.span.end + 1
    late = (at for at in timeline.late_for_both if holding.span.start <= at < end)
    return timeline._replace(
        cancelled=holding.ended if holding.cancelled else None,
        waits=_touching(timeline.waits, holding.span),
        gaps=_touching(timeline.gaps, holding.span),
        late_for_both=tuple(late),
    )


_Cut = TypeVar("_Cut", Wait, Gap)


def _touching(cuts: tuple[_Cut, ...], span: Span) -> tuple[_Cut, ...]:
    return tuple(one for one in cuts if one.span.start < span.end and span.start < one.span.end)
