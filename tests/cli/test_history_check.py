"""check --history: every commit of a range is held against its parents, and what went wrong is named with its place."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Clock, copied
from tests.cli.front_door import SOURCE, FrontDoor
from tkt.git.drivers import driver_arguments

ID = "INC0000001"
PATH = f"tickets/INC0000xxx/{ID}.md"
NEXT_DAY = "2026-01-16T10:00:00+01:00"


def found(tkt: FrontDoor, *words: str, code: int = 1) -> list[dict[str, Any]]:
    """The findings of a check of history."""
    listed: list[dict[str, Any]] = tkt("check", "--history", *words, "--json", code=code).json["findings"]
    return listed


def rules(tkt: FrontDoor, *words: str, code: int = 1) -> list[str]:
    return [one["rule"] for one in found(tkt, *words, code=code)]


def commit_at(tkt: FrontDoor, at: str, subject: str = "by hand", **more: str) -> str:
    """Everything in the folder, committed by hand at an instant; the commit's short name."""
    environment = {**os.environ, "GIT_AUTHOR_DATE": at, "GIT_COMMITTER_DATE": at, **more}
    subprocess.run(["git", "add", "--all"], cwd=tkt.root, check=True)
    subprocess.run(
        ["git", "commit", "--quiet", "--no-verify", "-m", subject], cwd=tkt.root, check=True, env=environment
    )
    return tkt.git("rev-parse", "--short", "HEAD").strip()


def replaced(tkt: FrontDoor, old: str, new: str, ticket_id: str = ID) -> None:
    """The ticket's file with one stretch of it altered, as an editor would."""
    text = tkt.data(ticket_id).decode()
    assert old in text
    tkt.path(ticket_id).write_bytes(text.replace(old, new, 1).encode())


def line_of(tkt: FrontDoor, start: str, commit: str = "HEAD", path: str = PATH) -> int:
    """The first line that begins so, in a commit's version of the file."""
    lines = tkt.git("show", f"{commit}:{path}").splitlines()
    return next(number for number, line in enumerate(lines, 1) if line.startswith(start))


@pytest.fixture(autouse=True)
def importable(monkeypatch: pytest.MonkeyPatch) -> None:
    """What git starts finds the tkt under test, as it would find an installed one."""
    monkeypatch.setenv("PYTHONPATH", str(SOURCE))


@pytest.fixture
def worked(tkt: FrontDoor, ticket: str, clock: Clock) -> FrontDoor:
    """A ticket that was opened at 09:15, logged at 09:30 and started at 10:00."""
    clock("2026-01-15T09:30:00+01:00")
    tkt("log", ticket, "Appel de Marie : rien ne part.")
    clock("2026-01-15T10:00:00+01:00")
    tkt("start", ticket)
    return tkt


def test_what_the_verbs_write_is_proven(lives: FrontDoor, clock: Clock, tmp_path: Path) -> None:
    (tmp_path / "capture.txt").write_text("550 5.7.1\n", encoding="utf-8")
    clock("2026-01-15T11:00:00+01:00")
    lives("log", "1", "Dit par Marie.", "--as", "Marie MARTIN")
    lives("log", "1", "Dit par un autre.", "--as", "Luc PETIT <luc@example.org>")
    lives("log", "2", "Vu à 10 h.", "--at", "10:00", "--late", "panne du réseau")
    lives("attach", "1", str(tmp_path / "capture.txt"))
    lives("link", "1", "related-to", "2")
    lives("edit", "1", "--asset", "PC-7", "--tag", "vip", "--impact", "high")
    lives("edit", "1", "--untag", "vip", "--asset", "")
    lives("assign", "1", "2", "--to", "Pierre MARTIN")
    lives("reopen", "5", "Ça recommence.")
    lives("new", "Écran noir au démarrage", "-r", "Paul DURAND", "--to", "Jean DUPONT", "--link", "related-to:1")

    answer = lives("check", "--history", "--strict")

    assert answer.out == ""
    assert re.fullmatch(r"0 errors, 0 warnings in \d+ commits\n", answer.err)


