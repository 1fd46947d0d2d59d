"""Two commits compared: which commits a range means, which files differ, and what each side holds."""

from __future__ import annotations

import pytest

from tests.git.work import Work
from tkt.git.blobs import read_blobs
from tkt.git.comparing import FileVersions, NothingInCommon, UnknownRevision, changed_files, commit_range, held
from tkt.git.repository import Repository
from tkt.store.ticket_file import LARGEST


@pytest.fixture
def repository_of(work: Work) -> Repository:
    """A repository with a tag `base`, and after it one file changed, one added, one gone, one made a link."""
    for name in ("tickets/changed.md", "tickets/gone.md", "tickets/linked.md", "other/far.md"):
        work.committed(name, "first\n")
    work.git("tag", "base")
    work.write("tickets/changed.md", "second\n")
    work.write("tickets/à côté.md", "new\n")
    work.write("other/far.md", "second\n")
    (work.top / "tickets/gone.md").unlink()
    (work.top / "tickets/linked.md").unlink()
    (work.top / "tickets/linked.md").symlink_to("/etc/passwd")
    work.git("add", "--all")
    work.git("commit", "--quiet", "--message", "second")
    return Repository.of(work.top)


def test_only_what_differs_in_the_folder_is_read_and_no_link_followed(repository_of: Repository) -> None:
    between = commit_range(repository_of, "base..HEAD")
    found = changed_files(repository_of, between, repository_of.top / "tickets", lambda path: path != "changed.md")
    assert found == [
        FileVersions("changed.md", b"", b""),
        FileVersions("gone.md", b"first\n", None),
        FileVersions("linked.md", b"first\n", b"/etc/passwd", (True, False)),
        FileVersions("à côté.md", None, b"new\n"),
    ]


def test_a_giant_is_never_read(work: Work, repository_of: Repository) -> None:
    with (work.top / "tickets/giant.md").open("wb") as file:
        file.truncate(LARGEST + 1)
    work.git("add", "--all")
    work.git("commit", "--quiet", "--message", "giant")
    between = commit_range(repository_of, "HEAD~")
    found = changed_files(repository_of, between, repository_of.top / "tickets", lambda path: True)
    assert found == [FileVersions("giant.md", None, None, (True, False))]


def test_blobs_come_in_the_order_asked_for_and_nothing_for_what_is_none(repository_of: Repository) -> None:
    names = [
        "HEAD:tickets/changed.md",
        "HEAD:absent",
        "",
        "HEAD:tickets",
        "base:tickets/changed.md",
        "a\nHEAD:tkt",
    ] * 200
    found = list(read_blobs(repository_of.git, names))
    assert found == [b"second\n", None, None, None, b"first\n", None] * 200


def test_paths_that_a_commit_holds(repository_of: Repository) -> None:
    paths = [repository_of.top / "tickets" / name for name in ("changed.md", "gone.md", "à côté.md")]
    assert held(repository_of, commit_range(repository_of, "base").head, paths) == {paths[0], paths[2]}
    assert held(repository_of, commit_range(repository_of, "base").base, paths) == {paths[0], paths[1]}


def test_a_side_left_out_is_head(repository_of: Repository) -> None:
    assert commit_range(repository_of, "base..") == commit_range(repository_of, "base")
    assert commit_range(repository_of, "..base").base == commit_range(repository_of, "base").head


def test_three_dots_begin_where_the_two_parted(work: Work, repository_of: Repository) -> None:
    work.git("switch", "--quiet", "--create", "topic", "base")
    work.committed("topic.md")

    assert commit_range(repository_of, "main..topic").parted
    assert commit_range(repository_of, "main...topic").base == commit_range(repository_of, "base").base
    assert not commit_range(repository_of, "main...topic").parted


def test_commits_without_a_common_ancestor_are_refused(work: Work, repository_of: Repository) -> None:
    work.git("switch", "--quiet", "--orphan", "alone")
    work.committed("alone.md")
    with pytest.raises(NothingInCommon):
        commit_range(repository_of, "main...alone")


@pytest.mark.parametrize(
    "text", ["absent", "--help", "-x..HEAD", "HEAD..--upload-pack=x", "base:tickets", "HEAD..base^9"]
)
def test_what_names_no_commit_is_refused(repository_of: Repository, text: str) -> None:
    with pytest.raises(UnknownRevision):
        commit_range(repository_of, text)
