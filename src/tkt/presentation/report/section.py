"""A section of a report as a value: a heading, a sentence, and panels of a chart, a table, or both."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tkt.presentation.report.chart import Chart
from tkt.presentation.table import Table


@dataclass(frozen=True, slots=True)
class Panel:
    """What is read together: a table, with a chart of it where `chart` is not None."""

    title: str
    table: Table
    chart: Chart | None = None


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a report. `key` is its address in a page; `lead` says what there is to see, in sentences. One
    that `is_half` needs no more than half of a page's width."""

    key: str
    title: str
    lead: str
    panels: Sequence[Panel]
    is_half: bool = False
