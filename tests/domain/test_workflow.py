"""The life of a ticket: which moves there are, what a refusal says, and until when a ticket is reopened."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from tests.domain.tickets import at, opening, said, ticket
from tkt.domain.duration import BusinessDays
from tkt.domain.instant import add_business_days
from tkt.domain.settings import DEFAULT_WORKFLOW
from tkt.domain.ticket import Ticket
from tkt.domain.words import STATE
from tkt.domain.workflow import (
    VERBS,
    Missing,
    TooLateToReopen,
    TransitionRefused,
    allowed_verbs,
    last_resolution,
    needs_of_resolution,
    require_move,
    require_open,
    require_reopening_window,
)

PARIS = ZoneInfo("Europe/Paris")


def by_week(start: datetime, days: BusinessDays) -> datetime:
    return add_business_days(start.astimezone(PARIS), days)


# design.md, section 3.
MOVES = {
    "new": {"assign", "start", "hold", "resolve", "cancel"},
    "assigned": {"start", "hold", "resolve", "cancel"},
    "in_progress": {"hold", "resolve", "cancel"},
    "pending": {"assign", "resume", "hold", "resolve", "cancel"},
    "resolved": {"close", "reopen", "hold"},
    "closed": {"reopen"},
    "cancelled": {"reopen"},
}


def standing(state: str) -> Ticket:
    return ticket(opened_by=opening(state=state))


@pytest.mark.parametrize("state", STATE.codes)
@pytest.mark.parametrize("verb", VERBS)
def test_a_verb_leads_where_the_table_says_or_is_refused_with_those_that_do(state: str, verb: str) -> None:
    if verb in MOVES[state]:
        assert require_move(standing(state), verb, DEFAULT_WORKFLOW) == VERBS[verb][0]
        return
    with pytest.raises(TransitionRefused) as caught:
        require_move(standing(state), verb, DEFAULT_WORKFLOW)
    message = str(caught.value)
    assert f"INC0012345 is “{STATE.label(state)}”: `tkt {verb}` is not possible." in message
    assert {one for one in VERBS if f" {one} (→" in message} == MOVES[state]


def test_every_verb_and_state_of_the_default_workflow_is_known() -> None:
    assert {state: set(allowed_verbs(state, DEFAULT_WORKFLOW)) for state in STATE.codes} == MOVES
    assert {goal for goals in DEFAULT_WORKFLOW.values() for goal in goals} <= set(STATE.codes)


def test_a_desk_may_close_a_way() -> None:
    narrow = {**DEFAULT_WORKFLOW, "new": ("assigned",), "closed": ()}
    assert allowed_verbs("new", narrow) == ["assign"]
    with pytest.raises(TransitionRefused, match=r"Allowed from there: assign \(→ Assigned\)\."):
        require_move(standing("new"), "resolve", narrow)
    with pytest.raises(TransitionRefused, match="No move leads on from there"):
        require_move(standing("closed"), "reopen", narrow)


@pytest.mark.parametrize("state", STATE.codes)
def test_only_open_tickets_are_handed_over(state: str) -> None:
    if standing(state).is_open:
        require_open(standing(state), "assign")
        return
    with pytest.raises(TransitionRefused, match=r"`tkt assign` is for open tickets; `tkt reopen` comes first"):
        require_open(standing(state), "assign")


def test_the_last_resolution_counts_reopened_since_or_not() -> None:
    assert last_resolution(ticket()) is None
    once = ticket(said("10:00", state="new → resolved"), said("11:00", state="resolved → closed"))
    assert last_resolution(once) == at("10:00")
    again = ticket(
        said("10:00", state="new → resolved"),
        said("11:00", state="resolved → in_progress"),
        said("12:00", state="in_progress → closed"),
    )
    assert last_resolution(again) == at("12:00")


def test_a_closed_ticket_is_reopened_until_the_same_clock_time_on_the_last_day_of_the_window() -> None:
    closed = ticket(said("10:00", state="new → resolved"), said("16T10:00", state="resolved → closed"))
    week = BusinessDays(7)
    require_reopening_window(closed, at("26T10:00"), week, by_week)
    with pytest.raises(TooLateToReopen, match=r"until 2026-01-26 10:00 \(7bd after its resolution\)") as caught:
        require_reopening_window(closed, at("26T10:00") + timedelta(seconds=1), week, by_week)
    assert "tkt new 'Outlook 365 - Impossible d'" in str(caught.value)
    assert "--requester 'Marie MARTIN' --link related-to:INC0012345" in str(caught.value)


@pytest.mark.parametrize("state", ["resolved", "cancelled"])
def test_the_window_is_for_closed_tickets_alone(state: str) -> None:
    one = ticket(said("10:00", state=f"new → {state}"))
    require_reopening_window(one, at("31T10:00") + timedelta(days=400), BusinessDays(7), by_week)


def test_what_a_resolution_must_say_depends_on_the_type() -> None:
    assert needs_of_resolution("incident") == needs_of_resolution("problem") == ("cause", "action")
    assert needs_of_resolution("request") == needs_of_resolution("change") == ("action",)


def test_what_is_missing_is_said_all_at_once() -> None:
    error = Missing("INC0012345", {"--cause": "why it broke", "--action": "what mended it"})
    assert str(error) == "INC0012345: still needed: --cause (why it broke), --action (what mended it)."
    assert list(error.parts) == ["--cause", "--action"]
