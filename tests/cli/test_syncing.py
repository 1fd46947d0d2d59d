"""`tkt sync` from the front door: what comes in and goes out, which numbers hold, what is said where it cannot be."""

from __future__ import annotations

import shutil
import subprocess
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.cli.clones import Clones, opened
from tests.cli.conftest import Clock, copied
from tests.cli.front_door import FrontDoor, command, surroundings


@pytest.fixture
def clones(founded: Path, tmp_path: Path, clock: Clock) -> Clones:
    """A desk without tickets on a server, and one clone of it; 09:15 on 15 January 2026."""
    clock("2026-01-15T09:15:00+01:00")
    return Clones(tmp_path, founded)


@pytest.fixture
def ana(clones: Clones) -> FrontDoor:
    return clones.clone("ana")


@pytest.fixture
def bob(clones: Clones) -> FrontDoor:
    return clones.clone("bob")


# What comes in and what goes out


def test_what_one_clone_did_comes_into_the_other_and_then_all_is_quiet(ana: FrontDoor, bob: FrontDoor) -> None:
    ana("sync")
    ticket = opened(ana)

    assert f"Out: {ticket}: opened, New - Écran noir" in ana("sync").out
    told = bob("sync").out

    assert f"In: {ticket}: opened, New - Écran noir" in told
    assert bob.git("rev-parse", "HEAD") == ana.git("rev-parse", "HEAD")  # moved up, without a merge
    with ana.untouched():
        assert ana("sync").out == "All is as on origin/main.\n"


def test_two_who_wrote_on_one_ticket_both_stay_in_its_journal(ana: FrontDoor, bob: FrontDoor) -> None:
    ticket = opened(ana)
    ana("sync")
    bob("sync")
    ana("log", ticket, "vu avec Marie")
    bob("log", ticket, "câble changé", "--as", "Zoé LENOIR")
    ana("sync")
    told = bob("sync").out
    ana("sync")

    assert f"In: {ticket}: 1 entry" in told and f"Out: {ticket}: 1 entry" in told
    assert ana.data(ticket) == bob.data(ticket)
    assert {entry["text"] for entry in ana.ticket(ticket)["entries"]} == {"", "vu avec Marie", "câble changé"}
    assert bob("check", "--json").json["errors"] == 0


def test_a_field_that_both_moved_is_told_with_the_way_to_settle_it(ana: FrontDoor, bob: FrontDoor) -> None:
    ticket = opened(ana)
    ana("sync")
    bob("sync")
    ana("assign", ticket, "--to", "Pierre MARTIN")
    bob("assign", ticket, "--to", "Zoé LENOIR")
    ana("sync")

    document = bob("sync", "--json").json

    assert document["unsettled"][0]["id"] == ticket
    assert "assignee" in document["unsettled"][0]["fields"]


def test_a_desk_may_be_a_folder_of_a_repository(founded: Path, tmp_path: Path, clock: Clock) -> None:
    clock("2026-01-15T09:15:00+01:00")
    whole = tmp_path / "whole"
    subprocess.run(["git", "init", "--quiet", str(whole)], check=True)
    shutil.copytree(founded, whole / "support desk", ignore=shutil.ignore_patterns(".git"))
    FrontDoor(whole).commit("a desk in a folder")
    clones = Clones(tmp_path, whole)
    ana, bob = (FrontDoor(clones.clone(name).root / "support desk") for name in ("ana", "bob"))

    mine, theirs = opened(ana), opened(bob)
    assert mine == theirs
    ana("sync")
    told = bob("sync", "--json").json

    assert [one["from"] for one in told["renumbered"]] == [theirs]
    ana("sync")
    assert ana.snapshot()[0] == bob.snapshot()[0]


# Numbers


def test_a_block_of_numbers_is_reserved_given_in_order_and_never_changed(ana: FrontDoor, bob: FrontDoor) -> None:
    assert "Numbers 1 to 20 are reserved" in ana("sync").out
    assert "Numbers 21 to 40 are reserved" in bob("sync").out

    assert [opened(ana), opened(bob), opened(ana)] == ["INC0000001", "INC0000021", "INC0000002"]

    ana("sync")
    assert bob("sync", "--json").json["renumbered"] == []
    assert bob.git("log", "--reverse", "--format=%s", "refs/tkt/origin/numbers").splitlines() == [
        "Reserve 1 to 20",
        "Reserve 21 to 40",
    ]


def test_work_trees_never_give_one_number_twice(tkt: FrontDoor, tmp_path: Path) -> None:
    tkt.git("worktree", "add", "--quiet", "-b", "other", str(tmp_path / "other"))
    other = FrontDoor(tmp_path / "other")
    assert [opened(tkt), opened(other), opened(other, "Souris perdue")] == ["INC0000001", "INC0000002", "INC0000003"]


