"""Tickets merged and shown by git itself, with the driver that a clone is told of, and without one."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from datetime import timedelta
from pathlib import Path

import pytest

import tkt
from tests.git.work import Work
from tests.store.course_ticket import COURSE, PATH, TEN
from tests.torture import reached, scaled
from tkt.domain.entry import Change, Entry, FieldChange, SetChange
from tkt.git.drivers import driver_arguments, has_drivers, install_drivers, lacks_drivers
from tkt.git.repository import Repository
from tkt.store.ticket_file import TicketFile

ATTRIBUTES = "tickets/**/*.md merge=tkt diff=tkt -text\n"


@pytest.fixture(autouse=True)
def tkt_under_test(monkeypatch: pytest.MonkeyPatch) -> None:
    """git starts the tkt that is tested."""
    monkeypatch.setenv("PYTHONPATH", str(Path(tkt.__file__).parent.parent))


@pytest.fixture
def desk(work: Work) -> Work:
    """A repository with the course's ticket, whose git merges with tkt."""
    work.committed(".gitattributes", ATTRIBUTES)
    work.committed(PATH, COURSE)
    install_drivers(Repository.of(work.top))
    return work


def say(work: Work, text: str, *changes: Change, at: int = 0, path: str = PATH) -> None:
    """An entry, in a commit of its own."""
    file = TicketFile.of(path, work.top / path)
    file = file.with_entry(Entry(TEN + timedelta(minutes=at), "Jean DUPONT", changes=changes, text=text))
    (work.top / path).write_bytes(file.data)
    work.git("commit", "-qam", text)


def texts(work: Work, path: str = PATH) -> list[str]:
    """What the entries since ten o'clock say."""
    return [entry.text for entry in TicketFile.of(path, work.top / path).text.entries[3:]]


def two_branches(work: Work, path: str = PATH) -> None:
    """`main` and `other`, each with an entry of its own; `main` is checked out."""
    work.git("branch", "other")
    say(work, "ours", FieldChange("state", "pending", "in_progress"), at=1, path=path)
    work.git("switch", "-q", "other")
    say(work, "theirs", FieldChange("state", "resolved", "in_progress"), SetChange("tags", ("vip",)), at=2, path=path)
    work.git("switch", "-q", "main")


# Every command by which git merges.


@pytest.mark.parametrize("command", [("merge", "--no-edit", "other"), ("rebase", "other"), ("cherry-pick", "other")])
def test_two_branches_that_both_wrote_in_one_journal_merge_cleanly(desk: Work, command: tuple[str, ...]) -> None:
    two_branches(desk)
    desk.git(*command)
    assert texts(desk) == ["ours", "theirs"]
    assert TicketFile.of(PATH, desk.top / PATH).ticket.state == "resolved"
    assert desk.status() == []


def test_what_was_stashed_comes_back_into_a_journal_that_went_on(desk: Work) -> None:
    two_branches(desk)
    before = (desk.top / PATH).read_bytes()
    desk.git("reset", "-q", "--soft", "HEAD~1")
    desk.git("restore", "--staged", ".")
    assert (desk.top / PATH).read_bytes() == before
    desk.git("stash")
    desk.git("merge", "--no-edit", "other")
    desk.git("stash", "pop")
    assert texts(desk) == ["ours", "theirs"]


def test_branches_that_merged_each_other_merge_cleanly(desk: Work) -> None:
    two_branches(desk)
    desk.git("branch", "one")
    desk.git("branch", "two", "other")
    desk.git("merge", "--no-edit", "two")
    say(desk, "after ours", FieldChange("assignee", "Zoé", "Pierre MARTIN"), at=5)
    desk.git("switch", "-q", "other")
    desk.git("merge", "--no-edit", "one")
    say(desk, "after theirs", SetChange("tags", ("zoo",)), at=6)
    assert len(desk.git("merge-base", "--all", "main", "other").split()) == 2

    desk.git("merge", "--no-edit", "main")
    merged = (desk.top / PATH).read_bytes()
    desk.git("switch", "-q", "main")
    desk.git("merge", "--no-edit", "other~1")
    assert texts(desk) == ["ours", "theirs", "after ours", "after theirs"]
    assert (desk.top / PATH).read_bytes() == merged


def test_a_desk_in_a_folder_of_the_repository_is_merged_too(work: Work) -> None:
    folder = "le support/l'équipe $HOME"
    path = f"{folder}/{PATH}"
    work.committed(f"{folder}/.gitattributes", ATTRIBUTES)
    work.committed(path, COURSE)
    install_drivers(Repository.of(work.top / folder))
    two_branches(work, path)
    work.git("merge", "--no-edit", "other")
    assert texts(work, path) == ["ours", "theirs"]


# What cannot be merged.


