"""The report as Markdown: the dashboard as it is drawn on a terminal, then a table for each section."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import tzinfo

from tkt.metrics.series.report import Report
from tkt.presentation.dashboard import dashboard
from tkt.presentation.report.section import Section
from tkt.presentation.report.sections import heading, scope, sections
from tkt.presentation.safe_text import for_markdown
from tkt.presentation.tables import render


def markdown(report: Report, zone: tzinfo) -> str:
    """The whole report; ends with a line end."""
    return "\n".join(_lines(report, zone))


def _lines(report: Report, zone: tzinfo) -> Iterator[str]:
    yield f"# {for_markdown(heading(report))}\n"
    yield "\n".join(f"- {for_markdown(line)}" for line in scope(report)) + "\n"
    yield f"```text\n{dashboard(report.card)}```\n"
    for section in sections(report, zone):
        yield from _section(section)


def _section(section: Section) -> Iterator[str]:
    yield f"## {for_markdown(section.title)}\n"
    yield f"{for_markdown(section.lead)}\n"
    for panel in section.panels:
        if panel.title != section.title:
            yield f"### {for_markdown(panel.title)}\n"
        if panel.table.rows:
            yield render(panel.table, "markdown")
