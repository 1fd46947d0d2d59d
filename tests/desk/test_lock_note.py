"""The note on who holds a desk: read with suspicion, written into nothing that was there, gone with its holder."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tkt.desk.lock_note import Holder, holder_named, note_about, note_in, signed

HERE = os.uname().nodename


def written(note: Path, *lines: object) -> Path:
    note.write_text("\n".join(map(str, lines)), encoding="utf-8")
    return note


def test_a_note_names_the_holder_until_it_has_ended(tmp_path: Path) -> None:
    note = note_in(tmp_path)
    with signed(note, "tkt log", "Zoé LENOIR"):
        holder = holder_named(note)
        assert holder is not None
        assert (holder.pid, holder.command, holder.who) == (os.getpid(), "tkt log", "Zoé LENOIR")
    assert holder_named(note) is None
    assert list(tmp_path.iterdir()) == []


def test_a_holder_is_told_with_process_and_time() -> None:
    since = 1_768_468_923  # 2026-01-15T09:22:03Z
    assert str(Holder(4711, HERE, since, "tkt log", "Jean DUPONT")) == (
        "tkt log of Jean DUPONT (process 4711, since 2026-01-15 09:22:03)"
    )
    assert str(Holder(4711, "elsewhere", since, "tkt log")) == (
        "tkt log (process 4711 on elsewhere, since 2026-01-15 09:22:03)"
    )


def test_what_a_dead_holder_left_gives_way(tmp_path: Path) -> None:
    with subprocess.Popen([sys.executable, "-c", ""]) as dead:
        dead.wait()
    note = written(note_in(tmp_path), dead.pid, HERE, 0, "tkt log", "Jean DUPONT")
    assert holder_named(note) is None
    with signed(note, "tkt start", ""):
        holder = holder_named(note)
        assert holder is not None and holder.command == "tkt start"


def test_nobody_knows_whether_a_process_of_another_machine_lives(tmp_path: Path) -> None:
    note = written(note_in(tmp_path), 1, "elsewhere", 0, "tkt log", "Jean DUPONT")
    holder = holder_named(note)
    assert holder is not None and not holder.is_here


@pytest.mark.parametrize(
    "lines",
    [
        (),
        ("",),
        ("x", HERE, 0, "tkt", ""),
        (0, HERE, 0, "tkt", ""),
        (-1, HERE, 0, "tkt", ""),
        (10**30, HERE, 0, "tkt", ""),
        (os.getpid(), HERE, 10**30, "tkt", ""),
        (os.getpid(), HERE, 0, "tkt", "", "more"),
        ("\0",),
    ],
)
def test_a_note_that_says_nothing_sound_names_nobody(tmp_path: Path, lines: tuple[object, ...]) -> None:
    assert holder_named(written(note_in(tmp_path), *lines)) is None


def test_what_no_note_is_can_neither_be_followed_nor_hold_anyone_up(tmp_path: Path) -> None:
    treasure = tmp_path / "treasure"
    treasure.write_text("mine")
    note = note_in(tmp_path)
    note.symlink_to(treasure)
    assert holder_named(note) is None
    with signed(note, "tkt log", ""):
        assert treasure.read_text() == "mine"
    os.mkfifo(note)
    assert holder_named(note) is None
    with signed(note, "tkt log", ""):
        pass
    note.mkdir()
    assert holder_named(note) is None
    with signed(note, "tkt log", ""):
        pass
    assert note.is_dir()


def test_where_no_note_can_be_written_work_goes_on(tmp_path: Path) -> None:
    with signed(tmp_path / "nowhere" / "note", "tkt log", ""):
        assert list(tmp_path.iterdir()) == []


def test_the_note_about_a_folder_is_not_in_it_and_is_the_same_by_any_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TMPDIR", str(tmp_path / "temporary"))
    folder = tmp_path / "desk"
    folder.mkdir()
    (tmp_path / "other").symlink_to(folder)
    note = note_about(folder.stat())
    assert note.parent == tmp_path / "temporary"
    assert note == note_about((tmp_path / "other").stat())
    assert note != note_about(tmp_path.stat())
