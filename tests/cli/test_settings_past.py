"""`tkt check` and the past of the settings: what had come into force stays, or its version says why not."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.cli.conftest import Clock
from tests.cli.front_door import FrontDoor

SETTINGS = """\
format: 1
language: en
timezone: Europe/Paris
calendars:
  office:
    - from: 2026-01-01
      hours: {mon-fri: 09:00-17:00}
      holidays: FR
      closed: [2026-02-02]
sla:
  - name: vip
    when: {tags: [vip]}
    versions:
      - from: 2026-01-01
        targets: {P1: {response: 10m, resolution: 2h}}
  - name: standard
    versions:
      - from: 2026-01-01
        calendar: office
        targets: {P1: {response: 15m, resolution: 4h}, P3: {response: 2h, resolution: 24h}}
        pause: [user, vendor]
        warn_at: 80%
ola:
  - name: desk
    level: N1
    versions:
      - {from: 2026-01-01, targets: {P1: {holding: 1h}}}
"""
HOLIDAYS = "region: FR\nyears:\n  2026: {2026-01-01: Jour de l'an, 2026-05-01: Fête du travail}\n"
Commit = Callable[..., None]


@pytest.fixture
def commit(tkt: FrontDoor, clock: Clock, monkeypatch: pytest.MonkeyPatch) -> Commit:
    """Commits the settings as changed by (old, new) pairs, on a day; behind it comes the desk's clock."""

    def on(day: str, *changes: tuple[str, str], file: str = "tkt.yaml") -> None:
        path = tkt.root / file
        text = path.read_text(encoding="utf-8")
        for old, new in changes:
            assert old in text
            text = text.replace(old, new, 1)
        path.write_text(text, encoding="utf-8")
        monkeypatch.setenv("GIT_COMMITTER_DATE", f"{day}T10:00:00+01:00")
        tkt.commit(f"settings of {day}")
        clock(f"{day}T12:00:00+01:00")

    return on


@pytest.fixture
def past(tkt: FrontDoor, commit: Commit) -> Callable[[], list[tuple[str, int, str]]]:
    """A desk with those settings and a ticket since January; called, what a check finds in the past of its settings."""
    (tkt.root / "tkt.yaml").write_text(SETTINGS, encoding="utf-8")
    (tkt.root / "holidays").mkdir()
    (tkt.root / "holidays" / "FR.yaml").write_text(HOLIDAYS, encoding="utf-8")
    commit("2026-01-10")
    tkt("new", "Outlook 365 - Impossible d'envoyer", "-r", "Marie MARTIN")

    def found() -> list[tuple[str, int, str]]:
        findings: list[dict[str, Any]] = tkt.tries("check", "--json").json["findings"]
        return [(one["path"], one["line"], one["message"]) for one in findings if one["rule"] == "past-settings"]

    return found


Past = Callable[[], list[tuple[str, int, str]]]
TARGET = ("P1: {response: 15m, resolution: 4h}", "P1: {response: 15m, resolution: 8h}")


def test_a_promise_that_tickets_were_judged_by_is_not_edited(tkt: FrontDoor, past: Past, commit: Commit) -> None:
    kept = tkt.git("rev-parse", "--short", "HEAD").strip()
    commit("2026-03-01", TARGET)

    ((path, line, message),) = past()

    assert (path, line) == ("tkt.yaml", 18)
    assert "the policy “standard”, version from 2026-01-01: targets changed" in message
    assert f"commit {kept} last had it otherwise" in message
    answer = tkt("check", code=1)
    assert "Put it back and add a version" in answer.out and "corrected: WHY" in answer.out


def test_an_edit_is_found_before_it_is_committed(tkt: FrontDoor, past: Past) -> None:
    path = tkt.root / "tkt.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace(*TARGET), encoding="utf-8")
    assert tkt.git("rev-parse", "--short", "HEAD").strip() in past()[0][2]


def test_who_puts_it_back_is_done(past: Past, commit: Commit) -> None:
    commit("2026-03-01", TARGET)
    commit("2026-03-02", TARGET[::-1])
    assert past() == []


