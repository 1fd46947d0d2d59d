"""The index against the files: whatever is done to a desk, with git or behind its back, both show the same tickets."""

from __future__ import annotations

import multiprocessing
import os
import random
import shutil
import signal
import sqlite3
import subprocess
import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.store.course_ticket import COURSE
from tests.torture import reached, scaled
from tkt.desk.desk import Desk
from tkt.domain.bounds import EVERYTHING, Bounds
from tkt.domain.ticket import Ticket
from tkt.store.desk_folder import ticket_path
from tkt.store.index.row import read_row
from tkt.store.unreadable_ticket import UnreadableTicket
from tkt.wiring import indexed, open_desk

NOW = datetime(2026, 2, 1, 12, tzinfo=UTC)
SETTINGS = "format: 1\nlanguage: fr\ntimezone: Europe/Paris\n"
STATES = ("new", "in_progress", "pending", "resolved", "closed")


def git(root: Path, *arguments: str, check: bool = True) -> str:
    done = subprocess.run(["git", *arguments], cwd=root, capture_output=True, text=True)
    assert not check or done.returncode == 0, done.stderr
    return done.stdout


def id_of(number: int) -> str:
    return f"INC{number:07d}"


def text_of(number: int, state: str = "in_progress", words: str = "Rappel demandé.") -> str:
    """The course's ticket under another number, in another state, with other words."""
    text = COURSE.replace("INC0012345", id_of(number)).replace("state: in_progress\n", f"state: {state}\n")
    return (
        text
        + f"\n### 2026-01-16T09:{number % 60:02d}:00+01:00 · Jean DUPONT · N1\n\n"
        + f"- state: in_progress → {state}\n\n{words}\n"
    )


def build(root: Path, tickets: int) -> Path:
    """A desk of so many tickets in a folder of a repository."""
    desk = root / "desk"
    for number in range(1, tickets + 1):
        put(desk, number, text_of(number, STATES[number % len(STATES)]))
    (desk / "tkt.yaml").write_text(SETTINGS, encoding="utf-8")
    git(root, "init", "--quiet", "--initial-branch", "main")
    git(root, "config", "core.fsync", "none")
    commit(root)
    return desk


def put(desk: Path, number: int, text: str) -> Path:
    path = ticket_path(desk, id_of(number))
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def commit(root: Path) -> None:
    git(root, "add", "--all", "--force", check=False)  # another repository within has no commit to be added
    git(root, "commit", "--quiet", "--allow-empty", "--no-verify", "--message", "x")


def desk_at(folder: Path) -> Desk:
    return open_desk(folder, lambda _zone: (NOW, True), commit=False)


def seen(desk: Desk, bounds: Bounds = EVERYTHING) -> tuple[list[object], list[str]]:
    """What a desk shows of every ticket, its texts too, and what it says of the files that are none."""
    unreadable: list[UnreadableTicket] = []
    shown = [_shown(ticket) for ticket in desk.tickets(unreadable, bounds=bounds)]
    if desk.source is not None:
        desk.source.keep()
    return shown, [str(one) for one in unreadable]


def _shown(ticket: Ticket) -> object:
    return dict(ticket.fields), ticket.sets, ticket.entries, ticket.description, ticket.last_said_at


def same(folder: Path, bounds: Bounds = EVERYTHING) -> bool:
    desk = desk_at(folder)
    try:
        return seen(indexed(desk), bounds) == seen(desk, bounds)
    except UnreadableTicket:
        return False  # the index has one that is none any more


