"""Sealing: which months may be, what their figures are, and which tickets count otherwise since."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from tkt.desk.desk import Desk
from tkt.desk.kpis import DEFAULT_TYPES, scorecard
from tkt.domain.bounds import Bounds
from tkt.domain.comparison import compare
from tkt.domain.instant import write_instant
from tkt.domain.moments import read_month
from tkt.domain.ticket import Ticket
from tkt.errors import RuleRefuses
from tkt.language import _
from tkt.metrics.contribution import Counting
from tkt.metrics.period import Period
from tkt.metrics.scorecard import Scorecard
from tkt.metrics.seal import Differing, Figures
from tkt.store.unreadable_ticket import UnreadableTicket

SEALED_TYPES = DEFAULT_TYPES


class MonthNotOver(RuleRefuses):
    """A month whose figures may still move is not sealed."""


class NotAllRead(RuleRefuses):
    """Tickets that cannot be read would be missing in what is sealed."""


class Month(NamedTuple):
    """A calendar month of a desk: `2026-01`, and its period."""

    name: str
    period: Period


def month_of(desk: Desk, text: str) -> Month:
    """The month that a person means (`2026-01`, last, this), in the desk's zone."""
    start, end = read_month(text, desk.now, desk.settings.timezone)
    return Month(f"{start:%Y-%m}", Period(start, end, desk.settings.timezone.key))


def require_over(desk: Desk, month: Month) -> None:
    """Raises MonthNotOver before the month's end."""
    if desk.now < month.period.end:
        message = _("{month} is not over: it ends at {end}, and it is {now}.")
        end, now = write_instant(month.period.end), write_instant(desk.now)
        raise MonthNotOver(message.format(month=month.name, end=end, now=now))


def figures_to_seal(desk: Desk, month: Month) -> Scorecard:
    """The month's figures; raises NotAllRead where a ticket would be missing in them."""
    unreadable: list[UnreadableTicket] = []
    card = scorecard(desk, month.period, "", SEALED_TYPES, unreadable)
    if unreadable:
        message = _("{count} tickets cannot be read and would be missing in the seal: {first}")
        raise NotAllRead(message.format(count=len(unreadable), first=unreadable[0]))
    return card


def differing(before: Desk, after: Desk, period: Period, types: tuple[str, ...], *, alike: bool) -> Iterator[Differing]:
    """The tickets that count otherwise on one desk than on the other, in the order of ids.

    `alike`: both are set up alike, so that a ticket which stood alike counts alike.
    """
    was, now = (Counting(desk.settings, period, types) for desk in (before, after))
    for ticket_id, one, other in _paired(_as_of_its_end(before, period), _as_of_its_end(after, period)):
        if alike and one is not None and other is not None and _all_that_counts(one) == _all_that_counts(other):
            continue
        keys = tuple(_others(was.contribution(one) if one else {}, now.contribution(other) if other else {}))
        if keys:
            yield _differing(ticket_id, one, other, keys)


def _as_of_its_end(desk: Desk, period: Period) -> Iterator[Ticket]:
    """The tickets of a desk as they stood at the end of the period, in the order of ids."""
    for ticket in desk.tickets(bounds=Bounds(opened_by=period.end)):
        then = ticket.as_of(period.end, inclusive=period.open_end)
        if then is not None:
            yield then


def _paired(before: Iterator[Ticket], after: Iterator[Ticket]) -> Iterator[tuple[str, Ticket | None, Ticket | None]]:
    """The tickets of two readings in the order of ids, side by side."""
    one, other = next(before, None), next(after, None)
    while one is not None or other is not None:
        ticket_id = min(ticket.id for ticket in (one, other) if ticket is not None)
        left = one if one is not None and one.id == ticket_id else None
        right = other if other is not None and other.id == ticket_id else None
        yield ticket_id, left, right
        one = next(before, None) if left else one
        other = next(after, None) if right else other


def _differing(ticket_id: str, one: Ticket | None, other: Ticket | None, keys: tuple[str, ...]) -> Differing:
    if one is None or other is None:
        return Differing(ticket_id, "added" if one is None else "gone", keys)
    was, now = _said(one), _said(other)
    fields = compare(one, other).fields
    return Differing(ticket_id, "changed", keys, fields, len([*(now - was).elements()]), len([*(was - now).elements()]))


def _all_that_counts(ticket: Ticket) -> object:
    return ticket.fields, ticket.opened_at, ticket.sets, _said(ticket)


def _said(ticket: Ticket) -> Counter[object]:
    """The entries of a journal but for their words, which count in no figure."""
    return Counter((entry.position, entry.author, entry.public, entry.changes) for entry in ticket.moves)


def _others(was: Figures, now: Figures) -> Iterator[str]:
    """The keys of the indicators in which two contributions are not the same, each once."""
    yield from dict.fromkeys(place.key for place in {**was, **now} if was.get(place) != now.get(place))
