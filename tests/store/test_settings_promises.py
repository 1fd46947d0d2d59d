"""`kpi`: the figures to aim at."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.store.desk_settings import problems, settings
from tkt.domain.settings import DEFAULT_KPI_TARGETS, KpiTarget, KpiTargets


def test_the_figures_to_aim_at_are_those_named_and_no_others(tmp_path: Path) -> None:
    text = """\
kpi:
  fcr_within: 30m
  targets:
    mttr_business: "<3h30"
    escalation_rate: "< 12.5 %"
    P1: {first_response: "< 20m", csat: "> 4.5"}
"""
    read = settings(tmp_path, text)
    assert read.fcr_within == 1800
    assert read.kpi_targets == KpiTargets(
        {"mttr_business_seconds": KpiTarget("under", 12600), "escalation_rate": KpiTarget("under", 0.125)},
        {("first_response_seconds", "P1"): KpiTarget("under", 1200), ("csat", "P1"): KpiTarget("over", 4.5)},
    )


def test_the_default_figures_stand_where_none_are_named(tmp_path: Path) -> None:
    assert settings(tmp_path, "kpi: {fcr_within: 2h}").kpi_targets == DEFAULT_KPI_TARGETS


@pytest.mark.parametrize(
    ("targets", "problem"),
    [
        ("mttr: 4h", "mttr: “4h” is not a target of this figure. Write “<” and the limit, between quotes."),
        ('mttr: "> 4h"', "mttr: “> 4h” is not a target of this figure. Write “<” and the limit, between quotes."),
        ('mttr: "<= 4h"', "mttr: “<= 4h” is not a target of this figure. Write “<” and the limit, between quotes."),
        ('fcr: "> 101%"', "fcr: “101%” is not a per cent from 0 to 100. Write 80% or 99.5%."),
        ('csat: "> 6"', "csat: “6” is not a mark from 1 to 5. Write 4 or 4.5."),
        ('fcrr: "> 70%"', "fcrr: there is no such key. Did you mean fcr?"),
        ('mttr_seconds: "< 4h"', "mttr_seconds: there is no such key. Did you mean {near}"),
        ('P2: {mttr: "< 2x"}', "P2.mttr: “2x” is not a length of time: {why}"),
    ],
)
def test_a_figure_that_cannot_be_aimed_at_is_refused(tmp_path: Path, targets: str, problem: str) -> None:
    (said,) = problems(tmp_path, f"kpi: {{targets: {{{targets}}}}}")
    start, brace, _ = problem.partition("{")
    assert said.startswith(f"1: kpi.targets.{start}")
    assert brace or said == f"1: kpi.targets.{problem}"


def test_a_figure_without_quotes_says_to_put_them(tmp_path: Path) -> None:
    assert problems(tmp_path, "kpi:\n  targets:\n    fcr: > 70%\n") == [
        '3: a text begins with “>” or “|”. Put quotes round it, as in "> 70%".'
    ]
