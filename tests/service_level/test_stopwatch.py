"""The stopwatch: what it reads from a journal, and what it leaves alone."""

from __future__ import annotations

import pytest

from tests.service_level.lives import AGENT, REQUESTER, REQUESTER_MAIL, at, imported, life, said
from tkt.domain.entry import Entry
from tkt.domain.ticket import Ticket
from tkt.service_level.period import Span, second_of
from tkt.service_level.stopwatch import read_timeline
from tkt.service_level.timeline import Timeline

EVENING = at("20:00")


def span(start: str, end: str) -> Span:
    return Span(second_of(at(start)), second_of(at(end)))


def read(ticket: Ticket) -> Timeline:
    return read_timeline(ticket, EVENING)


def response(*entries: Entry, **fields: str) -> str | None:
    """The clock time at which the response clock stops."""
    return clock(read(life(*entries, **fields)).response)


def clock(stop: object) -> str | None:
    return f"{stop.at.astimezone(EVENING.tzinfo):%H:%M}" if stop is not None else None  # type: ignore[attr-defined]


# The response clock


@pytest.mark.parametrize("goal", ["in_progress", "resolved", "closed"])
def test_response_stops_when_the_ticket_is_taken_in_hand_or_solved_at_once(goal: str) -> None:
    assert response(said("09:40", state=f"new → {goal}")) == "09:40"


def test_response_stops_at_an_agents_first_public_words() -> None:
    assert response(said("09:20"), said("09:30", public=True), said("09:40", public=True)) == "09:30"


def test_being_assigned_or_put_on_hold_is_no_response() -> None:
    assert (
        response(said("09:20", state="new → assigned"), said("09:30", state="assigned → pending", reason="user"))
        is None
    )


@pytest.mark.parametrize(
    "author", [REQUESTER, "marie martin", f"Marie MARTIN <{REQUESTER_MAIL}>", f"M. Martin <{REQUESTER_MAIL.upper()}>"]
)
def test_the_requesters_own_words_are_no_response(author: str) -> None:
    assert response(said("09:30", author, public=True)) is None


def test_the_requester_is_whoever_it_was_then() -> None:
    handed_over = said(
        "10:00", AGENT, requester__name=f"{REQUESTER} → Luc PETIT", requester__email=f"{REQUESTER_MAIL} → "
    )
    assert response(said("09:30", REQUESTER, public=True), handed_over) is None
    assert response(handed_over, said("10:30", REQUESTER, public=True)) == "10:30"
    assert response(handed_over, said("10:30", "Luc PETIT", public=True)) is None


def test_an_automatic_answer_is_no_response() -> None:
    assert response(said("09:30", public=True, automatic="yes")) is None


def test_opening_a_ticket_in_public_is_no_response() -> None:
    assert clock(read(imported("09:15", said("09:15", public=True, state="new", priority="P3"))).response) is None
    assert clock(read(imported("09:15", said("09:15", public=True, state="in_progress"))).response) == "09:15"


def test_words_about_a_cancelled_ticket_are_no_response_unless_they_cancel_it() -> None:
    cancelled = said("09:30", state="new → cancelled", reason="spam")
    assert response(cancelled, said("09:40", public=True)) is None
    assert response(said("09:30", public=True, state="new → cancelled", reason="spam")) == "09:30"


def test_reopening_does_not_undo_the_response() -> None:
    assert response(said("09:40", state="new → resolved"), said("10:00", state="resolved → in_progress")) == "09:40"


# The resolution clock


def test_resolution_is_the_last_entry_into_resolved() -> None:
    timeline = read(
        life(
            said("10:00", state="new → resolved"),
            said("11:00", state="resolved → in_progress"),
            said("12:00", state="in_progress → resolved"),
            said("13:00", state="resolved → closed"),
        )
    )
    assert clock(timeline.resolution) == "12:00"
    assert [gap.span for gap in timeline.gaps] == [span("10:00", "11:00")]
    assert timeline.reopenings == (at("11:00"),)


def test_closing_straight_from_an_open_state_resolves() -> None:
    assert clock(read(life(said("10:00", state="new → closed"))).resolution) == "10:00"


@pytest.mark.parametrize("goal", ["in_progress", "pending", "assigned"])
@pytest.mark.parametrize("done", ["resolved", "closed"])
def test_leaving_resolved_or_closed_for_any_open_state_undoes_the_resolution(done: str, goal: str) -> None:
    timeline = read(life(said("10:00", state=f"new → {done}"), said("11:00", state=f"{done} → {goal}", reason="user")))
    assert timeline.resolution is None
    assert timeline.reopenings == (at("11:00"),)
    assert timeline.is_open


def test_a_concurrent_move_that_did_not_know_of_the_resolution_does_not_undo_it() -> None:
    timeline = read(
        life(
            said("09:30", state="new → in_progress"),
            said("10:00", state="in_progress → resolved"),
            said("10:30", state="in_progress → pending", reason="user"),
        )
    )
    assert clock(timeline.resolution) == "10:00"
    assert timeline.reopenings == ()
    assert timeline.state == "pending"


@pytest.mark.parametrize("between", ["assigned", "in_progress"])
def test_a_reopening_counts_though_another_move_came_in_between(between: str) -> None:
    timeline = read(
        life(
            said("10:00", state="new → resolved"),
            said("10:30", state=f"new → {between}"),
            said("11:00", state="resolved → in_progress"),
        )
    )
    assert timeline.resolution is None
    assert timeline.reopenings == (at("11:00"),)


