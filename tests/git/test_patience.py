"""Another git's lock: waited for, told of once, never taken away."""

from __future__ import annotations

import threading

import pytest

from tests.git.work import Work
from tkt.git import patience
from tkt.git.command import Git, GitFailed
from tkt.git.patience import IndexLocked, PatientGit


def stage(work: Work, heard: list[str], seconds: float) -> None:
    PatientGit(Git(work.top), seconds, heard.append).act("update-index", "--add", "-z", "--stdin", stdin=b"notes.txt\0")


def test_who_waits_longer_than_a_second_is_told_once_for_what(work: Work, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(patience, "TELL_AFTER", 0.0)
    work.write("notes.txt", "mine\n")
    lock = work.top / ".git" / "index.lock"
    lock.write_text("")
    release = threading.Timer(0.1, lock.unlink)
    release.start()
    heard: list[str] = []
    stage(work, heard, 10)
    release.join()
    assert heard == [f"waiting for another git process, which holds {lock}"]
    assert work.status() == ["A  notes.txt"]


def test_who_waits_no_second_is_told_nothing(work: Work) -> None:
    work.write("notes.txt", "mine\n")
    (work.top / ".git" / "index.lock").write_text("")
    heard: list[str] = []
    with pytest.raises(IndexLocked, match=r"index\.lock"):
        stage(work, heard, 0)
    assert heard == []
    assert (work.top / ".git" / "index.lock").exists()


def test_what_is_no_lock_is_not_waited_for(work: Work) -> None:
    with pytest.raises(GitFailed):
        PatientGit(Git(work.top), 10).act("commit", "--quiet", "-m", "nothing", stdin=b"")