def test_who_says_why_is_done_until_it_is_edited_again(past: Past, commit: Commit) -> None:
    commit("2026-03-01", TARGET, ("warn_at: 80%", "warn_at: 80%\n        corrected: a slip, 8h was agreed"))
    assert past() == []
    commit("2026-03-05", ("resolution: 8h", "resolution: 9h"))
    assert len(past()) == 1, "the reason was given for another edit"
    commit("2026-03-05", ("a slip, 8h was agreed", "9h was agreed in March"))
    assert past() == []


HELD = [
    (("pause: [user, vendor]", "pause: [user]"), "pause changed"),
    (("warn_at: 80%", "warn_at: 70%"), "warn_at changed"),
    (("        calendar: office\n", ""), "calendar changed"),
    (("when: {tags: [vip]}", "when: {tags: [boss]}"), "the policy “vip”: “when”"),
    (
        ("        targets: {P1: {response: 10m", "        until: 2026-02-01\n        targets: {P1: {response: 10m"),
        "“until”",
    ),
    (("from: 2026-01-01\n        calendar", "from: 2026-02-01\n        calendar"), "version from 2026-01-01: gone"),
    (("hours: {mon-fri: 09:00-17:00}", "hours: {mon-fri: 08:00-17:00}"), "the calendar “office”"),
    (("closed: [2026-02-02]", "closed: []"), "the calendar “office”"),
    (("closed: [2026-02-02]", "closed: [2026-02-02, 2026-02-03]"), "the calendar “office”"),
    (("timezone: Europe/Paris", "timezone: America/New_York"), "the calendar “office”"),
    (("{P1: {holding: 1h}}", "{P1: {holding: 2h}}"), "the OLA “desk”"),
]
FREE = [
    ("sla:\n", "# what we promise\nsla:\n"),
    ("pause: [user, vendor]", "pause:\n          - vendor\n          - user"),
    ("resolution: 4h}", "resolution: 240m}"),
    ("closed: [2026-02-02]", "closed: [2026-02-02 Inventory, 2026-12-24]"),
    ("timezone: Europe/Paris", "timezone: Europe/Paris\nagents: [{name: Jean DUPONT}]"),
    (
        "    versions:\n      - from: 2026-01-01\n        targets",
        "    versions:\n      - from: 2026-01-01\n        until: 2026-06-01\n        targets",
    ),
    (
        "        warn_at: 80%\n",
        "        warn_at: 80%\n      - {from: 2026-03-02, targets: {P1: {resolution: 1h}}}\n",
    ),
    (
        "        warn_at: 80%\n",
        "        warn_at: 80%\n      - {from: 2026-03-01, targets: {P1: {resolution: 1h}}}\n",
    ),
    (
        "  - name: vip",
        "  - {name: new, versions: [{from: 2026-04-01, targets: {P1: {resolution: 1h}}}]}\n  - name: vip",
    ),
    ("closed: [2026-02-02]", "closed: [2026-02-02]\n    - {from: 2026-04-01, hours: 24x7}"),
]


def test_whatever_judges_is_held(tkt: FrontDoor, past: Past, clock: Clock) -> None:
    clock("2026-03-01T12:00:00+01:00")
    for (old, new), named in HELD:
        assert old in SETTINGS
        (tkt.root / "tkt.yaml").write_text(SETTINGS.replace(old, new, 1), encoding="utf-8")
        assert any(named in message for _path, _line, message in past()), (new, past())


def test_the_future_and_the_form_are_free(tkt: FrontDoor, past: Past, clock: Clock) -> None:
    clock("2026-03-01T12:00:00+01:00")
    for old, new in FREE:
        assert old in SETTINGS
        (tkt.root / "tkt.yaml").write_text(SETTINGS.replace(old, new, 1), encoding="utf-8")
        assert past() == [], new


def test_what_was_put_in_for_days_that_had_passed_is_found(past: Past, commit: Commit) -> None:
    new = "  - {name: new, versions: [{from: 2026-02-01, targets: {P1: {resolution: 1h}}}]}\n"
    commit("2026-03-01", ("  - name: vip", f"{new}  - name: vip"))
    ((_path, line, message),) = past()
    assert line == 11 and "the policy “new”, version from 2026-02-01: put in when that day had passed" in message


def test_a_version_that_is_to_come_may_change_until_it_does(past: Past, commit: Commit) -> None:
    later = "        warn_at: 80%\n      - {from: 2026-04-01, targets: {P1: {resolution: 1h}}}\n"
    commit("2026-03-01", ("        warn_at: 80%\n", later))
    commit("2026-03-31", ("resolution: 1h", "resolution: 2h"))
    assert past() == []
    commit("2026-04-02", ("resolution: 2h", "resolution: 3h"))
    assert len(past()) == 1


