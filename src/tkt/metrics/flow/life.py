"""A ticket's life as visits: in which step it was from when to when, by states or by who had it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import groupby, takewhile
from typing import NamedTuple

from tkt.domain.words import DONE, PENDING_REASON
from tkt.service_level.holding import Holding, holdings
from tkt.service_level.period import Span, second_of
from tkt.service_level.timeline import ENDED, Timeline, Wait

STATE = "state"
PENDING = "pending"


class Visit(NamedTuple):
    """A time without a break that a ticket spent in one step.

    By states a step is a state, `pending:user` with the reason where there is one; by holders it is a name, "" while
    nobody had it, and None while it was not open: resolved, closed or cancelled. `left` is False of the last one: it
    goes on, or the ticket's life ended with it, and then it took no time.
    """

    step: str | None
    span: Span
    is_open: bool = True
    left: bool = True


def visits_by_state(timeline: Timeline, now: datetime) -> tuple[Visit, ...]:
    """The states of a life that was read up to `now`: from its opening to now, or to its last move if it has ended.

    Their lengths add up to that life. A state that it had for no time is a visit all the same, as a move is a move; a
    reason for waiting that held for no time is none.
    """
    moves = [move for move in timeline.moves if move.before != move.after]
    states = [moves[0].before if moves else timeline.state, *(move.after for move in moves)]
    starts = [timeline.start, *(move.second for move in moves)]
    life_end = max(starts[-1], second_of(now)) if timeline.is_open else starts[-1]
    visits: list[Visit] = []
    for state, start, end in zip(states, starts, [*starts[1:], life_end], strict=True):
        span = Span(start, end)
        visits += _waiting(timeline.waits, span) if state == PENDING else [Visit(state, span, state not in ENDED)]
    return _closed_off(visits)


def _waiting(waits: Sequence[Wait], pending: Span) -> Iterator[Visit]:
    """The parts of a time pending, for one reason each."""
    within = [one for one in waits if one.span.start == pending.start or pending.start < one.span.start < pending.end]
    lasting = [one for one in within if one.span.seconds and one.span.end <= pending.end] or within[-1:]
    found: list[tuple[int, str]] = []
    for one in lasting:
        reason = one.reason if one.reason in PENDING_REASON else ""
        if not found or found[-1][1] != reason:
            found.append((one.span.start if found else pending.start, reason))
    found = found or [(pending.start, "")]
    for (start, reason), end in zip(found, [*(one[0] for one in found[1:]), pending.end], strict=True):
        yield Visit(f"{PENDING}:{reason}" if reason else PENDING, Span(start, end))


def visits_by_holder(timeline: Timeline, key: str, states: Sequence[Visit], now: datetime) -> tuple[Visit, ...]:
    """Who had the ticket over its life, by group, level or assignee (`key`); `states` are its visits by state.

    Their lengths add up as those by state do. Who had it for no time did not have it, as OLAs count too (docs/sla.md);
    but a ticket that was open for no time is counted with whoever it was given to.
    """
    held = holdings(timeline, key, now)
    visits: list[Visit] = []
    for is_open, group in groupby(states, key=lambda one: one.is_open):
        stretch = list(group)
        span = Span(stretch[0].span.start, stretch[-1].span.end)
        visits += _holders(timeline, key, held, span) if is_open else [Visit(None, span, is_open=False)]
    return _closed_off(visits)


def _holders(timeline: Timeline, key: str, held: Sequence[Holding], stretch: Span) -> Iterator[Visit]:
    if not stretch.seconds:
        yield Visit(_given_by(timeline, key, stretch.end), stretch)
        return
    at = stretch.start
    for one in held:
        # One that was resolved and reopened at the same instant was held all along.
        start, end = max(one.span.start, stretch.start), min(one.span.end, stretch.end)
        if start < end:
            if at < start:
                yield Visit("", Span(at, start))
            yield Visit(one.holder, Span(start, end))
            at = end
    if at < stretch.end:
        yield Visit("", Span(at, stretch.end))


def _given_by(timeline: Timeline, key: str, second: int) -> str:
    """Who a ticket was given to by the end of a second, "" for nobody."""
    ticket = timeline.ticket
    said = takewhile(lambda entry: second_of(entry.at) <= second, ticket.moves[: timeline.read])
    given = ticket.values_after(key, sum(1 for _entry in said))
    return given[0] if given else ""


def _closed_off(visits: list[Visit]) -> tuple[Visit, ...]:
    return (*visits[:-1], visits[-1]._replace(left=False))


def way_to_the_end(timeline: Timeline, states: Sequence[Visit], visits: Sequence[Visit]) -> tuple[Visit, ...]:
    """Those of `visits`, by states or by holders, up to the resolution or the cancellation that stands, which is last.

    What came after it is none of its way: a closing, or a move that did not know of it.
    """
    last = max((at for at in range(len(states)) if _ends_in(timeline, states, at)), default=len(states) - 1)
    if visits is states:
        return tuple(visits[: last + 1])
    ends = sum(not is_open for is_open, _group in groupby(states[: last + 1], key=lambda one: one.is_open))
    outside = [at for at, one in enumerate(visits) if not one.is_open]
    return tuple(visits[: outside[ends - 1] + 1]) if ends else tuple(visits)


def _ends_in(timeline: Timeline, states: Sequence[Visit], at: int) -> bool:
    """Whether the ticket came to what stands now with one of its states."""
    if timeline.cancelled is not None:
        return states[at].step == "cancelled"
    return states[at].step in DONE and (at == 0 or states[at - 1].step not in DONE)
