"""The report of the indicators: one table to read and one of the groups, or all figures in full for a spreadsheet."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from tkt.domain.words import PRIORITY
from tkt.language import NP_, pgettext
from tkt.metrics.scorecard import Indicator, Scorecard
from tkt.presentation import indicator_phrases, labels, phrases
from tkt.presentation.clocks.ola_table import ola_lines, ola_table
from tkt.presentation.period_heading import period_heading
from tkt.presentation.table import Cell, Column, Row, Table, Toned, width_of
from tkt.presentation.tables import render

_SPREADSHEETS = ("csv", "tsv")
_MAIN = {
    "created": NP_("column", "Created"),
    "resolved": NP_("column", "Resolved"),
    "open": NP_("column", "Open"),
    "mttr_seconds": NP_("column", "MTTR"),
    "fcr": NP_("column", "FCR"),
    "sla_resolution": NP_("column", "SLA"),
    "reopen_rate": NP_("column", "Reopened"),
    "csat": NP_("column", "CSAT"),
}
# Of a policy: what it promised, how much of it was kept, and by how much the rest went over.
_OF_POLICIES = {
    "created": NP_("column", "Created"),
    "resolved": NP_("column", "Resolved"),
    "open": NP_("column", "Open"),
    "sla_response": NP_("column", "Response"),
    "sla_resolution": NP_("column", "Resolution"),
    "resolution_overrun_seconds": NP_("column", "Overrun"),
    "resolution_p90_seconds": NP_("column", "P90"),
    "open_breached": NP_("column", "Open, over"),
}
# What a narrow terminal can do without, in the groups.
_LEAST = {"policy": ("created", "open", "resolution_p90_seconds")}
_NO_DATA = "–"
_BY = {
    "priority": NP_("column", "Priority"),
    "category": NP_("column", "Category"),
    "assignee": NP_("column", "Assigned to"),
    "group": NP_("column", "Group"),
    "level": NP_("column", "Level"),
    "type": NP_("column", "Type"),
    "policy": NP_("column", "Policy"),
    "month": NP_("column", "Month"),
}


def report(scorecard: Scorecard, format: str, *, width: int | None = None, color: bool = False) -> str:
    """The whole report in one of the formats of tables: the period, the indicators, the groups where there are some.

    A spreadsheet gets one table, with a line for each figure. On a terminal too narrow for them (`width`) the formulas
    stand in a table of their own. Raises UnknownFormat.
    """
    if format in _SPREADSHEETS:
        return render(figure_table(scorecard), format)
    parts = [period_heading(scorecard.period, format, scorecard.query, color=color)]
    for wide, narrow in _tables(scorecard, color and format == "table"):
        fits = format != "table" or width is None or _width(wide, width) <= width
        parts += [render(table, format, width=width, color=color) for table in ((wide,) if fits else narrow)]
    return "\n".join(parts)


def _tables(scorecard: Scorecard, color: bool) -> Iterator[tuple[Table, Sequence[Table]]]:
    """Each table of the report, and what stands for it where it does not fit."""
    yield indicator_table(scorecard, color=color), (without_formulas(scorecard, color=color), _formula_table(scorecard))
    if scorecard.by:
        yield group_table(scorecard), (group_table(scorecard, narrow=True),)
    if scorecard.olas:
        table = ola_table(scorecard.olas)
        yield table, (table,)


def _width(table: Table, width: int) -> int:
    return max(map(width_of, render(table, "table", width=width).splitlines()))


def indicator_table(scorecard: Scorecard, *, color: bool = False) -> Table:
    """Each indicator with its value, what it is the quotient of, its target and its formula; then those of priorities
    that have a target of their own, below the overall one."""
    columns = (
        Column(pgettext("column", "Indicator")),
        Column(pgettext("column", "Value"), align="right"),
        Column(pgettext("column", "Computed from"), align="right"),
        Column(pgettext("scorecard", "Target"), align="right"),
        Column(pgettext("column", "Reached")),
        Column(pgettext("column", "Formula")),
    )
    return Table(columns, tuple(_line(name, figure, color) for name, figure in shown(scorecard)))


def without_formulas(scorecard: Scorecard, *, color: bool = False) -> Table:
    """The indicators in few words: name, value, what it is the quotient of, target."""
    whole = indicator_table(scorecard, color=color)
    return Table(whole.columns[:-1], tuple(row[:-1] for row in whole.rows))


def _formula_table(scorecard: Scorecard) -> Table:
    columns = (Column(pgettext("column", "Indicator")), Column(pgettext("column", "Formula"), weight=1))
    # A priority's figure is computed as the overall one above it.
    keys = dict.fromkeys(figure.key for _name, figure in shown(scorecard))
    return Table(columns, tuple((indicator_phrases.label(key), indicator_phrases.formula(key)) for key in keys))


def _line(name: str, figure: Indicator, color: bool) -> Row:
    return (
        name,
        indicator_phrases.value(figure),
        indicator_phrases.quotient(figure),
        indicator_phrases.target(figure),
        Toned(indicator_phrases.mark(figure, color=color), _tone(figure)),
        indicator_phrases.formula(figure.key),
    )


def group_table(scorecard: Scorecard, *, narrow: bool = False) -> Table:
    """The groups, one line each, with the main indicators; `narrow` spares what room it can."""
    titles = _titles(scorecard.by)
    spared = _LEAST.get(scorecard.by, ("open",)) if narrow else ()
    shown = [key for key in titles if key not in spared]
    columns = (
        Column(pgettext(*_BY[scorecard.by]), weight=1),
        *(Column(pgettext(*titles[key]), align="right") for key in shown),
    )
    lines: list[Row] = []
    for name, of_group in scorecard.groups.items():
        lines.append((group_label(scorecard.by, name), *(_toned(of_group[key], narrow) for key in shown)))
    return Table(columns, tuple(lines))


def _titles(by: str) -> Mapping[str, tuple[str, str]]:
    """The indicators that groups show, with the titles of their columns."""
    return _OF_POLICIES if by == "policy" else _MAIN


def figure_table(scorecard: Scorecard) -> Table:
    """Every figure on a line of its own, with its numbers in full and their unit; for each group too."""
    grouped = bool(scorecard.by)
    columns = (
        *((Column(pgettext(*_BY[scorecard.by])),) if grouped else ()),
        Column(pgettext("column", "Indicator")),
        Column(pgettext("column", "Value"), align="right"),
        Column(pgettext("column", "Unit")),
        Column(pgettext("column", "Numerator"), align="right"),
        Column(pgettext("column", "Denominator"), align="right"),
        Column(pgettext("scorecard", "Target")),
        Column(pgettext("column", "Reached")),
        Column(pgettext("column", "Formula")),
    )
    everything: tuple[Cell, ...] = (pgettext("value", "all"),) if grouped else ()
    lines = [(*everything, *_numbers(name, figure)) for name, figure in _figures(scorecard)]
    lines += [(*everything, *_numbers(*line)) for line in ola_lines(scorecard.olas)]
    for group, of_group in scorecard.groups.items():
        named = group_label(scorecard.by, group)
        lines += [(named, *_numbers(indicator_phrases.label(one.key), one)) for one in of_group.values()]
    return Table(columns, tuple(lines))


def _numbers(name: str, figure: Indicator, formula: str = "") -> Row:
    return (
        name,
        indicator_phrases.value(figure) if figure.value is None else figure.value,
        pgettext(*indicator_phrases.UNITS[figure.unit]),
        figure.numerator,
        figure.denominator,
        indicator_phrases.target(figure),
        indicator_phrases.mark(figure, color=False),
        formula or indicator_phrases.formula(figure.key),
    )


def group_label(by: str, name: str) -> str:
    """What a person reads for a group: `P1 - Critical`, `January 2026`, `none`."""
    if not name:
        return pgettext("assignee", "nobody") if by == "assignee" else pgettext("value", "none")
    if by == "priority":
        return labels.priority(name)
    return phrases.month(date.fromisoformat(f"{name}-01")) if by == "month" else labels.value(by, name)


def _figures(scorecard: Scorecard) -> Iterator[tuple[str, Indicator]]:
    for key, figure in scorecard.indicators.items():
        yield indicator_phrases.label(key), figure
        for code in PRIORITY.codes:
            of_priority = scorecard.by_priority.get(code, {}).get(key)
            if of_priority is not None and of_priority.target is not None:
                yield indicator_phrases.label(key, code), of_priority


def shown(scorecard: Scorecard) -> Iterator[tuple[str, Indicator]]:
    """Those that a person reads: no reason that nothing waited for."""
    for name, figure in _figures(scorecard):
        if figure.numerator or figure.key not in indicator_phrases.PENDING_FOR:
            yield name, figure


def _toned(figure: Indicator, narrow: bool) -> Toned:
    is_absent = figure.value is None and narrow
    return Toned(_NO_DATA if is_absent else indicator_phrases.value(figure), _tone(figure))


def _tone(figure: Indicator) -> str:
    return {None: "", True: "good", False: "warning"}[figure.met]
