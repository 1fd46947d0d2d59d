"""The desk's flow: of which tickets, over which period, by what, in whose time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from tkt.desk.desk import Desk
from tkt.desk.querying import candidates, context_of, read_asked
from tkt.domain.bounds import Bounds
from tkt.domain.words import Vocabulary
from tkt.language import NP_
from tkt.metrics.flow.counting import Length, measure_flow, real_time
from tkt.metrics.flow.flow import Flow
from tkt.metrics.period import Period
from tkt.store.unreadable_ticket import UnreadableTicket

BY = Vocabulary(
    NP_("vocabulary", "step"),
    {
        "state": NP_("field", "state"),
        "group": NP_("field", "group"),
        "level": NP_("field", "level"),
        "assignee": NP_("field", "assigned to"),
    },
)


def flow_of(
    desk: Desk,
    period: Period,
    by: str,
    types: tuple[str, ...],
    unreadable: list[UnreadableTicket],
    asked: Sequence[str] = (),
    *,
    calendar: str = "",
    log: bool = False,
) -> Flow:
    """The flow over a period of the tickets of those types; `by` is a word of BY.

    `asked` are the arguments of a query, which the tickets counted hold as of the end of the period. Time is real time,
    or with `calendar` the open hours of that one; `log` keeps every visit. Files that cannot be read are put aside.
    Raises what reading a query raises, UnknownCalendar, and what a calendar raises of days that it cannot know.
    """
    length: Length = desk.agreements.calendars.named(calendar).elapsed if calendar else real_time
    # What was over before the period began and is not open is in no figure of it.
    bounds = Bounds(opened_by=period.end, alive_from=period.start)
    if not asked:
        return measure_flow(desk.tickets(unreadable, bounds=bounds), period, by, types, length=length, log=log)
    then = replace(desk, now=period.end, frozen=True, looking_back=True)
    context = context_of(then)
    query = read_asked(asked, context)
    found = (one.ticket for one in candidates(then, query, context, unreadable, within=bounds))
    return replace(measure_flow(found, period, by, types, length=length, log=log), query=str(query))
