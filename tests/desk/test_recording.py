"""The recorder that leaves no trace."""

from __future__ import annotations

import os
from pathlib import Path
from types import SimpleNamespace

import pytest

from tkt.desk.recording import CommitMessage, NoRecorder, Recorder, login
from tkt.desk.turns import DeskBusy, held
from tkt.domain.person import Person
from tkt.errors import OutsideFailed


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