def test_another_block_is_reserved_when_fewer_than_half_is_left(founded: Path, tmp_path: Path, clock: Clock) -> None:
    clock("2026-01-15T09:15:00+01:00")
    ana = Clones(tmp_path, founded, "number_block: 4").clone("ana")
    ana("sync")
    opened(ana)
    opened(ana)
    assert ana("sync", "--json").json["reserved"] == []
    opened(ana)
    assert [ana("sync", "--json").json["reserved"], opened(ana), opened(ana)] == [
        [{"from": 5, "to": 8}],
        "INC0000004",
        "INC0000005",
    ]


def test_a_clone_in_which_nobody_opens_tickets_uses_up_no_numbers(
    clones: Clones, ana: FrontDoor, bob: FrontDoor
) -> None:
    opened(ana)
    assert "reserved" not in ana("sync", "--no-numbers").err

    assert clones.git("for-each-ref", "refs/tkt") == ""
    bob("sync")
    assert opened(bob) == "INC0000002"


def test_a_desk_that_reserves_none_counts_on(founded: Path, tmp_path: Path, clock: Clock) -> None:
    clock("2026-01-15T09:15:00+01:00")
    clones = Clones(tmp_path, founded, "number_block: 0")
    ana, bob = clones.clone("ana"), clones.clone("bob")
    opened(ana)
    ana("sync")
    bob("sync")
    assert opened(bob) == "INC0000002"
    bob("sync")
    assert clones.git("for-each-ref", "refs/tkt") == ""


def test_the_second_ticket_of_a_number_is_renumbered_with_all_that_hangs_on_it(
    ana: FrontDoor, bob: FrontDoor, tmp_path: Path
) -> None:
    other = opened(ana, "Souris perdue")
    ana("sync")
    bob("sync")
    first = opened(ana, "Imprimante bloquée")
    ana("sync")
    (tmp_path / "capture.png").write_bytes(b"\x89PNG\r\n\x00")
    (bob.root / ".git" / "tkt-numbers").unlink()  # so that Bob's next number is nobody's, as far as he can see
    blind = opened(bob, "Écran noir")
    bob("link", blind, "caused-by", other)
    bob("attach", blind, str(tmp_path / "capture.png"))
    assert blind == first

    answer = bob("sync")
    now = bob.ticket(other)["links"][0]["id"]

    assert f"{blind} is now {now}" in answer.err
    renumbered = bob.ticket(now)
    assert (renumbered["title"], renumbered["aliases"]) == ("Écran noir", [blind])
    assert renumbered["links"] == [{"kind": "caused-by", "id": other}]
    assert bob.ticket(blind)["title"] == "Imprimante bloquée"
    assert (bob.path(now).with_suffix("") / "capture.png").read_bytes() == b"\x89PNG\r\n\x00"
    assert not bob.path(blind).with_suffix("").exists()
    assert bob("check", "--json").json["errors"] == 0
    ana("sync")
    assert ana.snapshot()[0] == bob.snapshot()[0]


def test_a_ticket_is_found_by_the_number_it_had_until_another_bears_it(ana: FrontDoor, bob: FrontDoor) -> None:
    ana("sync")
    blind = opened(bob)  # out of what is Ana's block now, and she has not used it yet
    bob("sync")

    answer = bob("log", blind, "toujours noir")

    assert f"{blind} is now INC0000021" in answer.err.splitlines()[0]
    assert bob("show", "1", "--json").json["ticket"]["id"] == "INC0000021"
    assert "EARLIER NUMBERS: INC0000001" in bob("show", "inc1").out
    assert opened(ana) == blind
    ana("sync")
    bob("sync")
    alive = bob("show", blind, "--json")
    assert alive.json["ticket"]["id"] == blind and alive.err == ""


def test_an_old_number_that_two_tickets_had_is_ambiguous_and_a_warning(tkt: FrontDoor) -> None:
    first, second = opened(tkt, "Écran noir au démarrage"), opened(tkt, "Souris perdue dans le couloir")
    for one in (first, second):
        text = tkt.path(one).read_text(encoding="utf-8").replace("impact:", "aliases: [INC0000099]\nimpact:", 1)
        tkt.path(one).write_text(text, encoding="utf-8")
    tkt.commit("by hand")

    assert "Number 99 is several tickets" in tkt("show", "99", code=4).err
    rules = [one["rule"] for one in tkt("check", "--json", code=0).json["findings"]]
    assert rules.count("duplicate-alias") == 2


