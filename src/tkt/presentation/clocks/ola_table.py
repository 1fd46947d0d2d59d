"""The OLAs in the report of the indicators: a line for each group and level that had tickets."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from tkt.language import NP_, _, pgettext
from tkt.metrics.indicator import Indicator
from tkt.metrics.ola import OlaFigures
from tkt.presentation import indicator_phrases
from tkt.presentation.table import Column, Row, Table

# Of each figure the title of its column, and how it is computed.
_FIGURES = {
    "met": (NP_("column", "Met"), NP_("formula", "met / judged, of the times held that ended in the period")),
    "held_seconds": (
        NP_("column", "Mean time held"),
        NP_("formula", "Σ (end − beginning) / times held that ended in the period"),
    ),
    "held_business_seconds": (
        NP_("column", "In OLA time"),
        NP_("formula", "Σ time on the OLA clock / times held that ended in the period"),
    ),
    "open_breached": (
        NP_("column", "Held, breached"),
        NP_("formula", "times held that go on at the end, over their target"),
    ),
    "cancelled_breached": (
        NP_("column", "Cancelled, breached"),
        NP_("formula", "times held that a cancellation ended, over their target"),
    ),
}
# What a narrow terminal can do without.
_SPARE = ("held_business_seconds", "cancelled_breached")


def ola_table(olas: Iterable[OlaFigures]) -> Table:
    """The OLAs with who is held to them: what was kept, out of how many, and how long they had their tickets."""
    columns = (
        Column(pgettext("column", "OLA"), weight=1),
        Column(pgettext("column", "Held by"), weight=1),
        *(_column(key) for key in _FIGURES),
    )
    columns = (*columns[:3], Column(pgettext("column", "Computed from"), align="right"), *columns[3:])
    return Table(columns, tuple(map(_row, olas)))


def _column(key: str) -> Column:
    title, _formula = _FIGURES[key]
    return Column(pgettext(*title), align="right", spare=key in _SPARE)


def _row(one: OlaFigures) -> Row:
    values = [indicator_phrases.value(one.figures[key]) for key in _FIGURES]
    return (one.ola, one.holder, values[0], indicator_phrases.quotient(one.figures["met"]), *values[1:])


def title_of(key: str) -> str:
    """What a figure of an OLA is called."""
    return pgettext(*_FIGURES[key][0])


def ola_lines(olas: Iterable[OlaFigures]) -> Iterator[tuple[str, Indicator, str]]:
    """Every figure by its name, with its formula: `OLA messaging, Messagerie: Met`."""
    for one in olas:
        for key, (title, formula) in _FIGURES.items():
            name = _("OLA {ola}, {holder}: {figure}")
            yield (
                name.format(ola=one.ola, holder=one.holder, figure=pgettext(*title)),
                one.figures[key],
                pgettext(*formula),
            )
