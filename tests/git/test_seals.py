"""Seals in git: names that git takes whatever the folder, tags read as they are, and none lost."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.git.work import Work
from tkt.git.command import GitFailed
from tkt.git.repository import Repository
from tkt.git.seals import NotCommitted, Seals, SealTag, require_committed

FOLDER_NAMES = st.text(st.characters(exclude_characters="/\0", exclude_categories=["Cs"]), min_size=1, max_size=12)
PLACES = st.lists(FOLDER_NAMES.filter(lambda name: name not in (".", "..")), max_size=3)


def seals_of(folder: str) -> Seals:
    nowhere = Path("nowhere")
    return Seals(Repository(nowhere, nowhere, nowhere, nowhere), folder)


@given(PLACES)
def test_a_seal_has_a_name_that_git_takes_in_whatever_folder_the_desk_lies(places: list[str]) -> None:
    name = seals_of("".join(f"{place}/" for place in places)).name("2026-01")

    assert subprocess.run(["git", "check-ref-format", f"refs/tags/{name}"], check=False).returncode == 0


@given(PLACES, PLACES)
def test_desks_in_two_folders_never_share_a_name(one: list[str], other: list[str]) -> None:
    names = {seals_of("".join(f"{place}/" for place in places)).name("2026-01") for places in (one, other)}

    assert len(names) == (1 if one == other else 2)


@pytest.fixture
def seals(work: Work) -> Seals:
    """The seals of a desk at the top of a repository."""
    work.committed("tkt.yaml", "")
    return Seals.of(Repository.of(work.top), work.top)


def made(seals: Seals, month: str, message: str = "words\n", **how: str) -> SealTag:
    seals.make(month, "HEAD", message, sign=None, **how)
    return next(one for one in seals.all() if one.month == month)


def test_a_seal_is_read_as_it_was_made_and_the_earliest_month_comes_first(work: Work, seals: Seals) -> None:
    made(seals, "2026-02")
    one = made(seals, "2026-01", "# Titre\n\n  élan  \n\n\nfin\n")

    assert [tag.month for tag in seals.all()] == ["2026-01", "2026-02"]
    assert one.message == "# Titre\n\n  élan  \n\n\nfin\n"
    assert one.commit == work.git("rev-parse", "HEAD").strip()
    assert (one.by.name, one.by.email) == ("Jean DUPONT", "jean.dupont@entreprise.fr")
    assert not one.is_signed
    assert "no signature" in seals.fault_of_signature(one.object)


def test_a_seal_that_is_there_is_not_overwritten_unless_it_is_replaced(work: Work, seals: Seals) -> None:
    first = made(seals, "2026-01")
    with pytest.raises(GitFailed):
        seals.make("2026-01", "HEAD", "others\n", sign=None)
    assert made(seals, "2026-01", "others\n", replaced=first.object).message == "others\n"
    assert work.git("rev-parse", "tkt/replaced-seal/2026-01/1").strip() == first.object


def test_other_tags_are_no_seals(work: Work, seals: Seals) -> None:
    for name in ("tkt/seal/notes", "tkt/seal/2026-13", "tkt/seals/2026-01", "v1", "tkt/seal/desk/2026-01"):
        work.git("tag", "-am", "words", name)

    assert seals.all() == []


def test_a_giant_is_not_read(work: Work, seals: Seals) -> None:
    made(seals, "2026-01", "words\n" + "x" * 1_100_000)

    (one,) = seals.all()
    assert one.message == ""


def test_a_tag_under_another_name_says_nothing(work: Work, seals: Seals) -> None:
    made(seals, "2026-01")
    work.git("update-ref", "refs/tags/tkt/seal/2026-02", "refs/tags/tkt/seal/2026-01")

    assert [one.message for one in seals.all()] == ["words\n", ""]


def test_a_commit_is_on_a_branch_while_head_or_any_branch_has_it(work: Work, seals: Seals) -> None:
    one = work.git("rev-parse", "HEAD").strip()
    work.git("branch", "other")
    work.git("commit", "-q", "--amend", "--allow-empty", "-m", "rewritten")

    assert seals.is_on_a_branch(one)
    work.git("branch", "-D", "other")
    assert not seals.is_on_a_branch(one)
    work.git("checkout", "-q", one)
    assert seals.is_on_a_branch(one)
    assert not seals.is_on_a_branch("0" * 40)


def test_a_desk_is_as_committed_until_a_file_that_counts_is_not(work: Work, seals: Seals) -> None:
    require_committed(seals.repository, work.top)
    work.write("notes.txt", "words")
    require_committed(seals.repository, work.top)
    work.write("tickets/INC0000xxx/a\x1b.md", "words")
    with pytest.raises(NotCommitted, match=r"tickets/INC0000xxx/a\\x1b\.md"):
        require_committed(seals.repository, work.top)
