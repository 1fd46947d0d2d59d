"""The git directory as git itself finds it, without asking git."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.git.work import Work
from tkt.git.place import git_dir_of
from tkt.git.repository import Repository


def as_git_says(folder: Path) -> None:
    found = git_dir_of(folder)
    assert found is not None
    assert found.resolve() == Repository.of(folder).git_dir.resolve()


def test_at_the_top_and_in_a_folder(work: Work) -> None:
    work.committed("desk/tickets/x")
    as_git_says(work.top)
    as_git_says(work.top / "desk" / "tickets")


def test_each_work_tree_has_its_own(work: Work, tmp_path: Path) -> None:
    work.committed("x")
    work.git("worktree", "add", "-q", str(tmp_path / "side"))
    as_git_says(tmp_path / "side")
    assert git_dir_of(tmp_path / "side") != git_dir_of(work.top)


def test_a_submodule_points_by_a_relative_path(work: Work, tmp_path: Path) -> None:
    inner = Work(tmp_path / "inner")
    inner.top.mkdir()
    inner.git("init", "-q")
    inner.committed("desk/x")
    work.git("-c", "protocol.file.allow=always", "submodule", "--quiet", "add", str(inner.top), "module")
    as_git_says(work.top / "module" / "desk")


def test_a_repository_within_another_is_the_one(work: Work) -> None:
    inner = Work(work.top / "inner")
    inner.top.mkdir()
    inner.git("init", "-q")
    as_git_says(inner.top)


def test_outside_git_there_is_none(tmp_path: Path) -> None:
    assert git_dir_of(tmp_path) is None


@pytest.mark.parametrize("kind", ["empty folder", "words", "no utf-8"])
def test_what_is_only_called_git_is_passed_over(work: Work, kind: str) -> None:
    folder = work.top / "folder"
    folder.mkdir()
    if kind == "empty folder":
        (folder / ".git").mkdir()
        as_git_says(folder)
    else:
        (folder / ".git").write_bytes(b"words" if kind == "words" else b"\xff\n")
        assert git_dir_of(folder) == work.top / ".git"


def test_the_search_ends_where_git_ends_it(work: Work, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = work.top / "a" / "b"
    folder.mkdir(parents=True)
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(work.top))
    assert git_dir_of(folder) is None
    as_git_says(work.top)
