"""As of a moment, at a commit: what a command prints of the past is what it printed then."""

from __future__ import annotations

import json
import shutil
from collections import Counter
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from tests.cli.conftest import IN_STATE, Clock, copied
from tests.cli.front_door import FrontDoor
from tests.torture import counting, reached, scaled

START = datetime.fromisoformat("2026-01-29T16:00:00+01:00")
LOOKS = (
    ("kpi", "--month", "this", "--by", "group", "--json"),
    ("kpi", "--all", "--format", "csv"),
    ("list", "--all", "--json"),
    ("sla", "status", "--all", "--json"),
    ("dashboard",),
    ("queue", "--json"),
    ("flow", "--all", "--json"),
    ("handover", "--json"),
)
MOVES = (
    ("new", "Écran noir", "-r", "Marie MARTIN", "--tag", "neuf"),
    ("start", "1"),
    ("hold", "1", "--reason", "user", "à rappeler"),
    ("hold", "1", "--reason", "vendor", "--until", "2026-02-03"),
    ("resume", "1", "rappelé"),
    ("resolve", "1", "--cause", "unknown", "--action", "redémarrage"),
    ("reopen", "1", "revenu"),
    ("close", "1"),
    ("cancel", "1", "--reason", "error", "saisi deux fois"),
    ("assign", "1", "--to", "Pierre MARTIN"),
    ("escalate", "1", "--to", "N3", "trop dur"),
    ("edit", "1", "--title", "Autre chose"),
    ("edit", "1", "--urgency", "high", "-m", "pressé"),
    ("edit", "1", "--urgency", "low", "-m", "moins pressé"),
    ("edit", "1", "--category", "Messagerie > Outlook > Calendrier"),
    ("edit", "1", "--tag", "vip"),
    ("rate", "1", "5"),
    ("log", "1", "rien de neuf"),
)
OFFICE = """\
format: 1
language: en
timezone: Europe/Paris
calendars: {office: [{from: 2026-01-01, holidays: FR, hours: {mon-fri: ["09:00-17:00"]}}]}
sla: [{name: s, versions: [{from: 2026-01-01, calendar: office, targets: {P3: {response: 5m, resolution: 15m}}}]}]
"""
# How long nothing happens, how long after the move somebody looks, and the move.
STEP = st.tuples(st.integers(1, 40_000), st.integers(0, 30_000), st.sampled_from(MOVES))


def looks(tkt: FrontDoor, *more: str) -> list[str]:
    """What the commands print that may be looked back with; members of sets have no order."""
    return [_in_order(tkt(*look, *more).out) for look in LOOKS]


def _in_order(printed: str) -> str:
    if not printed.startswith("{"):
        return printed
    return json.dumps(json.loads(printed, object_hook=_with_tags_in_order))


def _with_tags_in_order(found: dict[str, Any]) -> dict[str, Any]:
    return {**found, "tags": sorted(found["tags"])} if "tags" in found else found


def test_as_of_a_moment_every_command_prints_what_it_printed_then(founded: Path, tmp_path: Path, clock: Clock) -> None:
    """But for what is backdated, which nobody knew then: these histories hold none of that."""
    tried = Counter[str]()

    # Without making a history that fails smaller, which takes minutes of commands.
    @settings(max_examples=scaled(2, 60), phases=(Phase.explicit, Phase.reuse, Phase.generate))
    @given(st.lists(STEP, min_size=2, max_size=scaled(3, 12)))
    def holds(steps: list[tuple[int, int, tuple[str, ...]]]) -> None:
        tkt = FrontDoor(copied(founded, tmp_path / f"desk{tried['histories']}"))
        tried["histories"] += 1
        now, printed = START, dict[str, list[str]]()
        clock(now.isoformat())
        tkt("new", "Imprimante", "-r", "Marie MARTIN", "--no-commit")
        for wait, rest, move in steps:
            now += timedelta(seconds=wait)
            clock(now.isoformat())
            tkt.tries(*move, "--no-commit")  # a move that the ticket's state does not allow changes nothing
            now += timedelta(seconds=rest)
            clock(now.isoformat())
            printed[now.isoformat()] = looks(tkt)
            now += timedelta(seconds=1)
        clock((now + timedelta(days=20)).isoformat())
        for moment, then in printed.items():
            tried["moments"] += 1
            with counting(tried, "disagreements"):
                assert looks(tkt, "--as-of", moment) == then
        shutil.rmtree(tkt.root)

    try:
        holds()
    finally:
        reached(
            "as-of",
            histories=tried["histories"],
            moments=tried["moments"],
            commands=len(LOOKS) * tried["moments"],
            disagreements=tried["disagreements"],
        )


