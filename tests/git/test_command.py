"""Git started: what it is told, and what it says when it will not."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.git.work import Work
from tkt import language
from tkt.errors import OutsideFailed, Unreadable
from tkt.git.command import FolderClosed, Git, GitFailed, GitMissing, GitOverran


def test_a_question_is_answered_in_gits_own_english_and_takes_no_lock(work: Work) -> None:
    work.git("config", "alias.environment", "!env")
    asked = Git(work.top).read("environment").text.splitlines()
    assert {"LC_ALL=C", "LANGUAGE=C", "GIT_OPTIONAL_LOCKS=0"} <= set(asked)


def test_an_action_keeps_the_persons_environment(work: Work) -> None:
    language.speak("fr")
    work.git("config", "alias.environment", "!env")
    said = Git(work.top).act("environment", environment={"GIT_AUTHOR_DATE": "@0 +0000"}).text.splitlines()
    assert {"LC_ALL=C.UTF-8", "LANGUAGE=fr", "GIT_AUTHOR_DATE=@0 +0000"} <= set(said)
    assert not any(line.startswith("GIT_OPTIONAL_LOCKS") for line in said)


def test_an_action_reads_what_it_is_given_and_never_the_terminal(work: Work) -> None:
    work.git("config", "alias.repeat", "!cat")
    assert Git(work.top).act("repeat", stdin=b"x" * 200_000).out == b"x" * 200_000
    assert Git(work.top).act("repeat").out == b""
    assert Git(work.top).ask("repeat").out == b""


def test_a_failure_says_the_command_and_gits_words(work: Work) -> None:
    with pytest.raises(GitFailed, match=r"git log failed: fatal: .*no-such-branch") as failure:
        Git(work.top).read("log", "no-such-branch")
    assert isinstance(failure.value, OutsideFailed)
    assert failure.value.status == 128


def test_a_question_may_be_answered_no(work: Work) -> None:
    assert Git(work.top).ask("rev-parse", "--verify", "--quiet", "HEAD").status == 1


def test_words_hold_no_control_character(work: Work) -> None:
    work.git("config", "alias.shout", "!printf '\\033[1;31mred\\033[0m\\007 \\377' >&2; exit 3; :")
    assert Git(work.top).ask("shout").words == "red\\x07 \N{REPLACEMENT CHARACTER}"


def test_a_machine_without_git_is_told_so(work: Work, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    for attempt in (Git(work.top).ask, Git(work.top).act):
        with pytest.raises(GitMissing, match=r"install git 2\.39"):
            attempt("status")


def test_a_folder_that_is_not_there_is_no_missing_git(tmp_path: Path) -> None:
    for attempt in (Git(tmp_path / "nowhere").ask, Git(tmp_path / "nowhere").act):
        with pytest.raises(FolderClosed, match="nowhere: No such file") as refusal:
            attempt("status")
        assert isinstance(refusal.value, Unreadable)


def test_git_that_takes_too_long_is_asked_to_end(work: Work) -> None:
    work.git("config", "alias.hang", "!exec sleep 600")
    with pytest.raises(GitOverran, match=r"git hang took longer than 0 s and was ended") as overrun:
        Git(work.top).act("hang", seconds=0.1)
    assert isinstance(overrun.value, OutsideFailed)
    assert not overrun.value.killed


def test_git_that_does_not_end_when_asked_is_made_to(work: Work, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tkt.git.command._GRACE_SECONDS", 0.05)
    work.git("config", "alias.hang", "!kill -STOP $PPID")
    with pytest.raises(GitOverran) as overrun:
        Git(work.top).act("hang", seconds=0.1)
    assert overrun.value.killed


def test_git_that_ends_in_time_was_not_too_slow(work: Work) -> None:
    assert Git(work.top).act("--version", seconds=60).text.startswith("git version")


def test_what_git_is_told_and_says_leaves_no_file_with_a_name(
    work: Work, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setenv("TMPDIR", str(folder))
    work.git("config", "alias.look", f"!ls -A '{folder}'; cat")
    assert Git(work.top).act("look", stdin=b"told").text == "told"


def test_a_descriptor_is_kept_open_in_what_git_starts(work: Work) -> None:
    reading, writing = os.pipe()
    work.git("config", "alias.speak", f"!echo heard >/dev/fd/{writing}")
    Git(work.top).act("speak", kept=(writing,))
    os.close(writing)
    with open(reading, "rb") as pipe:
        assert pipe.read() == b"heard\n"
