"""`sla` and `kpi`: policies, their versions and targets, and the figures to aim at."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from tkt.domain.settings import DEFAULT_KPI_TARGETS, KpiTarget, KpiTargets, Policy, PolicyVersion, Settings, Target
from tkt.store.settings import BadSettings, read_settings


def settings(tmp_path: Path, text: str) -> Settings:
    (tmp_path / "tkt.yaml").write_text(text, encoding="utf-8")
    return read_settings(tmp_path / "tkt.yaml")


def problems(tmp_path: Path, text: str) -> list[str]:
    with pytest.raises(BadSettings) as caught:
        settings(tmp_path, text)
    return [line.removeprefix("tkt.yaml:") for line in str(caught.value).split("\n")]


def test_policies_their_versions_and_targets_are_read(tmp_path: Path) -> None:
    text = """\
sla:
  - name: incidents
    when: {type: [incident, problem]}
    versions:
      - from: 2025-01-01
        targets: {P1: {response: 30m, resolution: 8h}}
      - from: 2026-01-01
        calendar: 24x7
        targets: {P1: {response: 15m, resolution: 4h30, calendar: 24x7}, P4: {resolution: 48h}}
        pause: []
        warn_at: 72.5%
  - name: requests
    when: {type: [request]}
    versions: [{from: 2025-01-01, targets: {}}]
"""
    first = PolicyVersion(date(2025, 1, 1), {"P1": Target(1800, 28800)})
    second = PolicyVersion(
        date(2026, 1, 1), {"P1": Target(900, 16200), "P4": Target(None, 172800)}, pause=frozenset(), warn_at=0.725
    )
    assert settings(tmp_path, text).policies == (
        Policy("incidents", (first, second), frozenset({"incident", "problem"})),
        Policy("requests", (PolicyVersion(date(2025, 1, 1), {}),), frozenset({"request"})),
    )


def test_no_policy_is_a_promise_of_nothing(tmp_path: Path) -> None:
    assert settings(tmp_path, "sla: []").policies == ()


def policy(version: str = "from: 2026-01-01, targets: {}", **others: str) -> str:
    parts = {"name": "s", "versions": f"[{{{version}}}]"} | others
    return "{" + ", ".join(f"{key}: {value}" for key, value in parts.items()) + "}"


NOT_YET = "business-hour calendars are not in this version of tkt. Write 24x7, or take the line out."


@pytest.mark.parametrize(
    ("policies", "problem"),
    [
        ("{versions: [{from: 2026-01-01, targets: {}}]}", "sla[0]: missing here: name."),
        ("{name: s}", "sla[0]: missing here: versions."),
        (policy(versions="[]"), "sla[0].versions: no version is given. Write “- from: 1970-01-01” and its targets."),
        (policy("targets: {}"), "sla[0].versions[0]: missing here: from."),
        (policy("from: 2026-01-01"), "sla[0].versions[0]: missing here: targets."),
        (
            policy("from: 2026-02-30, targets: {}"),
            "sla[0].versions[0].from: “2026-02-30” is not a date. Write 2026-01-31.",
        ),
        (
            policy("from: 2026-01-01, targets: {}}, {from: 2026-01-01, targets: {}"),
            "sla[0].versions[1]: 2026-01-01 is not later than 2026-01-01 of the version above. Put the oldest first.",
        ),
        (
            policy("from: 2026-01-01, targets: {P5: {}}"),
            "sla[0].versions[0].targets.P5: there is no such key. Known: P1, P2, P3, P4.",
        ),
        (
            policy("from: 2026-01-01, targets: {P1: {response: 5h, resolution: 4h}}"),
            "sla[0].versions[0].targets.P1: the response target is longer than the resolution target.",
        ),
        (
            policy("from: 2026-01-01, targets: {P1: {response: 1d}}"),
            "sla[0].versions[0].targets.P1.response: “1d” can be read in two ways: "
            "write 24h for round-the-clock time or 1bd for business days.",
        ),
        (
            policy("from: 2026-01-01, targets: {P1: {resolution: 2bd}}"),
            "sla[0].versions[0].targets.P1.resolution: “2bd”: business days are not taken here. "
            "Write hours and minutes, 24h.",
        ),
        (
            policy("from: 2026-01-01, targets: {P1: {response: 0m}}"),
            "sla[0].versions[0].targets.P1.response: “0m” is no time at all. Take the line out to promise nothing.",
        ),
        (
            policy("from: 2026-01-01, targets: {P1: {calendar: office}}"),
            f"sla[0].versions[0].targets.P1.calendar: “office”: {NOT_YET}",
        ),
        (
            policy("from: 2026-01-01, targets: {}, calendar: office"),
            f"sla[0].versions[0].calendar: “office”: {NOT_YET}",
        ),
        (
            policy("from: 2026-01-01, targets: {}, pause: [users]"),
            "sla[0].versions[0].pause[0]: “users” is not a known reason for waiting. Did you mean user?",
        ),
        (
            policy("from: 2026-01-01, targets: {}, warn_at: 0.8"),
            "sla[0].versions[0].warn_at: “0.8” is not a per cent from 0 to 100. Write 80% or 99.5%.",
        ),
        (
            policy("from: 2026-01-01, targets: {}, warn_at: 0%"),
            "sla[0].versions[0].warn_at: “0%”: every clock would be at risk at once. Write 80%.",
        ),
        (
            policy(when="{category: Réseau, type: [incident]}"),
            "sla[0].when.category: in this version, policies are told apart by type only.",
        ),
        (policy(when="{type: []}"), "sla[0].when.type: no type is named. Take “when” out to cover every type."),
        (policy(when="{type: [demande]}"), "sla[0].when.type[0]: “demande” is not a known type. {known}"),
        (
            f"{policy(when='{type: [incident, change]}')}, {policy(name='t')}",
            "sla[1]: incident, change: covered by the policy “s” already. "
            "Name other types under “when: {type: […]}” in each policy.",
        ),
        (
            f"{policy(when='{type: [incident]}')}, {policy(when='{type: [change]}')}",
            "sla[1]: another policy is named “s” already.",
        ),
    ],
)
def test_a_promise_that_cannot_be_kept_to_is_refused(tmp_path: Path, policies: str, problem: str) -> None:
    (said,) = problems(tmp_path, f"sla: [{policies}]")
    start, known, _ = problem.partition("{known}")
    assert said.startswith(f"1: {start}") if known else said == f"1: {problem}"


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
