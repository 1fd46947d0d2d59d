"""Drawing a chart as SVG for a page: pygal lays it out, our style sheet colours it; the only door to pygal."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from math import floor, log10
from typing import Any
from xml.etree import ElementTree

from tkt.presentation.report.chart import Chart, Kind, Series
from tkt.presentation.safe_text import for_html, one_line

# In the drawing's own units, which a page shows as pixels where it is wide enough.
_WIDTH, _WIDEST = 560, 1140
_HEIGHT = 250
_LINE = 30
_FONT = 13
_LETTER = 7.6
_LONGEST_LABEL = 28
_MOST_TICKS = 5
_FEW = 16
_KEPT = {"class", "x", "y", "width", "height", "d", "cx", "cy", "r", "transform", "text-anchor"}
_NUMBER = re.compile(r"-?\d+\.\d+")
_NAMESPACE = re.compile(r"^\{[^}]*\}")


def draw(chart: Chart, key: str) -> str:
    """The drawing of a chart as an `svg` element; `key` makes the identifiers in it those of no other drawing.

    It holds no style, no script and nothing that is loaded, and is the same for the same chart. Its shapes have the
    class of their series' tone and say their value when pointed at.
    """
    root = ElementTree.fromstring(_plotted(chart))
    graph = next(one for one in root if one.get("class", "").startswith("graph"))
    body = _markup(_cleaned(graph, chart))
    return (
        f'<svg class="chart {chart.kind}" viewBox="{root.get("viewBox")}" role="img" '
        f'aria-labelledby="{key}-title {key}-text">'
        f'<title id="{key}-title">{for_html(chart.title)}</title>'
        f'<desc id="{key}-text">{for_html(chart.description)}</desc>{body}</svg>'
    )


@cache
def _style() -> Any:
    from pygal.style import Style

    return Style(
        font_family="sans-serif", label_font_size=_FONT, major_label_font_size=_FONT, value_font_size=_FONT - 1
    )


def _plotted(chart: Chart) -> str:
    import pygal

    kinds = {
        "bars": pygal.Bar,
        "stacked": pygal.StackedBar,
        "across": pygal.HorizontalStackedBar,
        "lines": pygal.Line,
        "areas": pygal.StackedLine,
    }
    order = -1 if chart.kind == "across" else 1  # pygal begins at the bottom
    width = _WIDEST if chart.is_wide else _WIDTH
    ticks = _ticks(chart)
    plot = kinds[chart.kind](**_layout(chart, width), range=(0, ticks[-1]), y_labels=ticks)
    plot.x_labels = _thinned(_labels(chart)[::order], width if chart.kind != "across" else 0)
    for series in chart.series:
        plot.add(series.name, _told(chart, series)[::order])
    drawn: str = plot.render(is_unicode=True)
    return drawn


def _told(chart: Chart, series: Series) -> list[dict[str, Any] | None]:
    """The values of a series, each with what is said to whoever points at it."""
    found: list[dict[str, Any] | None] = []
    for label, value in zip(chart.labels, series.values, strict=True):
        said = one_line(f"{label} · {series.name}: {chart.written(value)}") if value is not None else ""
        found.append(None if value is None else {"value": value, "label": said})
    return found


def _layout(chart: Chart, width: int) -> dict[str, Any]:
    across = chart.kind == "across"
    return {
        "width": width,
        "height": _LINE * (len(chart.labels) + 1) + 20 if across else _HEIGHT,
        "js": (),
        "style": _style(),
        "show_legend": False,
        "value_formatter": chart.written,
        "margin": 8,
        # Half of the last label stands beyond the last point.
        "margin_right": 8 if across else max(8, int(len(_labels(chart)[-1]) * _LETTER / 2)),
        "spacing": 8,
        "truncate_label": -1,
        "show_x_guides": across,
        "show_y_guides": not across,
        "fill": chart.kind == "areas",
        "dots_size": 3.5,
        "allow_interruptions": True,
        "print_values": len(chart.series) == 1 and chart.kind in ("bars", "across") and len(chart.labels) <= _FEW,
        "print_values_position": "top",
    }


def _labels(chart: Chart) -> list[str]:
    """What stands at the axis: safe, and short enough for it; the table below a chart has all of it."""
    safe = [one_line(label) for label in chart.labels]
    return [one if len(one) <= _LONGEST_LABEL else f"{one[: _LONGEST_LABEL - 1]}…" for one in safe]


def _thinned(labels: Sequence[str], width: int) -> list[str]:
    """As many labels as stand side by side in a width; 0 for all."""
    longest = max(map(len, labels), default=0) * _LETTER + 12
    every = max(1, -int(-len(labels) * longest // (width - 70))) if width else 1
    return [label if not place % every else "" for place, label in enumerate(labels)]


def _ticks(chart: Chart) -> list[float]:
    """Round values from 0 up to the end of the scale."""
    columns = zip(*(series.values for series in chart.series), strict=True)
    highest = sum if chart.kind in ("stacked", "across", "areas") else max
    most = chart.most or max((highest([value or 0 for value in column]) for column in columns), default=0)
    step = chart.most / 4 if chart.most else chart.unit * _round_step(most / chart.unit / _MOST_TICKS)
    count = -int(-most / step // 1) if most else 1
    return [step * number for number in range(max(count, 1) + 1)]


def _round_step(least: float) -> float:
    """The least of 1, 2, 5, 10, 20… that is no less."""
    if least <= 1:
        return 1
    power = 10 ** floor(log10(least))
    return float(next(power * factor for factor in (1, 2, 5, 10) if power * factor >= least - 1e-9))


def _cleaned(graph: ElementTree.Element, chart: Chart) -> ElementTree.Element:
    """The drawing with the classes of our style sheet, and of what serves pygal's scripts only what a shape says."""
    for element in list(graph.iter()):
        for child in list(element):
            if _is_for_scripts(child):
                element.remove(child)
    for element in graph.iter():
        if _name(element) == "desc":
            element.tag = "title"  # which browsers show as a tip
        element.attrib = {key: _short(value) for key, value in element.attrib.items() if key in _KEPT}
        if (found := re.match(r"series serie-(\d+)", element.get("class", ""))) is not None:
            element.set("class", f"series {chart.series[int(found[1])].tone}")
    return graph


