"""tkt setup: a clone whose git merges tickets with tkt; offered wherever it is missing."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from tests.cli.front_door import FrontDoor

OFFER = "run `tkt setup`"


@pytest.fixture
def clone(lives: FrontDoor, tmp_path: Path) -> FrontDoor:
    """A fresh clone of a desk: git takes no configuration along."""
    subprocess.run(["git", "clone", "-q", str(lives.root), str(tmp_path / "clone")], check=True)
    return FrontDoor(tmp_path / "clone")


def configured(tkt: FrontDoor) -> bool:
    """Whether git knows both drivers in a clone."""
    names = tkt.git("config", "--local", "--name-only", "--list").splitlines()
    return {"merge.tkt.driver", "diff.tkt.textconv"} <= set(names)


def test_a_new_desk_merges_with_tkt_at_once(elsewhere: FrontDoor) -> None:
    elsewhere("init", "one")
    assert configured(FrontDoor(elsewhere.root / "one"))


def test_a_fresh_clone_is_set_up_once(clone: FrontDoor) -> None:
    assert not configured(clone)
    with clone.untouched():
        assert "merges tickets with tkt now" in clone("setup").err
    assert configured(clone)
    assert clone("setup").err == "This clone merges tickets with tkt already: nothing to do.\n"


def test_founding_a_desk_again_sets_its_clone_up(clone: FrontDoor) -> None:
    clone("init")
    assert configured(clone)
    clone.git("config", "--remove-section", "merge.tkt")
    assert "merges tickets with tkt now" in clone("init").err


def test_what_gitattributes_lacks_is_added_and_committed(clone: FrontDoor) -> None:
    (clone.root / ".gitattributes").write_text("*.png binary", encoding="utf-8")
    clone.commit("attributes gone")

    assert ".gitattributes written" in clone("setup").err
    lines = (clone.root / ".gitattributes").read_text(encoding="utf-8").splitlines()
    assert lines[:2] == ["*.png binary", "tickets/**/*.md merge=tkt diff=tkt -text"]
    assert clone.committed_files() == [".gitattributes"]
    assert clone.git("status", "--porcelain") == ""


def test_attributes_that_nobody_committed_are_told(clone: FrontDoor) -> None:
    lines = (clone.root / ".gitattributes").read_text(encoding="utf-8")
    (clone.root / ".gitattributes").write_text("", encoding="utf-8")
    clone.commit("attributes gone")
    (clone.root / ".gitattributes").write_text(lines, encoding="utf-8")

    assert "not committed" in clone("setup", code=3).err


def test_a_desk_in_a_folder_is_set_up_for_its_repository(repository: Path) -> None:
    tkt = FrontDoor(repository)
    tkt("init", "support/desk")
    tkt.git("config", "--remove-section", "merge.tkt")
    desk = FrontDoor(repository / "support" / "desk")

    assert OFFER in desk("list").err
    desk("setup")
    assert configured(tkt)
    assert OFFER not in desk("list").err


def test_outside_git_there_is_nothing_to_set_up(elsewhere: FrontDoor) -> None:
    elsewhere("init", "--no-commit")
    assert "not in a git repository" in elsewhere.refuses("setup", code=7)
    assert OFFER not in elsewhere("list").err


# The offer.


def test_every_command_on_a_clone_that_lacks_it_offers_it_once(clone: FrontDoor) -> None:
    for line in (("list",), ("show", "1"), ("check",), ("start", "1"), ("list", "--json")):
        answer = clone(*line)
        assert answer.err.splitlines().count("This clone merges tickets without tkt: run `tkt setup`.") == 1
        assert OFFER not in answer.out


def test_the_offer_is_made_too_where_trouble_was_found(clone: FrontDoor) -> None:
    clone.put("INC0000001", b"---\nid: [\n---\n")
    assert OFFER in clone("check", code=1).err


@pytest.mark.parametrize("line", [("--version",), ("--help",), ("list", "--help"), ("setup", "--help")])
def test_help_offers_nothing(clone: FrontDoor, line: tuple[str, ...]) -> None:
    assert OFFER not in clone(*line).err


def test_a_refusal_stays_the_one_line_that_it_is(clone: FrontDoor) -> None:
    clone.refuses("show", "4711", code=4)


def test_a_work_tree_beside_the_clone_shares_its_setup(clone: FrontDoor, tmp_path: Path) -> None:
    clone.git("worktree", "add", "-q", str(tmp_path / "beside"))
    beside = FrontDoor(tmp_path / "beside")
    assert OFFER in beside("list").err
    beside("setup")
    assert configured(clone)
    assert OFFER not in beside("list").err


def test_a_clone_that_has_it_is_not_asked_about_by_git(lives: FrontDoor) -> None:
    done = lives.process("list", environment={"GIT_TRACE": "1"})
    assert OFFER not in done.err
    assert "config" not in done.err
