"""Long lists on a terminal go through the person's pager, as git's do; nothing else does."""

from __future__ import annotations

import os
import re
import shutil
import stat
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pexpect
import pytest

from tests.cli.conftest import OPENING, Clock, as_jean, copied
from tests.cli.front_door import FrontDoor, command, surroundings

WIDE = (24, 120)
# What the pager of these tests says before the list, and behind it.
BEGIN, END = "<<pager", "pager>>"


@pytest.fixture(scope="module")
def many(founded: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A desk of thirty tickets."""
    with as_jean(tmp_path_factory) as patch:
        patch.setenv("TKT_NOW", OPENING)
        tkt = FrontDoor(copied(founded, tmp_path_factory.mktemp("many") / "desk"))
        first = tkt("new", "Écran noir n° 1", "-r", "Marie MARTIN", "--no-commit").out.strip()
        for number in range(2, 31):
            made = first[:-2] + f"{number:02d}"
            data = (
                tkt.data(first).replace(first.encode(), made.encode()).replace(b"n\xc2\xb0 1", b"n\xc2\xb0 %d" % number)
            )
            tkt.path(made).write_bytes(data.replace(b"uid: ", b"uid: %02d" % number, 1))
        tkt.commit("thirty")
    return tkt.root


@pytest.fixture
def desk(many: Path, clock: Clock) -> FrontDoor:
    """tkt on that desk, which is only looked at."""
    clock("2026-01-15T10:00:00+01:00")
    return FrontDoor(many)


@pytest.fixture
def pager(tmp_path: Path) -> str:
    """A pager that shows its environment and all that it is given."""
    return program(tmp_path, "pager", f"echo '{BEGIN}' LESS=$LESS LV=$LV\ncat\necho '{END}'")


def program(folder: Path, name: str, script: str) -> str:
    path = folder / name
    path.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
    return str(path)


@contextmanager
def on_a_terminal(
    desk: FrontDoor, *arguments: str, environment: dict[str, str] | None = None, size: tuple[int, int] = WIDE
) -> Iterator[pexpect.spawn]:
    """tkt before a person's eyes."""
    program, *line = command(*arguments)
    around = {"TERM": "xterm-256color", "PATH": os.environ["PATH"], "TKT_NOW": "2026-01-15T10:00:00+01:00"}
    around = {key: value for key, value in surroundings({**around, **(environment or {})}).items() if value}
    child = pexpect.spawn(
        program, line, cwd=str(desk.root), env=around, dimensions=size, encoding="utf-8", timeout=20, echo=False
    )
    child.delaybeforesend = None
    child.ptyproc.delayafterclose = 0
    try:
        yield child
    finally:
        child.close(force=True)


def said(desk: FrontDoor, *arguments: str, code: int = 0, **how: object) -> str:
    """All that a terminal shows of a command."""
    with on_a_terminal(desk, *arguments, **how) as child:  # type: ignore[arg-type]
        child.expect(pexpect.EOF)
        child.wait()
        assert child.exitstatus == code
        shown: str = child.before
        return shown


def test_a_list_longer_than_the_screen_is_paged_whole_as_git_would(desk: FrontDoor, pager: str) -> None:
    shown = said(desk, "list", "--limit", "0", environment={"PAGER": pager, "LESS": "", "LV": ""})

    assert f"{BEGIN} LESS=FRX LV=-c" in shown
    listed = shown.partition(BEGIN)[2].partition(END)[0]
    assert listed.count("INC00000") == 30
    assert "\x1b[1m" in listed, "colours go through"


def test_what_the_person_has_set_for_their_pager_stays(desk: FrontDoor, pager: str) -> None:
    assert f"{BEGIN} LESS=-S LV=-c" in said(desk, "list", "--all", environment={"PAGER": pager, "LESS": "-S"})


@pytest.mark.parametrize("arguments", [(), ("--limit", "5"), ("--limit", "0", "--no-pager"), ("--all", "--json")])
def test_what_fits_is_machine_read_or_is_not_to_be_paged_is_printed(
    desk: FrontDoor, pager: str, arguments: tuple[str, ...]
) -> None:
    shown = said(desk, "list", *arguments, environment={"PAGER": pager})

    assert BEGIN not in shown
    assert "INC0000001" in shown


def test_a_screenful_leaves_the_prompt_in_sight_and_says_how_many_there_are(desk: FrontDoor) -> None:
    shown = said(desk, "list")

    assert shown.count("INC00000") == 18
    assert shown.count("\n") < WIDE[0]
    assert "18 of 30 tickets; --limit 0 shows all." in shown


def test_nothing_is_paged_in_a_pipe(desk: FrontDoor, pager: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PAGER", pager)
    answer = desk.process("list")

    assert BEGIN not in answer.out
    assert len(answer.lines) == 31


def test_cat_is_no_pager(desk: FrontDoor) -> None:
    """As git has it, nothing is started for it."""
    assert said(desk, "list", "--limit", "0", environment={"GIT_PAGER": "cat"}).count("INC00000") == 30


def test_a_dumb_terminal_is_no_place_for_a_pager(desk: FrontDoor, pager: str) -> None:
    assert BEGIN not in said(desk, "list", "--limit", "0", environment={"PAGER": pager, "TERM": "dumb"})


def test_git_says_which_pager_it_is(desk: FrontDoor, pager: str, tmp_path: Path) -> None:
    """GIT_PAGER before core.pager before PAGER; and what holds more than a program is for a shell, as git has it."""
    configured = {"GIT_CONFIG_COUNT": "1", "GIT_CONFIG_KEY_0": "core.pager", "GIT_CONFIG_VALUE_0": f"{pager} | tr I J"}
    shown = said(desk, "list", "--all", environment={"PAGER": "false", **configured})
    assert BEGIN in shown and "JNC0000001" in shown

    other = program(tmp_path, "other", "sed 's/INC/OTHER/'")
    assert "OTHER0000001" in said(desk, "list", "--all", environment={"GIT_PAGER": other, **configured})


def test_a_pager_that_is_not_there_leaves_the_list_on_the_screen(desk: FrontDoor) -> None:
    shown = said(desk, "list", "--limit", "0", environment={"PAGER": "no-such-pager-anywhere"})

    assert shown.count("INC00000") == 30
    assert "Traceback" not in shown


@pytest.mark.parametrize("script", ["head -1", "exit 3", "read one"])
def test_a_pager_that_is_left_early_is_no_failure(desk: FrontDoor, tmp_path: Path, script: str) -> None:
    shown = said(desk, "list", "--limit", "0", environment={"PAGER": program(tmp_path, "early", script)})

    assert "Traceback" not in shown
    assert "tkt:" not in shown


@pytest.mark.skipif(shutil.which("less") is None, reason="less is not installed")
def test_the_person_leafs_through_less_and_leaves_it(desk: FrontDoor) -> None:
    with on_a_terminal(desk, "list", "--all", environment={"PAGER": "less"}) as child:
        child.expect_exact("INC0000001")
        child.expect(r"(?m):\s*(\x1b\[K)?$")
        child.send("q")
        child.expect(pexpect.EOF)
        child.wait()
        assert child.exitstatus == 0


# One that takes an interrupt for itself, as less does.
STUBBORN = """
import signal, sys
signal.signal(signal.SIGINT, lambda *_: print("kept", flush=True))
print("up", flush=True)
signal.pause()
sys.stdin.read()
print("left", flush=True)
"""


def test_an_interrupt_is_the_pagers_own_and_ends_nothing(desk: FrontDoor, tmp_path: Path) -> None:
    (tmp_path / "stubborn.py").write_text(STUBBORN, encoding="utf-8")
    stubborn = f"{sys.executable} {tmp_path / 'stubborn.py'}"
    with on_a_terminal(desk, "list", "--all", environment={"PAGER": stubborn}) as child:
        child.expect_exact("up")
        child.sendintr()
        child.expect_exact("kept")
        child.expect_exact("left")
        child.expect(pexpect.EOF)
        child.wait()
        assert child.exitstatus == 0


def test_every_form_for_people_is_paged_and_a_queue_too(desk: FrontDoor, pager: str) -> None:
    assert BEGIN in said(desk, "list", "--all", "--format", "markdown", environment={"PAGER": pager})
    assert BEGIN in said(desk, "queue", "unassigned", "--limit", "0", environment={"PAGER": pager})


def test_nothing_of_a_ticket_reaches_the_pagers_line(many: Path, tmp_path: Path, pager: str, clock: Clock) -> None:
    """The list is on its standard input, and its line is the person's own."""
    tkt = FrontDoor(copied(many, tmp_path / "hostile"))
    clock("2026-01-15T10:00:00+01:00")
    title = r'title: "$(touch pwned) \e]0;t\a"'
    tkt.put("INC0000001", re.sub(rb"(?m)^title: .*$", title.replace("\\", "\\\\").encode(), tkt.data("INC0000001")))

    shown = said(tkt, "list", "--all", environment={"PAGER": pager + " 2>&1"})

    assert BEGIN in shown
    assert "\\x1b]0;t\\x07" in shown
    assert not (tkt.root / "pwned").exists()
