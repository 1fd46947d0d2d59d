"""A chart drawn: its values in proportion, its classes our own, nothing of the library's left that could differ."""

from __future__ import annotations

import re
from collections.abc import Sequence

import pytest

from tkt.presentation.report.chart import Chart, Kind, Series
from tkt.presentation.report.drawing import draw

KINDS: Sequence[Kind] = ("bars", "stacked", "across", "lines", "areas")


def chart(kind: Kind, *values: float | None, most: float | None = None, unit: int = 1) -> Chart:
    labels = [f"<{number}>" for number in range(len(values))]
    return Chart(kind, "Title & all", "What is seen", labels, [Series("Line", values, "first")], str, unit, most)


@pytest.mark.parametrize("kind", KINDS)
def test_every_value_is_a_shape_that_says_it(kind: Kind) -> None:
    drawn = draw(chart(kind, 3, 1, 2), "key")
    assert [re.search(rf"&lt;{number}&gt; · Line: {value}", drawn) for number, value in enumerate((3, 1, 2))]
    assert drawn.count("· Line: ") == 3
    assert '<g class="series first">' in drawn
    assert 'aria-labelledby="key-title key-text"><title id="key-title">Title &amp; all</title>' in drawn
    assert "pygal" not in drawn and "style=" not in drawn and "<!--" not in drawn
    assert drawn == draw(chart(kind, 3, 1, 2), "key")


@pytest.mark.parametrize("kind", ["bars", "stacked"])
def test_bars_are_as_high_as_their_values(kind: Kind) -> None:
    heights = [float(one) for one in re.findall(r'<rect[^>]*height="([\d.]+)"', draw(chart(kind, 4, 2, 1), "key"))]
    assert heights[0] == pytest.approx(2 * heights[1], abs=0.2) == pytest.approx(4 * heights[2], abs=0.4)


def test_lying_bars_are_in_the_order_of_their_labels_from_the_top() -> None:
    drawn = draw(chart("across", 1, 4), "key")
    places = {
        label: float(y) for label, y in re.findall(r'>(&lt;\d&gt;) · Line: \d</title><rect[^>]*? y="([\d.]+)"', drawn)
    }
    assert places["&lt;0&gt;"] < places["&lt;1&gt;"]


@pytest.mark.parametrize("kind", KINDS)
def test_gaps_and_nothing_at_all_are_drawn_too(kind: Kind) -> None:
    assert draw(chart(kind, None, 2, None), "key").count("· Line: ") == 1
    draw(chart(kind, 0, 0), "key")
    draw(chart(kind, None), "key")


def ticks(drawn: str) -> list[str]:
    return re.findall(r"<text[^>]*>([^<&]*)</text>", drawn.split('class="axis x')[0])


@pytest.mark.parametrize(
    ("most", "shown"),
    [
        (0, ["0", "1"]),
        (3, ["0", "1", "2", "3"]),
        (7, ["0", "2", "4", "6", "8"]),
        (450, ["0", "100", "200", "300", "400", "500"]),
    ],
)
def test_a_scale_has_few_round_values(most: int, shown: list[str]) -> None:
    drawn = draw(Chart("bars", "T", "D", ["a"], [Series("L", [most], "first")], lambda value: str(int(value))), "key")
    assert ticks(drawn)[: len(shown)] == shown


def test_a_scale_of_hours_counts_in_hours() -> None:
    one = Chart("bars", "T", "D", ["a"], [Series("L", [9 * 3600], "first")], lambda value: f"{value / 3600:g}h", 3600)
    assert ticks(draw(one, "key"))[:6] == ["0h", "2h", "4h", "6h", "8h", "10h"]


def test_of_many_labels_as_many_are_shown_as_fit() -> None:
    labels = [f"2026-01-{day:02d}" for day in range(1, 32)]
    drawn = draw(Chart("bars", "T", "D", labels, [Series("L", [1] * 31, "first")], str), "key")
    assert 2 < len(re.findall(r">2026-01-\d\d</text>", drawn)) < 10
    assert drawn.count("· L: ") == 31
