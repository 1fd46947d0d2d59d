"""A life as visits: their lengths add up to it, whatever it was, by states and by whoever had it."""

from __future__ import annotations

from datetime import datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.service_level.lives import at, imported, life, said
from tests.service_level.test_holding_laws import Step, lives, minute, ticket_of
from tests.torture import counting, reached, scaled
from tkt.domain.entry import Entry, FieldChange
from tkt.domain.ticket import Ticket
from tkt.metrics.flow.flow import BY
from tkt.metrics.flow.life import STATE, Visit, visits_by_holder, visits_by_state, way_to_the_end
from tkt.service_level.holding import holdings
from tkt.service_level.stopwatch import read_timeline
from tkt.service_level.timeline import ENDED

HOLDERS = BY[1:]
MINUTE = 60


def visits(ticket: Ticket, now: datetime, key: str = STATE) -> tuple[Visit, ...]:
    timeline = read_timeline(ticket, now)
    states = visits_by_state(timeline, now)
    return states if key == STATE else visits_by_holder(timeline, key, states, now)


def shown(ticket: Ticket, now: str = "12:00", key: str = STATE) -> list[tuple[str | None, int]]:
    """Each step with its minutes."""
    return [(one.step, one.span.seconds // MINUTE) for one in visits(ticket, at(now), key)]


def length_of_life(ticket: Ticket, now: datetime) -> float:
    """From the opening to now, or to the last move of the state where that ended the life; by the journal alone."""
    moved, state = ticket.opened_at, "new"
    for entry in ticket.entries:
        change = entry.change("state")
        if entry.at <= now and change is not None and change.new != state:
            moved, state = entry.at, change.new
    return ((moved if state in ENDED else now) - ticket.opened_at).total_seconds()


def moves_of(ticket: Ticket, now: datetime) -> list[tuple[str, str]]:
    """The moves from state to state that the journal tells of."""
    states = ["new", *(entry.value("state") for entry in ticket.entries if entry.at <= now and entry.value("state"))]
    return [(before, after) for before, after in pairwise(states) if before != after]


@pytest.mark.parametrize("key", BY)
def test_the_visits_of_a_life_add_up_to_it_and_follow_one_another(key: str) -> None:
    tried = {"lives": 0, "lost": 0}

    @given(lives())
    def holds(drawn: tuple[list[Step], int]) -> None:
        tried["lives"] += 1
        steps, minutes = drawn
        ticket, now = ticket_of(steps), minute(minutes)
        found = visits(ticket, now, key)
        with counting(tried, "lost"):
            assert sum(one.span.seconds for one in found) == length_of_life(ticket, now)
            assert all(before.span.end == after.span.start for before, after in pairwise(found))
            assert found[0].span.start == ticket.opened_at.timestamp()
            assert [one.left for one in found] == [True] * (len(found) - 1) + [False]

    try:
        holds()
    finally:
        reached("flow-adds-up", **tried)


@given(lives())
def test_the_moves_between_states_are_those_of_the_journal(drawn: tuple[list[Step], int]) -> None:
    steps, minutes = drawn
    ticket, now = ticket_of(steps), minute(minutes)
    states = [(one.step or "").partition(":")[0] for one in visits(ticket, now)]
    assert [(before, after) for before, after in pairwise(states) if before != after] == moves_of(ticket, now)


@given(lives(), st.sampled_from(HOLDERS))
def test_whoever_has_a_ticket_has_it_as_long_as_their_holdings(drawn: tuple[list[Step], int], key: str) -> None:
    """OLAs count the same times (docs/sla.md)."""
    steps, minutes = drawn
    ticket, now = ticket_of(steps), minute(minutes)
    had: dict[str, int] = {}
    for one in visits(ticket, now, key):
        if one.step:
            had[one.step] = had.get(one.step, 0) + one.span.seconds
    held: dict[str, int] = {}
    for holding in holdings(read_timeline(ticket, now), key, now):
        held[holding.holder] = held.get(holding.holder, 0) + holding.span.seconds
    assert {name: seconds for name, seconds in had.items() if seconds} == {
        name: seconds for name, seconds in held.items() if seconds
    }


@given(lives(), st.integers(0, scaled(200, 2_000)))
def test_a_visit_that_is_over_reads_the_same_for_ever(drawn: tuple[list[Step], int], later: int) -> None:
    steps, minutes = drawn
    ticket, now = ticket_of(steps), minute(minutes)
    before = [one for one in visits(ticket, now) if one.left and one.span.end < now.timestamp()]
    assert visits(ticket, now + timedelta(minutes=later))[: len(before)] == tuple(before)


def test_a_pending_time_is_parted_by_what_was_waited_for() -> None:
    ticket = life(
        said("09:30", state="new → pending", reason="user"),
        said("10:00", state="pending → pending", reason="vendor"),
        said("10:10", state="pending → pending", reason="vendor", until="2026-01-20"),
        said("11:00", state="pending → in_progress"),
    )
    assert shown(ticket) == [("new", 15), ("pending:user", 30), ("pending:vendor", 60), ("in_progress", 60)]


def test_a_reason_that_is_no_word_of_ours_is_none() -> None:
    ticket = life(said("09:30", state="new → pending", reason="lunch"), said("10:00", state="pending → resolved"))
    assert shown(ticket) == [("new", 15), ("pending", 30), ("resolved", 0)]


def test_a_state_that_held_for_no_time_is_a_visit_all_the_same() -> None:
    ticket = life(said("09:15", state="new → assigned"), said("09:15", state="assigned → pending", reason="user"))
    assert shown(ticket) == [("new", 0), ("assigned", 0), ("pending:user", 165)]


def test_the_time_behind_a_resolution_counts_where_the_ticket_went_on() -> None:
    ticket = life(
        said("09:30", state="new → resolved"),
        said("10:00", state="resolved → in_progress"),
        said("10:30", state="in_progress → resolved"),
        said("11:00", state="resolved → closed"),
    )
    assert shown(ticket) == [("new", 15), ("resolved", 30), ("in_progress", 30), ("resolved", 30), ("closed", 0)]


def test_a_ticket_is_with_nobody_until_somebody_has_it_and_while_it_is_not_open() -> None:
    ticket = life(
        said("09:30", group="Support"),
        said("10:00", state="new → resolved"),
        said("10:30", state="resolved → in_progress"),
        said("11:00", group="Support → Réseau"),
    )
    assert shown(ticket, key="group") == [("", 15), ("Support", 30), (None, 30), ("Support", 30), ("Réseau", 60)]


def test_a_ticket_resolved_and_reopened_at_once_stayed_with_whoever_had_it() -> None:
    ticket = life(
        said("09:15", group="Support"),
        said("10:00", state="new → resolved"),
        said("10:00", state="resolved → in_progress"),
    )
    assert shown(ticket, key="group") == [("Support", 45), (None, 0), ("Support", 120)]


def test_a_ticket_open_for_no_time_is_counted_with_whoever_it_was_given_to() -> None:
    ticket = life(said("09:15", state="new → resolved", group="Support"))
    assert shown(ticket, key="group") == [("Support", 0), (None, 0)]


def test_a_group_named_like_a_state_is_a_group() -> None:
    ticket = life(said("09:30", group="closed"))
    assert [one.is_open for one in visits(ticket, at("12:00"), "group")] == [True, True]


def test_a_journal_that_never_says_a_state_leaves_it_to_the_front_matter() -> None:
    ticket = imported("09:15", Entry(at("10:00"), "Jean DUPONT"), state="in_progress")
    assert shown(ticket) == [("new", 0), ("in_progress", 165)]


def way(ticket: Ticket, key: str = STATE) -> list[str | None]:
    timeline = read_timeline(ticket, at("20:00"))
    states = visits_by_state(timeline, at("20:00"))
    found = states if key == STATE else visits_by_holder(timeline, key, states, at("20:00"))
    return [one.step for one in way_to_the_end(timeline, states, found)]


def test_a_way_ends_with_the_resolution_that_stands() -> None:
    reopened = (
        said("09:20", group="Support"),
        said("09:30", state="new → resolved"),
        said("10:00", state="resolved → in_progress"),
    )
    again = (said("10:30", state="in_progress → resolved"), said("11:00", state="resolved → closed"))
    assert way(life(*reopened, *again)) == ["new", "resolved", "in_progress", "resolved"]
    assert way(life(*reopened, *again), "group") == ["", "Support", None, "Support", None]


def test_a_way_may_end_with_a_cancellation_or_a_closing() -> None:
    assert way(life(said("10:00", state="new → cancelled"))) == ["new", "cancelled"]
    assert way(life(said("10:00", state="new → closed"))) == ["new", "closed"]


def test_a_move_that_did_not_know_of_the_resolution_is_none_of_the_way() -> None:
    elsewhere = Entry(at("10:30"), "Zoé LENOIR", changes=(FieldChange("state", "assigned", "new"),))
    assert way(life(said("10:00", state="new → resolved"), elsewhere)) == ["new", "resolved"]
