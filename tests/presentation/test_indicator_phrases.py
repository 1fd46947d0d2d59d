"""Every figure has its name, value, quotient, target and formula in words."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.presentation.figures import HOUR, indicator
from tkt.metrics.indicator import Indicator
from tkt.metrics.indicators import FORMULAS
from tkt.presentation import indicator_phrases as said


def test_every_indicator_and_unit_has_words() -> None:
    assert list(said.LABELS) == list(said.FORMULAS) == list(FORMULAS)
    assert {unit for unit, _formula in FORMULAS.values()} == set(said.UNITS)


@pytest.mark.parametrize(
    ("figure", "value", "short", "quotient", "target"),
    [
        (indicator("created", 200), "200", "200", None, None),
        (indicator("fcr", 130, 185), "70.3 %", "70%", "130 / 185", ">70%"),
        (indicator("fcr", 0, 0), "aucune donnée", "aucune donnée", "0 / 0", ">70%"),
        (indicator("mttr_seconds", 740 * HOUR, 185), "4h", "4h", "740h / 185", "<4h"),
        (indicator("csat", 43, 10), "4.3/5", "4.3/5", "43 / 10", ">4"),
        (indicator("csat", 50, 10), "5/5", "5/5", "50 / 10", ">4"),
        (Indicator("pending_share", 0.25, 900, 3600, "share"), "25.0 %", "25.0 %", "15 min / 1h", None),
        (Indicator("mttr_p90_seconds", 900, None, 7, "seconds", "<30m"), "15 min", "15 min", "sur 7", "<30 min"),
    ],
)
def test_a_figure_in_french(
    figure: Indicator, value: str, short: str, quotient: str | None, target: str | None, french: None
) -> None:
    shown = said.value(figure).replace("\xa0", " ").replace("\u202f", " ")
    assert (shown, said.short_value(figure), said.quotient(figure), said.target(figure)) == (
        value,
        short,
        quotient,
        target,
    )


def test_a_met_target_is_a_sign_in_colour_and_else_a_word() -> None:
    met, missed = indicator("fcr", 9, 10), indicator("fcr", 1, 10)
    assert [said.mark(one, color=True) for one in (met, missed)] == ["✅", "⚠️"]
    assert [said.mark(one, color=False) for one in (met, missed)] == ["met", "missed"]
    assert said.mark(replace(met, met=None), color=True) == ""


@pytest.mark.parametrize(
    ("met", "judged", "standing"),
    [(96, 100, ">95%"), (94, 100, "<95%"), (95, 100, "≤95%"), (946, 1000, "≤95%"), (953, 1000, ">95%")],
)
def test_how_a_figure_stands_is_true_beside_its_rounded_value(met: int, judged: int, standing: str) -> None:
    assert said.standing(indicator("sla_resolution", met, judged)) == standing


def test_a_mark_that_equals_its_target_is_not_said_to_be_under_it() -> None:
    assert said.standing(indicator("csat", 40, 10)) == "≤4"


def test_a_missed_target_is_one_line_with_its_figures() -> None:
    figure = indicator("sla_resolution", 47, 50, "P1")
    assert said.missed_line("P1", figure) == "Target missed: SLA resolution P1 94.0% (47 / 50), target >95%"
    counted = Indicator("backlog", 30, 30, None, "count", "<20", met=False)
    assert said.missed_line("", counted) == "Target missed: Backlog 30 (of the open: new or pending), target <20"