def _is_for_scripts(element: ElementTree.Element) -> bool:
    role = element.get("class", "")
    if _name(element) == "desc":
        return role != "label"
    return _name(element) == "title" or role == "background" or "tooltip-overlay" in role.split()


def _markup(element: ElementTree.Element) -> str:
    name = _name(element)
    attributes = "".join(f' {key}="{for_html(value)}"' for key, value in element.attrib.items() if value)
    inside = for_html(element.text or "") + "".join(map(_markup, element))
    return f"<{name}{attributes}>{inside}</{name}>" if inside or attributes else ""


def _name(element: ElementTree.Element) -> str:
    return _NAMESPACE.sub("", element.tag)


def _short(value: str) -> str:
    """Coordinates to a tenth, which no eye tells from the whole."""
    return _NUMBER.sub(lambda found: f"{float(found[0]):.1f}".removesuffix(".0"), value)


def swatch(tone: str, kind: Kind) -> str:
    """A sample of a tone for the legend of a kind of chart."""
    return (
        f'<svg class="swatch {kind}" viewBox="0 0 22 14" aria-hidden="true"><g class="series {tone}">'
        '<rect x="0.5" y="0.5" width="21" height="13"></rect><path class="line" d="M1 7H21"></path></g></svg>'
    )


def bar(share: float, tone: str) -> str:
    """A bar alone, whose length is a share from 0 to 1, with nothing to say that the figure beside it does not."""
    return (
        f'<svg class="bar" viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true"><g class="series {tone}">'
        f'<rect x="0" y="0" width="{_short(f"{100 * share:.2f}")}" height="10"></rect></g></svg>'
    )
