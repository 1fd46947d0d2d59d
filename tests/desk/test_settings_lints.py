"""Settings that can never work are found by `tkt check`, each on its line; settings that can are left in peace."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from tkt.desk.checking import check
from tkt.desk.desk import Desk
from tkt.desk.recording import NoRecorder
from tkt.domain.finding import Finding
from tkt.store.settings.default_settings import default_settings_text
from tkt.store.settings.settings import read_settings

NOW = datetime(2026, 11, 23, 10, 0, tzinfo=ZoneInfo("Europe/Paris"))
TARGETS = "targets: {P1: {resolution: 4h}}"
EVERY_TYPE = "{type: [incident, request, problem, change]}"


def found(folder: Path, settings: str, holidays: str = "", now: datetime = NOW) -> list[Finding]:
    """What a check of a desk that is set up so finds."""
    (folder / "tickets").mkdir()
    (folder / "tkt.yaml").write_text(settings, encoding="utf-8")
    if holidays:
        (folder / "holidays").mkdir()
        (folder / "holidays" / "FR.yaml").write_text(holidays, encoding="utf-8")
    desk = Desk(folder, read_settings(folder / "tkt.yaml"), lambda: NoRecorder(folder), now)
    return list(check(desk).findings)


def only(folder: Path, settings: str, holidays: str = "", now: datetime = NOW) -> tuple[int, str, str]:
    """The line, the severity and the message of the one thing that is found."""
    (one,) = found(folder, settings, holidays, now)
    assert one.path == "tkt.yaml"
    return one.line, one.severity, one.message


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_settings_that_init_writes_can_all_work(tmp_path: Path, language: str) -> None:
    assert found(tmp_path, default_settings_text(language, "Europe/Paris")) == []


def test_settings_that_say_little_can_work_too(tmp_path: Path) -> None:
    assert found(tmp_path, "sla: []\n") == []


def test_a_type_and_priority_without_a_policy_is_named(tmp_path: Path) -> None:
    settings = f"""\
sla:
  - {{name: incidents, when: {{type: [incident], priority: [P1, P2]}}, versions: [{{from: 2026-01-01, {TARGETS}}}]}}
  - {{name: requests, when: {{type: [request]}}, versions: [{{from: 2026-01-01, {TARGETS}}}]}}
"""
    line, severity, message = only(tmp_path, settings)
    assert (line, severity) == (1, "warning")
    assert "type incident and priority P3, P4" in message, "what is promised for no change at all is left in peace"


def test_a_policy_that_is_not_in_force_yet_promises_nothing_today(tmp_path: Path) -> None:
    settings = f"""\
sla:
  - {{name: incidents, when: {{type: [incident]}}, versions: [{{from: 2026-01-01, {TARGETS}}}]}}
  - {{name: requests, when: {{type: [request]}}, versions: [{{from: 2027-01-01, {TARGETS}}}]}}
"""
    assert "type request and priority P1, P2, P3, P4" in only(tmp_path, settings)[2]


def test_policies_of_which_none_is_in_force_promise_nothing_today(tmp_path: Path) -> None:
    settings = f"sla: [{{name: all, versions: [{{from: 2026-01-01, until: 2026-11-01, {TARGETS}}}]}}]\n"
    told = found(tmp_path, settings)
    assert ["type incident" in told[0].message, "type request" in told[1].message] == [True, True] and len(told) == 2


def test_a_policy_that_will_end_with_nothing_behind_it_is_found_while_another_can_be_added(tmp_path: Path) -> None:
    settings = f"""\
sla:
  - {{name: old, when: {{type: [request]}}, versions: [{{from: 2026-01-01, until: 2027-01-01, {TARGETS}}}]}}
  - {{name: rest, when: {{type: [incident]}}, versions: [{{from: 2026-01-01, {TARGETS}}}]}}
