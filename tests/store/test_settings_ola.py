"""`ola`: how long groups and levels may hold a ticket."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from tests.store.desk_settings import OFFICE, problems, settings
from tkt.domain.policies import Ola, PolicyVersion, Target


def one(**parts: str) -> str:
    said = {"name": "n", "group": "Messagerie", "versions": "[{from: 2026-01-01, targets: {P1: 1h}}]"} | parts
    return "{" + ", ".join(f"{key}: {value}" for key, value in said.items() if value) + "}"


def test_olas_of_groups_and_levels_are_read(tmp_path: Path) -> None:
    text = f"""{OFFICE}ola:
  - name: messaging
    group: Messagerie
    when: {{type: incident, asset: [SRV-*]}}
    versions:
      - from: 2026-01-01
        until: 2026-06-01
        calendar: office
        targets: {{P1: 1h, P3: {{holding: 8h, calendar: 24x7}}}}
        pause: [user]
        warn_at: 75%
      - {{from: 2026-07-01, targets: {{P1: 30m}}, corrected: a slip}}
  - {{name: second line, level: N2, versions: [{{from: 2026-01-01, targets: {{}}}}]}}
"""
    hour = 3600
    first = PolicyVersion(
        date(2026, 1, 1),
        {"P1": Target(None, None, "", hour), "P3": Target(None, None, "24x7", 8 * hour)},
        frozenset({"user"}),
        0.75,
        "office",
        date(2026, 6, 1),
    )
    second = PolicyVersion(date(2026, 7, 1), {"P1": Target(None, None, holding=1800)}, corrected="a slip")
    messaging = Ola("messaging", "group", "Messagerie", (first, second), {"type": ("incident",), "asset": ("SRV-*",)})
    second_line = Ola("second line", "level", "N2", (PolicyVersion(date(2026, 1, 1), {}),))
    assert settings(tmp_path, text).olas == (messaging, second_line)


def test_an_ola_is_a_policy_for_what_its_holder_holds() -> None:
    ola = Ola("n", "level", "N2", (), {"type": ("incident",)})
    assert (ola.policy.name, ola.policy.when) == ("n", {"type": ("incident",), "level": ("N2",)})


def test_no_ola_is_the_default_and_none_may_be_said(tmp_path: Path) -> None:
    assert settings(tmp_path, "").olas == settings(tmp_path, "ola: []").olas == ()


@pytest.mark.parametrize(
    ("parts", "problem"),
    [
        ({"group": ""}, "ola[0]: an OLA is of one group or of one level. Write “group: NAME” or “level: N2”."),
        ({"level": "N2"}, "ola[0]: an OLA is of one group or of one level. Write “group: NAME” or “level: N2”."),
        ({"group": "", "level": "N4"}, "ola[0].level: “N4” is not a known support level. Known: N1, N2, N3."),
        ({"name": ""}, "ola[0]: missing here: name."),
        ({"versions": ""}, "ola[0]: missing here: versions."),
        ({"versions": "[]"}, "ola[0].versions: no version is given."),
        ({"grupe": "x"}, "ola[0].grupe: there is no such key. Did you mean group?"),
        ({"when": "{group: Réseau}"}, "ola[0].when: the group is named already, beside “when”."),
        ({"when": "{}"}, "ola[0].when: nothing is named."),
        ({"when": "{level: N2}"}, "ola[0].when.level: there is no such key."),
    ],
)
def test_what_is_wrong_with_an_ola_is_said(tmp_path: Path, parts: dict[str, str], problem: str) -> None:
    (line,) = problems(tmp_path, f"ola:\n  - {one(**parts)}")
    assert line.startswith(f"2: {problem}")


@pytest.mark.parametrize(
    ("target", "problem"),
    [
        ("1d", "ola[0].versions[0].targets.P1:"),
        ("{response: 1h}", "ola[0].versions[0].targets.P1.response: there is no such key."),
        ("{calendar: 24x7}", "ola[0].versions[0].targets.P1: missing here: holding."),
        ("{holding: 1h, calendar: offic}", "ola[0].versions[0].targets.P1.calendar: there is no calendar “offic”"),
        ("[1h]", "ola[0].versions[0].targets.P1: lines “name: value” are expected here."),
    ],
)
def test_what_is_wrong_with_a_target_is_said(tmp_path: Path, target: str, problem: str) -> None:
    lines = problems(tmp_path, f"ola: [{one(versions=f'[{{from: 2026-01-01, targets: {{P1: {target}}}}}]')}]")
    assert any(line.startswith(f"1: {problem}") for line in lines), lines


def test_a_name_is_given_once_and_a_calendar_must_have_begun(tmp_path: Path) -> None:
    assert problems(tmp_path, f"ola:\n  - {one()}\n  - {one()}") == ["3: ola[1]: another OLA is named “n” already."]
    early = one(versions="[{from: 2025-01-01, calendar: office, targets: {P1: 1h}}]")
    (line,) = problems(tmp_path, f"{OFFICE}ola: [{early}]")
    assert "the calendar “office” begins on 2026-01-01, later than 2025-01-01." in line


def test_a_calendar_that_is_wrong_takes_no_ola_down_with_a_second_complaint(tmp_path: Path) -> None:
    text = f"calendars: {{office: [{{from: 2026-01-01, hours: {{mon: 9-18}}}}]}}\nola: [{one()}]"
    assert all("ola" not in line for line in problems(tmp_path, text))