class Vandal:
    """Does to a desk what people, programs and git do to one."""

    def __init__(self, root: Path, desk: Path, seed: int) -> None:
        self.root, self.desk, self.random = root, desk, random.Random(seed)
        self.deeds: list[Callable[[], None]] = [
            *(self.edit, self.edit, self.edit, self.edit_by_stealth, self.create, self.delete, self.restore),
            *(self.rename, self.commit, self.commit, self.go_back, self.branch, self.rebase, self.stash, self.reset),
            *(self.break_it, self.link, self.ignore, self.look_away, self.look_again, self.untrack, self.nest),
        ]

    def __call__(self) -> str:
        deed = self.random.choice(self.deeds)
        deed()
        return deed.__name__

    def some(self) -> Path:
        files = sorted((self.desk / "tickets").rglob("INC*.md"))
        return self.random.choice(files) if files else put(self.desk, 1, text_of(1))

    def edit(self) -> None:
        path = self.some()
        number = int(path.stem[3:])
        words = f"Mot {self.random.randrange(1000):03d}"
        if not path.is_symlink():
            path.write_text(text_of(number, self.random.choice(STATES), words), encoding="utf-8")

    def edit_by_stealth(self) -> None:
        """Other bytes of the same length under the same times: only the time of the change itself tells."""
        path = self.some()
        if path.is_symlink():
            return
        before = path.stat()
        data = path.read_bytes()
        path.write_bytes(
            data.replace(b"state: new", b"state: www").replace(b"Mot 0", b"Mot 9").replace(b"Mot 1", b"Mot 8")
        )
        os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))

    def create(self) -> None:
        number = self.random.randrange(1, 3000)
        if not ticket_path(self.desk, id_of(number)).is_symlink():
            put(self.desk, number, text_of(number))

    def delete(self) -> None:
        self.some().unlink()

    def restore(self) -> None:
        git(self.root, "checkout", "HEAD", "--", "desk/tickets", check=False)

    def rename(self) -> None:
        goal = ticket_path(self.desk, id_of(self.random.randrange(1, 3000)))
        goal.parent.mkdir(parents=True, exist_ok=True)
        self.some().rename(goal)

    def commit(self) -> None:
        commit(self.root)

    def go_back(self) -> None:
        git(self.root, "checkout", "--quiet", "--force", "--detach", "HEAD~1", check=False)

    def branch(self) -> None:
        git(self.root, "checkout", "--quiet", "--force", self.random.choice(("main", "-")), check=False)

    def rebase(self) -> None:
        commit(self.root)
        git(self.root, "rebase", "--quiet", "main", check=False)
        git(self.root, "rebase", "--abort", check=False)

    def stash(self) -> None:
        git(self.root, "stash", "--include-untracked", "--quiet", check=False)
        if self.random.random() < 0.5:
            git(self.root, "stash", "pop", "--quiet", check=False)

    def reset(self) -> None:
        git(self.root, "reset", "--quiet", self.random.choice(("--hard", "--soft", "--mixed")), "HEAD~1", check=False)

    def break_it(self) -> None:
        path = self.some()
        if not path.is_symlink():
            path.write_bytes(path.read_bytes()[: self.random.randrange(400)])

    def link(self) -> None:
        path = self.some()
        path.unlink()
        path.symlink_to(self.random.choice(("/etc/hostname", "INC0000001.md", "../nowhere.md")))

    def ignore(self) -> None:
        (self.root / ".gitignore").write_text(
            self.random.choice(("INC00000*1.md\n", "desk/tickets/\n", "")), encoding="utf-8"
        )
        git(self.root, "rm", "--cached", "--quiet", "-r", "--", "desk/tickets", check=False)

    def look_away(self) -> None:
        flag = self.random.choice(("--assume-unchanged", "--skip-worktree"))
        git(self.root, "update-index", flag, "--", str(self.some().relative_to(self.root)), check=False)

    def look_again(self) -> None:
        for flag in ("--no-assume-unchanged", "--no-skip-worktree"):
            git(self.root, "update-index", flag, "--", str(self.some().relative_to(self.root)), check=False)

    def untrack(self) -> None:
        git(self.root, "rm", "--cached", "--quiet", "--", str(self.some().relative_to(self.root)), check=False)

    def nest(self) -> None:
        """Another repository among the tickets, into which git does not look."""
        folder = self.desk / "tickets" / "INC0001xxx"
        if (folder / ".git").exists():
            shutil.rmtree(folder / ".git")
        elif self.random.random() < 0.3:
            folder.mkdir(parents=True, exist_ok=True)
            git(folder, "init", "--quiet")


