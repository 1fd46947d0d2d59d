"""The sections of how it went: what was kept of the promises, how long it took, what was solved at first contact."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from tkt.domain.duration import read_duration
from tkt.domain.words import PRIORITY
from tkt.language import _, pgettext
from tkt.metrics.scorecard import Indicator
from tkt.metrics.series.report import Report
from tkt.presentation import indicator_phrases, labels, phrases
from tkt.presentation.report.chart import Chart, Series
from tkt.presentation.report.section import Panel, Section
from tkt.presentation.report.wording import (
    NO_DATA,
    axis_label,
    in_figures,
    length_range,
    number_column,
    share_of,
    short_range,
    slice_label,
    step_column,
)
from tkt.presentation.table import Cell, Column, Table


def attainment(report: Report) -> Section:
    """What was kept of the promised resolutions, by priority and slice: a drawing for each, so that none is hidden."""
    title = pgettext("report", "SLA by priority")
    panels = [_of_priority(report, code) for code in PRIORITY.codes if _is_judged(report, code)]
    lead = _attainment_lead(report)
    return Section("attainment", title, lead, panels or [Panel(title, _attainment_table(report, ""))])


def _is_judged(report: Report, code: str) -> bool:
    return bool(report.card.by_priority[code]["sla_resolution"].denominator)


def _of_priority(report: Report, code: str) -> Panel:
    whole = report.card.by_priority[code]["sla_resolution"]
    title = _("SLA resolution {priority}").format(priority=labels.priority(code))
    figures = [one.by_priority.get(code) for one in report.outcomes]
    name = indicator_phrases.label("sla_resolution")
    series = [Series(name, [one["sla_resolution"].value if one else None for one in figures], "first")]
    series += _target_line(whole, len(report.outcomes))
    description = _("{value} of the promised resolutions kept ({quotient}).").format(
        value=indicator_phrases.value(whole), quotient=indicator_phrases.quotient(whole)
    )
    chart = Chart("lines", title, description, _axis(report), series, phrases.whole_percent, most=1)
    return Panel(title, _attainment_table(report, code), chart)


def _target_line(figure: Indicator, count: int) -> list[Series]:
    """The target as a line of its own."""
    limit = _limit(figure)
    name = _("target {target}").format(target=indicator_phrases.target(figure))
    return [] if limit is None else [Series(name, [limit] * count, "target")]


def _limit(figure: Indicator) -> float | None:
    if figure.target is None:
        return None
    text = figure.target[1:]
    if figure.unit == "seconds":
        return read_duration(text)
    return float(text.removesuffix("%")) / (100 if text.endswith("%") else 1)


def _attainment_table(report: Report, code: str) -> Table:
    columns = (
        step_column(report.coarse),
        *(number_column(indicator_phrases.label(key)) for key in ("resolved", "sla_response", "sla_resolution")),
        number_column(pgettext("column", "Met / judged")),
    )
    rows = tuple(
        (slice_label(one.period, report.coarse), *_attained(one.by_priority.get(code, {}) if code else one.figures))
        for one in report.outcomes
    )
    return Table(columns, rows)


def _attained(figures: Mapping[str, Indicator]) -> tuple[Cell, ...]:
    if not figures:
        return (0, NO_DATA, NO_DATA, NO_DATA)
    resolution = figures["sla_resolution"]
    return (
        int(figures["resolved"].value or 0),
        _rate(figures["sla_response"]),
        _rate(resolution),
        indicator_phrases.quotient(resolution) if resolution.denominator else NO_DATA,
    )


def _attainment_lead(report: Report) -> str:
    whole = report.card.indicators["sla_resolution"]
    if not whole.denominator:
        return _("Nothing was promised of what was resolved.")
    said = _("{value} of the promised resolutions were kept ({quotient}).").format(
        value=indicator_phrases.value(whole), quotient=indicator_phrases.quotient(whole)
    )
    missed = [
        f"{code} ({indicator_phrases.value(figures['sla_resolution'])})"
        for code, figures in report.card.by_priority.items()
        if figures["sla_resolution"].met is False
    ]
    below = _("Short of their target: {priorities}.").format(priorities=", ".join(missed))
    return f"{said} {below}" if missed else f"{said} " + _("Every priority reached its target.")


def resolution_times(report: Report) -> Section:
    """How long resolutions took."""
    title = pgettext("report", "Time to resolution")
    ranges = [length_range(one.least, one.below) for one in report.resolution_times]
    axis = [short_range(one.least, one.below) for one in report.resolution_times]
    tones = {"met": "first", "breached": "bad", "unjudged": "third"}
    names = {
        "met": pgettext("report", "SLA met"),
        "breached": pgettext("report", "SLA breached"),
        "unjudged": pgettext("report", "nothing promised"),
    }
    counts = {key: [getattr(one, key) for one in report.resolution_times] for key in tones}
    series = [Series(names[key], counts[key], tones[key]) for key in tones if any(counts[key])]
    columns = (
        Column(pgettext("column", "Took")),
        *(number_column(names[key]) for key in tones),
        number_column(pgettext("column", "All up to here")),
    )
    total, so_far, rows = sum(map(sum, counts.values())), 0, []
    for number, label in enumerate(ranges):
        of_bin = [counts[key][number] for key in tones]
        so_far += sum(of_bin)
        rows.append((label, *of_bin, share_of(so_far, total)))
    lead = _times_lead(report)
    chart = Chart("stacked", title, lead, axis, series, in_figures, is_wide=True) if series else None
    return Section("resolution-times", title, lead, [Panel(title, Table(columns, tuple(rows)), chart)])


def _times_lead(report: Report) -> str:
    within = {each: value for each, value in report.percentiles.items() if value is not None}
    if not within:
        return _("Nothing was resolved.")
    message = _(
        "Half were resolved within {p50}, three in four within {p75}, nine in ten within {p90}, 19 in 20 within {p95}."
    )
    return message.format(**{f"p{each}": phrases.duration(value) for each, value in within.items()})


def rates(report: Report) -> Section:
    """First contact and reopening over time, each with its target."""
    title = pgettext("report", "First contact and reopening")
    panels = [_rate_panel(report, key, tone) for key, tone in (("fcr", "first"), ("reopen_rate", "second"))]
    overall = report.card.indicators
    lead = _("{fcr} were resolved at first contact; {reopened} of the resolved had been reopened.").format(
        fcr=indicator_phrases.value(overall["fcr"]), reopened=indicator_phrases.value(overall["reopen_rate"])
    )
    return Section("rates", title, lead, panels)


def _rate_panel(report: Report, key: str, tone: str) -> Panel:
    whole, name = report.card.indicators[key], indicator_phrases.label(key)
    columns = (step_column(report.coarse), number_column(name), number_column(pgettext("column", "Computed from")))
    rows = tuple(
        (slice_label(one.period, report.coarse), _rate(one.figures[key]), indicator_phrases.quotient(one.figures[key]))
        for one in report.outcomes
    )
    series = [Series(name, [one.figures[key].value for one in report.outcomes], tone)]
    series += _target_line(whole, len(report.outcomes))
    description = f"{name}: {indicator_phrases.value(whole)} ({indicator_phrases.formula(key)})."
    most = _end_of_scale(series)
    chart = Chart("lines", name, description, _axis(report), series, phrases.whole_percent, most=most)
    return Panel(name, Table(columns, rows), chart)


def _end_of_scale(series: Sequence[Series]) -> float:
    """The least round rate that no line goes beyond."""
    highest = max((value for one in series for value in one.values if value is not None), default=1)
    return next(rate for rate in (0.2, 0.4, 1.0) if highest <= rate)


def _axis(report: Report) -> Sequence[str]:
    return [axis_label(one.period, report.coarse) for one in report.outcomes]


def _rate(figure: Indicator) -> str:
    return NO_DATA if figure.value is None else indicator_phrases.value(figure)
