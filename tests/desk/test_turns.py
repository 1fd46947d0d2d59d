"""Turns taken on a folder: one at a time, for as long as its holder lives, and who waits is told for whom."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from tkt.desk import turns
from tkt.desk.lock_note import note_about, note_in
from tkt.desk.turns import Caller, CannotLock, DeskBusy, held
from tkt.errors import RuleRefuses, SomeoneWasFaster


def test_a_folder_is_held_by_one_at_a_time(tmp_path: Path) -> None:
    with held(tmp_path), pytest.raises(DeskBusy, match="try again") as refusal, held(tmp_path, patience=0):
        pytest.fail("held twice")
    assert isinstance(refusal.value, SomeoneWasFaster)
    with held(tmp_path, patience=0):
        pass


def test_who_comes_second_waits_for_the_first(tmp_path: Path) -> None:
    first = held(tmp_path)
    first.__enter__()
    release = threading.Timer(0.03, first.__exit__, (None, None, None))
    release.start()
    with held(tmp_path, patience=10):
        pass
    release.join()


def test_a_lock_leaves_no_file_in_the_folder_and_is_freed_by_a_failure(tmp_path: Path) -> None:
    with pytest.raises(RuleRefuses), held(tmp_path):
        assert list(tmp_path.iterdir()) == []
        raise RuleRefuses("no")
    with held(tmp_path, patience=0):
        pass


def test_a_lock_dies_with_its_process(tmp_path: Path) -> None:
    holder = (
        "import sys, pathlib\n"
        "from tkt.desk.turns import held\n"
        "with held(pathlib.Path(sys.argv[1])):\n"
        "    print('held', flush=True)\n"
        "    sys.stdin.read()\n"
    )
    with subprocess.Popen(
        [sys.executable, "-c", holder, str(tmp_path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as process:
        assert process.stdout is not None and process.stdout.readline() == b"held\n"
        with pytest.raises(DeskBusy), held(tmp_path, patience=0):
            pytest.fail("held twice")
        process.send_signal(signal.SIGKILL)
        process.wait()
        with held(tmp_path, patience=5):
            pass


def test_a_folder_that_is_not_there_cannot_be_locked(tmp_path: Path) -> None:
    with pytest.raises(CannotLock, match="nowhere cannot be locked: No such file"), held(tmp_path / "nowhere"):
        pytest.fail("held")


def test_who_waits_longer_than_a_second_is_told_once_for_whom(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(turns, "TELL_AFTER", 0.0)
    heard: list[str] = []
    first = held(tmp_path, caller=Caller("tkt log"), who="Jean DUPONT")
    first.__enter__()
    release = threading.Timer(0.05, first.__exit__, (None, None, None))
    release.start()
    with held(tmp_path, patience=10, caller=Caller("tkt start", heard.append)):
        pass
    release.join()
    [words] = heard
    assert words.startswith(f"waiting for tkt log of Jean DUPONT (process {os.getpid()}, since ")


def test_who_waits_no_second_is_told_nothing(tmp_path: Path) -> None:
    heard: list[str] = []
    with held(tmp_path), pytest.raises(DeskBusy), held(tmp_path, patience=0, caller=Caller("tkt", heard.append)):
        pytest.fail("held twice")
    assert heard == []


def test_who_waited_in_vain_reads_for_whom_and_what_to_do(tmp_path: Path) -> None:
    note = note_in(tmp_path)
    with (
        held(tmp_path, caller=Caller("tkt sync"), who="Zoé LENOIR", note=note),
        pytest.raises(DeskBusy) as refusal,
        held(tmp_path, patience=0, note=note),
    ):
        pytest.fail("held twice")
    assert f"tkt sync of Zoé LENOIR (process {os.getpid()}, since " in str(refusal.value)
    assert f"try again once it has ended; if it hangs, `kill {os.getpid()}` ends it" in str(refusal.value)


def test_a_note_of_nobody_alive_is_not_believed(tmp_path: Path) -> None:
    with held(tmp_path):
        note_about(tmp_path.stat()).write_text(f"0\n{os.uname().nodename}\n0\ntkt log\nJean DUPONT")
        with pytest.raises(DeskBusy, match=f"another tkt command has held {tmp_path}"), held(tmp_path, patience=0):
            pytest.fail("held twice")


def test_no_note_keeps_anyone_from_a_free_folder(tmp_path: Path) -> None:
    note = note_in(tmp_path)
    note.write_text(f"{os.getpid()}\n{os.uname().nodename}\n0\ntkt log\nJean DUPONT")
    with held(tmp_path, patience=0, note=note):
        pass
    assert not note.exists()
