"""How what a command costs grows with the desk: every figure kept from the last run at its size, drawn as a picture."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from xml.etree.ElementTree import Element

from timing import Line

_HERE = Path(__file__).parent
_MEASURED = _HERE / "measured.json"
_PICTURE = _HERE.parent / "docs" / "images" / "growth.svg"
_SIZE = re.compile(r"(?P<what>.*) at (?P<tickets>[\d,]+) tickets")
# What is drawn, in colours that the colour-blind can tell too, and with dashes of its own for who prints it in black.
_LINES = {
    "tkt show": ("#0072b2", "1, 0"),
    "tkt log": ("#e69f00", "12, 4"),
    "tkt list --limit 40": ("#009e73", "6, 3"),
    "tkt sla check": ("#d55e00", "2, 3"),
    "tkt kpi": ("#cc79a7", "10, 3, 2, 3"),
    "git status": ("#000000", "4, 4"),
}
Measured = dict[str, dict[str, float]]


def remember(lines: Sequence[Line]) -> None:
    """Keep the medians of these lines, and draw the picture anew."""
    measured = _kept()
    for line in lines:
        found = _SIZE.fullmatch(line.what)
        if found is None:
            continue
        for told, timing in ((found["what"], line.measured), (line.floor, line.floor_timing)):
            if (name := told.strip("`")) in _LINES:
                measured.setdefault(name, {})[found["tickets"].replace(",", "")] = round(timing.median, 4)
    _MEASURED.write_text(json.dumps(measured, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    draw(measured)


def _kept() -> Measured:
    kept: Measured = json.loads(_MEASURED.read_text(encoding="utf-8")) if _MEASURED.exists() else {}
    return kept


def draw(measured: Mapping[str, Mapping[str, float]]) -> None:
    """The picture of the documents: tickets across, seconds upwards, both by powers of ten; without a script."""
    import pygal
    from pygal.style import Style

    colours = tuple(colour for colour, _dashes in _LINES.values())
    chart = pygal.XY(
        logarithmic=True,
        no_prefix=True,
        width=800,
        height=460,
        legend_at_bottom=True,
        legend_at_bottom_columns=3,
        dots_size=3,
        margin_right=40,
        x_title="tickets",
        y_title="seconds (median)",
        x_labels=[1_000, 10_000, 100_000, 1_000_000],
        y_labels=[0.01, 0.1, 1, 10],
        x_value_formatter=lambda tickets: f"{tickets:,.0f}",
        value_formatter=lambda seconds: f"{seconds:g}",
        style=Style(colors=colours, background="white", plot_background="white", font_family="sans-serif"),
    )
    chart.add_xml_filter(_without_scripts)
    for name, (_colour, dashes) in _LINES.items():
        points = sorted((int(tickets), seconds) for tickets, seconds in measured.get(name, {}).items())
        chart.add(name, points, stroke_style={"width": 2, "dasharray": dashes})
    _PICTURE.parent.mkdir(parents=True, exist_ok=True)
    chart.render_to_file(str(_PICTURE))


def _without_scripts(picture: Element) -> Element:
    """A picture in a page runs none, so that pygal's serve nobody."""
    for holder in list(picture.iter()):
        for script in [child for child in holder if str(child.tag).rpartition("}")[2] == "script"]:
            holder.remove(script)
    return picture


if __name__ == "__main__":
    draw(_kept())
