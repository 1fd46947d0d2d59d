"""The visits of a flow as an event log, for tools of process mining."""

from __future__ import annotations

from datetime import tzinfo

from tkt.domain.instant import write_instant
from tkt.language import pgettext
from tkt.metrics.flow.flow import Flow
from tkt.presentation import labels
from tkt.presentation.flow.step_words import TITLES, step_words
from tkt.presentation.table import Column, Table
from tkt.service_level.period import instant_of


def event_log(flow: Flow, zone: tzinfo) -> Table:
    """Every visit of the period, as tools for process mining read it: the case, what was done, from when to when.

    What goes on has no end, and its seconds are those so far. Instants are in `zone`.
    """
    columns = (
        Column(pgettext("column", "Ticket")),
        Column(pgettext("column", "Type")),
        Column(pgettext("column", "Priority")),
        Column(pgettext(*TITLES[flow.by])),
        Column(pgettext("column", "Beginning")),
        Column(pgettext("column", "End")),
        Column(pgettext("column", "Seconds"), align="right"),
        Column(pgettext("column", "Next")),
    )
    lines = (
        (
            one.ticket_id,
            labels.value("type", one.type),
            one.priority,
            step_words(flow.by, one.visit.step),
            write_instant(instant_of(one.visit.span.start, zone)),
            write_instant(instant_of(one.visit.span.end, zone)) if one.visit.left else None,
            one.seconds,
            step_words(flow.by, one.after) if one.visit.left else None,
        )
        for one in flow.log
    )
    return Table(columns, tuple(lines))
