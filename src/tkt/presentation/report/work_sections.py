"""The sections of the work: who had how much of it, what was waited for, which clocks went over and why."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import tzinfo

from tkt.domain.words import CLOCK
from tkt.language import _, ngettext, pgettext
from tkt.metrics.series.breaches import STANDINGS, Breach
from tkt.metrics.series.report import Report
from tkt.metrics.series.work import Load
from tkt.presentation import indicator_phrases, labels, phrases
from tkt.presentation.explanation.sentence import sentence
from tkt.presentation.report.chart import Chart, Series
from tkt.presentation.report.section import Panel, Section
from tkt.presentation.report.wording import NO_DATA, in_figures, number_column
from tkt.presentation.scorecard_table import group_label
from tkt.presentation.table import Cell, Column, Table
from tkt.service_level.period import instant_of

# More than a person reads; the bundle of CSV files has all of them.
MOST_BREACHES = 100
_MOST_HOLDERS = 15


def load(report: Report) -> Section:
    """What technicians and groups had on hand and got done."""
    title = pgettext("report", "Load")
    titles = {"assignee": pgettext("report", "By technician"), "group": pgettext("report", "By group")}
    panels = [_load_panel(key, titles[key], report.loads[key]) for key in titles]
    nobodys = next((one.open for one in report.loads["assignee"] if not one.holder), 0)
    lead = (
        ngettext("{count} open ticket is nobody's.", "{count} open tickets are nobody's.", nobodys)
        if nobodys
        else _("Every open ticket is somebody's.")
    )
    return Section("load", title, lead.format(count=nobodys), panels)


def _load_panel(key: str, title: str, of_all: Sequence[Load]) -> Panel:
    names = [group_label(key, one.holder) for one in of_all]
    keys = ("resolved", "in_progress", "backlog")
    heads = [indicator_phrases.label(name) for name in keys]
    columns = (
        Column(labels.field(key).capitalize()),
        *(number_column(head) for head in heads),
        number_column(indicator_phrases.label("open_breached")),
        number_column(indicator_phrases.label("mttr_seconds")),
    )
    rows = tuple(
        (
            name,
            one.resolved,
            one.in_hand,
            one.waiting,
            one.breached,
            NO_DATA if one.mttr_seconds is None else phrases.duration(one.mttr_seconds),
        )
        for name, one in zip(names, of_all, strict=True)
    )
    # What no group ever held would dwarf what the groups did; that nobody holds a ticket is worth seeing.
    shown = [one for one in of_all if one.holder or key == "assignee"][:_MOST_HOLDERS]
    series = (
        Series(heads[0], [one.resolved for one in shown], "first"),
        Series(heads[1], [one.in_hand for one in shown], "third"),
        Series(heads[2], [one.waiting for one in shown], "second"),
    )
    busiest = max(shown, key=lambda one: one.resolved, default=None)
    description = title
    if busiest is not None and busiest.resolved:
        description = _("{name} resolved the most: {count}.").format(
            name=group_label(key, busiest.holder), count=busiest.resolved
        )
    chart = (
        Chart("across", title, description, [group_label(key, one.holder) for one in shown], series, in_figures)
        if shown
        else None
    )
    return Panel(title, Table(columns, rows), chart)


def pending(report: Report) -> Section:
    """What tickets waited for."""
    title = pgettext("report", "Waiting by reason")
    names = [_reason(one.reason) for one in report.waits]
    columns = (
        Column(pgettext("column", "Pending for")),
        number_column(pgettext("column", "Resolved tickets that waited")),
        number_column(pgettext("column", "Waited altogether")),
        number_column(pgettext("column", "On average")),
        number_column(pgettext("column", "Pending now")),
    )
    rows = tuple(
        (
            name,
            one.tickets,
            phrases.duration(one.seconds),
            phrases.duration(one.seconds / one.tickets) if one.tickets else NO_DATA,
            one.pending,
        )
        for name, one in zip(names, report.waits, strict=True)
    )
    lead = _pending_lead(report)
    hours = (Series(pgettext("report", "hours waited"), [one.seconds for one in report.waits], "second"),)
    chart = Chart("across", title, lead, names, hours, phrases.duration, unit=3600) if report.waits else None
    return Section("pending", title, lead, [Panel(title, Table(columns, rows), chart)], is_half=True)


def _pending_lead(report: Report) -> str:
    share = report.card.indicators["pending_share"]
    if not share.numerator:
        return _("No resolved ticket had waited.")
    message = _("The resolved waited {time} altogether: {share} of the time from opening to resolution.")
    return message.format(time=phrases.duration(share.numerator), share=indicator_phrases.value(share))


def _reason(code: str) -> str:
    return labels.value("reason", code) if code else pgettext("value", "not said")


def breached(report: Report, zone: tzinfo) -> Section:
    """Every breached clock, with how it came about; the furthest over alone where there are very many."""
    title = pgettext("report", "Breached clocks")
    columns = (
        Column(pgettext("column", "Ticket")),
        Column(pgettext("column", "Title")),
        Column(pgettext("column", "Clock")),
        Column(pgettext("column", "Stands")),
        Column(pgettext("column", "Assigned to")),
        number_column(pgettext("column", "Overrun")),
        Column(pgettext("column", "Why")),
    )
    rows = tuple(_breach_row(one, zone) for one in report.breaches[:MOST_BREACHES])
    return Section("breaches", title, _breached_lead(report), [Panel(title, Table(columns, rows))])


def _breached_lead(report: Report) -> str:
    count = len(report.breaches)
    if not count:
        return _("No clock went over its target.")
    said = ngettext("{count} clock went over its target", "{count} clocks went over their targets", count)
    by_standing = ", ".join(
        f"{sum(one.standing == standing for one in report.breaches)} {standing_label(standing).lower()}"
        for standing in STANDINGS
        if any(one.standing == standing for one in report.breaches)
    )
    lead = _("{said}: {standings}.").format(said=said.format(count=count), standings=by_standing)
    if count <= MOST_BREACHES:
        return lead
    return lead + " " + _("The {most} furthest over are shown; the CSV bundle has all.").format(most=MOST_BREACHES)


def standing_label(standing: str) -> str:
    """How a ticket with a breached clock stands."""
    return indicator_phrases.label(standing)


def _breach_row(one: Breach, zone: tzinfo) -> tuple[Cell, ...]:
    return (
        one.ticket.id,
        one.ticket.title,
        f"{CLOCK.label(one.clock)} {one.priority}",
        standing_label(one.standing),
        group_label("assignee", one.ticket.assignee),
        phrases.duration(one.overrun),
        why(one, zone),
    )


def why(one: Breach, zone: tzinfo) -> str:
    """How a clock came to be breached, and what weighed in its life until then."""
    return " ".join((sentence(one.told, zone), *_weighed(one, zone)))


def _weighed(one: Breach, zone: tzinfo) -> list[str]:
    said = []
    if one.silence.seconds > one.target / 2:
        since = phrases.date_time(instant_of(one.silence.start, zone))
        message = _("Nothing was said of it for {time} from {since} on.")
        said.append(message.format(time=phrases.duration(one.silence.seconds), since=since))
    if one.waited:
        said.append(_("It was pending for {time} that counted.").format(time=phrases.duration(one.waited)))
    if one.paused:
        said.append(_("Paused for {time}, which does not count.").format(time=phrases.duration(one.paused)))
    if one.groups > 1:
        said.append(_("{count} groups held it.").format(count=one.groups))
    if one.reopenings:
        again = ngettext("Reopened {count} time.", "Reopened {count} times.", one.reopenings)
        said.append(again.format(count=one.reopenings))
    return said