def test_what_both_changed_differently_is_marked_and_named(desk: Work) -> None:
    for branch, asset in (("other", "PC-2"), ("main", "PC-1")):
        desk.git("switch", "-q", "-C", branch, "main")
        desk.write(PATH, COURSE.replace("PC-COMPTA-015", asset))
        desk.git("commit", "-qam", asset)
        if branch == "other":
            desk.git("branch", "-f", "main", "HEAD~1")
    desk.git("switch", "-q", "main")
    said = desk.git("merge", "other", check=False)
    assert f"tkt: {PATH}: both sides changed asset" in said
    data = (desk.top / PATH).read_text(encoding="utf-8")
    assert "<<<<<<< ours\nasset: PC-1\n=======\nasset: PC-2\n>>>>>>> theirs\n" in data
    assert desk.git("diff", "--name-only", "--diff-filter=U").split() == [PATH]


def test_two_tickets_of_one_number_are_both_kept_whole(work: Work) -> None:
    work.committed(".gitattributes", ATTRIBUTES)
    install_drivers(Repository.of(work.top))
    work.git("branch", "other")
    work.committed(PATH, COURSE)
    work.git("switch", "-q", "other")
    other = COURSE.replace("4k7m2x9p3q", "zzzzzzzzzz").replace("Outlook 365", "Écran noir")
    work.committed(PATH, other)
    said = work.git("merge", "main", check=False)
    assert "two tickets got this number" in said and "tkt check --repair INC0012345" in said
    data = (work.top / PATH).read_text(encoding="utf-8")
    assert data == f"<<<<<<< ours\n{other}=======\n{COURSE}>>>>>>> theirs\n"


@pytest.mark.parametrize("broken", ["---\na: [\n---\n", "\udcff"])
def test_what_is_no_ticket_is_merged_line_by_line_with_a_word(desk: Work, broken: str) -> None:
    two_branches(desk)
    (desk.top / PATH).write_bytes(broken.encode(errors="surrogateescape"))
    desk.git("commit", "-qam", "broken")
    said = desk.git("merge", "other", check=False)
    assert "cannot be read as a ticket" in said
    assert "theirs" in (desk.top / PATH).read_bytes().decode(errors="replace")


# Where tkt is not.


