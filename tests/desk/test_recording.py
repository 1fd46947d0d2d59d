"""Turns taken on a folder, and the recorder that leaves no trace."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from pathlib import Path
from types import SimpleNamespace

import pytest

from tkt.desk.recording import CannotLock, CommitMessage, DeskBusy, NoRecorder, Recorder, held, login
from tkt.domain.person import Person
from tkt.errors import OutsideFailed, RuleRefuses, SomeoneWasFaster


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


def test_a_lock_leaves_no_file_and_is_freed_by_a_failure(tmp_path: Path) -> None:
    with pytest.raises(RuleRefuses), held(tmp_path):
        assert list(tmp_path.iterdir()) == []
        raise RuleRefuses("no")
    with held(tmp_path, patience=0):
        pass


def test_a_lock_dies_with_its_process(tmp_path: Path) -> None:
    holder = (
        "import sys, pathlib\n"
        "from tkt.desk.recording import held\n"
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


def test_without_a_trace_nothing_is_asked_and_nothing_written(tmp_path: Path) -> None:
    recorder: Recorder = NoRecorder(tmp_path)
    with recorder.lock():
        recorder.prepare([tmp_path / "x"])
        recorder.record([tmp_path / "x"], CommitMessage("x"))
    assert list(tmp_path.iterdir()) == []


def test_commands_with_and_without_a_trace_take_turns_on_one_folder(tmp_path: Path) -> None:
    with held(tmp_path), pytest.raises(DeskBusy), NoRecorder(tmp_path, patience=0).lock():
        pytest.fail("held twice")


def test_who_is_there_is_who_git_says_else_the_login(tmp_path: Path) -> None:
    def unknown() -> Person:
        raise OutsideFailed("no identity")

    known = Person("Jean DUPONT", "jean.dupont@entreprise.fr")
    assert NoRecorder(tmp_path, lambda: known).identity() == known
    assert NoRecorder(tmp_path, unknown).identity() == NoRecorder(tmp_path).identity() == login()


@pytest.mark.parametrize(
    ("account", "name"),
    [
        (SimpleNamespace(pw_gecos="Jean DUPONT,bureau 12,,", pw_name="jdupont"), "Jean DUPONT"),
        (SimpleNamespace(pw_gecos="", pw_name="jdupont"), "jdupont"),
        (None, "from the environment"),
    ],
)
def test_a_login_is_named_by_its_account(account: object, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def found(number: int) -> object:
        assert number == os.getuid()
        if account is None:
            raise KeyError(number)
        return account

    monkeypatch.setattr("pwd.getpwuid", found)
    monkeypatch.setenv("USER", "from the environment")
    assert login() == Person(name)