def test_a_day_counts_up_to_its_end(lives: FrontDoor, clock: Clock) -> None:
    clock("2026-01-15T23:59:59+01:00")
    then = looks(lives)
    clock("2026-01-16T00:00:00+01:00")
    lives("new", "Le lendemain", "-r", "Marie MARTIN")
    lives("start", IN_STATE["new"])
    clock("2026-03-01T09:00:00+01:00")

    assert looks(lives, "--as-of", "2026-01-15") == then
    assert looks(lives, "--as-of", "2026-01-16") != then


def test_what_is_backdated_stands_as_of_then_and_is_not_in_the_commit_of_then(lives: FrontDoor, clock: Clock) -> None:
    known = lives("kpi", "--json").json["kpi"]["resolved"]["value"]
    commit = lives.git("rev-parse", "HEAD").strip()
    moment = "2026-01-15T10:00:00+01:00"
    clock("2026-01-16T09:00:00+01:00")
    resolve = ("resolve", IN_STATE["in_progress"], "--cause", "unknown", "--action", "fait")
    lives(*resolve, "--at", "2026-01-15T09:45", "--late", "réseau coupé")

    def resolved(*options: str) -> int:
        value: int = lives("kpi", *options, "--json").json["kpi"]["resolved"]["value"]
        return value

    assert resolved("--as-of", moment) == known + 1
    assert resolved("--at-commit", commit) == known
    assert resolved("--at-commit", commit, "--as-of", moment) == known


def test_a_commit_gives_what_was_printed_when_it_was_made(lives: FrontDoor, clock: Clock) -> None:
    """Tickets, settings and holidays are as committed, however they were changed, spoilt or taken out since."""
    printed: dict[str, list[str]] = {}
    looking = (("kpi", "--json"), ("dashboard",), ("list", "imprimante", "--all", "--json"), ("export",))

    def look(*more: str) -> list[str]:
        return [lives(*one, *more).out for one in looking]

    def keep() -> None:
        printed[lives.git("rev-parse", "HEAD").strip()] = look()

    keep()
    lives("resolve", IN_STATE["in_progress"], "--cause", "unknown", "--action", "fait")
    keep()
    lives("calendar", "holidays", "FR", "2026..2027")
    for text in (OFFICE, OFFICE.replace("15m", "10m"), OFFICE.replace("Paris", "London")):
        (lives.root / "tkt.yaml").write_text(text)
        lives.commit("settings")
        keep()
    lives.path(IN_STATE["resolved"]).unlink()
    lives.put(IN_STATE["closed"], b"nothing that is a ticket")
    (lives.root / "holidays" / "FR.yaml").write_text("spoilt: [")
    (lives.root / "tkt.yaml").write_text("format: 1\n")

    assert len({tuple(one) for one in printed.values()}) == len(printed)
    assert {commit: look("--at-commit", commit) for commit in printed} == printed


