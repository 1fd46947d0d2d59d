"""Commands cut short at the worst moment, with real hooks: the next one finishes or undoes what they left."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from tests.cli.conftest import IN_STATE
from tests.cli.front_door import FrontDoor
from tkt.git.recorder import GitRecorder
from tkt.store.desk_folder import ticket_path
from tkt.store.intent import FileIntent, Intent, IntentPlace, digest, put_down

TICKET = IN_STATE["in_progress"]
OTHER = IN_STATE["assigned"]
# In a hook: the process of tkt, which started the git that runs the hook.
TKT = "$(ps -o ppid= -p $PPID)"


def killed(desk: FrontDoor, *command: str, then: str = "", hook: str = "pre-commit") -> None:
    """Have tkt killed while git runs a hook, which goes on to `then`."""
    desk.hook(hook, f"kill -9 {TKT}\n{then}")
    desk.process(*command, code=-9)
    shutil.rmtree(desk.root / ".git" / "hooks")


def is_whole(desk: FrontDoor) -> None:
    """Nothing left of ours, nothing for a person to do."""
    assert desk.git("status", "--porcelain", "--untracked-files=all") == ""
    assert desk("check", "--json").json["errors"] == 0
    assert not list(desk.root.rglob("*tkt-write*"))


def test_where_git_failed_after_tkt_died_the_next_command_undoes_it(lives: FrontDoor) -> None:
    before = lives.data(TICKET), lives.commits()
    killed(lives, "log", TICKET, "Perdu ?", then="exit 1")
    assert lives.data(TICKET) != before[0]

    answer = lives("log", OTHER, "La suivante.")

    assert f"{TICKET}: `tkt log` (process " in answer.err and "is undone" in answer.err
    assert (lives.data(TICKET), lives.commits()) == (before[0], before[1] + 1)
    is_whole(lives)


def test_where_git_committed_after_tkt_died_nothing_is_lost(lives: FrontDoor) -> None:
    killed(lives, "log", TICKET, "Gardé.")

    answer = lives("log", TICKET, "La suivante.")

    assert f"{TICKET}: `tkt log` (process " in answer.err and "nothing is lost" in answer.err
    assert [entry["text"] for entry in lives.ticket(TICKET)["entries"][-2:]] == ["Gardé.", "La suivante."]
    is_whole(lives)


def test_a_command_that_reads_heals_too_and_says_so_once(lives: FrontDoor) -> None:
    killed(lives, "new", "Écran noir", "-r", "Marie MARTIN", then="kill -9 $PPID")
    (lives.root / ".git" / "index.lock").unlink()

    assert "is undone" in lives("list").err
    assert lives("list").err == ""
    is_whole(lives)


def test_while_a_hook_lives_on_one_can_read_and_a_write_waits_for_it(
    lives: FrontDoor, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    os.mkfifo(tmp_path / "gate")
    killed(lives, "log", TICKET, "En route.", then=f"read word <'{tmp_path / 'gate'}'")

    assert lives("show", TICKET).err == ""
    with monkeypatch.context() as patch:
        patch.setattr("tkt.desk.turns.LOCK_PATIENCE", 0.05)
        told = lives("log", OTHER, "Trop tôt.", code=6).err
    assert "which `tkt log` (process " in told and "kill " in told
    (tmp_path / "gate").write_text("go\n", encoding="utf-8")
    answer = lives("log", OTHER, "À temps.")

    assert "nothing is lost" in answer.err
    assert lives.last_entry(TICKET)["text"] == "En route."
    is_whole(lives)


def test_gits_own_lock_is_a_persons_to_remove(lives: FrontDoor, monkeypatch: pytest.MonkeyPatch) -> None:
    killed(lives, "new", "Écran noir", "-r", "Marie MARTIN", then="kill -9 $PPID")
    lock = lives.root / ".git" / "index.lock"
    assert lock.exists()

    read = lives("list")
    assert "index.lock" in read.err and "INC0000001" in read.out
    monkeypatch.setitem(GitRecorder.__init__.__kwdefaults__, "index_patience", 0.05)
    assert "remove that file" in lives("log", OTHER, "Pas encore.", code=6).err
    assert lock.exists()
    lock.unlink()
    assert "INC0000008: `tkt new`" in lives("log", OTHER, "Maintenant.").err
    is_whole(lives)


def test_what_a_person_did_since_is_left_alone_and_named(lives: FrontDoor) -> None:
    killed(lives, "resolve", TICKET, OTHER, "--cause", "unknown", "--action", "x", then="kill -9 $PPID")
    (lives.root / ".git" / "index.lock").unlink()
    by_hand = lives.data(TICKET) + b"\nby hand\n"
    lives.path(TICKET).write_bytes(by_hand)

    said = lives("list").err

    name = lives.path(TICKET).relative_to(lives.root).as_posix()
    assert "is undone" in said and f"left as it is: {name}" in said
    assert lives.data(TICKET) == by_hand
    assert lives.git("status", "--porcelain") == f" M {name}\n"


def test_each_work_tree_heals_its_own(lives: FrontDoor, tmp_path: Path) -> None:
    lives.git("worktree", "add", "-q", "-b", "side", str(tmp_path / "side"))
    side = FrontDoor(tmp_path / "side")
    lives.hook("pre-commit", f"kill -9 {TKT}; exit 1")
    side.process("log", TICKET, "Perdu.", code=-9)
    shutil.rmtree(lives.root / ".git" / "hooks")
    half = side.data(TICKET)

    assert lives("log", OTHER, "Ailleurs.").err.count("\n") == 1
    assert side.data(TICKET) == half
    assert "is undone" in side("list").err
    assert side.git("status", "--porcelain") == ""


def test_a_hook_that_hangs_is_ended_and_all_is_as_before(lives: FrontDoor, tmp_path: Path) -> None:
    lives.setting("commit_patience: 1s")
    lives.hook("pre-commit", "exec sleep 600")

    said = lives.refuses("log", TICKET, "Patience.", code=7)

    assert "took longer than 1 s and was ended" in said and "commit_patience" in said
    is_whole(lives)


@pytest.mark.parametrize(("signal", "code"), [("TERM", 143), ("HUP", 129), ("INT", 130)])
def test_a_command_told_to_end_puts_everything_back(lives: FrontDoor, signal: str, code: int) -> None:
    lives.hook("pre-commit", f"kill -{signal} {TKT}; exec sleep 600 >/dev/null 2>&1")
    with lives.untouched():
        answer = lives.process("log", TICKET, "Non.", code=code)
    assert "nothing was changed" in answer.err
    is_whole(lives)


def test_a_signal_that_came_too_late_changes_nothing(lives: FrontDoor) -> None:
    lives.hook("post-commit", f"kill -TERM {TKT}; exec sleep 600 >/dev/null 2>&1")
    lives.process("log", TICKET, "Fait.")
    assert lives.last_entry(TICKET)["text"] == "Fait."
    is_whole(lives)


def cut_short(
    place: IntentPlace, *, commit: bool, made: tuple[str, ...] = (), **files: tuple[bytes | None, bytes]
) -> None:
    """As a command that was killed left it: the record, and the files as they were to be."""
    named = tuple(FileIntent(name, before, digest(after)) for name, (before, after) in files.items())
    os.close(put_down(place, Intent(named, made, commit, 2**22 + 1, "tkt link", "today")))
    for name, (_before, after) in files.items():
        (place.folder / name).parent.mkdir(parents=True, exist_ok=True)
        (place.folder / name).write_bytes(after)


def test_without_git_the_desk_itself_keeps_the_record(elsewhere: FrontDoor) -> None:
    elsewhere("init", "--no-commit", "--lang", "en")
    first, second = (elsewhere("new", f"Écran {n}", "-r", "Ana LIMA", "--no-commit").out.strip() for n in (1, 2))
    before = elsewhere.snapshot()
    name = ticket_path(Path(), first).as_posix()
    place = IntentPlace(elsewhere.root / ".tkt-write", elsewhere.root)
    unwritten = FileIntent(ticket_path(Path(), second).as_posix(), elsewhere.data(second), digest(b"never written"))
    torn = FileIntent(name, elsewhere.data(first), digest(b"torn"))
    os.close(put_down(place, Intent((torn, unwritten), (), False, 2**22 + 1, "tkt link", "today")))
    elsewhere.path(first).write_bytes(b"torn")

    assert "is undone" in elsewhere("list").err
    assert elsewhere.snapshot() == before
    assert elsewhere("log", first, "Suite.", "--no-commit").code == 0


def test_a_founding_cut_short_leaves_no_desk(elsewhere: FrontDoor) -> None:
    elsewhere.git("init", "--quiet")
    place = IntentPlace(elsewhere.root / ".git" / "tkt-write", elsewhere.root)
    cut_short(place, commit=True, made=("tickets",), **{"tkt.yaml": (None, b"format: 1\n"), "tickets/x": (None, b"")})

    said = elsewhere("list", code=4).err

    assert "tkt.yaml, tickets/x: `tkt link`" in said and "is not in a desk" in said
    assert [one.name for one in elsewhere.root.iterdir()] == [".git"]


def test_a_record_that_cannot_be_believed_is_told_and_nothing_is_written(lives: FrontDoor) -> None:
    (lives.root / ".git" / "tkt-write").write_bytes(b"rm -rf /\0")
    assert "cannot be read" in lives("show", TICKET).err
    assert "then remove it" in lives("log", TICKET, "Non.", code=5).err
    assert lives.git("status", "--porcelain") == ""


@pytest.mark.parametrize("goal", ["../outside", ".git/../../outside"])
def test_a_record_that_leads_out_of_the_desk_is_not_followed(lives: FrontDoor, goal: str) -> None:
    outside = lives.root.parent / "outside"
    outside.write_bytes(b"after")
    place = IntentPlace(lives.root / ".git" / "tkt-write", lives.root)
    os.close(put_down(place, Intent((FileIntent(goal, b"x", digest(b"after")),), (), True, 1, "tkt", "")))
    lives("log", TICKET, "Non.", code=5)
    assert outside.read_bytes() == b"after"


@pytest.mark.skipif(os.geteuid() == 0, reason="root writes everywhere")
def test_a_git_directory_that_cannot_be_written_to_stops_a_write_before_it_begins(lives: FrontDoor) -> None:
    git_dir = lives.root / ".git"
    git_dir.chmod(0o555)
    try:
        assert "cannot be written" in lives.refuses("log", TICKET, "Non.", code=5)
        assert lives("show", TICKET).code == 0
    finally:
        git_dir.chmod(0o755)
