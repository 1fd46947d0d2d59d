"""A handover as it is written: the sentences of each kind, in text and in Markdown, with nothing of a ticket acting."""

from __future__ import annotations

from zoneinfo import ZoneInfo

import pytest

from tests.presentation.course import at, make_entry, make_ticket, opening, running
from tkt.domain.entry import Entry, FieldChange
from tkt.domain.follow_up import FollowUp
from tkt.domain.ticket import Ticket
from tkt.presentation.shift.handover import handover_report
from tkt.presentation.shift.outline import short
from tkt.service_level.reading import UNTOLD, Clocks
from tkt.service_level.shift import Due, Handover, Held

PARIS = ZoneInfo("Europe/Paris")
RUNNING = Clocks(running("response", 60, 120), running("resolution", 60, 3600, due=at("11:00")))


def held(*entries: Entry, clocks: Clocks = RUNNING, owed: tuple[FollowUp, ...] = (), **fields: object) -> Held:
    ticket: Ticket = make_ticket(opening(), *entries, **fields)
    return Held(ticket, clocks, ticket.entries[-1], owed)


def told(*tickets: Held, due: tuple[Due, ...] = (), format: str = "text", color: bool = False) -> str:
    handover = Handover(at("10:00"), at("02:00"), at("18:00"), {"": tickets} if tickets else {}, due, {"opened": 2})
    return handover_report(handover, "", PARIS, format, color=color)


def test_each_kind_of_follow_up_has_its_sentence() -> None:
    waits = make_entry("09:30", "Zoé", FieldChange("state", "pending", "new"), FieldChange("until", "2026-01-14"))
    asks = make_entry("09:40", "Marie MARTIN", text="Alors ?")
    owed = (FollowUp("until", at("00:00"), waits), FollowUp("unanswered", at("09:40"), asks))
    shown = told(held(waits, asks, owed=(*owed, FollowUp("silent", at("09:50"), waits))))
    assert "pending until 2026-01-14, which is past" in shown
    assert "Marie MARTIN wrote at 09:40, and nobody answered" in shown
    assert "no word since 09:30" in shown


def test_what_is_due_says_how_far_it_is() -> None:
    one = held()
    shown = told(one, due=(Due(one, "resolution", at("09:00")), Due(one, "until", at("16T00:00"))))
    assert "resolution due 09:00, overdue by 1h" in shown
    assert "waits until Fri 2026-01-16 00:00, in 14h" in shown


def test_a_ticket_of_which_nobody_said_a_word_says_so() -> None:
    assert "opened 09:15 by Jean DUPONT · N1, and no word since" in told(held())


def test_a_last_word_without_words_is_what_was_done() -> None:
    shown = told(held(make_entry("09:30", "Zoé LENOIR", FieldChange("state", "in_progress", "new"))))
    assert "last word, 09:30, Zoé LENOIR: Work started" in shown


def test_clocks_that_cannot_be_told_are_left_out() -> None:
    assert "resolution" not in told(held(clocks=UNTOLD))


def test_what_is_over_a_target_stands_out_in_colour() -> None:
    over = Clocks(RUNNING.response, RUNNING.resolution._replace(verdict="breached", breached=True))
    assert "\x1b[31mresolution" in told(held(clocks=over), color=True)
    assert "\x1b" not in told(held(clocks=over))


@pytest.mark.parametrize("format", ["text", "markdown"])
def test_nothing_that_a_ticket_says_acts(format: str) -> None:
    hostile = "<img src=x> **\x1b[2J\u202e [a](http://b)\n# c"
    shown = told(
        held(make_entry("09:30", hostile, text=hostile), title=hostile, requester__name=hostile), format=format
    )
    assert "\x1b" not in shown and "\u202e" not in shown
    assert "\n# c" not in shown
    if format == "markdown":
        assert "<img" not in shown and "[a]" not in shown.replace(r"\[a\]", "")


def test_long_words_are_cut() -> None:
    assert len(short("mot " * 200)) == 200
    assert short("mot \n  deux") == "mot deux"


def test_a_desk_with_nothing_to_hand_over_says_what_happened() -> None:
    assert told().splitlines()[2] == "0 tickets open. Since 02:00: 2 opened."
