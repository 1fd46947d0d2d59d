"""What git still has of a merge: its sides, whatever was made of them, and whether it is ended."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.git.work import Work
from tkt.desk.merge_traces import Sides
from tkt.git.merge_traces import GitTraces
from tkt.git.repository import Repository

NAME = "tickets/INC0000xxx/INC0000001.md"


@pytest.fixture
def path(work: Work) -> Path:
    """A file that `main` and `side` both changed."""
    path = work.committed(NAME, "base\n")
    work.git("switch", "--quiet", "--create", "side")
    work.committed(NAME, "theirs\n")
    work.git("switch", "--quiet", "main")
    work.committed(NAME, "ours\n")
    return path


def traces(work: Work) -> GitTraces:
    return GitTraces(Repository.of(work.top))


def test_a_merge_that_is_not_ended_tells_its_sides(work: Work, path: Path) -> None:
    assert traces(work).unmerged(path) is None
    work.git("merge", "side", check=False)

    assert traces(work).unmerged(path) == Sides(b"base\n", b"ours\n", b"theirs\n")
    assert traces(work).under_way() == "merge"
    path.write_text("both\n", encoding="utf-8")
    traces(work).take_in([path])
    assert traces(work).unmerged(path) is None


@pytest.mark.parametrize("strategy", ["-Xours", "-Xtheirs", "--strategy=ours"])
def test_an_ended_merge_tells_them_whatever_it_made_of_them(work: Work, path: Path, strategy: str) -> None:
    work.git("merge", "--no-edit", strategy, "side")
    work.committed("other.md")

    (found,) = traces(work).merges(path)

    assert found[:3] == (b"base\n", b"ours\n", b"theirs\n")
    assert found.result == path.read_bytes()
    assert traces(work).committed(path) == path.read_bytes()
    assert traces(work).under_way() == ""


def test_merges_come_newest_first_and_those_of_other_files_not_at_all(work: Work, path: Path) -> None:
    work.git("merge", "--no-edit", "-Xours", "side")
    for name, text in ((NAME, "later\n"), ("other.md", "x\n")):
        work.git("switch", "--quiet", "--create", f"topic-{text.strip()}")
        work.committed(name, text)
        work.git("switch", "--quiet", "main")
        work.git("merge", "--quiet", "--no-ff", "--no-edit", f"topic-{text.strip()}")

    assert [one.result for one in traces(work).merges(path)] == [b"later\n", b"ours\n"]


def test_a_repository_without_a_commit_has_none(work: Work) -> None:
    path = work.write(NAME, "new\n")
    assert traces(work).merges(path) == []
    assert traces(work).unmerged(path) is None
    assert traces(work).committed(path) is None
