"""A figure against its target."""

from __future__ import annotations

import pytest

from tkt.domain.settings import KpiTarget
from tkt.metrics.indicator import Indicator


def figure(value: float | None, unit: str) -> Indicator:
    return Indicator("fcr", value, None, None, unit)


@pytest.mark.parametrize(
    ("sense", "limit", "unit", "text"),
    [
        ("under", 4 * 3600, "seconds", "<4h"),
        ("under", 16200, "seconds", "<4h30"),
        ("over", 0.70, "rate", ">70%"),
        ("over", 0.955, "rate", ">95.5%"),
        ("over", 0.07, "rate", ">7%"),
        ("over", 4.0, "mark", ">4"),
        ("under", 15, "count", "<15"),
    ],
)
def test_a_target_is_written_in_one_canonical_way(sense: str, limit: float, unit: str, text: str) -> None:
    assert figure(1, unit).against(KpiTarget(sense, limit)).target == text


@pytest.mark.parametrize(("value", "met"), [(0.69, False), (0.70, False), (0.71, True), (None, None)])
def test_a_target_over_is_met_strictly_over_it_and_not_judged_without_data(
    value: float | None, met: bool | None
) -> None:
    assert figure(value, "rate").against(KpiTarget("over", 0.70)).met is met


@pytest.mark.parametrize(("value", "met"), [(14399, True), (14400, False), (14401, False)])
def test_a_target_under_is_met_strictly_under_it(value: float, met: bool) -> None:
    assert figure(value, "seconds").against(KpiTarget("under", 14400)).met is met


def test_without_a_target_there_is_nothing_to_meet() -> None:
    assert figure(0.5, "rate").against(None) == figure(0.5, "rate")
