"""Killed at any call that writes, or the disk full there: after the next command the desk is as before or as after."""

from __future__ import annotations

import os
import secrets
import shutil
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.cli.conftest import IN_STATE, copied
from tests.cli.front_door import FrontDoor
from tests.cli.system_calls import Traced
from tests.torture import reached, scaled
from tkt.cli.main import main

# What a person had under way before the command, as `git status` has it.
THEIRS = [" M notes.txt", "A  theirs.txt"]
ASSIGNED, AT_WORK, WAITING = IN_STATE["assigned"], IN_STATE["in_progress"], IN_STATE["pending"]
# The next command of somebody who only writes elsewhere.
ELSEWHERE = ("log", WAITING, "Toujours rien.")
COMMANDS = (
    ("log", AT_WORK, "Sans réponse."),
    ("new", "Écran noir", "-r", "Marie MARTIN"),
    ("attach", AT_WORK, "../one.log", "../two.log", "../three.log"),
    ("resolve", ASSIGNED, AT_WORK, "--cause", "unknown", "--action", "redémarrage"),
    ("link", ASSIGNED, "related-to", AT_WORK),
)


@dataclass(frozen=True)
class State:
    """Every file outside `.git` but the one that the next command writes on, and what git says of them."""

    files: dict[str, bytes | None]
    status: list[str]

    @classmethod
    def of(cls, desk: FrontDoor) -> State:
        """As it is now."""
        aside = desk.path(WAITING)
        found = (one for one in sorted(desk.root.rglob("*")) if ".git" not in one.relative_to(desk.root).parts)
        files = {
            one.relative_to(desk.root).as_posix(): one.read_bytes() if one.is_file() else None
            for one in found
            if one != aside
        }
        status = desk.git("status", "--porcelain", "--untracked-files=all").splitlines()
        return cls(files, sorted(line for line in status if not line.endswith(aside.name)))


@dataclass(frozen=True)
class Point:
    """One call that writes: its number in the command's life, whether tkt itself makes it, what it is called."""

    number: int
    ours: bool
    call: str


@dataclass
class Walk:
    """One command on copies of one desk, cut short at one point after the other."""

    desk: Path
    command: tuple[str, ...]
    folder: Path

    def __post_init__(self) -> None:
        self.before = State.of(self._fresh())
        points: list[Point] = []

        def note(_traced: Traced, number: int, ours: bool, call: str) -> bool:
            points.append(Point(number, ours, call))
            return False

        traced = self._started(note)
        traced.run()
        assert traced.ended[traced.root] == 0
        self.points = points
        self.after = State.of(FrontDoor(self.folder / "desk"))
        assert self.after != self.before

    def ways(self) -> Iterator[tuple[Walk, Point, str]]:
        """Every point, and what may befall there: while git is at work, tkt may die alone."""
        for point in self.points:
            yield self, point, "all killed"
            yield self, point, "disk full" if point.ours else "tkt killed"

    def cut_short(self, point: Point, way: str, turn: int) -> None:
        """Have it befall, then hold the desk and the next command against what was promised."""
        tkt = self._fresh()

        def befall(traced: Traced, number: int, ours: bool, call: str) -> bool:
            if number != point.number:
                return False
            assert (ours, call) == (point.ours, point.call)
            if way == "disk full":
                return True
            traced.kill(*(traced.alive if way == "all killed" else [traced.root]))
            return False

        traced = self._started(befall)
        traced.run(lambda one: one.has_ended)
        writes_next = bool(turn % 2)
        if writes_next and not self._locks():
            self._write_meanwhile(traced)
        traced.run()
        said = (self.folder / "said").read_text(encoding="utf-8")
        assert "Traceback" not in said and "bug" not in said, said
        self._look(tkt, writes_next)

    def _look(self, tkt: FrontDoor, writes_next: bool) -> None:
        locks = self._locks()
        if locks:
            tkt("list")
            assert self._locks() == locks, "the locks of a git that was killed are for a person to remove"
            for lock in locks:
                lock.unlink()
        if writes_next:
            tkt(*ELSEWHERE)
        assert tkt("check", "--json").json["errors"] == 0
        now = State.of(tkt)
        assert now in (self.before, self.after), _differences(now, self.before, self.after)
        if not writes_next:
            tkt(*ELSEWHERE)
        assert list((self.folder / "temporary").iterdir()) == []
        left = [one.name for one in tkt.root.rglob("*tkt-*") if one.is_file()]
        assert not [name for name in left if name not in ("tkt-last-ticket", "tkt-numbers")], left

    def _fresh(self) -> FrontDoor:
        shutil.rmtree(self.folder / "desk", ignore_errors=True)
        shutil.rmtree(self.folder / "temporary", ignore_errors=True)
        (self.folder / "temporary").mkdir()
        return FrontDoor(copied(self.desk, self.folder / "desk"))

    def _started(self, at_write: Callable[[Traced, int, bool, str], bool]) -> Traced:
        """The command, as a process that has just started runs it; its words go to a file."""
        with (self.folder / "said").open("wb") as said:
            return Traced(lambda: _tkt(self.folder / "desk", self.command, said.fileno()), at_write).start()

    def _write_meanwhile(self, traced: Traced) -> None:
        """The next command, while what the dead one had started may still be at work."""
        pid = os.fork()
        if not pid:
            with (self.folder / "said next").open("wb") as said:
                os._exit(_tkt(self.folder / "desk", ELSEWHERE, said.fileno()))
        traced.run(lambda one: pid in one.ended)
        assert traced.ended[pid] == 0 or self._locks(), (self.folder / "said next").read_text(encoding="utf-8")

    def _locks(self) -> list[Path]:
        return sorted((self.folder / "desk" / ".git").rglob("*.lock"))