@pytest.mark.slow
def test_after_any_deed_the_index_shows_what_the_files_show(tmp_path: Path) -> None:
    deeds, looks, wrong = 0, 0, []
    for seed in range(scaled(2, 12)):
        root = tmp_path / str(seed)
        desk = build(root, 12)
        vandal = Vandal(root, desk, seed)
        done: list[str] = []
        for _step in range(scaled(50, 600)):
            done.append(vandal())
            deeds += 1
            if vandal.random.random() < 0.3:
                continue  # nobody looks after every deed
            looks += 1
            if not same(desk):
                wrong.append(" ".join([str(seed), *done[-9:]]))
                break
    reached("index", deeds=deeds, looks=looks, disagreements=len(wrong))
    assert not wrong


BOUNDS = [
    Bounds(states=frozenset({"new", "pending"})),
    Bounds(types=frozenset({"request"})),
    Bounds(priorities=frozenset({"P3"}), assignees=frozenset({"Pierre MARTIN"})),
    Bounds(opened_from=NOW - timedelta(days=17), opened_by=NOW - timedelta(days=16)),
    Bounds(alive_from=NOW - timedelta(days=15, hours=20)),
    Bounds(states=frozenset()),
]


@pytest.mark.parametrize("bounds", BOUNDS)
def test_bounds_leave_out_the_same_tickets(tmp_path: Path, bounds: Bounds) -> None:
    desk = build(tmp_path, 12)
    put(desk, 5, "broken")
    assert same(desk, bounds) and same(desk, bounds)


def index_files(root: Path) -> list[Path]:
    return sorted((root / ".git" / "tkt").rglob("index-*.sqlite"))


@pytest.fixture
def warm(tmp_path: Path) -> Path:
    """A desk with an index of its tickets."""
    desk = build(tmp_path, 12)
    assert same(desk) and len(index_files(tmp_path)) == 1
    return desk


def damages() -> dict[str, Callable[[Path], object]]:
    def overwritten(path: Path) -> None:
        data = bytearray(path.read_bytes())
        middle = len(data) // 2
        data[middle : middle + 4000] = os.urandom(4000)
        path.write_bytes(data)

    def emptied(path: Path) -> None:
        with sqlite3.connect(path) as connection:
            connection.execute("DELETE FROM record")

    def told_otherwise(path: Path) -> None:
        with sqlite3.connect(path) as connection:
            connection.execute("UPDATE ticket SET open = 0, state = 'closed'")

    def changed(what: str) -> Callable[[Path], None]:
        def change(path: Path) -> None:
            with sqlite3.connect(path) as connection:
                connection.execute(what)

        return change

    return {
        "empty fronts": changed("UPDATE record SET front = x''"),
        "fronts of another kind": changed("UPDATE record SET front = 'text'"),
        "moves that are none": changed("UPDATE journal SET moves = x'ff00'"),
        "of another commit": changed("""UPDATE standing SET said = '["", [], "sha1", 1]'"""),
        "cut": lambda path: os.truncate(path, 5000),
        "overwritten": overwritten,
        "of something else": lambda path: path.write_bytes(b"#!/bin/sh\n"),
        "gone": lambda path: path.unlink(),
        "a folder": lambda path: (path.unlink(), path.mkdir()),
        "emptied": emptied,
        "told otherwise": told_otherwise,
        "pointed away": lambda path: (path.parent / "index.json").write_text('{"file": "../x", "maker": 1}'),
        "pointed nowhere": lambda path: (path.parent / "index.json").write_text("{"),
    }


@pytest.mark.parametrize("damage", damages())
def test_a_damaged_index_is_made_anew_and_nobody_notices(warm: Path, damage: str) -> None:
    damages()[damage](index_files(warm.parent)[0])
    put(warm, 3, text_of(3, "closed"))
    bounds = Bounds(states=frozenset({"new", "in_progress", "pending"}))
    assert same(warm, bounds)
    assert same(warm)
    assert any(path.is_file() for path in index_files(warm.parent))


def test_an_index_that_somebody_holds_locked_is_passed_by(warm: Path) -> None:
    put(warm, 3, text_of(3, "closed"))
    connection = sqlite3.connect(index_files(warm.parent)[0], isolation_level=None)
    connection.execute("BEGIN EXCLUSIVE")
    try:
        assert same(warm)
    finally:
        connection.close()
    assert same(warm)