def test_an_entry_altered_by_amending_a_later_commit_is_named(worked: FrontDoor) -> None:
    replaced(worked, "rien ne part", "tout va bien")
    worked.git("add", "--all")
    worked.git("commit", "--quiet", "--amend", "--no-edit")

    (one,) = found(worked)

    assert (one["rule"], one["severity"], one["path"]) == ("entry-altered", "error", PATH)
    assert one["commit"] == worked.git("rev-parse", "--short", "HEAD").strip()
    assert one["line"] == line_of(worked, "### 2026-01-15T09:30:00")
    assert "2026-01-15T09:30:00+01:00" in one["message"]
    (text,) = worked("check", "--history", code=1).lines
    assert text.startswith(f"{one['commit']}:{PATH}:{one['line']}: error: ")


def test_an_entry_taken_out_is_named_where_it_stood(worked: FrontDoor) -> None:
    start = worked.data(ID).decode().index("### 2026-01-15T09:30:00")
    end = worked.data(ID).decode().index("### 2026-01-15T10:00:00")
    replaced(worked, worked.data(ID).decode()[start:end], "")
    commit = commit_at(worked, NEXT_DAY)

    (one,) = found(worked)

    assert (one["rule"], one["commit"]) == ("entry-lost", commit)
    assert one["line"] == line_of(worked, "### 2026-01-15T10:00:00")
    assert "Jean DUPONT" in one["message"]


def test_entries_that_change_places_are_named(worked: FrontDoor) -> None:
    text = worked.data(ID).decode()
    first, second, third = re.split(r"(?m)^(?=### )", text)[1:]
    worked.path(ID).write_text(text.replace(first + second + third, first + third + "\n" + second.rstrip("\n") + "\n"))
    commit_at(worked, NEXT_DAY)

    (one,) = found(worked)

    assert one["rule"] == "entry-order"
    assert one["line"] in (line_of(worked, "### 2026-01-15T09:30:00"), line_of(worked, "### 2026-01-15T10:00:00"))


def test_a_silent_edit_of_the_snapshot_is_named_by_its_line(worked: FrontDoor) -> None:
    replaced(worked, "state: in_progress", "state: closed")
    replaced(worked, "title: Outlook 365", "title: Outlook 2016")
    commit = commit_at(worked, NEXT_DAY)

    told = {one["rule"]: one for one in found(worked)}

    assert set(told) == {"snapshot", "silent-change"}
    assert told["snapshot"]["line"] == line_of(worked, "state:")
    assert told["silent-change"]["line"] == line_of(worked, "title:")
    assert {one["commit"] for one in told.values()} == {commit}


def test_putting_the_snapshot_right_by_hand_is_no_fault(worked: FrontDoor) -> None:
    replaced(worked, "state: in_progress", "state: closed")
    bad = commit_at(worked, NEXT_DAY)
    replaced(worked, "state: closed", "state: in_progress")
    commit_at(worked, NEXT_DAY)

    assert [one["commit"] for one in found(worked)] == [bad]
    assert found(worked, f"{bad}..HEAD", code=0) == []


def test_a_false_author_is_named(worked: FrontDoor) -> None:
    entry = "\n### 2026-01-15T10:05:00+01:00 · Pierre MARTIN · N2\n\nTout est réglé.\n"
    worked.path(ID).write_bytes(worked.data(ID) + entry.encode())
    commit = commit_at(worked, "2026-01-15T10:06:00+01:00")

    (one,) = found(worked)

    assert (one["rule"], one["commit"]) == ("author", commit)
    assert one["line"] == line_of(worked, "### 2026-01-15T10:05:00")
    assert "Pierre MARTIN" in one["message"] and "Jean DUPONT" in one["message"]


def test_a_commit_may_say_whose_entry_it_holds(worked: FrontDoor) -> None:
    entry = "\n### 2026-01-15T10:05:00+01:00 · Pierre MARTIN · N2\n\nTout est réglé.\n"
    worked.path(ID).write_bytes(worked.data(ID) + entry.encode())
    commit_at(worked, "2026-01-15T10:06:00+01:00", "note\n\nEntry-By: Pierre MARTIN <pierre.martin@entreprise.fr>")

    assert found(worked, code=0) == []