def without_tkt(monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    """A PATH on which there is git and a shell, and nothing of tkt's."""
    folder.mkdir()
    for name in ("git", "sh", "grep", "cat"):
        found = shutil.which(name)
        assert found
        (folder / name).symlink_to(found)
    monkeypatch.setenv("PATH", str(folder))


@pytest.mark.parametrize("python", ["/nowhere/python", sys.executable])
def test_where_tkt_cannot_be_found_git_merges_with_words_and_loses_nothing(
    work: Work, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, python: str
) -> None:
    monkeypatch.setattr(sys, "executable", python)
    work.committed(".gitattributes", ATTRIBUTES)
    work.committed(PATH, COURSE)
    install_drivers(Repository.of(work.top))
    two_branches(work)
    without_tkt(monkeypatch, tmp_path / "bin")
    # What this Python finds under the name of tkt is a broken installation.
    (tmp_path / "tkt").mkdir()
    (tmp_path / "tkt" / "__init__.py").write_text("raise ImportError\n", encoding="utf-8")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    said = work.git("merge", "other", check=False)
    assert "tkt was not found" in said and "tkt setup" in said
    data = (work.top / PATH).read_text(encoding="utf-8")
    assert "<<<<<<< ours\n" in data and ">>>>>>> theirs\n" in data
    assert "\nours\n" in data and "\ntheirs\n" in data
    assert "theirs" in work.git("diff", "main", "other")


def test_another_tkt_on_the_path_is_as_good(work: Work, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    python = sys.executable
    monkeypatch.setattr(sys, "executable", "/nowhere/it's/py thon%O")
    work.committed(".gitattributes", ATTRIBUTES)
    work.committed(PATH, COURSE)
    install_drivers(Repository.of(work.top))
    monkeypatch.setattr(sys, "executable", python)
    two_branches(work)
    without_tkt(monkeypatch, tmp_path / "bin")
    script = tmp_path / "bin" / "tkt-merge"
    script.write_text(f'#!/bin/sh\nexec "{python}" -P -m tkt.cli.merge_driver "$@"\n', encoding="utf-8")
    script.chmod(0o755)
    work.git("merge", "--no-edit", "other")
    assert texts(work) == ["ours", "theirs"]


def test_an_interpreter_in_an_odd_folder_is_started(
    work: Work, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    odd = tmp_path / "it's 100%O $HOME; `x`"
    odd.mkdir()
    (odd / "python").write_text(f'#!/bin/sh\nexec "{sys.executable}" "$@"\n', encoding="utf-8")
    (odd / "python").chmod(0o755)
    monkeypatch.setattr(sys, "executable", str(odd / "python"))
    work.committed(".gitattributes", ATTRIBUTES)
    work.committed(PATH, COURSE)
    install_drivers(Repository.of(work.top))
    two_branches(work)
    without_tkt(monkeypatch, tmp_path / "bin")
    work.git("merge", "--no-edit", "other")
    assert texts(work) == ["ours", "theirs"]
    assert "tkt" not in work.git("diff", "HEAD~1").splitlines()[0]


def test_code_that_lies_in_the_work_tree_is_not_run(desk: Work) -> None:
    for name in ("tkt/__init__.py", "re.py", "yaml.py", "dataclasses.py"):
        desk.committed(name, "raise SystemExit('taken over')\n")
    two_branches(desk)
    desk.git("merge", "--no-edit", "other")
    assert texts(desk) == ["ours", "theirs"]


# The configuration.


def test_installing_twice_changes_nothing_and_nothing_else_is_touched(work: Work) -> None:
    work.git("config", "merge.conflictStyle", "diff3")
    work.git("config", "merge.other.driver", "true")
    repository = Repository.of(work.top)
    assert install_drivers(repository)
    config = (work.top / ".git" / "config").read_bytes()
    assert not install_drivers(repository)
    assert (work.top / ".git" / "config").read_bytes() == config
    assert work.git("config", "merge.conflictStyle").strip() == "diff3"
    assert work.git("config", "merge.other.driver").strip() == "true"


def test_an_old_line_gives_way_to_the_new_one(work: Work) -> None:
    for value in ("old %O", "older %O"):
        work.git("config", "--add", "merge.tkt.driver", value)
    repository = Repository.of(work.top)
    assert has_drivers(repository)
    assert install_drivers(repository)
    assert len(work.git("config", "--get-all", "merge.tkt.driver").splitlines()) == 1


def test_a_clone_is_known_to_lack_them_until_it_has_them(work: Work, tmp_path: Path) -> None:
    work.committed("a")
    sister = tmp_path / "sister"
    work.git("worktree", "add", "-q", str(sister))
    folder = work.top / "deep" / "er"
    folder.mkdir(parents=True)
    places = [work.top, folder, sister]
    assert [lacks_drivers(place) for place in places] == [True] * 3
    assert not has_drivers(Repository.of(sister))
    install_drivers(Repository.of(sister))
    assert [lacks_drivers(place) for place in places] == [False] * 3
    assert has_drivers(Repository.of(work.top))
    assert not lacks_drivers(tmp_path)


def test_where_they_are_configured_for_every_clone_nothing_lacks(work: Work, clean_environment: Path) -> None:
    work.git("config", "--global", "merge.tkt.driver", "tkt-merge %O %A %B %P")
    assert not lacks_drivers(work.top)


def test_a_clone_that_has_them_is_known_without_git(work: Work, monkeypatch: pytest.MonkeyPatch) -> None:
    install_drivers(Repository.of(work.top))
    monkeypatch.setenv("PATH", "")
    assert not lacks_drivers(work.top)


def test_a_single_command_can_bring_the_driver_along(desk: Work) -> None:
    desk.git("config", "--local", "--remove-section", "merge.tkt")
    two_branches(desk)
    desk.git(*driver_arguments(), "merge", "--no-edit", "other")
    assert texts(desk) == ["ours", "theirs"]


def test_many_tickets_are_merged_in_one_go(desk: Work) -> None:
    many = scaled(8, 200)
    paths = [f"tickets/INC0000xxx/INC0000{number:03d}.md" for number in range(many)]
    for path in paths:
        desk.write(path, COURSE)
    desk.git("add", "-A")
    desk.git("commit", "-qm", "many")
    for branch in ("one", "two"):
        desk.git("switch", "-qC", branch, "main")
        for path in paths:
            file = TicketFile.of(path, desk.top / path)
            at = TEN + timedelta(minutes=branch == "two")
            (desk.top / path).write_bytes(file.with_entry(Entry(at, "Jean DUPONT", text=branch)).data)
        desk.git("commit", "-qam", branch)
    start = time.perf_counter()
    desk.git("merge", "-q", "--no-edit", "one")
    took = time.perf_counter() - start
    start = time.perf_counter()
    for _path in paths:
        subprocess.run([sys.executable, "-c", "pass"], check=True, env={**os.environ})
    floor = time.perf_counter() - start
    lost = sum(len({"one", "two"} - set(texts(desk, path))) for path in paths)
    reached("merge-driver", tickets=many, seconds=round(took, 1), seconds_of_bare_python=round(floor, 1), lost=lost)
    assert all(texts(desk, path) == ["one", "two"] for path in paths)
