"""A repository found and described."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.git.work import Work
from tkt.domain.person import Person
from tkt.errors import OutsideFailed
from tkt.git.command import GitFailed
from tkt.git.repository import NoIdentity, NotARepository, NoWorkTree, OutsideRepository, Repository


def test_a_repository_is_found_from_any_folder_of_it(work: Work) -> None:
    work.write("a/b c/é.md", "")
    expected = Repository(work.top, work.top / ".git", work.top / ".git", work.top / ".git" / "hooks")
    assert Repository.of(work.top) == Repository.of(work.top / "a" / "b c") == expected


def test_a_second_work_tree_shares_the_common_directory(work: Work, tmp_path: Path) -> None:
    work.committed("a.md")
    work.git("worktree", "add", "-q", str(tmp_path / "side"))
    side = Repository.of(tmp_path / "side")
    assert side.top == tmp_path / "side"
    assert side.common_dir == Repository.of(work.top).common_dir == work.top / ".git"
    assert side.index == work.top / ".git" / "worktrees" / "side" / "index"


def test_a_folder_outside_is_told_the_ways_out(tmp_path: Path) -> None:
    with pytest.raises(NotARepository, match=r"git init.*tkt init.*--no-commit") as refusal:
        Repository.of(tmp_path)
    assert isinstance(refusal.value, OutsideFailed)


def test_a_bare_repository_and_a_git_directory_are_refused(work: Work, tmp_path: Path) -> None:
    work.git("init", "--quiet", "--bare", str(tmp_path / "bare"))
    for folder in (tmp_path / "bare", work.top / ".git"):
        with pytest.raises(NoWorkTree, match="work in a clone of it"):
            Repository.of(folder)


def test_a_repository_that_git_will_not_read_says_why(work: Work) -> None:
    (work.top / ".git" / "config").write_text("[broken")
    with pytest.raises(GitFailed, match="bad config"):
        Repository.of(work.top)


def test_names_are_from_the_top_whatever_way_a_path_goes(
    work: Work, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "link").symlink_to(work.top)
    work.write("a/b.md", "")
    monkeypatch.chdir(work.top / "a")
    paths = [
        work.top / "a/b.md",
        tmp_path / "link/a/b.md",
        Path("b.md"),
        Path("../a/b.md"),
        Path("../c.md"),
        Path("new/d"),
    ]
    assert Repository.of(work.top).names(paths) == ["a/b.md"] * 4 + ["c.md", "a/new/d"]


def test_a_path_that_leaves_the_repository_is_refused(work: Work, tmp_path: Path) -> None:
    (tmp_path / "repository-two").mkdir()
    (work.top / "out").symlink_to(tmp_path)
    for path in (tmp_path / "repository-two" / "x", work.top / "out" / "x", work.top / ".." / "x"):
        with pytest.raises(OutsideRepository):
            Repository.of(work.top).names([path])


def test_who_is_there_is_who_git_would_write(work: Work, monkeypatch: pytest.MonkeyPatch) -> None:
    assert Repository.of(work.top).identity() == Person("Jean DUPONT", "jean.dupont@entreprise.fr")
    work.git("config", "user.name", "Élodie O'NEIL-ROY")
    assert Repository.of(work.top).identity().name == "Élodie O'NEIL-ROY"
    monkeypatch.setenv("GIT_AUTHOR_NAME", "Pierre MARTIN")
    monkeypatch.setenv("GIT_AUTHOR_EMAIL", "")
    assert Repository.of(work.top).identity() == Person("Pierre MARTIN")


@pytest.mark.parametrize("lines", ["", "name = Jean\n", "email = jean@entreprise.fr\n", 'name = " "\nemail = a@b\n'])
def test_no_identity_says_the_two_commands(work: Work, clean_environment: Path, lines: str) -> None:
    (clean_environment / ".gitconfig").write_text(f"[user]\nuseConfigOnly = true\n{lines}")
    with pytest.raises(NoIdentity, match=r"git config --global user\.name .*git config --global user\.email"):
        Repository.of(work.top).identity()


def test_a_broken_configuration_is_no_missing_identity(work: Work) -> None:
    found = Repository.of(work.top)
    (work.top / ".git" / "config").write_text("[broken")
    with pytest.raises(GitFailed, match="bad config"):
        found.identity()


def test_nothing_is_under_way_in_a_quiet_repository(work: Work) -> None:
    assert Repository.of(work.top).operation() is None


def test_patches_being_applied_are_an_operation(work: Work) -> None:
    work.committed("a.md", "one\n")
    work.write("a.md", "two\n")
    work.git("commit", "-qam", "two")
    patch = work.git("format-patch", "-1", "--output-directory", str(work.top.parent)).strip()
    work.git("reset", "-q", "--hard", "HEAD~1")
    work.write("a.md", "three\n")
    work.git("commit", "-qam", "three")
    work.git("am", patch, check=False)
    operation = Repository.of(work.top).operation()
    assert operation is not None
    assert (operation.name, operation.ended_by) == ("am", "git am --continue, git am --abort")


def test_a_repository_has_commits_from_the_first_on(work: Work) -> None:
    assert not Repository.of(work.top).has_commits()
    work.committed("a.md")
    assert Repository.of(work.top).has_commits()