def _tkt(desk: Path, words: Sequence[str], said: int) -> int:
    """tkt in this process, which is of no other use; ends with its exit code."""
    os.chdir(desk)
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    for number, name in ((1, "stdout"), (2, "stderr")):
        os.dup2(said, number)
        setattr(sys, name, open(number, "w", encoding="utf-8", closefd=False))  # noqa: SIM115 - as long as we live
    sys.dont_write_bytecode = True
    try:
        main(words)
    except SystemExit as end:
        sys.stdout.flush()
        return end.code if isinstance(end.code, int) else 1
    return 0


def _differences(now: State, *wanted: State) -> str:
    def between(one: State) -> list[str]:
        names = sorted(now.files.keys() | one.files.keys())
        files = [name for name in names if now.files.get(name, "absent") != one.files.get(name, "absent")]
        return [*files, *(f"git status: {line}" for line in set(now.status) ^ set(one.status))]

    return " / ".join(f"{between(one)}" for one in wanted)


@pytest.fixture
def busy(lives: FrontDoor, tmp_path: Path) -> Path:
    """A desk on which a person has something staged, something changed, and numbers that open a new folder."""
    (lives.root / "notes.txt").write_text("one\n", encoding="utf-8")
    lives.setting("first_number: 2000")
    (lives.root / "notes.txt").write_text("two\n", encoding="utf-8")
    (lives.root / "theirs.txt").write_text("new\n", encoding="utf-8")
    lives.git("add", "theirs.txt")
    assert sorted(lives.git("status", "--porcelain").splitlines()) == THEIRS
    return lives.root


@pytest.fixture
def work(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where copies of the desk are worked on, beside files to attach; temporary files have a folder of their own."""
    folder = tmp_path / "work"
    folder.mkdir()
    for name in ("one", "two", "three"):
        (folder / f"{name}.log").write_text(name, encoding="utf-8")
    monkeypatch.setenv("TMPDIR", str(folder / "temporary"))
    # The same ticket and the same commit each time: in which folders git keeps them decides which it must make.
    monkeypatch.setattr(secrets, "choice", lambda signs: signs[0])
    monkeypatch.setenv("GIT_COMMITTER_DATE", "2026-01-15T10:00:00+01:00")
    return folder


def test_whatever_ends_a_command_the_next_one_finds_the_desk_as_before_or_as_after(
    busy: Path, work: Path, tmp_path: Path
) -> None:
    """TKT_TORTURE walks every point of every command, on a desk at rest too; otherwise a few are tried."""
    rest = copied(busy, tmp_path / "at rest")
    FrontDoor(rest).git("reset", "--quiet", "--hard")
    _import_everything(FrontDoor(copied(rest, work / "desk")))
    desks = [(busy, ()), (busy, ("--no-commit",)), (rest, ())][: scaled(2, 3)]
    chosen = COMMANDS[: scaled(3, len(COMMANDS))]
    walks = [Walk(desk, (*command, *more), work) for desk, more in desks for command in chosen]
    ways = [way for walk in walks for way in walk.ways()]
    tried = ways[:: scaled(len(ways) // 10 | 1, 1)]
    lost = []
    for turn, (walk, point, way) in enumerate(tried):
        try:
            walk.cut_short(point, way, turn)
        except AssertionError as error:
            lost.append(f"tkt {' '.join(walk.command)}, {way} at {point}: {error}")
    full = sum(way == "disk full" for _walk, _point, way in tried)
    points = len({(id(walk), point.number) for walk, point, _way in tried})
    reached("crash-at-any-point", points=points, kills=len(tried) - full, disk_full=full, lost=len(lost))
    assert lost == []


def _import_everything(tkt: FrontDoor) -> None:
    """Once, here: what a process does while it starts is not what is looked at."""
    for command in (*COMMANDS, (*ELSEWHERE, "--no-commit"), ("check", "--json"), ("list",)):
        tkt(*command)