def test_the_order_of_policies_in_force_is_held(tkt: FrontDoor, past: Past, commit: Commit) -> None:
    vip, standard, ola = (SETTINGS.index(text) for text in ("  - name: vip", "  - name: standard", "ola:\n"))
    turned = SETTINGS[:vip] + SETTINGS[standard:ola] + SETTINGS[vip:standard] + SETTINGS[ola:]
    commit("2026-03-01", (SETTINGS, turned))
    assert ["another order" in message for _path, _line, message in past()] == [True]


def test_holidays_that_have_passed_are_held_and_others_are_not(past: Past, commit: Commit) -> None:
    file = "holidays/FR.yaml"
    commit("2026-03-01", ("2026-05-01: Fête du travail}", "2026-05-08: Victoire}\n  2027: {2027-01-01: x}"), file=file)
    assert past() == [], "of days to come, and names, one may think again"
    commit("2026-03-02", ("2026-01-01: Jour de l'an, ", ""), file=file)
    ((path, _line, message),) = past()
    assert path == file and "holidays no more" in message
    commit("2026-03-02", ("region: FR", "region: FR\ncorrected: the office was open"), file=file)
    assert past() == []


def test_what_was_tried_out_before_the_first_ticket_is_nobodys_past(tkt: FrontDoor, commit: Commit) -> None:
    (tkt.root / "tkt.yaml").write_text(SETTINGS.replace("      holidays: FR\n", ""), encoding="utf-8")
    commit("2026-01-10")
    commit("2026-01-11", TARGET)
    assert tkt("check").out == ""


def test_who_sets_a_desk_up_is_told_of_no_past_before_it_is_committed(tkt: FrontDoor) -> None:
    (tkt.root / "tkt.yaml").write_text(SETTINGS.replace("      holidays: FR\n", ""), encoding="utf-8")
    assert tkt("check", "--json").json["findings"] == []


def test_a_branch_that_had_not_heard_of_a_version_makes_it_no_edit(tkt: FrontDoor, past: Past, commit: Commit) -> None:
    """Two clones' settings part and are merged: neither rewrote what the other had."""
    later = "        warn_at: 80%\n      - {from: 2026-02-01, targets: {P1: {resolution: 1h}}}\n"
    tkt.git("switch", "--quiet", "--create", "stale")
    tkt.git("switch", "--quiet", "main")
    commit("2026-01-20", ("        warn_at: 80%\n", later))
    tkt.git("switch", "--quiet", "stale")
    commit("2026-02-10", ("hours: {mon-fri: 09:00-17:00}", "hours: {mon-fri: 09:00-17:00}  # as agreed"))
    commit("2026-02-11", ("closed: [2026-02-02]", "closed: [2026-02-02, 2026-12-24]"))
    tkt.git("switch", "--quiet", "main")
    tkt.git("merge", "--quiet", "--no-edit", "stale")
    assert past() == []


def test_paths_that_are_named_are_all_that_is_checked(tkt: FrontDoor, past: Past, commit: Commit) -> None:
    commit("2026-03-01", TARGET)
    assert "past" not in tkt("check", "tickets").out


def test_a_file_of_holidays_that_cannot_be_read_is_told_and_stops_nothing(tkt: FrontDoor, past: Past) -> None:
    path = tkt.root / "holidays" / "FR.yaml"
    path.write_text("years: [\n", encoding="utf-8")
    assert "holidays/FR.yaml:" in tkt("check", code=1).out
    path.unlink()
    path.mkdir()
    assert "FR.yaml" in tkt("check", code=1).out
    assert past() == []


def test_settings_of_the_past_that_cannot_be_read_are_passed_over(past: Past, commit: Commit) -> None:
    commit("2026-02-01", ("sla:\n", "slo:\n"))
    commit("2026-02-02", ("slo:\n", "sla:\n"))
    assert past() == []


def test_outside_git_there_is_no_past(elsewhere: FrontDoor) -> None:
    (elsewhere.root / "tkt.yaml").write_text("commit: false\n", encoding="utf-8")
    (elsewhere.root / "tickets").mkdir()
    assert elsewhere("check").out == ""
