"""Follow-ups: the day waited for is past, the requester had the last word, nobody said a word for long."""

from __future__ import annotations

from datetime import datetime

import pytest

from tests.service_level.lives import AGENT, REQUESTER, at, life, said
from tkt.domain.duration import BusinessDays
from tkt.domain.entry import Entry
from tkt.domain.follow_up import FollowUp, end_of_wait, follow_ups, waits_until
from tkt.domain.ticket import Ticket

TWO_DAYS = BusinessDays(2)
STARTED = said("09:30", state="new → in_progress")


def owed(ticket: Ticket, now: datetime) -> list[tuple[str, datetime]]:
    return [(one.kind, one.since) for one in follow_ups(ticket, TWO_DAYS, now)]


def held(until: str, when: str = "10:00") -> Entry:
    return said(when, state="in_progress → pending", reason="vendor", until=until)


def test_a_ticket_is_followed_up_when_the_day_it_waits_for_is_over() -> None:
    ticket = life(STARTED, held("2026-01-16"))
    assert owed(ticket, at("23:59", 16)) == []
    assert owed(ticket, at("00:00", 17)) == [("until", at("00:00", 17))]


def test_an_instant_waited_for_is_over_when_it_is_past() -> None:
    ticket = life(STARTED, held("2026-01-16T14:00:00+01:00"))
    assert owed(ticket, at("14:00", 16)) == []
    assert owed(ticket, at("14:01", 16)) == [("until", at("14:00", 16))]


def test_what_waits_until_a_day_to_come_is_silent_by_agreement() -> None:
    ticket = life(STARTED, held("2026-03-01"))
    assert owed(ticket, at("12:00", 30)) == []


def test_a_wait_that_was_prolonged_counts_to_the_later_day() -> None:
    again = said("11:00", day=16, state="pending → pending", reason="vendor", until="2026-01-30")
    assert owed(life(STARTED, held("2026-01-16"), again), at("12:00", 19)) == []


def test_silence_is_counted_in_business_days_from_the_last_word_of_a_person() -> None:
    ticket = life(STARTED, said("10:00", "tkt", automatic="escalation late", day=15))
    assert owed(ticket, at("09:30", 19)) == []
    assert owed(ticket, at("09:31", 19)) == [("silent", at("09:30", 19))]


@pytest.mark.parametrize("state", ["new", "assigned", "in_progress", "pending"])
def test_a_ticket_in_any_open_state_may_be_silent(state: str) -> None:
    ticket = life(said("09:15", state=f"new → {state}")) if state != "new" else life()
    assert [kind for kind, _since in owed(ticket, at("12:00", 30))] == ["silent"]


@pytest.mark.parametrize("state", ["resolved", "closed", "cancelled"])
def test_nothing_is_owed_of_a_ticket_that_is_not_open(state: str) -> None:
    assert owed(life(said("09:30", state=f"new → {state}")), at("12:00", 30)) == []


def test_a_requester_who_had_the_last_word_is_to_be_answered() -> None:
    ticket = life(STARTED, said("10:00", REQUESTER))
    assert owed(ticket, at("10:05")) == [("unanswered", at("10:00"))]
    assert owed(life(STARTED, said("10:00", REQUESTER), said("10:04", AGENT)), at("10:05")) == []


def test_an_opening_by_the_requester_is_the_response_clocks_to_watch() -> None:
    opening = said("09:15", REQUESTER, state="new", priority="P3")
    ticket = Ticket({"id": "INC0000001", "state": "new", "requester.name": REQUESTER}, at("09:15"), (opening,))
    assert owed(ticket, at("10:00")) == []


def test_business_days_that_cannot_be_counted_make_nothing_overdue() -> None:
    assert list(follow_ups(life(STARTED), TWO_DAYS, at("12:00", 30), lambda _start, _days: None)) == []


def test_a_word_at_the_edge_of_the_calendar_makes_nothing_overdue() -> None:
    def overflows(_start: datetime, _days: BusinessDays) -> datetime:
        raise OverflowError

    assert list(follow_ups(life(STARTED), TWO_DAYS, at("12:00", 30), overflows)) == []


def test_the_entry_that_shows_it_is_named() -> None:
    wait = held("2026-01-16")
    assert list(follow_ups(life(STARTED, wait), TWO_DAYS, at("12:00", 19))) == [
        FollowUp("until", at("00:00", 17), wait)
    ]


def test_an_until_that_names_neither_a_day_nor_an_instant_excuses_no_silence() -> None:
    ticket = life(STARTED, held("soon"))
    assert waits_until(ticket) is None
    assert end_of_wait(ticket.entries[-1], None) is None
    assert [kind for kind, _since in owed(ticket, at("12:00", 30))] == ["silent"]


def test_a_ticket_that_is_pending_by_its_front_matter_alone_waits_for_nothing_known() -> None:
    ticket = Ticket({"id": "INC0000001", "state": "pending"}, at("09:15"), (Entry(at("09:30"), AGENT),))
    assert waits_until(ticket) is None
