"""The report as a page: one file that opens offline, holds no script and asks nothing of the network."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable
from datetime import tzinfo
from pathlib import Path

from tkt.language import _, pgettext, spoken
from tkt.metrics.series.report import Report
from tkt.presentation.report.cards import cards
from tkt.presentation.report.chart import Chart
from tkt.presentation.report.drawing import draw, swatch
from tkt.presentation.report.page_table import page_table
from tkt.presentation.report.section import Panel, Section
from tkt.presentation.report.sections import heading, scope, sections
from tkt.presentation.safe_text import for_html

_STYLE = Path(__file__).with_name("page.css")
# Fills for those who do not tell the colours apart, and for paper: each tone of a chart has a pattern of its own.
_PATTERNS = (
    '<svg class="patterns" width="0" height="0" aria-hidden="true" focusable="false"><defs>'
    '<pattern id="second-fill" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
    '<rect class="ground" width="6" height="6"></rect><rect class="ink" width="3" height="6"></rect></pattern>'
    '<pattern id="third-fill" width="6" height="6" patternUnits="userSpaceOnUse">'
    '<rect class="ground" width="6" height="6"></rect><circle class="ink" cx="3" cy="3" r="1.6"></circle></pattern>'
    '<pattern id="bad-fill" width="6" height="6" patternUnits="userSpaceOnUse">'
    '<rect class="ground" width="6" height="6"></rect><path class="ink" d="M0 0H6M0 0V6"></path></pattern>'
    "</defs></svg>"
)


def page(report: Report, zone: tzinfo) -> str:
    """The whole page; the same report gives the same bytes. Instants are in `zone`."""
    style = _STYLE.read_text(encoding="utf-8")
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    title = for_html(heading(report))
    parts = sections(report, zone)
    return "\n".join(
        (
            "<!DOCTYPE html>",
            f'<html lang="{spoken()}">',
            "<head>",
            '<meta charset="utf-8">',
            f'<meta http-equiv="Content-Security-Policy" content="{policy}">',
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            '<meta name="generator" content="tkt">',
            f"<title>{title}</title>",
            f"<style>{style}</style>",
            "</head>",
            "<body>",
            _PATTERNS,
            _header(title, report, parts),
            "<main>",
            cards(report),
            *map(_section, parts),
            "</main>",
            "</body>",
            "</html>",
            "",
        )
    )


def _header(title: str, report: Report, parts: Iterable[Section]) -> str:
    links = "".join(f'<li><a href="#{part.key}">{for_html(part.title)}</a></li>' for part in parts)
    said = "".join(f"<li>{for_html(line)}</li>" for line in scope(report))
    contents = for_html(pgettext("report", "Contents"))
    return (
        f'<header><h1>{title}</h1><ul class="scope">{said}</ul>'
        f'<nav aria-label="{contents}"><ul>{links}</ul></nav></header>'
    )


def _section(section: Section) -> str:
    panels = "".join(
        _panel(panel, f"{section.key}-{number}", section) for number, panel in enumerate(section.panels, 1)
    )
    columns = "panels" if len(section.panels) == 1 else "panels beside"
    half = ' class="half"' if section.is_half else ""
    return (
        f'<section id="{section.key}"{half} aria-labelledby="{section.key}-heading">'
        f'<h2 id="{section.key}-heading">{for_html(section.title)}</h2>'
        f'<p class="lead">{for_html(section.lead)}</p>'
        f'<div class="{columns}">{panels}</div></section>'
    )


def _panel(panel: Panel, key: str, section: Section) -> str:
    """A figure; a chart that leaves room for its table has it at its side, others have it folded below."""
    alone = len(section.panels) == 1
    caption = "" if alone else f"<figcaption>{for_html(panel.title)}</figcaption>"
    table = page_table(panel.table, panel.title) if panel.table.rows else ""
    if panel.chart is None:
        return f"<figure>{caption}{table}</figure>"
    drawing = f"<div>{_legend(panel.chart)}{_drawing(panel.chart, key)}</div>"
    if alone and not panel.chart.is_wide and not section.is_half:
        return f'<figure class="with-table">{drawing}{table}</figure>'
    words = for_html(_("Table: {title}").format(title=panel.title))
    return f"<figure>{caption}{drawing}<details><summary>{words}</summary>{table}</details></figure>"


def _drawing(chart: Chart, key: str) -> str:
    """A chart in what is scrolled on a small screen, by the keyboard too."""
    width = "wide" if chart.is_wide else "usual"
    return (
        f'<div class="drawing {width}" role="group" tabindex="0" aria-label="{for_html(chart.title)}">'
        f"{draw(chart, key)}</div>"
    )


def _legend(chart: Chart) -> str:
    if len(chart.series) == 1:
        return ""
    items = "".join(f"<li>{swatch(one.tone, chart.kind)}{for_html(one.name)}</li>" for one in chart.series)
    return f'<ul class="legend">{items}</ul>'