def test_a_copied_clone_reserves_numbers_of_its_own(ana: FrontDoor, tmp_path: Path) -> None:
    ana("sync")
    copy = FrontDoor(copied(ana.root, tmp_path / "copy"))
    assert opened(ana) == "INC0000001"
    assert opened(copy) != "INC0000001"


# Races


def test_two_syncs_at_once_both_go_through(ana: FrontDoor, bob: FrontDoor) -> None:
    ana("sync")
    bob("sync")
    opened(ana)
    opened(bob)
    around = surroundings()

    def syncs(tkt: FrontDoor) -> int:
        return subprocess.run(command("sync"), cwd=tkt.root, env=around, capture_output=True).returncode

    with ThreadPoolExecutor(2) as pool:
        assert list(pool.map(syncs, (ana, bob))) == [0, 0]

    ana("sync")
    bob("sync")
    assert ana.snapshot()[0] == bob.snapshot()[0]


def test_who_is_outrun_reads_again_and_goes_on(clones: Clones, ana: FrontDoor, bob: FrontDoor) -> None:
    """Somebody pushes exactly between Ana's fetch and her push."""
    ana("sync")
    bob("sync")
    theirs, mine = opened(bob), opened(ana)
    hook = Path(ana.git("rev-parse", "--path-format=absolute", "--git-path", "hooks/pre-push").strip())
    hook.parent.mkdir(exist_ok=True)
    hook.write_text(f'#!/bin/sh\nrm "$0"\nunset GIT_DIR\ncd "{bob.root}" && git push --quiet origin main\n')
    hook.chmod(0o755)

    document = ana("sync", "--json").json

    assert not hook.exists()
    assert [one["id"] for one in document["in"]] == [theirs]
    assert [one["id"] for one in document["out"]] == [mine]


# Where it cannot be as usual


def test_without_a_remote_it_is_said_how_to_add_one(tkt: FrontDoor) -> None:
    opened(tkt)
    out = tkt("sync").out
    assert "3 commits wait here." in out
    assert "git remote add origin" in out


def test_an_empty_remote_gets_everything_and_is_followed_from_then_on(tkt: FrontDoor, tmp_path: Path) -> None:
    subprocess.run(["git", "init", "--quiet", "--bare", str(tmp_path / "empty.git")], check=True)
    tkt.git("remote", "add", "elsewhere", str(tmp_path / "empty.git"))
    opened(tkt)

    assert "commits pushed to elsewhere/main." in tkt("sync").out

    assert tkt.git("rev-parse", "--abbrev-ref", "main@{upstream}").strip() == "elsewhere/main"
    assert tkt("sync").out == "All is as on elsewhere/main.\n"


def test_offline_it_is_said_what_waits(clones: Clones, ana: FrontDoor) -> None:
    ana("sync")
    ticket = opened(ana)
    clones.shared.rename(clones.folder / "unplugged")
    refusal = ana("sync", code=7).err
    assert "origin" in refusal
    assert f"1 commit waits here, of {ticket}." in refusal


def test_a_protected_branch_gets_a_branch_to_review(clones: Clones, ana: FrontDoor, bob: FrontDoor) -> None:
    clones.hook(
        "update", 'case "$1" in refs/heads/main) echo "GH006: Protected branch update failed" >&2; exit 1;; esac'
    )
    ticket = opened(ana)

    first = ana("sync", "--json").json
    again = ana("sync", "--json").json

    branch = first["review_branch"]
    assert branch.startswith("tkt/jean-dupont-") and again["review_branch"] == branch
    assert (first["waiting"], first["reserved"]) == (1, [{"from": 2, "to": 21}])
    assert clones.git("log", "-1", "--format=%s", branch) == f"{ticket}: new\n"
    assert "Open a pull request from it into main." in ana("sync").out

    ana("log", ticket, "toujours noir")
    ana("sync")
    assert clones.git("rev-parse", branch) == ana.git("rev-parse", "HEAD")


def test_a_server_that_refuses_everything_for_main_gets_a_branch_to_review(clones: Clones, ana: FrontDoor) -> None:
    clones.hook(
        "pre-receive", 'while read old new ref; do test "$ref" != refs/heads/main || { echo no >&2; exit 1; }; done'
    )
    opened(ana)
    document = ana("sync", "--json").json
    assert document["review_branch"]
    assert document["reserved"] == [{"from": 2, "to": 21}]


def test_what_waited_in_review_is_taken_over_and_a_new_branch_begins(clones: Clones, ana: FrontDoor) -> None:
    clones.hook("update", 'case "$1" in refs/heads/main) echo protected >&2; exit 1;; esac')
    opened(ana)
    branch = ana("sync", "--json").json["review_branch"]
    clones.git("update-ref", "refs/heads/main", branch)
    opened(ana)
    assert ana("sync", "--json").json["review_branch"] not in ("", branch, None)


