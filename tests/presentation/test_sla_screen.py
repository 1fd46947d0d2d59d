"""The watched screen fits the terminal, and says what it leaves out."""

from __future__ import annotations

from zoneinfo import ZoneInfo

import pytest

from tests.presentation.course import at, make_ticket
from tkt.domain.ticket import Ticket
from tkt.presentation.clocks.sla_screen import Counted, Size, sla_screen, trouble_screen
from tkt.service_level.reading import Clocks

PARIS = ZoneInfo("Europe/Paris")


def rows(count: int, clocks: Clocks) -> list[tuple[Ticket, Clocks]]:
    return [(make_ticket(id=f"INC{number:07d}"), clocks) for number in range(1, count + 1)]


def screen(count: int, clocks: Clocks, height: int = 24, width: int = 100, **others: int) -> list[str]:
    counted = Counted(count, 0, 1, **others)
    return sla_screen(rows(count, clocks), counted, Size(width, height), PARIS, at("10:30")).split("\n")


def test_above_stand_the_moment_what_there_is_and_how_to_end(open_clocks: Clocks) -> None:
    heading = screen(3, open_clocks)[0]
    assert heading == "2026-01-15 10:30   3 tickets, 0 breached, 1 at risk   (Ctrl-C ends)"
    assert ", 2 unreadable " in screen(3, open_clocks, unreadable=2)[0]


@pytest.mark.parametrize("height", [5, 6, 10, 24])
@pytest.mark.parametrize("count", [0, 1, 6, 50])
def test_as_many_tickets_as_there_is_room_for(count: int, height: int, open_clocks: Clocks) -> None:
    lines = screen(count, open_clocks, height)
    shown = sum(line.startswith("INC") for line in lines)
    assert len(lines) <= height
    if shown < count and height > 5:
        assert lines[-1] == f"… and {count - shown} more tickets"
    assert shown == count if count + 4 <= height else shown >= 1


def test_nothing_of_a_ticket_acts_on_the_terminal(open_clocks: Clocks) -> None:
    evil = [(make_ticket(title="a\x1b[2J\nb", assignee="\x1b]0;x\x07"), open_clocks)]
    told = sla_screen(evil, Counted(1, 0, 0), Size(200, 24), PARIS, at("10:30"))
    assert "\x1b" not in told
    assert len(told.split("\n")) == 5
    assert "\x1b" not in trouble_screen("\x1b[2J is no key\nx", at("10:30"), Size(80, 24))


def test_trouble_is_told_to_its_end_on_a_narrow_terminal() -> None:
    told = trouble_screen("what is wrong, and what to do about it", at("10:30"), Size(20, 10))
    heading, empty, *said = told.split("\n")
    assert " ".join(said) == "what is wrong, and what to do about it"
    assert all(len(line) <= 20 for line in said)
    assert (heading, empty) == ("2026-01-15 10:30   (Ctrl-C ends)", "")
