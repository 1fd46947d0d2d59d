"""The desk to play with: always the same, free of errors, with something of everything; built where nothing is."""

from __future__ import annotations

import os
from datetime import datetime
from pathlib import Path

import pytest

from tests.cli.front_door import FrontDoor
from tests.demo.conftest import build
from tkt.demo.course import CET
from tkt.desk.checking import check
from tkt.desk.desk import Desk
from tkt.domain.ticket import Ticket
from tkt.service_level.verdict import read_clocks
from tkt.wiring import open_desk

EVENING = datetime(2026, 1, 30, 18, tzinfo=CET)
COURSE = Path("tickets", "INC0012xxx", "INC0012345.md")
ROOT = Path(__file__).parent.parent.parent


def desk_at(root: Path, now: datetime) -> Desk:
    return open_desk(root, lambda zone: (now, True), commit=False)


@pytest.fixture(scope="module")
def tickets(built: Path) -> list[Ticket]:
    return list(desk_at(built, EVENING).tickets())


def files(root: Path) -> dict[str, bytes]:
    return {str(path.relative_to(root)): path.read_bytes() for path in sorted(root.rglob("*")) if path.is_file()}


@pytest.mark.slow
def test_two_demonstrations_are_the_same_to_the_byte(built: Path, tmp_path: Path) -> None:
    assert files(build(tmp_path / "again")) == files(built)


@pytest.mark.slow
@pytest.mark.parametrize("now", [EVENING, datetime(2031, 6, 1, tzinfo=CET)], ids=["that evening", "years later"])
def test_nothing_in_it_breaks_a_rule_and_little_could_be_better(built: Path, now: datetime) -> None:
    findings = check(desk_at(built, now)).findings
    assert [finding for finding in findings if finding.severity == "error"] == []
    assert {"vague-title", "no-description"} <= {finding.rule for finding in findings}
    assert len(findings) <= 8


@pytest.mark.slow
def test_it_holds_the_courses_ticket_as_the_projects_root_does(built: Path) -> None:
    assert (built / COURSE).read_bytes() == (ROOT / COURSE).read_bytes()


@pytest.mark.slow
def test_it_holds_the_ticket_of_exercise_1_with_what_is_to_do(tickets: list[Ticket]) -> None:
    title = "Word 365 - Plantage ouverture documents volumineux avec images"
    word = next(ticket for ticket in tickets if ticket.title == title)
    assert (word.state, word.priority, word.get("category")) == (
        "new",
        "P3",
        "Bureautique > Microsoft Office > Word",
    )
    assert word.description.startswith("L'utilisateur rencontre des plantages systématiques de Microsoft Word\n")
    assert word.actions.splitlines() == [
        "- [ ] Vérifier version Office et mises à jour",
        "- [ ] Tester en mode sans échec (winword /safe)",
        "- [ ] Vérifier les add-ins installés",
        "- [ ] Réparer installation Office si nécessaire",
    ]


@pytest.mark.slow
def test_numbers_follow_the_order_in_which_tickets_were_opened(tickets: list[Ticket]) -> None:
    by_number = sorted(tickets, key=lambda ticket: int(ticket.id[3:]))
    assert [ticket.opened_at for ticket in by_number] == sorted(ticket.opened_at for ticket in tickets)
    assert len({ticket.get("uid") for ticket in tickets}) == len(tickets)


@pytest.mark.slow
def test_the_month_has_something_of_everything(tickets: list[Ticket]) -> None:
    assert 140 <= len(tickets) <= 180
    assert {ticket.type for ticket in tickets} == {"incident", "request", "problem", "change"}
    assert {ticket.priority for ticket in tickets} == {"P1", "P2", "P3", "P4"}
    assert {ticket.state for ticket in tickets} >= {"new", "in_progress", "pending", "closed", "cancelled"}
    assert {ticket.level for ticket in tickets} == {"N1", "N2", "N3"}
    tops = {ticket.get("category").partition(" > ")[0] for ticket in tickets}
    assert tops > {"Messagerie", "Poste de travail", "Réseau", "Applications"}
    moved = {(change.old, change.new) for ticket in tickets for e in ticket.entries for change in e.field_changes()}
    assert moved >= {("resolved", "in_progress"), ("new", "cancelled"), ("in_progress", "pending")}
    assert {mark for ticket in tickets if (mark := ticket.last_of("rating"))}


@pytest.mark.slow
def test_some_promises_are_broken_and_most_are_kept(built: Path, tickets: list[Ticket]) -> None:
    agreements = desk_at(built, EVENING).agreements
    clocks = [read_clocks(ticket, agreements, EVENING) for ticket in tickets]
    broken = sum(one.resolution.verdict == "breached" for one in clocks)
    assert 0 < broken < len(tickets) / 10


@pytest.fixture
def quick_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    """A demonstration for a test need not survive a power cut."""
    monkeypatch.setattr(os, "fsync", lambda _descriptor: None)


@pytest.mark.slow
def test_each_move_of_the_courses_ticket_is_a_commit_and_each_day_in_a_repository_of_its_own(
    repository: Path, quick_disk: None
) -> None:
    tkt = FrontDoor(repository)
    assert tkt("demo", "desk").out == f"{repository / 'desk'}\n"
    desk = FrontDoor(repository / "desk")
    subjects = desk.git("log", "--reverse", "--format=%s").splitlines()
    assert [subject for subject in subjects if subject.startswith("INC0012345")] == [
        "INC0012345: new",
        "INC0012345: new → in_progress",
        "INC0012345: escalate",
        "INC0012345: log",
        "INC0012345: log",
        "INC0012345: in_progress → resolved",
        "INC0012345: resolved → closed",
    ]
    assert sum(subject.startswith("tkt demo: the tickets of 2026-01-") for subject in subjects) == 21
    assert FrontDoor(repository / "desk")("check", "--history", "--strict").out == "", "and all of it is proven"
    assert set(desk.git("log", "--format=%an").splitlines()) == {"Jean DUPONT"}
    assert desk.git("status", "--porcelain") == ""
    assert desk("show", "@", "--json").json["ticket"]["id"] == "INC0012345"
    assert tkt.git("rev-list", "--all") == ""


@pytest.mark.slow
def test_without_commits_there_is_no_repository(tmp_path: Path, quick_disk: None) -> None:
    FrontDoor(tmp_path)("demo", "desk", "--no-commit")
    assert (tmp_path / "desk" / COURSE).is_file()
    assert not (tmp_path / "desk" / ".git").exists()


@pytest.mark.parametrize("name", ["tkt.yaml", "notes.txt"])
def test_it_is_built_nowhere_where_something_is(tmp_path: Path, name: str) -> None:
    (tmp_path / "desk").mkdir()
    (tmp_path / "desk" / name).write_text("", encoding="utf-8")
    assert "name a folder" in FrontDoor(tmp_path).refuses("demo", "desk", code=3)


def test_it_is_not_built_on_a_file(tmp_path: Path) -> None:
    (tmp_path / "desk").write_text("", encoding="utf-8")
    FrontDoor(tmp_path).refuses("demo", "desk", code=3)


def test_without_an_identity_nothing_is_built_and_the_next_try_may(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", "/dev/null")
    monkeypatch.setenv("GIT_CONFIG_COUNT", "1")
    monkeypatch.setenv("GIT_CONFIG_KEY_0", "user.useConfigOnly")
    monkeypatch.setenv("GIT_CONFIG_VALUE_0", "true")
    FrontDoor(tmp_path)("demo", "desk", code=7)
    assert not (tmp_path / "desk").exists()