def test_what_a_reviewer_added_to_the_branch_comes_in(clones: Clones, ana: FrontDoor, bob: FrontDoor) -> None:
    clones.hook("update", 'case "$1" in refs/heads/main) echo protected >&2; exit 1;; esac')
    ticket = opened(ana)
    branch = ana("sync", "--json").json["review_branch"]
    bob.git("fetch", "--quiet")
    bob.git("switch", "--quiet", branch)
    bob("log", ticket, "relu")
    bob.git("push", "--quiet")
    ana("log", ticket, "en cours")

    assert ana("sync", "--json").json["review_branch"] == branch

    assert {entry["text"] for entry in ana.ticket(ticket)["entries"]} == {"", "relu", "en cours"}
    assert clones.git("rev-parse", branch) == ana.git("rev-parse", "HEAD")


def test_a_server_that_keeps_no_ledger_gets_the_branch_all_the_same(clones: Clones, ana: FrontDoor) -> None:
    clones.hook("update", 'case "$1" in refs/tkt/*) echo "no such refs here" >&2; exit 1;; esac')
    ticket = opened(ana)

    out = ana("sync").out

    assert "No numbers could be reserved (no such refs here" in out
    assert "1 commit pushed to origin/main." in out
    assert clones.git("log", "-1", "--format=%s", "main") == f"{ticket}: new\n"
    assert "No numbers could be reserved" in ana("sync").out


def test_a_server_that_takes_no_two_refs_at_once_gets_the_branch_alone(clones: Clones, ana: FrontDoor) -> None:
    clones.git("config", "receive.advertiseAtomic", "false")
    opened(ana)
    out = ana("sync").out
    assert "No numbers could be reserved" in out and "1 commit pushed" in out


def test_a_detached_head_is_refused(ana: FrontDoor) -> None:
    ana.git("checkout", "--quiet", "--detach")
    assert "git switch" in ana.refuses("sync", code=7)


def test_a_merge_under_way_is_said_and_left(ana: FrontDoor, bob: FrontDoor) -> None:
    opened(ana)
    ana("sync")
    bob.git("fetch", "--quiet")
    bob.git("merge", "--quiet", "--no-ff", "--no-commit", "origin/main")
    assert "a git merge is under way" in bob.refuses("sync", code=7)


def test_tickets_that_are_not_committed_are_refused(ana: FrontDoor) -> None:
    ticket = opened(ana)
    ana("log", ticket, "sans commit", "--no-commit")
    assert "git commit -- tickets" in ana.refuses("sync", code=3)


def test_a_change_that_only_a_person_can_settle_leaves_all_as_it_was(ana: FrontDoor, bob: FrontDoor) -> None:
    ticket = opened(ana)
    ana("sync")
    bob("sync")
    for tkt, words in ((ana, "Depuis lundi."), (bob, "Depuis mardi.")):
        data = tkt.data(ticket).replace(b"## Journal", f"## Description\n\n{words}\n\n## Journal".encode(), 1)
        tkt.put(ticket, data)
    ana("sync")
    before = bob.git("rev-parse", "HEAD")

    refusal = bob("sync", code=3).err

    assert ticket in refusal and "description" in refusal
    assert "git merge origin/main" in refusal
    assert bob.git("rev-parse", "HEAD") == before
    assert bob.git("status", "--porcelain") == ""


# Merge or rebase


def test_who_rebases_gets_a_straight_history(ana: FrontDoor, bob: FrontDoor) -> None:
    ana("sync")
    bob("sync")
    bob.git("config", "pull.rebase", "true")
    ticket = opened(ana)
    ana("sync")
    bob("sync")
    ana("log", ticket, "vu")
    bob("log", ticket, "revu")
    opened(bob)
    ana("sync")

    assert bob("sync", "--json").json["merged_instead"] is None

    assert bob.git("rev-list", "--merges", "HEAD") == ""
    assert {entry["text"] for entry in bob.ticket(ticket)["entries"]} == {"", "vu", "revu"}
    assert bob("check", "--json").json["errors"] == 0


def test_who_rebases_gets_a_merge_where_a_ticket_was_renumbered_and_is_told(ana: FrontDoor, bob: FrontDoor) -> None:
    opened(ana)
    ana("sync")
    bob.git("config", "pull.rebase", "true")
    opened(bob)
    assert "Merged, though this branch is set to rebase: a ticket was renumbered." in bob("sync").out
