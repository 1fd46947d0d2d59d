"""undo: the last command is taken back while nobody else can have it; what is shared is put right by a new entry."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from tests.cli.front_door import FrontDoor
from tests.cli.test_asking import on_terminal
from tests.torture import reached, scaled


def state(tkt: FrontDoor) -> tuple[object, str, str]:
    """The work files, the index and the commit: all that undoing is to put back."""
    return tkt.snapshot()[0], tkt.git("ls-files", "--stage"), tkt.git("rev-parse", "HEAD")


COMMANDS = (
    ("new", "Écran noir", "-r", "Marie MARTIN"),
    ("log", "1", "Vu\n# avec elle"),
    ("resolve", "1", "2", "--cause", "unknown", "--action", "redémarrage"),
    ("attach", "1", "appel 1234.txt", "-m", "voir"),
    ("link", "1", "related-to", "2"),
    ("edit", "3", "--tag", "vip", "--urgency", "high"),
    ("redact", "5", "--text", "Poste 1234", "--field", "requester.name", "--why", "erreur"),
)


def test_everything_is_as_before_whatever_command_is_taken_back(lives: FrontDoor) -> None:
    (lives.root / "appel 1234.txt").write_text("Poste 1234")
    lives("attach", "5", "appel 1234.txt")
    tried = lost = 0
    for line in COMMANDS * scaled(1, 30):
        before = state(lives)
        lives(*line)
        commit = lives.git("rev-parse", "HEAD").strip()
        assert f"git cherry-pick {commit}" in lives("undo", "--yes").err
        lost += state(lives) != before
        lives.git("cherry-pick", commit)
        lost += lives.git("rev-parse", "HEAD^{tree}") != lives.git("rev-parse", f"{commit}^{{tree}}")
        lives.git("reset", "-q", "--hard", "HEAD^")
        tried += 1
    reached("undo", commands=tried, lost=lost)
    assert not lost
    assert lives("check", "--json").json["errors"] == 0


def test_it_says_exactly_what_goes(lives: FrontDoor) -> None:
    lives("log", "1", "Vu avec elle,\x1b[2J elle rappelle")
    short = lives.git("log", "-1", "--format=%h").strip()

    said = lives("undo", "--yes").err.splitlines()

    assert said[:3] == [
        f"{short} “INC0000001: log” goes, and with it:",
        "  INC0000001: the entry of 2026-01-15 10:00 by Jean DUPONT",
        "    Vu avec elle,\\x1b[2J elle rappelle",
    ]


def test_the_number_of_a_ticket_taken_back_is_not_given_again(tkt: FrontDoor, ticket: str) -> None:
    assert tkt("new", "Écran noir", "-r", "Marie MARTIN").out.strip() == "INC0000002"
    said = tkt("undo", "--yes").err
    assert "tickets/INC0000xxx/INC0000002.md, which was not there before" in said

    assert tkt("new", "Écran noir", "-r", "Marie MARTIN").out.strip() == "INC0000003"


def test_the_last_ticket_is_one_that_is_there(tkt: FrontDoor, ticket: str) -> None:
    tkt("new", "Écran noir", "-r", "Marie MARTIN")
    tkt("undo", "--yes")

    assert tkt.ticket("@")["id"] == ticket


def test_what_else_is_staged_or_changed_stays(lives: FrontDoor) -> None:
    lives("log", "1", "Vu")
    (lives.root / "staged.txt").write_text("one")
    lives.git("add", "staged.txt")
    (lives.root / "people.csv").write_text("name\nZoé\n")
    lives.path("INC0000002").write_text("mine\n")

    lives("undo", "--yes")

    assert lives.git("status", "--porcelain").splitlines() == [
        " M people.csv",
        "A  staged.txt",
        " M tickets/INC0000xxx/INC0000002.md",
    ]
    assert lives.subject() != "INC0000001: log"


def test_in_a_pipe_it_must_be_said(lives: FrontDoor) -> None:
    lives("log", "1", "Vu")

    assert "say --yes" in lives.refuses("undo", code=2)


@pytest.mark.parametrize(("answer", "code"), [("", 130), ("n", 130), ("y", 0)])
def test_on_a_terminal_it_asks_and_no_is_the_default(lives: FrontDoor, answer: str, code: int) -> None:
    lives("log", "1", "Vu avec elle")
    commits = lives.commits()

    said = on_terminal(lives, "undo", answers=[("Take it back? [y/N]:", answer)], code=code).out

    assert "Vu avec elle" in said
    assert lives.commits() == commits - (code == 0)


@pytest.mark.parametrize(
    ("line", "way_out"),
    [
        (("new", "Écran noir", "-r", "Marie MARTIN"), 'tkt cancel INC0000008 --reason error "…"'),
        (("log", "1", "Vu"), 'tkt log INC0000001 "…"'),
        (("resolve", "1", "--cause", "unknown", "--action", "redémarrage"), 'tkt reopen INC0000001 "…"'),
        (("hold", "3", "--reason", "user"), "tkt resume INC0000003"),
        (("resume", "4"), "tkt hold INC0000004 --reason …"),
        (("reopen", "5", "encore"), "tkt resolve INC0000005 --cause … --action …"),
        (("assign", "3", "--to", "Pierre"), "tkt assign INC0000003 --to 'Jean DUPONT'"),
        (("edit", "1", "--title", "Autre"), "tkt edit INC0000001 --title 'Imprimante bloquée (new)' \"…\""),
        (("edit", "1", "--tag", "vip"), 'tkt edit INC0000001 --untag vip "…"'),
    ],
)
def test_what_was_pushed_is_put_right_by_the_command_that_is_named(
    lives: FrontDoor, tmp_path: Path, line: tuple[str, ...], way_out: str
) -> None:
    subprocess.run(["git", "init", "-q", "--bare", str(tmp_path / "origin")], check=True)
    lives.git("remote", "add", "origin", str(tmp_path / "origin"))
    lives(*line)
    lives.git("push", "-q", "origin", "HEAD:main")

    said = lives.refuses("undo", "--yes", code=3)

    assert "is in origin/main too" in said
    assert said.rstrip().endswith(way_out)


def test_what_others_may_hold_is_not_taken_back(lives: FrontDoor) -> None:
    lives("log", "1", "Vu")
    lives.git("tag", "v1")
    assert "tags/v1" in lives.refuses("undo", "--yes", code=3)
    lives.git("tag", "-d", "v1")

    lives.git("branch", "other")
    assert "is in other too" in lives.refuses("undo", "--yes", code=3)


def test_somebody_elses_command_is_not_ones_own(lives: FrontDoor) -> None:
    lives("log", "1", "Vu")
    lives.git("config", "user.email", "pierre.martin@entreprise.fr")

    said = lives.refuses("undo", "--yes", code=3)

    assert "Jean DUPONT <jean.dupont@entreprise.fr>'s" in said
    assert 'tkt log INC0000001 "…"' in said


def test_only_the_newest_commit_and_only_of_tkt(lives: FrontDoor) -> None:
    lives("log", "1", "Vu")
    (lives.root / "x").write_text("x")
    lives.commit("by hand")

    assert "“by hand” was not made by a tkt command" in lives.refuses("undo", "--yes", code=3)


def test_a_commit_that_was_amended_with_more_is_gits(lives: FrontDoor) -> None:
    lives("log", "1", "Vu")
    (lives.root / "x").write_text("x")
    lives.git("add", "x")
    lives.git("commit", "-q", "--amend", "--no-edit")

    assert "holds x" in lives.refuses("undo", "--yes", code=3)


def test_a_merge_and_a_first_commit_are_not_taken_back(lives: FrontDoor) -> None:
    lives.git("switch", "-qc", "side")
    lives("log", "1", "Vu")
    lives.git("switch", "-q", "main")
    lives("log", "2", "Vu")
    lives.git("merge", "-q", "--no-edit", "side")
    assert "is a merge" in lives.refuses("undo", "--yes", code=3)

    tree = lives.git("rev-parse", "HEAD^{tree}").strip()
    first = lives.git("commit-tree", tree, "-m", "INC0000001: new\n\nTicket: INC0000001").strip()
    lives.git("reset", "-q", "--hard", first)
    assert "the first of all" in lives.refuses("undo", "--yes", code=3)


def test_a_file_that_changed_since_is_not_lost(lives: FrontDoor) -> None:
    lives("log", "1", "Vu")
    lives.path("INC0000001").write_bytes(lives.data("INC0000001") + b"\nplus\n")

    assert "INC0000001.md has changed since" in lives.refuses("undo", "--yes", code=3)


def test_nothing_is_undone_during_an_operation_of_gits(lives: FrontDoor) -> None:
    lives("log", "1", "Vu")
    lives.git("bisect", "start")

    assert "git bisect" in lives.refuses("undo", "--yes", code=7)


def test_a_desk_that_makes_no_commits_has_nothing_to_undo(lives: FrontDoor) -> None:
    lives.setting("commit: false")

    assert "make no commit" in lives.refuses("undo", "--yes", code=3)


def test_a_refused_branch_move_leaves_everything_as_it_was(lives: FrontDoor) -> None:
    lives("log", "1", "Vu")
    lives.hook("reference-transaction", '[ "$1" = prepared ] && exit 1\nexit 0')

    with lives.untouched():
        assert "aborted by hook" in lives("undo", "--yes", code=7).err


@pytest.mark.parametrize("moment", ["prepared", "committed"])
def test_killed_while_the_branch_moves_it_is_done_or_not_begun(lives: FrontDoor, moment: str) -> None:
    before = state(lives)
    lives("log", "1", "Vu")
    after = state(lives)
    # Under git and its hook, the process that started both is ours.
    kill = 'kill -9 "$(ps -o ppid= -p "$PPID" | tr -d " ")"'
    lives.hook("reference-transaction", f'[ "$1" = {moment} ] && {kill}\nexit 0')

    lives.process("undo", "--yes", code=-9)
    (lives.root / ".git" / "hooks" / "reference-transaction").unlink()
    lives("log", "2", "Vu")
    lives("undo", "--yes")

    assert state(lives) in (before, after)