@pytest.mark.skipif(os.geteuid() == 0, reason="root writes everywhere")
def test_a_git_directory_that_cannot_be_written_keeps_nobody_from_reading(tmp_path: Path) -> None:
    desk = build(tmp_path, 3)
    (tmp_path / ".git").chmod(0o500)
    try:
        assert same(desk)
    finally:
        (tmp_path / ".git").chmod(0o700)


def test_an_index_of_another_version_is_made_anew(warm: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tkt.store.index.folder.MAKER", "of the future")
    assert same(warm)
    assert len(index_files(warm.parent)) == 1


def test_two_desks_of_one_repository_and_two_work_trees_of_one_desk_each_have_their_own(tmp_path: Path) -> None:
    desk = build(tmp_path, 5)
    other = tmp_path / "other"
    shutil.copytree(desk, other)
    put(other, 2, text_of(2, "closed", "Ailleurs."))
    commit(tmp_path)
    git(tmp_path, "worktree", "add", "--quiet", "../tree", "HEAD")
    tree = tmp_path.parent / "tree" / "desk"
    put(tree, 4, text_of(4, "closed", "Là-bas."))
    for _again in range(2):
        assert same(desk) and same(other) and same(tree)


def test_several_at_once_on_one_index_all_see_every_ticket(warm: Path) -> None:
    trouble: list[str] = []

    def read(number: int) -> None:
        try:
            look(number)
        except Exception as error:
            trouble.append(f"{number}: {error!r}")

    def look(number: int) -> None:
        path = put(warm, 100 + number, text_of(100 + number))
        for step in range(scaled(6, 60)):
            draft = path.with_name(f"draft-{number}")
            draft.write_text(text_of(100 + number, STATES[step % 5], f"Mot {step}"), encoding="utf-8")
            os.replace(draft, path)  # as tkt writes: no reader meets half a file
            shown, _unreadable = seen(indexed(desk_at(warm)))
            mine = [one for one in shown if f"'id': '{id_of(100 + number)}'" in repr(one)]
            if len(shown) < 12 or len(mine) != 1 or f"Mot {step}" not in repr(mine[0]):
                trouble.append(f"{number} {step}: {len(shown)}")

    threads = [threading.Thread(target=read, args=(number,)) for number in range(4)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert not trouble
    assert same(warm)


def test_before_the_first_commit_and_outside_of_git_the_files_are_all_there_is(tmp_path: Path) -> None:
    desk = tmp_path / "desk"
    put(desk, 1, text_of(1))
    (desk / "tkt.yaml").write_text(SETTINGS, encoding="utf-8")
    assert indexed(desk_at(desk)).source is None
    git(tmp_path, "init", "--quiet")
    assert same(desk)
    put(desk, 1, text_of(1, "closed"))
    put(desk, 2, text_of(2))
    assert same(desk)


def test_a_new_index_of_many_tickets_is_made_on_all_cores(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tkt.store.index.reading._WORTH_A_PROCESS", 10)
    monkeypatch.setattr("tkt.store.index.reading._AT_ONCE", 3)
    desk = build(tmp_path, 40)
    told: list[tuple[int, int]] = []
    with_progress = replace(desk_at(desk), progress=lambda done, every: told.append((done, every)))
    assert seen(indexed(with_progress)) == seen(desk_at(desk))
    assert told[-1] == (40, 40) and sorted(told[:13]) == told[:13]
    assert same(desk)


def test_what_a_reader_that_is_killed_left_undone_is_read_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tkt.store.index.reading._WORTH_A_PROCESS", 10)
    monkeypatch.setattr("tkt.store.index.reading._AT_ONCE", 3)
    monkeypatch.setattr("tkt.store.index.reading._cores", lambda: 3)
    us = os.getpid()
    desk = build(tmp_path, 40)

    def killed_on_the_way(root: str, ticket_id: str, algorithm: str) -> object:
        if os.getpid() != us and ticket_id == id_of(14):
            os.kill(os.getpid(), signal.SIGKILL)
        return read_row(root, ticket_id, algorithm)

    monkeypatch.setattr("tkt.store.index.reading.read_row", killed_on_the_way)
    assert same(desk)
    assert len(index_files(tmp_path)) == 1


def test_whoever_is_ended_while_the_index_is_made_leaves_no_reader_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tkt.store.index.reading._WORTH_A_PROCESS", 10)
    monkeypatch.setattr("tkt.store.index.reading._AT_ONCE", 3)
    monkeypatch.setattr("tkt.store.index.reading._cores", lambda: 3)
    desk = build(tmp_path, 40)

    us = os.getpid()

    def endless(root: str, ticket_id: str, algorithm: str) -> object:
        if os.getpid() != us and ticket_id > id_of(20):
            signal.pause()
        return read_row(root, ticket_id, algorithm)

    def interrupted(_done: int, _every: int) -> None:
        assert multiprocessing.active_children()
        raise KeyboardInterrupt

    monkeypatch.setattr("tkt.store.index.reading.read_row", endless)
    with pytest.raises(KeyboardInterrupt):
        seen(indexed(replace(desk_at(desk), progress=interrupted)))
    assert not multiprocessing.active_children()
    assert not index_files(tmp_path)


def test_a_file_that_changes_while_the_index_is_made_is_looked_at_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What git said of a file is older than what was read of it: both ways of being overtaken must heal."""
    from tkt.git.standing import TicketStanding

    desk = build(tmp_path, 4)
    clean = ticket_path(desk, id_of(2)).read_text(encoding="utf-8")
    real = TicketStanding.now

    def overtaken(self: TicketStanding) -> tuple[str, frozenset[str]]:
        found = real(self)
        put(desk, 2, text_of(2, "closed", "Entre-temps."))
        return found

    with monkeypatch.context() as patch:
        patch.setattr(TicketStanding, "now", overtaken)
        seen(indexed(desk_at(desk)))
    put(desk, 2, clean)  # as the commit has it: git sees nothing to look at
    assert same(desk)


def test_another_file_of_the_same_time_is_seen_in_a_clone_that_goes_by_times_alone(tmp_path: Path) -> None:
    desk = build(tmp_path, 4)
    for path in (desk / "tickets").rglob("INC*.md"):
        os.utime(path, (1_700_000_000, 1_700_000_000))
    git(tmp_path, "config", "core.checkStat", "minimal")
    git(tmp_path, "update-index", "--really-refresh")
    assert same(desk)
    path, draft = ticket_path(desk, id_of(2)), tmp_path / "draft"
    draft.write_text(path.read_text(encoding="utf-8").replace("assignee: Pierre", "assignee: Pietro"), encoding="utf-8")
    os.utime(draft, (1_700_000_000, 1_700_000_000))
    draft.replace(path)
    assert not git(tmp_path, "status", "--porcelain", "--untracked-files=no")
    assert same(desk)


def test_a_commit_that_stands_for_another_changes_what_is_checked_out_under_the_same_name(tmp_path: Path) -> None:
    desk = build(tmp_path, 4)
    put(desk, 2, text_of(2, "closed", "Autrement."))
    commit(tmp_path)
    git(tmp_path, "checkout", "--quiet", "--detach", "HEAD~1")
    assert same(desk)
    git(tmp_path, "replace", "HEAD", "main")
    git(tmp_path, "reset", "--quiet", "--hard")
    assert ticket_path(desk, id_of(2)).read_text(encoding="utf-8") == text_of(2, "closed", "Autrement.")
    assert same(desk)


def test_tickets_within_a_submodule_are_read_from_their_files(tmp_path: Path) -> None:
    desk = build(tmp_path, 4)
    shard = ticket_path(desk, id_of(1)).parent
    git(tmp_path, "rm", "-r", "--cached", "--quiet", "--", str(shard))
    git(shard, "init", "--quiet")
    commit(shard)
    commit(tmp_path)
    assert "160000" in git(tmp_path, "ls-files", "--stage", "--", str(shard))
    assert same(desk)
    put(desk, 7, text_of(7))
    assert same(desk)


def test_tickets_behind_a_link_are_read_from_their_files(tmp_path: Path) -> None:
    desk = build(tmp_path, 4)
    (desk / "tickets").rename(desk / "elsewhere")
    (desk / "tickets").symlink_to("elsewhere")
    for _again in range(2):
        assert same(desk)
        commit(tmp_path)
    put(desk, 7, text_of(7))
    assert same(desk)
