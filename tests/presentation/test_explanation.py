"""A clock's working as a whole: who judges and why, what is promised, when, and the same in a pipe and on a screen."""

from __future__ import annotations

from datetime import datetime

import pytest
from hypothesis import given, settings

from tests.presentation.explained import CALENDARS, DESK, NOW, PARIS, STANDARD, TARGETS, VIP, eventful, told
from tests.service_level.lives import DEFAULT, agreed, at, life, said
from tests.service_level.test_explanation import explained
from tests.torture import scaled
from tkt.domain.policies import Policy, PolicyVersion
from tkt.domain.ticket import Ticket
from tkt.presentation.explanation.explanation import explanation
from tkt.service_level.agreements import Agreements
from tkt.service_level.explanation import Explanation, explain

PATH = "tickets/INC0012xxx/INC0012345.md"


def shown(*clocks: Explanation, width: int | None = None, color: bool = False, path: str = PATH) -> str:
    ticket = clocks[0].course.timeline.ticket
    return explanation(ticket, path, clocks, PARIS, width=width, color=color)


def labelled(one: Explanation) -> dict[str, str]:
    """The lines of the kind `Label:  text`, by their label."""
    lines = (line.split(": ", 1) for line in shown(one).split("\n\n")[2].splitlines())
    return {label: text.strip() for label, text in lines}


def test_what_judges_is_said_with_why_what_was_passed_over_and_when_it_is_due() -> None:
    assert labelled(told(eventful())) == {
        "Policy": "standard, version of 2026-01-01, calendar office (corrected: typing error)",
        "Because": "type incident, as asked: incident, service request",
        "Passed over": "vip (asset none, and not: SRV-*)",
        "Target": "20h for P3",
        "Pauses": "while pending for user, vendor",
        "At risk": "from 16h on (80%): 2026-01-21 09:14:53",
        "Due": "2026-01-21 14:14:53",
        "Breached": "2026-01-15 13:15",
    }


def test_a_policy_that_was_not_in_force_is_passed_over_for_that() -> None:
    later = VIP._replace(name="later", versions=(PolicyVersion(at("00:00", 16).date(), TARGETS),))
    one = told(life(), desk=Agreements((later, STANDARD), CALENDARS))
    assert labelled(one)["Passed over"] == "later (not in force on 2026-01-15)"


def test_a_policy_without_conditions_covers_every_ticket() -> None:
    one = told(life(), at("10:00"), desk=DEFAULT)
    assert labelled(one)["Because"] == "it covers every ticket"
    assert "Passed over" not in labelled(one)


def test_the_response_clock_is_said_never_to_rest() -> None:
    assert labelled(told(life(), at("10:00"), "response"))["Pauses"] == "none: the response clock never rests"
    never = Policy("never", (PolicyVersion(at("00:00", 1).date(), TARGETS, pause=frozenset()),))
    assert labelled(told(life(), at("10:00"), desk=agreed(never)))["Pauses"] == "none"


def test_what_a_stopped_clock_never_came_to_is_said_to_be_what_would_have_been() -> None:
    said_of = labelled(told(life(said("10:15", state="new → resolved")), desk=DEFAULT))
    assert said_of["At risk"] == "from 19h12 on (80%): 2026-01-16 04:27, had it gone on"
    assert said_of["Due"] == "2026-01-16 09:15, had it gone on"
    assert "Breached" not in said_of


def test_a_clock_that_rests_is_not_due() -> None:
    said_of = labelled(told(life(said("10:15", state="new → pending", reason="user")), desk=DEFAULT))
    assert (said_of["At risk"], said_of["Due"]) == ("from 19h12 on (80%)", "not while it rests")


def test_without_a_policy_only_that_is_said() -> None:
    assert labelled(told(life(), desk=agreed())) == {"Policy": "none covers it"}


def test_the_priorities_are_a_table_where_there_were_several() -> None:
    assert "Over since" in shown(told(eventful()))
    assert "Over since" not in shown(told(life()))


def test_a_breach_by_another_calendar_brings_its_own_intervals() -> None:
    text = shown(told(eventful()))
    own = text.split("As P1, of the policy standard on the calendar 24x7, this had counted:\n")[1]
    assert own.splitlines()[-1].split() == ["everything", "2", "4h45", "4h45"]


def test_both_clocks_follow_each_other_under_one_heading() -> None:
    text = shown(*(told(life(), at("10:00"), clock) for clock in ("response", "resolution")))
    assert text.startswith(f"INC0012345: \n{PATH}\n\nRESPONSE: running, 45 min of 2h\n")
    assert text.count("RESOLUTION: running, 45 min of 20h\n") == 1
    assert text.endswith("\n")
    assert "\n\n\n" not in text


def test_a_verdict_that_rests_on_a_late_entry_is_marked() -> None:
    assert "RESOLUTION: breached (recorded late), 16h45m07s of 20h\n" in shown(told(eventful()))


def test_a_pipe_gets_no_time_line_no_colour_and_every_column() -> None:
    text = shown(told(eventful()))
    assert "█" not in text
    assert "\x1b" not in text
    assert "Counted" in text
    assert "█" in shown(told(eventful()), width=80)


@settings(max_examples=scaled(25, 500), deadline=None)
@given(explained())
def test_what_is_shown_on_eighty_cells_fits_but_for_its_sentences(drawn: tuple[Ticket, Agreements, datetime]) -> None:
    for clock in ("response", "resolution"):
        parts = shown(explain(*drawn, clock), width=80).split("\n\n")
        tables = [part for part in parts if "─────" in part]
        assert tables
        longest = max((line for part in tables for line in part.splitlines()), key=len)
        assert len(longest) <= 80, longest


@pytest.mark.usefixtures("french")
def test_in_french_dates_and_labels_are_french() -> None:
    text = shown(told(eventful()))
    assert "RÉSOLUTION\N{NO-BREAK SPACE}: " in text
    assert "15/01/2026 13:15" in text


def test_nothing_of_a_ticket_or_of_the_settings_reaches_the_terminal_as_a_control() -> None:
    evil = "\x1b]0;x\x07\u202e\nP"
    version = STANDARD.versions[0]._replace(corrected=evil)
    desk = Agreements(
        (VIP._replace(name=evil), Policy(evil, (version,), {"type": ("incident",), "tags": (evil,)}), *DESK.policies),
        CALENDARS,
    )
    ticket = eventful(title=evil, asset=evil)
    text = shown(*(told(ticket, NOW, clock, desk) for clock in ("response", "resolution")), width=80, path=evil)
    assert not set(text) & {"\x1b", "\x07", "\u202e"}
    assert "\nP\n" not in text
    assert text.startswith("INC0012345: \\x1b]0;x\\x07\\u202e P\n\\x1b]0;x\\x07\\u202e P\n\n")