def test_two_people_who_reopen_one_ticket_reopen_it_once() -> None:
    timeline = read(
        life(
            said("10:00", state="new → resolved"),
            said("11:00", state="resolved → in_progress"),
            said("11:05", state="resolved → in_progress"),
        )
    )
    assert timeline.reopenings == (at("11:00"),)


def test_a_ticket_brought_back_from_cancelled_is_not_reopened() -> None:
    timeline = read(
        life(said("10:00", state="new → cancelled", reason="error"), said("11:00", state="cancelled → in_progress"))
    )
    assert timeline.cancelled is None
    assert timeline.reopenings == ()
    assert [move.opens for move in timeline.moves] == [False, True]


def test_cancelling_a_resolved_ticket_takes_its_resolution_back() -> None:
    timeline = read(life(said("10:00", state="new → resolved"), said("11:00", state="resolved → cancelled")))
    assert timeline.resolution is None
    assert clock(timeline.cancelled) == "11:00"


def test_of_two_people_who_resolve_one_ticket_the_last_resolves_it_but_repeating_the_state_is_no_resolution() -> None:
    taken, resolved = said("09:30", state="new → in_progress"), said("10:00", state="in_progress → resolved")
    again, repeated = said("10:30", state="in_progress → resolved"), said("10:30", state="resolved → resolved")
    assert clock(read(life(taken, resolved, again)).resolution) == "10:30"
    assert clock(read(life(taken, resolved, repeated)).resolution) == "10:00"


def test_a_ticket_is_cancelled_when_it_first_was() -> None:
    cancelled = said("10:00", state="new → cancelled"), said("10:30", state="new → cancelled")
    assert clock(read(life(*cancelled)).cancelled) == "10:00"


def test_a_cancelled_ticket_may_be_resolved_or_just_closed() -> None:
    cancelled = said("10:00", state="new → cancelled")
    resolved = read(life(cancelled, said("10:30", state="cancelled → resolved")))
    assert (clock(resolved.cancelled), clock(resolved.resolution)) == (None, "10:30")
    closed = read(life(cancelled, said("10:30", state="cancelled → closed")))
    assert (clock(closed.cancelled), clock(closed.resolution)) == ("10:00", None)


def test_taking_up_a_closed_ticket_is_a_reopening_even_if_it_was_never_resolved() -> None:
    closed = said("10:00", state="new → cancelled"), said("10:30", state="cancelled → closed")
    timeline = read(life(*closed, said("11:00", state="closed → in_progress")))
    assert (timeline.reopenings, timeline.gaps) == ((at("11:00"),), ())


# Pauses


def test_a_new_reason_ends_one_wait_and_begins_another() -> None:
    timeline = read(
        life(
            said("10:00", state="new → pending", reason="user"),
            said("11:00", state="pending → pending", reason="vendor"),
            said("12:00", state="pending → in_progress"),
        )
    )
    waits = [(wait.span, wait.reason) for wait in timeline.waits]
    assert waits == [(span("10:00", "11:00"), "user"), (span("11:00", "12:00"), "vendor")]
    assert timeline.waiting == ""


def test_a_wait_that_goes_on_lasts_until_now_and_one_without_a_reason_has_none() -> None:
    timeline = read(life(said("10:00", state="new → pending")))
    assert [(wait.span, wait.reason) for wait in timeline.waits] == [
        (Span(second_of(at("10:00")), second_of(EVENING)), "")
    ]
    assert timeline.waiting == ""


# What a journal leaves open


def test_before_an_imported_journal_begins_the_ticket_is_new_and_of_the_first_priority_it_names() -> None:
    timeline = read(imported("09:15", said("10:00", state="in_progress → pending", reason="user", priority="P1")))
    assert timeline.priorities == ((second_of(at("09:15")), "P1"),)
    assert [(move.before, move.after) for move in timeline.moves] == [("new", "pending")]
    assert timeline.response is None


def test_a_first_change_of_priority_says_what_it_was_before() -> None:
    timeline = read(imported("09:15", said("10:00", state="new", priority="P2 → P1")))
    assert timeline.priorities == ((second_of(at("09:15")), "P2"), (second_of(at("10:00")), "P1"))


def test_a_journal_that_never_mentions_the_state_leaves_it_to_the_front_matter() -> None:
    timeline = read(imported("09:15", said("10:00"), state="resolved", priority="P3"))
    assert timeline.state == "resolved"
    assert clock(timeline.resolution) == "09:15"


def test_an_entry_stamped_before_the_one_before_it_counts_as_at_that_ones_instant() -> None:
    timeline = read(life(said("10:00", state="new → in_progress"), said("09:50", state="in_progress → resolved")))
    assert clock(timeline.resolution) == "10:00"


def test_later_entries_do_not_count_and_those_at_the_very_moment_only_where_it_is_included() -> None:
    ticket = life(said("10:00", state="new → resolved"))
    assert read_timeline(ticket, at("09:59:59")).resolution is None
    assert clock(read_timeline(ticket, at("10:00")).resolution) == "10:00"
    assert read_timeline(ticket, at("10:00"), inclusive=False).resolution is None
