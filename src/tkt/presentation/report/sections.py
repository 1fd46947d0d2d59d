"""The sections of a report, in their order."""

from __future__ import annotations

from datetime import tzinfo

from tkt.domain.words import KIND
from tkt.language import _, pgettext
from tkt.metrics.series.report import Report
from tkt.presentation import indicator_phrases, phrases
from tkt.presentation.period_heading import is_of_one_month, period_in_words
from tkt.presentation.report import flow_sections, outcome_sections, work_sections
from tkt.presentation.report.section import Panel, Section
from tkt.presentation.report.wording import change, tone_of_change
from tkt.presentation.scorecard_table import shown
from tkt.presentation.table import Cell, Column, Table, Toned


def sections(report: Report, zone: tzinfo) -> tuple[Section, ...]:
    """All of them but the dashboard, whose drawing is each format's own; instants in `zone`."""
    return (
        flow_sections.volumes(report),
        flow_sections.backlog(report),
        outcome_sections.attainment(report),
        outcome_sections.resolution_times(report),
        outcome_sections.rates(report),
        flow_sections.categories(report),
        flow_sections.ages(report),
        work_sections.pending(report),
        work_sections.load(report),
        work_sections.breached(report, zone),
        indicators(report),
    )


def heading(report: Report) -> str:
    """`Support report - January 2026`; of another period than a month without one."""
    period = report.period
    if period.start is not None and is_of_one_month(period):
        return _("Support report - {month}").format(month=phrases.month(period.start))
    return _("Support report")


def scope(report: Report) -> list[str]:
    """What the figures are of, and compared with, in sentences."""
    types = ", ".join(KIND.label(code) for code in report.types) if report.types else pgettext("value", "all")
    said = [period_in_words(report.period), _("Types of ticket: {types}.").format(types=types)]
    if report.card.query:
        said.append(_("Only tickets that this query finds: {query}.").format(query=report.card.query))
    if report.before is not None:
        before = _("Compared with the period before: {period}.")
        said.append(before.format(period=period_in_words(report.before.period)))
    if report.period.open_end:
        said.append(
            _("The period is not over: it is seen as of {moment}.").format(moment=phrases.date_time(report.period.end))
        )
    return said


def indicators(report: Report) -> Section:
    """Every indicator with the period before, its target and its formula."""
    title = pgettext("report", "All indicators")
    columns = (
        Column(pgettext("column", "Indicator")),
        Column(pgettext("column", "Value"), align="right"),
        Column(pgettext("column", "Before"), align="right"),
        Column(pgettext("column", "Change"), align="right"),
        Column(pgettext("column", "Computed from"), align="right"),
        Column(pgettext("scorecard", "Target"), align="right"),
        Column(pgettext("column", "Reached")),
        Column(pgettext("column", "Formula")),
    )
    then = dict(shown(report.before)) if report.before else {}
    rows: list[tuple[Cell, ...]] = []
    for name, figure in shown(report.card):
        earlier = then.get(name)
        rows.append(
            (
                name,
                indicator_phrases.value(figure),
                indicator_phrases.value(earlier) if earlier else None,
                Toned(change(figure, earlier), tone_of_change(figure, earlier)),
                indicator_phrases.quotient(figure),
                indicator_phrases.target(figure),
                indicator_phrases.mark(figure, color=False),
                indicator_phrases.formula(figure.key),
            )
        )
    lead = _("Each figure with what it is the quotient of: nothing here has to be taken on trust.")
    return Section("indicators", title, lead, [Panel(title, Table(columns, tuple(rows)))])
