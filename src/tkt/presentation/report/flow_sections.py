"""The sections of what came and went: volumes, what was open, how old it is, under which categories."""

from __future__ import annotations

from collections.abc import Sequence

from tkt.language import _, ngettext, pgettext
from tkt.metrics.scorecard import Figures, Indicator
from tkt.metrics.series.report import Report
from tkt.metrics.series.volumes import Volume
from tkt.presentation import indicator_phrases, labels, phrases
from tkt.presentation.period_heading import is_of_one_month
from tkt.presentation.report.chart import Chart, Series
from tkt.presentation.report.section import Panel, Section
from tkt.presentation.report.wording import (
    axis_label,
    in_figures,
    length_range,
    number_column,
    share_of,
    short_range,
    slice_label,
    step_column,
)
from tkt.presentation.scorecard_table import group_label
from tkt.presentation.table import Column, Table

_MOST_CATEGORIES = 12


def volumes(report: Report) -> Section:
    """Created against resolved, slice by slice."""
    title = pgettext("report", "Created and resolved")
    created, resolved = indicator_phrases.label("created"), indicator_phrases.label("resolved")
    series = (
        Series(created, [one.created for one in report.volumes], "first"),
        Series(resolved, [one.resolved for one in report.volumes], "second"),
    )
    lead = _volumes_lead(report)
    columns = (
        step_column(report.fine),
        *(number_column(indicator_phrases.label(key)) for key in ("created", "resolved", "cancelled", "reopened")),
    )
    rows = tuple(
        (slice_label(one.period, report.fine), one.created, one.resolved, one.cancelled, one.reopened)
        for one in report.volumes
    )
    chart = Chart("bars", title, lead, _axis(report), series, in_figures, is_wide=True)
    return Section("volumes", title, lead, [Panel(title, Table(columns, rows), chart)])


def _volumes_lead(report: Report) -> str:
    created = sum(one.created for one in report.volumes)
    resolved = sum(one.resolved for one in report.volumes)
    said = _("{created} created, {resolved} resolved.").format(created=created, resolved=resolved)
    busiest = max(report.volumes, key=lambda one: one.created)
    if not busiest.created:
        return said
    most = _("The busiest: {when}, with {count} created.")
    return f"{said} " + most.format(when=slice_label(busiest.period, report.fine), count=busiest.created)


def backlog(report: Report) -> Section:
    """What was open at the end of each slice."""
    title = pgettext("report", "Open tickets over time")
    in_hand, waiting = _standings()
    series = (
        Series(waiting, [one.waiting for one in report.volumes], "second"),
        Series(in_hand, [one.in_hand for one in report.volumes], "first"),
    )
    lead = _backlog_lead(report.volumes, report)
    columns = (
        step_column(report.fine),
        number_column(indicator_phrases.label("open")),
        number_column(in_hand),
        number_column(waiting),
    )
    rows = tuple((slice_label(one.period, report.fine), one.open, one.in_hand, one.waiting) for one in report.volumes)
    chart = Chart("areas", title, lead, _axis(report), series, in_figures, is_wide=True)
    return Section("backlog", title, lead, [Panel(title, Table(columns, rows), chart)])


def _backlog_lead(volumes: Sequence[Volume], report: Report) -> str:
    highest = max(volumes, key=lambda one: one.open)
    said = _("{before} open at the beginning, {after} at the end.")
    most = _("At most {count} ({when}).")
    return " ".join(
        (
            said.format(before=report.open_before, after=volumes[-1].open),
            most.format(count=highest.open, when=slice_label(highest.period, report.fine)),
        )
    )


def _standings() -> tuple[str, str]:
    return pgettext("report", "In hand (assigned or in progress)"), pgettext("report", "Waiting (new or pending)")


def _axis(report: Report) -> list[str]:
    one_month = is_of_one_month(report.period)
    return [axis_label(one.period, report.fine, one_month=one_month) for one in report.volumes]


def ages(report: Report) -> Section:
    """How old what is still open is."""
    title = pgettext("report", "Age of the open tickets")
    in_hand, waiting = _standings()
    ranges = [length_range(one.least, one.below) for one in report.ages]
    axis = [short_range(one.least, one.below) for one in report.ages]
    series = (
        Series(waiting, [one.waiting for one in report.ages], "second"),
        Series(in_hand, [one.in_hand for one in report.ages], "first"),
    )
    columns = (
        Column(pgettext("column", "Age")),
        number_column(in_hand),
        number_column(waiting),
        number_column(pgettext("column", "Over a target")),
    )
    rows = tuple(
        (label, one.in_hand, one.waiting, one.breached) for label, one in zip(ranges, report.ages, strict=True)
    )
    lead = _ages_lead(report)
    chart = Chart("stacked", title, lead, axis, series, in_figures)
    return Section("ages", title, lead, [Panel(title, Table(columns, rows), chart)], is_half=True)


def _ages_lead(report: Report) -> str:
    still_open = sum(one.in_hand + one.waiting for one in report.ages)
    if report.oldest is None:
        return _("Nothing is open.")
    breached = sum(one.breached for one in report.ages)
    said = ngettext("{count} ticket is open", "{count} tickets are open", still_open).format(count=still_open)
    over = ngettext("{count} over a target", "{count} over a target", breached).format(count=breached)
    oldest = _("The oldest is {id}, opened {age}.").format(
        id=report.oldest.id, age=phrases.age(report.oldest.opened_at, report.period.end)
    )
    return f"{said}, {over}. {oldest}"


def categories(report: Report) -> Section:
    """What the tickets were about."""
    title = pgettext("report", "Categories")
    groups = {name: figures for name, figures in report.card.groups.items() if figures["created"].value}
    order = sorted(groups, key=lambda name: (not name, -_value(groups[name]["created"]), name))
    total = sum(_value(figures["created"]) for figures in groups.values())
    named = [(group_label("category", name), groups[name]) for name in order]
    before = report.before.groups if report.before else {}
    rows = tuple(
        (
            label,
            int(_value(groups[name]["created"])),
            share_of(_value(groups[name]["created"]), total),
            int(_value(before[name]["created"])) if name in before else 0 if report.before else None,
            int(_value(groups[name]["resolved"])),
            int(_value(groups[name]["open"])),
            indicator_phrases.value(groups[name]["mttr_seconds"]),
            indicator_phrases.value(groups[name]["sla_resolution"]),
        )
        for (label, _figures), name in zip(named, order, strict=True)
    )
    lead = _categories_lead(named, total)
    shown = named[:_MOST_CATEGORIES]
    series = (Series(indicator_phrases.label("created"), [_value(one["created"]) for _label, one in shown], "first"),)
    chart = Chart("across", title, lead, [label for label, _one in shown], series, in_figures) if shown else None
    return Section("categories", title, lead, [Panel(title, Table(_category_columns(), rows), chart)])


def _category_columns() -> tuple[Column, ...]:
    return (
        Column(labels.field("category").capitalize()),
        number_column(indicator_phrases.label("created")),
        number_column(pgettext("column", "Share")),
        number_column(pgettext("column", "Created before")),
        *map(number_column, map(indicator_phrases.label, ("resolved", "open", "mttr_seconds", "sla_resolution"))),
    )


def _categories_lead(named: Sequence[tuple[str, Figures]], total: float) -> str:
    if not named:
        return _("no data")
    category, figures = named[0]
    count = _value(figures["created"])
    message = _("Most tickets are about {category}: {count}, {share} of those created.")
    return message.format(category=category, count=int(count), share=share_of(count, total))


def _value(figure: Indicator) -> float:
    return figure.value or 0
