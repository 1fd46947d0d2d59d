"""sla status: what a dispatcher sees, once and on a screen that keeps up."""

from __future__ import annotations

import re
import signal
from collections.abc import Iterator
from contextlib import contextmanager

import pexpect
import pytest

from tests.cli.conftest import IN_STATE, Clock
from tests.cli.front_door import FrontDoor, command, surroundings

LATE = "2026-01-15T11:15:01+01:00"


def listed(tkt: FrontDoor, *arguments: str) -> list[str]:
    """The tickets of `tkt sla status`, in order."""
    return [row["id"] for row in tkt("sla", "status", *arguments, "--json").json["tickets"]]


def test_each_open_ticket_is_a_line_and_each_clock_a_line_of_a_spreadsheet(lives: FrontDoor) -> None:
    assert len(lives("sla", "status").lines) == 1 + 4
    assert len(lives("sla", "status", "--format", "csv").lines) == 1 + 8


def test_only_what_is_due_so_soon_or_over(lives: FrontDoor, clock: Clock) -> None:
    # Two are to be answered by 11:15, one is to be resolved the next day, one waits.
    assert listed(lives, "--within", "1h14") == []
    assert listed(lives, "--within", "1h15") == [IN_STATE["new"], IN_STATE["assigned"]]
    assert listed(lives, "--within", "24h") == [IN_STATE[state] for state in ("new", "assigned", "in_progress")]

    clock("2026-01-15T18:00:00+01:00")
    assert listed(lives, "--within", "0m") == [IN_STATE["new"], IN_STATE["assigned"]]


def test_a_breach_that_nobody_can_mend_any_more_is_not_due(lives: FrontDoor, clock: Clock) -> None:
    clock(LATE)
    lives("start", "1")

    assert listed(lives, "--within", "2h") == [IN_STATE["assigned"]]


def test_filters_combine(lives: FrontDoor, clock: Clock) -> None:
    lives("assign", IN_STATE["in_progress"], "--to", "Zoé LENOIR")

    assert listed(lives, "--mine") == [IN_STATE["assigned"]]
    assert listed(lives, "--group", "reseau") == [IN_STATE["in_progress"]]
    assert listed(lives, "--group", "reseau", "--mine") == []
    assert listed(lives, "--group", "rés", "--group", "supp") == [IN_STATE["assigned"], IN_STATE["in_progress"]]
    assert listed(lives, "--mine", "--within", "1h15") == [IN_STATE["assigned"]]
    assert listed(lives, IN_STATE["new"], IN_STATE["assigned"], "--mine") == [IN_STATE["assigned"]]


def test_an_unreadable_duration_is_refused(lives: FrontDoor) -> None:
    assert "2h" not in lives.refuses("sla", "status", "--within", "2d", code=2).partition(":")[0]


@pytest.mark.parametrize("more", [(), ("--json",), ("--format", "csv")])
def test_nothing_is_watched_in_a_pipe(lives: FrontDoor, more: tuple[str, ...]) -> None:
    assert "--watch draws on a terminal" in lives.refuses("sla", "status", "--watch", *more, code=2)


def test_an_interval_without_watching_is_refused(lives: FrontDoor) -> None:
    assert "--watch" in lives.refuses("sla", "status", "--interval", "2", code=2)


@pytest.mark.parametrize("seconds", ["0", "86401", "1e12", "soon"])
def test_an_interval_that_nobody_can_wait_for_is_refused(lives: FrontDoor, seconds: str) -> None:
    with watched(lives, "--interval", seconds) as child:
        assert ended(child)[0] == 2


def test_an_interval_that_is_no_number_waits(lives: FrontDoor) -> None:
    with watched(lives, "--interval", "nan") as child:
        child.expect_exact("4 tickets")
        child.sendintr()
        assert ended(child)[0] == 0


@contextmanager
def watched(
    tkt: FrontDoor, *arguments: str, size: tuple[int, int] = (24, 140), now: str = LATE
) -> Iterator[pexpect.spawn]:
    """tkt sla status --watch before a person's eyes."""
    program, *line = command("sla", "status", "--watch", "--interval", "0.1", *arguments)
    around = surroundings({"TERM": "xterm-256color", "TKT_NOW": now})
    child = pexpect.spawn(
        program, line, cwd=str(tkt.root), env=around, dimensions=size, encoding="utf-8", timeout=20, echo=False
    )
    child.delaybeforesend = None
    child.ptyproc.delayafterclose = 0
    try:
        yield child
    finally:
        child.close(force=True)


def ended(child: pexpect.spawn) -> tuple[int | None, str]:
    """Its exit code and its last words."""
    child.expect(pexpect.EOF)
    child.wait()
    return child.exitstatus, child.before


def test_the_screen_keeps_up_with_the_desk_until_ctrl_c(lives: FrontDoor) -> None:
    with watched(lives) as child:
        child.expect_exact("\x1b[?1049h")
        child.expect_exact("2026-01-15 11:15:01   4 tickets, 2 breached, 0 at risk")
        child.expect_exact("INC0000001")
        lives("new", "Un ticket de plus", "-r", "Marie MARTIN")
        child.expect_exact("11:15:01   5 tickets, 2 breached")
        child.expect_exact("Un ticket de plus")
        lives("resolve", "1", "--cause", "unknown", "--action", "redémarrage")
        child.expect_exact("11:15:01   4 tickets, 1 breached")
        child.sendintr()
        code, last = ended(child)
    assert code == 0
    assert last.endswith("\x1b[?7h\x1b[?25h\x1b[?1049l")


def test_settings_that_are_broken_for_a_moment_are_told_and_got_over(lives: FrontDoor) -> None:
    settings = lives.root / "tkt.yaml"
    sound = settings.read_text(encoding="utf-8")
    with watched(lives) as child:
        child.expect_exact("4 tickets, 2 breached")
        settings.write_text(sound + "lenguage: en\n", encoding="utf-8")
        child.expect_exact("lenguage")
        settings.write_text(sound, encoding="utf-8")
        child.expect_exact("4 tickets, 2 breached")
        child.sendintr()
        assert ended(child)[0] == 0


def test_the_screen_says_what_it_has_no_room_for(lives: FrontDoor) -> None:
    with watched(lives, size=(7, 100)) as child:
        child.expect_exact("… and 2 more tickets")
        child.sendintr()
        assert ended(child)[0] == 0


def test_a_watch_that_is_ended_from_outside_puts_the_terminal_back(lives: FrontDoor) -> None:
    with watched(lives) as child:
        child.expect_exact("4 tickets")
        child.kill(signal.SIGTERM)
        code, last = ended(child)
    assert code == 128 + signal.SIGTERM
    assert re.search(r"\x1b\[\?1049l.*Interrupted", last, re.DOTALL)


def test_what_is_wrong_at_the_start_is_a_refusal_as_ever(lives: FrontDoor) -> None:
    with watched(lives, "99") as child:
        code, last = ended(child)
    assert code == 4
    assert "\x1b[?1049h" not in last