def test_an_agent_may_commit_under_another_name_with_the_desk_s_address(worked: FrontDoor) -> None:
    entry = "\n### 2026-01-15T10:05:00+01:00 · Pierre MARTIN · N2\n\nTout est réglé.\n"
    worked.path(ID).write_bytes(worked.data(ID) + entry.encode())
    commit_at(
        worked,
        "2026-01-15T10:06:00+01:00",
        GIT_AUTHOR_NAME="pmartin",
        GIT_AUTHOR_EMAIL="Pierre.Martin@entreprise.fr",
    )

    assert found(worked, code=0) == []


@pytest.mark.parametrize(
    ("at", "word"), [("2031-01-15T10:00:00+01:00", "later"), ("2026-01-15T10:01:00+01:00", "older")]
)
def test_a_wild_date_is_named(worked: FrontDoor, at: str, word: str) -> None:
    worked.path(ID).write_bytes(worked.data(ID) + f"\n### {at} · Jean DUPONT · N1\n\nÀ une autre heure.\n".encode())
    commit = commit_at(worked, NEXT_DAY)

    (one,) = found(worked)

    assert (one["rule"], one["commit"], one["line"]) == ("time", commit, line_of(worked, f"### {at}"))
    assert word in one["message"]


def test_entries_of_the_day_committed_by_hand_only_warn_where_commits_are_left_to_people(worked: FrontDoor) -> None:
    worked.setting("commit: false")
    at = "2026-01-15T10:01:00+01:00"
    worked.path(ID).write_bytes(worked.data(ID) + f"\n### {at} · Jean DUPONT · N1\n\nLe matin.\n".encode())
    commit_at(worked, "2026-01-15T18:00:00+01:00")

    assert [(one["rule"], one["severity"]) for one in found(worked, code=0)] == [("time", "warning")]


def test_a_merge_that_drops_one_side_is_named(worked: FrontDoor, clock: Clock) -> None:
    worked.git("switch", "--quiet", "-c", "side")
    clock("2026-01-15T10:10:00+01:00")
    worked("log", ID, "Vu du côté.")
    worked("new", "Écran noir au démarrage", "-r", "Paul DURAND")
    worked.git("switch", "--quiet", "main")
    clock("2026-01-15T10:20:00+01:00")
    worked("log", ID, "Vu d'ici.")
    worked.git("merge", "--quiet", "-s", "ours", "-m", "merge", "side")
    merge = worked.git("rev-parse", "--short", "HEAD").strip()

    told = found(worked)

    assert {(one["rule"], one["commit"], one["path"]) for one in told} == {
        ("entry-lost", merge, PATH),
        ("ticket-lost", merge, "tickets/INC0000xxx/INC0000002.md"),
    }


def test_an_honest_merge_is_proven_and_its_snapshot_must_be_what_both_sides_say(
    worked: FrontDoor, clock: Clock
) -> None:
    base = worked.data(ID)
    worked.git("switch", "--quiet", "-c", "side")
    clock("2026-01-15T10:10:00+01:00")
    worked("hold", ID, "--reason", "user", "En attente de Marie.")
    side = worked.data(ID)
    worked.git("switch", "--quiet", "main")
    clock("2026-01-15T10:20:00+01:00")
    worked("log", ID, "Vu d'ici.")
    ours = worked.data(ID).removeprefix(base)
    worked.git("merge", "--quiet", "--no-commit", "-s", "ours", "side")
    worked.path(ID).write_bytes(side + ours)
    commit_at(worked, "2026-01-15T10:30:00+01:00", "merge")
    assert found(worked, code=0) == []

    replaced(worked, "state: pending", "state: in_progress")
    worked.git("commit", "--quiet", "--amend", "--all", "--no-edit")

    (one,) = found(worked)
    assert (one["rule"], one["line"]) == ("snapshot", line_of(worked, "state:"))


