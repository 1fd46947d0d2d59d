"""A repository made for a new desk."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.git.work import Work
from tkt.git.command import GitFailed
from tkt.git.repository import NoWorkTree
from tkt.git.setup import init_repository, is_inside_repository


def test_a_new_repository_begins_on_the_persons_branch(tmp_path: Path, clean_environment: Path) -> None:
    (clean_environment / ".gitconfig").write_text("[init]\n\tdefaultBranch = trunk\n")
    made = init_repository(tmp_path)
    assert made.top == tmp_path
    assert Work(tmp_path).git("symbolic-ref", "HEAD").strip() == "refs/heads/trunk"
    assert is_inside_repository(tmp_path)


def test_a_folder_that_is_not_there_yet_is_judged_by_the_one_it_will_be_in(
    repository: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert is_inside_repository(repository / "a" / "b")
    assert not is_inside_repository(tmp_path / "a" / "b")
    monkeypatch.chdir(repository)
    assert is_inside_repository(Path("a"))


def test_no_desk_is_made_in_a_bare_repository(work: Work, tmp_path: Path) -> None:
    work.git("init", "--quiet", "--bare", str(tmp_path / "bare"))
    with pytest.raises(NoWorkTree):
        is_inside_repository(tmp_path / "bare" / "desk")


def test_a_repository_that_cannot_be_made_says_why(tmp_path: Path) -> None:
    (tmp_path / ".git").write_text("nonsense")
    with pytest.raises(GitFailed, match=r"git init failed: fatal: .*nonsense|git init failed: fatal: invalid gitfile"):
        init_repository(tmp_path)