def test_the_moment_of_a_commit_is_its_own_unless_one_is_given(
    lives: FrontDoor, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GIT_COMMITTER_DATE", "2026-01-20T07:30:00+00:00")
    lives.git("commit", "--quiet", "--allow-empty", "-m", "later")
    monkeypatch.delenv("TKT_NOW")

    def period(*options: str) -> str:
        end: str = lives("kpi", *options, "--json").json["period"]["to"]
        return end

    assert period("--at-commit", "HEAD") == "2026-01-20T08:30:00+01:00"
    assert period("--at-commit", "HEAD", "--now", "2026-01-21T09:00") == "2026-01-21T09:00:00+01:00"
    assert period("--at-commit", "HEAD", "--as-of", "2026-01-19") == "2026-01-19T23:59:59+01:00"
    assert "has not come" in lives.refuses("kpi", "--at-commit", "HEAD", "--as-of", "2026-01-21", code=2)


@pytest.mark.parametrize("command", ["kpi", "dashboard"])
@pytest.mark.parametrize("revision", ["nothing", "--all", "-n1", "HEAD:tickets", "HEAD~99", "", "main..HEAD", "@{1y}x"])
def test_what_names_no_commit_is_refused(lives: FrontDoor, command: str, revision: str) -> None:
    assert "is no commit of this repository" in lives.refuses(command, f"--at-commit={revision}", code=4)


def test_a_commit_without_the_desk_is_refused(lives: FrontDoor) -> None:
    lives.git("checkout", "--quiet", "--orphan", "other")
    lives.git("commit", "--quiet", "--allow-empty", "-m", "with all")
    lives.git("rm", "--quiet", "tkt.yaml")
    lives.git("commit", "--quiet", "-m", "without")
    lives.git("checkout", "--quiet", "main")

    assert "there is no desk: it has no tkt.yaml" in lives.refuses("kpi", "--at-commit", "other", code=4)


def test_settings_that_were_broken_then_are_told_with_their_commit(lives: FrontDoor) -> None:
    good = (lives.root / "tkt.yaml").read_text()
    lives.setting("timezone: Nowhere/Land")
    commit = lives.git("rev-parse", "HEAD").strip()
    (lives.root / "tkt.yaml").write_text(good)

    said = lives.tries("kpi", "--at-commit", commit)
    assert said.code == 5 and f"{commit[:10]}:tkt.yaml" in said.err


@pytest.mark.parametrize("command", [("kpi",), ("list",), ("sla", "status"), ("sla", "check"), ("dashboard",)])
def test_what_has_not_come_is_refused(lives: FrontDoor, command: tuple[str, ...]) -> None:
    assert "has not come" in lives.refuses(*command, "--as-of", "2026-01-16", code=2)
    assert "is no moment" in lives.refuses(*command, "--as-of", "hier", code=2)


@pytest.mark.parametrize(
    "write", [("new", "x", "-r", "y"), ("log", "1", "x"), ("start", "1"), ("seal", "2025-12"), ("sla", "enforce")]
)
def test_nothing_is_written_in_the_past(lives: FrontDoor, write: tuple[str, ...]) -> None:
    with lives.untouched():
        assert "--as-of" in lives(*write, "--as-of", "2026-01-15", code=2).err


def test_a_ticket_is_explained_as_it_stood(lives: FrontDoor, clock: Clock) -> None:
    one = IN_STATE["in_progress"]
    then = lives("sla", "explain", one, "--json").out.splitlines()
    clock("2026-01-16T09:00:00+01:00")
    lives("edit", one, "--urgency", "high")
    lives("resolve", one, "--cause", "unknown", "--action", "fait")

    again = lives("sla", "explain", one, "--as-of", "2026-01-15T10:00", "--json").out.splitlines()
    # Where an entry stands is said of the file as it lies there.
    assert [line for line in zip(then, again, strict=True) if len(set(line)) > 1 and '"line"' not in line[0]] == []
    assert "was not there yet" in lives.refuses("sla", "explain", one, "--as-of", "2026-01-14", code=4)


def test_a_breach_of_then_is_found_then(lives: FrontDoor, clock: Clock) -> None:
    clock("2026-01-16T12:00:00+01:00")
    found = lives("sla", "check", code=1).out
    clock("2026-01-16T12:00:01+01:00")
    for state in ("new", "assigned", "in_progress", "pending"):
        lives("cancel", IN_STATE[state], "--reason", "spam", "rien à faire")
    clock("2026-02-01T12:00:00+01:00")

    lives("sla", "check")
    assert lives("sla", "check", "--as-of", "2026-01-16T12:00", code=1).out == found
    assert lives("sla", "check", "--as-of", "2026-01-15T10:00").out == ""


def test_watching_is_of_the_present(lives: FrontDoor, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tkt.cli.sla.watching.draws_screens", lambda: True)

    assert "does not go with --as-of" in lives.refuses("sla", "status", "--watch", "--as-of", "2026-01-15", code=2)
