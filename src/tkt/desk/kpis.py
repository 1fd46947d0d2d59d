"""The desk's figures: over which period, of which tickets, broken down by what."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from functools import cache, partial
from typing import TYPE_CHECKING

from tkt.desk.desk import Desk
from tkt.domain.bounds import Bounds
from tkt.domain.instant import write_instant
from tkt.domain.moments import read_moment, read_month
from tkt.domain.words import KIND, Vocabulary
from tkt.errors import CalledWrongly
from tkt.language import NP_, _
from tkt.metrics.history import History, Keep
from tkt.metrics.scorecard import Indicator, Period, Scorecard, score
from tkt.store.unreadable_ticket import UnreadableTicket

if TYPE_CHECKING:
    from tkt.query.query import Context, Query

DEFAULT_TYPES = ("incident", "request")
GROUPING = Vocabulary(
    NP_("vocabulary", "breakdown"),
    {
        "priority": NP_("field", "priority"),
        "category": NP_("field", "category"),
        "assignee": NP_("field", "assigned to"),
        "group": NP_("field", "group"),
        "level": NP_("field", "level"),
        "type": NP_("field", "type"),
        "policy": NP_("breakdown", "SLA policy"),
        "month": NP_("breakdown", "month"),
    },
)


class NoSuchPeriod(CalledWrongly):
    """A period that is named twice over, ends before it begins, or has not begun."""


def choose_period(
    desk: Desk, *, since: str | None = None, until: str | None = None, month: str | None = None, every: bool = False
) -> Period:
    """The period that a person names: `since` and `until` as moments, a month (`2026-01`, last, this), or everything.

    By default the current month. Without an end, or with one that lies ahead, it goes up to and with now. Raises
    NoSuchPeriod, and what moments raise.
    """
    if (month is not None) + every + (since is not None or until is not None) > 1:
        raise NoSuchPeriod(_("--month, --all and --from/--to each name the whole period: give only one of them."))
    now, zone = desk.now, desk.settings.timezone
    if every:
        return _seen_from(desk, None, None)
    if since is None and until is None:
        return _seen_from(desk, *read_month("this" if month is None else month, now, zone))
    start = read_moment(since, now, zone) if since is not None else None
    return _seen_from(desk, start, read_moment(until, now, zone) if until is not None else None)


def _seen_from(desk: Desk, start: datetime | None, end: datetime | None) -> Period:
    zone = desk.settings.timezone.key
    if start and end and start >= end:
        message = _("The period ends at {end}, which is not after its beginning at {start}.")
        raise NoSuchPeriod(message.format(start=write_instant(start), end=write_instant(end)))
    if start and start > desk.now:
        message = _("The period has not begun: it begins at {start}, and it is {now}.")
        raise NoSuchPeriod(message.format(start=write_instant(start), now=write_instant(desk.now)))
    if end is None or end > desk.now:
        return Period(start, desk.now, zone, open_end=True)
    return Period(start, end, zone)


def choose_types(said: Sequence[str] | None, desk: Desk | None = None, asked: Sequence[str] = ()) -> tuple[str, ...]:
    """The types of ticket that a person means (several by commas too), by default incidents and requests; any where a
    query on the desk names types itself."""
    if not said and not asked:
        return DEFAULT_TYPES
    # Here, since most figures are of no query.
    from tkt.desk.querying import context_of, read_asked, several

    if said:
        return tuple(KIND.read(one) for one in several(said))
    names_types = desk is not None and asked and "type" in read_asked(asked, context_of(desk)).keys
    return () if names_types else DEFAULT_TYPES


def scorecard(
    desk: Desk,
    period: Period,
    by: str,
    types: tuple[str, ...],
    unreadable: list[UnreadableTicket],
    asked: Sequence[str] = (),
) -> Scorecard:
    """The figures of the desk's tickets of those types; `by` is a word of GROUPING, or "" for no groups.

    `asked` are the arguments of a query, which the tickets counted hold as of the end of the period (and of each month
    of it, by month). Files that cannot be read are collected, and count in no figure. Raises what reading a query
    raises.
    """
    # What had ended and was silent since before the period is in none of its figures.
    bounds = Bounds(opened_by=period.end, alive_from=period.start)
    tickets = desk.tickets(unreadable, bounds=bounds)
    if not asked:
        return score(tickets, period, desk.settings, by, types, desk.agreements)
    query = _query_at(desk, period.end, asked)[0]
    card = score(tickets, period, desk.settings, by, types, desk.agreements, keep=keep_asked(desk, asked))
    return replace(card, query=str(query))


def keep_asked(desk: Desk, asked: Sequence[str]) -> Keep:
    """Whether a ticket is asked for, as of the end of a period."""
    from tkt.query.candidate import Candidate

    query_at = cache(partial(_query_at, desk, asked=asked))

    def keep(history: History, period: Period) -> bool:
        query, context = query_at(period.end)
        return query.holds(Candidate(history.ticket, context, (history.timeline, history.clocks)))

    return keep


def _query_at(desk: Desk, end: datetime, asked: Sequence[str]) -> tuple[Query, Context]:
    from tkt.desk.querying import context_of, read_asked

    then = replace(desk, now=end, frozen=True, looking_back=True)
    context = context_of(then)
    return read_asked(asked, context), context


def missed(card: Scorecard) -> list[tuple[str, Indicator]]:
    """(priority or "" for all, figure) of each target of the desk that is not met; "no data" misses none."""
    overall = [("", figure) for figure in card.indicators.values()]
    of_priorities = [(code, figure) for code, figures in card.by_priority.items() for figure in figures.values()]
    return [(code, figure) for code, figure in (*overall, *of_priorities) if figure.met is False]