def test_a_ticket_that_vanishes_is_named_and_a_renumbered_one_is_not(worked: FrontDoor) -> None:
    worked.path(ID).unlink()
    commit = commit_at(worked, NEXT_DAY)
    assert [(one["rule"], one["commit"], one["path"]) for one in found(worked)] == [("ticket-lost", commit, PATH)]

    worked.git("reset", "--quiet", "--hard", "HEAD~1")
    text = worked.data(ID).decode().replace(f"id: {ID}", "id: INC0000009\naliases: [INC0000001]")
    moved = text + f"\n### {NEXT_DAY} · Jean DUPONT · N1\n\n- aliases: +{ID}\n"
    worked.path(ID).unlink()
    worked.path("INC0000009").write_text(moved, encoding="utf-8")
    commit_at(worked, NEXT_DAY)
    assert found(worked, code=0) == []

    worked.path("INC0000009").write_text(moved.replace(f"- aliases: +{ID}\n", "Renuméroté.\n"), encoding="utf-8")
    worked.git("commit", "--quiet", "--amend", "--all", "--no-edit")
    assert "number" in rules(worked)


@pytest.mark.parametrize("data", [b"", b"rien", b"---\n<<<<<<< HEAD\n---\n", b"\xff\xfe\x00"])
def test_an_emptied_or_unreadable_ticket_is_named(worked: FrontDoor, data: bytes) -> None:
    worked.path(ID).write_bytes(data)
    commit = commit_at(worked, NEXT_DAY)

    assert [(one["rule"], one["commit"], one["path"]) for one in found(worked)] == [("unreadable", commit, PATH)]


def test_an_identity_that_changes_is_named(worked: FrontDoor) -> None:
    replaced(worked, "opened_at: 2026-01-15T09:15:00", "opened_at: 2026-01-15T09:45:00")
    uid = re.search(r"(?m)^uid: (\S+)$", worked.data(ID).decode())
    assert uid
    replaced(worked, f"uid: {uid[1]}", "uid: 0123456789")
    commit_at(worked, NEXT_DAY)

    assert sorted((one["rule"], one["line"]) for one in found(worked)) == sorted(
        ("identity", line_of(worked, key)) for key in ("uid:", "opened_at:")
    )


def test_an_entry_put_back_from_history_needs_no_other_author_or_time(worked: FrontDoor) -> None:
    before = worked.data(ID)
    start = before.decode().index("### 2026-01-15T09:30:00")
    end = before.decode().index("### 2026-01-15T10:00:00")
    replaced(worked, before.decode()[start:end], "")
    bad = commit_at(worked, NEXT_DAY)
    worked.path(ID).write_bytes(before)
    commit_at(worked, "2026-02-20T10:00:00+01:00", GIT_AUTHOR_NAME="Pierre MARTIN", GIT_AUTHOR_EMAIL="p@example.org")

    assert [one["commit"] for one in found(worked)] == [bad]
    assert found(worked, f"{bad}..HEAD", code=0) == []


def test_a_hand_made_change_of_a_section_is_a_warning(worked: FrontDoor) -> None:
    replaced(worked, "\n## Journal", "\n## Notes\n\nÀ voir.\n\n## Journal")
    commit_at(worked, NEXT_DAY)

    (one,) = found(worked, code=0)

    assert (one["rule"], one["severity"], one["line"]) == ("edited", "warning", line_of(worked, "## Notes"))
    worked("check", "--history", "--strict", code=1)


def test_rebasing_keeps_what_is_proven(worked: FrontDoor, clock: Clock) -> None:
    worked.git("switch", "--quiet", "-c", "side")
    clock("2026-01-15T10:10:00+01:00")
    worked("new", "Écran noir au démarrage", "-r", "Paul DURAND")
    worked.git("switch", "--quiet", "main")
    clock("2026-01-15T10:20:00+01:00")
    worked("log", ID, "Vu d'ici.")
    worked.git("rebase", "--quiet", "main", "side")

    assert found(worked, code=0) == []


@pytest.mark.parametrize("range", ["--all", "--output=x", "nowhere..HEAD", "HEAD~99"])
def test_what_is_no_range_is_refused(worked: FrontDoor, range: str) -> None:
    worked.refuses("check", "--history", "--", range, code=2 if range.startswith("-") else 4)
    assert not (worked.root / "x").exists()


