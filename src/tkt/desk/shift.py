"""Handing a shift over: which tickets it is about, what of them is due, what happened meanwhile."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from tkt.desk.activity import happenings
from tkt.desk.clocks import clocks_or_untold
from tkt.desk.desk import Desk
from tkt.desk.querying import candidates
from tkt.domain.bounds import Bounds
from tkt.domain.duration import BusinessDays
from tkt.domain.follow_up import end_of_wait, follow_ups, last_word, waits_until
from tkt.domain.happening import KINDS
from tkt.domain.ticket import Ticket
from tkt.domain.words import PRIORITY, fold
from tkt.errors import RuleRefuses, TktError, Unreadable
from tkt.query.context import Context
from tkt.query.query import Query
from tkt.service_level.shift import Due, Handover, Held
from tkt.store.unreadable_ticket import UnreadableTicket

# How long a shift is, where nobody says.
SHIFT = 8 * 3600


def hand_over(
    desk: Desk,
    query: Query,
    context: Context,
    since: datetime,
    unreadable: list[UnreadableTicket],
    untold: list[TktError],
    *,
    within: int = SHIFT,
) -> Handover:
    """The handover of the tickets that a query asks for, with what is due in so many seconds (`within`).

    Files that cannot be read are put aside, and why some clocks or follow-ups cannot be told; neither hides a ticket.
    """
    horizon = desk.now + timedelta(seconds=within)
    counts: Counter[str] = Counter()
    held: list[Held] = []
    bounds = Bounds(opened_by=desk.now, alive_from=since)
    for ticket in (one.ticket for one in candidates(desk, query, context, unreadable, within=bounds)):
        counts.update(kind for one in happenings(ticket, since, desk.now) for kind in one.kinds)
        if ticket.is_open:
            held.append(_held(desk, ticket, untold))
    held.sort(key=lambda one: (_urgency(one, horizon), one.ticket.id))
    due = [one for ticket in held for one in _due(ticket, desk) if one.at <= horizon]
    due.sort(key=lambda one: (one.at, one.held.ticket.id, one.what))
    return Handover(desk.now, since, horizon, _by_holder(held), tuple(due), {kind: counts[kind] for kind in KINDS})


def _held(desk: Desk, ticket: Ticket, untold: list[TktError]) -> Held:
    def working_day_after(start: datetime, days: BusinessDays) -> datetime | None:
        try:
            return desk.working_day_after(start, days)
        except (RuleRefuses, Unreadable) as trouble:
            untold.append(trouble)
            return None

    clocks = clocks_or_untold(desk, ticket, untold.append)
    owed = tuple(follow_ups(ticket, desk.settings.stale_after, desk.now, working_day_after))
    return Held(ticket, clocks, last_word(ticket), owed)


def _due(held: Held, desk: Desk) -> Iterator[Due]:
    for clock in held.clocks:
        if clock.due is not None:
            yield Due(held, clock.clock, clock.due)
    waits = waits_until(held.ticket)
    until = end_of_wait(waits, desk.settings.timezone) if waits else None
    if until is not None and until >= desk.now:
        yield Due(held, "until", until)


def _urgency(held: Held, horizon: datetime) -> tuple[bool, datetime, int]:
    """What is due first, the soonest first; then the rest by priority."""
    due = min((clock.due for clock in held.clocks if clock.due is not None), default=None)
    soon = due is not None and due <= horizon
    return not soon, due if due is not None and soon else horizon, PRIORITY.rank(held.ticket.priority)


def _by_holder(held: Sequence[Held]) -> dict[str, tuple[Held, ...]]:
    found: dict[str, list[Held]] = {}
    for one in held:
        found.setdefault(one.ticket.assignee, []).append(one)
    return {name: tuple(found[name]) for name in sorted(found, key=lambda name: (bool(name), fold(name), name))}