"""
    line, severity, message = only(tmp_path, settings)
    assert (line, severity) == (1, "warning")
    assert "from 2027-01-01 on no policy is for a ticket of type request and priority P1, P2, P3, P4" in message


def test_a_target_for_a_priority_that_the_policy_is_not_for_is_found_unless_it_is_over(tmp_path: Path) -> None:
    settings = f"""\
sla:
  - name: urgent
    when: {{priority: [P2, P3]}}
    versions:
      - {{from: 2025-01-01, {TARGETS}}}
      - from: 2026-01-01
        targets: {{P1: {{resolution: 4h}}, P2: {{resolution: 8h}}}}
  - {{name: rest, versions: [{{from: 2026-01-01, {TARGETS}}}]}}
"""
    line, severity, message = only(tmp_path, settings)
    assert (line, severity) == (7, "warning") and "2026-01-01: it has a target for P1" in message


@pytest.mark.parametrize(
    ("first", "second", "shadowed"),
    [
        ("", "{type: [incident]}", True),
        ("{tags: [vip]}", "", False),
        ("{tags: ['v*']}", "{tags: [vip, very]}", True),
        ("{category: [Mail]}", "{category: [Mail > Outlook], type: [incident]}", True),
        ("{category: [Mail > Outlook]}", "{category: [Mail]}", False),
        ("{asset: ['SRV-*']}", "{asset: ['SRV-*'], priority: [P1]}", True),
    ],
)
def test_a_policy_behind_one_that_takes_everything_never_judges(
    tmp_path: Path, first: str, second: str, shadowed: bool
) -> None:
    settings = f"""\
sla:
  - {{name: first, when: {first or EVERY_TYPE}, versions: [{{from: 2026-01-01, {TARGETS}}}]}}
  - {{name: second, when: {second or EVERY_TYPE}, versions: [{{from: 2026-01-01, {TARGETS}}}]}}
  - {{name: rest, versions: [{{from: 2026-01-01, {TARGETS}}}]}}
"""
    told = [one for one in found(tmp_path, settings) if "“second” never judges" in one.message]
    assert [one.line for one in told] == ([3] if shadowed else [])


def test_two_policies_together_take_what_a_third_is_for(tmp_path: Path) -> None:
    settings = f"""\
sla:
  - {{name: urgent, when: {{priority: [P1, P2]}}, versions: [{{from: 2026-01-01, {TARGETS}}}]}}
  - {{name: others, when: {{priority: [P3, P4]}}, versions: [{{from: 2026-01-01, targets: {{}}}}]}}
  - {{name: mail, when: {{category: [Mail]}}, versions: [{{from: 2026-01-01, {TARGETS}}}]}}
"""
    line, severity, message = only(tmp_path, settings)
    assert (line, severity) == (4, "warning") and "“mail” never judges" in message


def test_a_policy_that_ends_makes_way_for_the_next(tmp_path: Path) -> None:
    settings = f"""\
sla:
  - {{name: old, versions: [{{from: 2026-01-01, until: 2027-01-01, {TARGETS}}}]}}
  - {{name: new, versions: [{{from: 2026-01-01, {TARGETS}}}]}}
"""
    assert found(tmp_path, settings) == []


def test_pauses_that_name_every_reason_are_found(tmp_path: Path) -> None:
    settings = f"""\
sla:
  - name: standard
    versions:
      - from: 2026-01-01
        {TARGETS}
        pause: [user, vendor, change, problem, approval, other]
"""
    line, severity, message = only(tmp_path, settings)
    assert (line, severity) == (6, "warning") and "every reason" in message


def test_a_gap_between_versions_is_found_while_it_can_be_closed(tmp_path: Path) -> None:
    settings = f"""\
sla:
  - name: standard
    versions:
      - {{from: 2024-01-01, until: 2024-06-01, {TARGETS}}}
      - {{from: 2024-07-01, until: 2026-12-01, {TARGETS}}}
      - {{from: 2027-01-01, {TARGETS}}}