@pytest.mark.parametrize(
    "words",
    [("--since-last",), ("--require-signed",), ("--history", "--staged"), ("--history", "--since-last", "HEAD"),
     ("--staged", "tickets"), ("--repair", "--history", "1")],
)  # fmt: skip
def test_options_that_do_not_go_together_are_refused(worked: FrontDoor, words: tuple[str, ...]) -> None:
    worked.refuses("check", *words, code=2)


def test_a_repository_without_a_commit_has_nothing_to_prove(repository: Path) -> None:
    (repository / "tkt.yaml").touch()

    assert FrontDoor(repository)("check", "--history").err == "0 errors, 0 warnings in 0 commits\n"
    assert FrontDoor(repository)("check", "--history", "--since-last").err == "0 errors, 0 warnings in 0 commits\n"


def test_since_last_does_only_the_rest_and_only_after_a_clean_run(worked: FrontDoor, clock: Clock) -> None:
    def looked_at(code: int = 0) -> int:
        told = re.search(r"in (\d+) commit", worked("check", "--history", "--since-last", code=code).err)
        assert told
        return int(told[1])

    assert looked_at() == worked.commits()
    assert looked_at() == 0
    clock("2026-01-15T10:30:00+01:00")
    worked("log", ID, "Encore.")
    assert looked_at() == 1

    replaced(worked, "state: in_progress", "state: closed")
    commit_at(worked, NEXT_DAY)
    assert looked_at(code=1) == 1
    assert looked_at(code=1) == 1

    worked.git("reset", "--quiet", "--hard", "HEAD~3")
    assert looked_at() == worked.commits()
    worked.git("switch", "--quiet", "-c", "side")
    assert looked_at() == worked.commits()


def test_a_past_that_does_not_hold_may_be_left_behind(worked: FrontDoor, clock: Clock) -> None:
    replaced(worked, "state: in_progress", "state: closed")
    bad = commit_at(worked, NEXT_DAY)
    replaced(worked, "state: closed", "state: in_progress")
    commit_at(worked, NEXT_DAY)

    assert "1 commit" in worked("check", "--history", "--since-last", f"^{bad}").err
    assert "0 commits" in worked("check", "--history", "--since-last", f"^{bad}").err
    worked("check", "--history", "--since-last", code=1)


def test_findings_come_in_the_order_of_the_commits(worked: FrontDoor) -> None:
    worked.path(ID).write_bytes(
        worked.data(ID) + b"\n### 2031-01-15T10:00:00+01:00 \xc2\xb7 Jean DUPONT \xc2\xb7 N1\n\nTard.\n"
    )
    first = commit_at(worked, NEXT_DAY)
    replaced(worked, "state: in_progress", "state: closed")
    second = commit_at(worked, NEXT_DAY)

    assert [one["commit"] for one in found(worked)] == [first, second]


def test_a_shallow_clone_says_what_it_cannot_prove(worked: FrontDoor, tmp_path: Path) -> None:
    clone = FrontDoor(tmp_path / "clone")
    subprocess.run(["git", "clone", "-q", "--depth=2", worked.root.as_uri(), clone.root], check=True)

    (one,) = found(clone, code=0)

    assert (one["rule"], one["severity"], one["path"]) == ("unproven", "warning", None)
    assert one["commit"] == clone.git("rev-parse", "--short", "HEAD~1").strip()
    assert "git fetch --unshallow" in one["mend"]
    assert "unshallow" in clone.refuses("check", "--history", "HEAD~9..HEAD", code=4)
    first = clone("check", "--history", "--since-last").err
    assert clone("check", "--history", "--since-last").err == first, "what is not proven is not remembered"

    clone.git("fetch", "--quiet", "--unshallow")
    assert found(clone, code=0) == []


def test_a_version_that_is_not_there_is_never_taken_for_proven(worked: FrontDoor) -> None:
    worked.git("config", "gc.auto", "0")
    for pack in (worked.root / ".git" / "objects" / "pack").glob("*.pack"):
        kept = pack.rename(worked.root / pack.name)
        pack.with_suffix(".idx").unlink()
        with kept.open("rb") as stream:
            subprocess.run(["git", "unpack-objects", "-q"], cwd=worked.root, stdin=stream, check=True)
        kept.unlink()
    blob = worked.git("rev-parse", f"HEAD~1:{PATH}").strip()
    (worked.root / ".git" / "objects" / blob[:2] / blob[2:]).unlink()

    told = found(worked, code=0)

    assert {one["rule"] for one in told} == {"unproven"}
    assert {one["commit"] for one in told} == {
        worked.git("rev-parse", "--short", commit).strip() for commit in ("HEAD", "HEAD~1")
    }


