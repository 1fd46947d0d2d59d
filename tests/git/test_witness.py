"""Git as a witness: the last commit tells what happened, whatever the index and the files say by now."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.git.work import Work
from tkt.errors import SomeoneWasFaster
from tkt.git.patience import PatientGit
from tkt.git.repository import Repository
from tkt.git.witness import GitWitness, intent_place
from tkt.store.intent import digest


def witness(work: Work) -> GitWitness:
    repository = Repository.of(work.top)
    return GitWitness(repository, PatientGit(repository.git, 0))


def test_recorded_is_what_the_commit_holds_as_it_lies_on_disk(work: Work) -> None:
    for name in ("same", "changed", "gone"):
        work.committed(name)
    work.write("changed", "other\n")
    (work.top / "gone").unlink()
    work.write("unknown", "x")
    names = ["same", "changed", "gone", "unknown", "neither here nor there"]
    assert witness(work).recorded(names) == {"same", "neither here nor there"}


def test_what_git_keeps_otherwise_is_recorded_all_the_same(work: Work) -> None:
    work.git("config", "filter.upper.clean", "tr a-z A-Z")
    work.git("config", "filter.upper.smudge", "tr A-Z a-z")
    work.committed(".gitattributes", "*.md filter=upper\n")
    work.committed("a.md", "words\n")
    assert work.git("show", "HEAD:a.md") == "WORDS\n"
    assert witness(work).recorded(["a.md"]) == {"a.md"}


def test_many_names_are_asked_about_at_once(work: Work) -> None:
    names = [f"tickets/{number}.md" for number in range(450)]
    for name in names:
        work.write(name, name)
    work.git("add", ".")
    work.git("commit", "-qm", "all")
    work.write(names[7], "other")
    assert witness(work).recorded(names) == set(names) - {names[7]}


def test_held_is_what_the_commit_says_whatever_lies_on_disk(work: Work) -> None:
    work.committed("a", "first\n").write_text("second\n")
    assert witness(work).holds("a", digest(b"first\n"))
    assert not witness(work).holds("a", digest(b"second\n"))
    assert not witness(work).holds("a", digest(None))
    assert witness(work).holds("nowhere", digest(None))
    assert not witness(work).holds("nowhere", digest(b""))


def test_before_the_first_commit_nothing_is_recorded(work: Work) -> None:
    work.write("a", "x")
    assert witness(work).recorded(["a"]) == set()
    assert not witness(work).holds("a", digest(b"x"))
    work.git("add", "a")
    witness(work).put_right(["a"])
    assert work.index() == ""


@pytest.mark.parametrize("how", [["add"], ["add", "--intent-to-add"]])
def test_the_index_is_put_right_for_the_names_alone(work: Work, how: list[str]) -> None:
    work.committed("ours", "first\n")
    work.committed("theirs", "first\n")
    before = work.index()
    for name in ("ours", "theirs"):
        work.write(name, "second\n")
        work.git("add", name)
    work.write("new", "x")
    work.git(*how, "new")
    witness(work).put_right(["ours", "new", "nowhere"])
    assert work.status() == [" M ours", "M  theirs", "?? new"]
    work.git("reset", "-q", "theirs")
    assert work.index() == before


def test_the_lock_of_the_index_is_asked_for_only_where_something_departs(work: Work) -> None:
    work.committed("a")
    (work.top / ".git" / "index.lock").touch()
    witness(work).put_right(["a"])
    (work.top / ".git" / "index.lock").unlink()
    work.write("a", "second\n")
    work.git("add", "a")
    (work.top / ".git" / "index.lock").touch()
    with pytest.raises(SomeoneWasFaster, match=r"index\.lock"):
        witness(work).put_right(["a"])
    assert (work.top / ".git" / "index.lock").exists()


def test_the_record_lies_where_no_file_of_the_desk_does(work: Work, tmp_path: Path) -> None:
    work.committed("a")
    work.git("worktree", "add", "-q", str(tmp_path / "side"))
    here, there = (intent_place(Repository.of(top), "tkt log") for top in (work.top, tmp_path / "side"))
    assert here.file == work.top / ".git" / "tkt-write"
    assert there.file.parent.parent.name == "worktrees"
    assert (here.folder, there.folder) == (work.top, tmp_path / "side")