"""
    line, severity, message = only(tmp_path, settings)
    assert (line, severity) == (6, "warning") and "from 2026-12-01 to 2027-01-01" in message


def test_a_group_that_nobody_is_in_is_found_wherever_it_is_named(tmp_path: Path) -> None:
    settings = f"""\
agents: [{{name: Jean DUPONT, group: Support}}]
sla:
  - {{name: mail, when: {{group: [Mail]}}, versions: [{{from: 2026-01-01, {TARGETS}}}]}}
  - {{name: rest, versions: [{{from: 2026-01-01, {TARGETS}}}]}}
ola:
  - {{name: desk, group: "supp*", versions: [{{from: 2026-01-01, targets: {{P1: {{holding: 1h}}}}}}]}}
  - {{name: network, group: Network, versions: [{{from: 2026-01-01, targets: {{P1: {{holding: 1h}}}}}}]}}
"""
    told = found(tmp_path, settings)
    assert [(one.line, one.severity) for one in told] == [(3, "warning"), (7, "warning")]
    assert "“Mail”" in told[0].message and "“Network”" in told[1].message


# Calendars

USED = "sla: [{name: all, versions: [{from: 2026-01-01, calendar: office, " + TARGETS + "}]}]\n"


def test_a_calendar_without_an_hour_is_found(tmp_path: Path) -> None:
    settings = "calendars:\n  office:\n    - from: 2026-01-01\n      hours: 24x7\n      closed: [01-01..12-31]\n" + USED
    line, severity, message = only(tmp_path, settings)
    assert (line, severity) == (2, "error") and "“office” is never open" in message


def test_holidays_are_asked_for_before_they_are_needed(tmp_path: Path) -> None:
    settings = (
        "calendars:\n  office:\n    - from: 2026-01-01\n      hours: {mon-fri: 09:00-17:00}\n      holidays: FR\n"
        + USED
    )
    holidays = "years:\n  2026: {2026-12-25: Noël}\n"
    line, severity, message = only(tmp_path, settings, holidays)
    assert (line, severity) == (5, "error") and "FR in 2027" in message


def test_three_months_before_a_year_begins_its_holidays_may_be_unknown(tmp_path: Path) -> None:
    settings = (
        "calendars:\n  office:\n    - from: 2026-01-01\n      hours: {mon-fri: 09:00-17:00}\n      holidays: FR\n"
        + USED
    )
    holidays = "years:\n  2026: {2026-12-25: Noël}\n"
    assert found(tmp_path, settings, holidays, datetime(2026, 9, 30, 10, tzinfo=NOW.tzinfo)) == []


def test_a_file_of_holidays_that_is_not_there_is_told_once(tmp_path: Path) -> None:
    settings = (
        "calendars:\n  office:\n    - from: 2026-01-01\n      hours: {mon-fri: 09:00-17:00}\n      holidays: FR\n"
        + USED
    )
    line, severity, message = only(tmp_path, settings)
    assert (line, severity) == (5, "error") and "tkt calendar holidays FR" in message


def test_a_calendar_that_nothing_counts_by_needs_no_holidays(tmp_path: Path) -> None:
    settings = (
        "calendars:\n  office:\n    - from: 2026-01-01\n      hours: {mon-fri: 09:00-17:00}\n      holidays: FR\n"
    )
    assert found(tmp_path, settings) == []


def test_a_closed_day_that_closes_nothing_is_found(tmp_path: Path) -> None:
    settings = """\
calendars:
  office:
    - from: 2026-01-01
      hours: 24x7
      closed:
        - 2025-12-25
        - 2026-08-10..2026-08-14
        - 2027-02-01
        - 2026-05-15
      open: {2026-05-15: "09:00-12:00"}
    - {from: 2027-01-01, hours: 24x7}
"""
    told = found(tmp_path, settings)
    assert [(one.line, one.severity) for one in told] == [(6, "warning"), (8, "warning"), (9, "warning")]