def test_a_partial_clone_fetches_what_it_lacks_and_names_what_it_cannot_fetch(
    worked: FrontDoor, tmp_path: Path
) -> None:
    worked.git("config", "uploadpack.allowFilter", "true")
    clone = FrontDoor(tmp_path / "clone")
    subprocess.run(["git", "clone", "-q", "--filter=blob:none", worked.root.as_uri(), clone.root], check=True)
    away = worked.root.rename(tmp_path / "away")

    told = found(clone, code=0)

    assert {one["rule"] for one in told} == {"unproven"}
    assert len({one["commit"] for one in told}) == 3, "the newest version is there, and proves nothing alone"
    away.rename(worked.root)
    assert found(clone, code=0) == []


def test_replacing_objects_and_grafts_hide_nothing(worked: FrontDoor) -> None:
    replaced(worked, "state: in_progress", "state: closed")
    commit_at(worked, NEXT_DAY)
    worked.git("replace", "HEAD", "HEAD~1")
    (worked.root / ".git" / "info").mkdir(exist_ok=True)
    (worked.root / ".git" / "info" / "grafts").write_text(worked.git("rev-parse", "HEAD"), encoding="utf-8")

    assert rules(worked) == ["snapshot"]


def test_a_desk_in_a_folder_is_proven_by_itself_and_a_bare_repository_whole(
    founded: Path, repository: Path, clock: Clock, tmp_path: Path
) -> None:
    clock("2026-01-15T09:15:00+01:00")
    for name in ("one", "two"):
        desk = copied(founded, repository / name)
        shutil.rmtree(desk / ".git")
    whole = FrontDoor(repository)
    whole.commit("two desks")
    one, two = FrontDoor(repository / "one"), FrontDoor(repository / "two")
    for desk in (one, two):
        desk("new", "Écran noir au démarrage", "-r", "Paul DURAND")
    replaced(two, "priority: P3", "priority: P1")
    commit_at(whole, NEXT_DAY)

    assert found(one, code=0) == []
    assert [finding["path"] for finding in found(two)] == [f"two/{PATH}"]
    assert [finding["path"] for finding in found(whole)] == [f"two/{PATH}"]
    subprocess.run(["git", "clone", "-q", "--bare", str(repository), str(tmp_path / "bare.git")], check=True)
    assert [finding["path"] for finding in found(FrontDoor(tmp_path / "bare.git"))] == [f"two/{PATH}"]


def merged(tkt: FrontDoor, branch: str) -> None:
    """A branch merged with the driver, as `git merge` calls it in a clone that is set up."""
    tkt.git(*driver_arguments(), "merge", "--quiet", "--no-edit", branch)


def test_what_the_merge_driver_makes_of_two_sides_is_proven(worked: FrontDoor, clock: Clock) -> None:
    worked.git("switch", "--quiet", "-c", "side")
    clock("2026-01-15T10:10:00+01:00")
    worked("hold", ID, "--reason", "user", "En attente de Marie.")
    worked("edit", ID, "--tag", "vip", "--asset", "PC-1")
    worked("link", ID, "related-to", worked("new", "Écran noir au démarrage", "-r", "Paul DURAND").out.strip())
    worked.git("switch", "--quiet", "main")
    clock("2026-01-15T10:05:00+01:00")
    worked("assign", ID, "--to", "Pierre MARTIN")
    worked("edit", ID, "--asset", "PC-2")
    worked("resolve", ID, "--cause", "unknown", "--action", "redémarrage")
    merged(worked, "side")
    clock("2026-01-15T10:30:00+01:00")
    worked("log", ID, "Et la suite.")

    assert found(worked, code=0) == []

    worked.git("reset", "--quiet", "--hard", "HEAD~2")
    worked.git(*driver_arguments(), "rebase", "--quiet", "side", "main")
    assert found(worked, code=0) == []


def test_a_redaction_is_the_one_alteration_that_is_proven(worked: FrontDoor, clock: Clock) -> None:
    clock("2026-01-15T10:10:00+01:00")
    worked("edit", ID, "--phone", "Poste 4321")
    worked("log", ID, "Marie rappelle du Poste 4321.")
    worked.git("branch", "side")
    clock("2026-01-15T10:20:00+01:00")
    worked("redact", ID, "--field", "phone", "--text", "Poste 4321", "--why", "à sa demande")
    assert b"Poste 4321" not in worked.data(ID)
    assert found(worked, code=0) == []

    worked.git("switch", "--quiet", "side")
    worked("log", ID, "Vu.")
    merged(worked, "main")
    assert [one for one in found(worked, code=0) if one["severity"] == "error"] == []


def test_what_a_command_took_back_and_what_a_repair_put_right_is_proven(worked: FrontDoor, clock: Clock) -> None:
    clock("2026-01-15T10:10:00+01:00")
    worked("log", ID, "De trop.")
    worked("undo", "--yes")
    assert found(worked, code=0) == []

    worked.git("switch", "--quiet", "-c", "side")
    worked("log", ID, "Vu du côté.")
    worked("edit", ID, "--asset", "PC-1")
    worked.git("switch", "--quiet", "main")
    clock("2026-01-15T10:20:00+01:00")
    worked("log", ID, "Vu d'ici.")
    merge = worked.git("rev-parse", "HEAD").strip()
    worked.git("merge", "--quiet", "-s", "ours", "-m", "merge", "side")
    bad = worked.git("rev-parse", "--short", "HEAD").strip()
    assert {one["commit"] for one in found(worked, f"{merge}..HEAD")} == {bad}
    clock("2026-01-20T10:20:00+01:00")
    worked("check", "--repair", ID)
    assert found(worked, f"{bad}..HEAD", code=0) == []


def landed_with_marks(worked: FrontDoor, clock: Clock) -> str:
    """A merge without the driver whose marks somebody committed; its commit."""
    worked.git("switch", "--quiet", "-c", "side")
    clock("2026-01-15T10:10:00+01:00")
    worked("log", ID, "Vu du côté.")
    worked.git("switch", "--quiet", "main")
    clock("2026-01-15T10:20:00+01:00")
    worked("log", ID, "Vu d'ici.")
    plainly = ("-c", "merge.tkt.driver=git merge-file %A %O %B")
    subprocess.run(["git", *plainly, "merge", "--quiet", "side"], cwd=worked.root, capture_output=True)
    assert "<<<<<<< " in worked.path(ID).read_text(encoding="utf-8")
    worked.commit("landed all the same")
    return worked.git("rev-parse", "--short", "HEAD").strip()


def test_of_marks_that_landed_the_merge_is_named_and_not_the_repair(worked: FrontDoor, clock: Clock) -> None:
    bad = landed_with_marks(worked, clock)
    clock("2026-01-15T10:30:00+01:00")
    worked("check", "--repair", ID)
    assert [(one["commit"], one["rule"]) for one in found(worked)] == [(bad, "conflict-marker")]


@pytest.mark.parametrize("gone", ["Vu du côté.", "Vu d'ici."])
def test_an_entry_that_went_with_the_marks_is_named(worked: FrontDoor, clock: Clock, gone: str) -> None:
    bad = landed_with_marks(worked, clock)
    path = worked.path(ID)
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    kept = "Vu d'ici." if gone == "Vu du côté." else "Vu du côté."
    opening, parting, closing = (
        next(number for number, line in enumerate(lines) if line.startswith(mark))
        for mark in ("<<<<<<< ", "=======", ">>>>>>> ")
    )
    side = lines[opening + 1 : parting] if kept in "".join(lines[opening:parting]) else lines[parting + 1 : closing]
    path.write_text("".join([*lines[:opening], *side, *lines[closing + 1 :]]), encoding="utf-8")
    worked.commit("one side taken")
    told = found(worked, f"{bad}..HEAD")
    assert any(one["rule"] == "entry-lost" for one in told), told
