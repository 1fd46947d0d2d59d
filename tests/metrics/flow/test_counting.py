"""The flow of a period: what ended in it, how often, how long; the figures add up to the journals and to the KPIs."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.metrics import incident_log
from tests.metrics.flow.flows import HOUR, MINUTE, RESOLVED, STARTED, WAITED, day, flow, resolved
from tests.service_level.lives import at, life, said
from tests.service_level.test_holding_laws import Step, lives, minute, ticket_of
from tkt.domain.bounds import Bounds
from tkt.domain.settings import Settings
from tkt.domain.ticket import Ticket
from tkt.metrics.flow.counting import measure_flow
from tkt.metrics.flow.flow import BY, Flow, StepTimes
from tkt.metrics.period import Period
from tkt.metrics.scorecard import score
from tkt.service_level.stopwatch import read_timeline

REAL_LOG = pytest.mark.skipif(not incident_log.LOG.exists(), reason="the incident log is not beside the project")


def step(found: Flow, name: str, key: str = "state") -> StepTimes:
    return next(one for one in found.times[key] if one.step == name)


def test_each_step_tells_how_often_and_how_long_tickets_were_in_it() -> None:
    found = flow(resolved(), life(STARTED))
    worked = step(found, "in_progress")
    assert (worked.seconds.number, worked.seconds.total, worked.seconds.median) == (2, 70 * MINUTE, 35 * MINUTE)
    assert (worked.tickets, worked.again) == (1, 1)
    assert (worked.there.number, worked.there.longest, worked.oldest) == (1, 10 * HOUR + 30 * MINUTE, "INC0000002")
    assert step(found, "pending:user").seconds.total == 20 * MINUTE


def test_states_stand_in_the_order_of_a_life_and_what_is_not_open_waits_for_nothing() -> None:
    found = flow(resolved(), life(STARTED, WAITED))
    assert [one.step for one in found.times["state"]] == ["new", "in_progress", "pending:user"]
    assert found.tickets == 2


def test_a_holders_time_is_parted_into_not_begun_worked_and_pending() -> None:
    ticket = life(
        said("09:20", group="Support"),
        said("10:20", state="new → assigned"),
        said("10:30", state="assigned → in_progress"),
        said("10:50", state="in_progress → pending", reason="user"),
        said("11:00", state="pending → resolved"),
    )
    support = step(flow(ticket), "Support", "group")
    assert support.phases == {"queued": 70 * MINUTE, "worked": 20 * MINUTE, "pending": 10 * MINUTE}
    assert sum(support.phases.values()) == support.seconds.total


def test_a_group_is_the_same_however_it_is_written() -> None:
    ticket = life(said("09:15", group="Réseau"), said("10:00", group="Réseau → Support"), said("11:00", group="reseau"))
    found = flow(ticket, by="group")
    assert [(one.step, one.seconds.number, one.there.number) for one in found.times["group"]] == [
        ("Support", 1, 0),
        ("Réseau", 1, 1),
    ]


def test_transitions_begin_with_the_opening_and_tell_a_reopening() -> None:
    ticket = life(said("09:30", group="Support", state="new → resolved"), said("10:00", state="resolved → in_progress"))
    by_state = flow(ticket).transitions
    assert {(one.before, one.after, one.reopening): one.seconds.total for one in by_state} == {
        (None, "new", False): 0,
        ("new", "resolved", False): 15 * MINUTE,
        ("resolved", "in_progress", True): 30 * MINUTE,
    }
    by_group = flow(ticket, by="group").transitions
    assert {(one.before, one.after, one.reopening) for one in by_group} == {
        (None, "", False),
        ("", None, False),
        (None, "Support", True),
    }


def test_a_path_tells_its_time_and_where_it_waited() -> None:
    found = flow(resolved(), resolved(), life(said("10:15", state="new → cancelled")), life(STARTED))
    path, cancelled = found.paths
    assert path.steps == ("new", "in_progress", "pending:user", "in_progress", "resolved")
    assert (path.seconds.number, path.seconds.median, path.slowest) == (2, 105 * MINUTE, "INC0000001")
    assert [wait.median for wait in path.waits] == [15 * MINUTE, 30 * MINUTE, 20 * MINUTE, 40 * MINUTE]
    assert path.longest_wait == 3
    assert cancelled.steps == ("new", "cancelled")
    assert found.ended == 3


def test_what_ended_in_a_period_counts_in_its_whole_length_and_in_one_period_alone() -> None:
    morning = Period(at("00:00"), at("10:00"), "Europe/Paris")
    later = Period(at("10:00"), at("20:00"), "Europe/Paris")
    assert step(flow(resolved(), period=morning), "new").seconds.total == 15 * MINUTE
    assert step(flow(resolved(), period=later), "in_progress").seconds.total == 70 * MINUTE
    assert [one.step for one in flow(resolved(), period=later).times["state"]] == ["in_progress", "pending:user"]
    assert step(flow(resolved(), period=morning), "in_progress").there.longest == 30 * MINUTE


def test_a_type_that_is_not_asked_for_is_not_counted() -> None:
    assert flow(life(STARTED, kind="problem")).tickets == 0
    assert flow(life(STARTED, kind="problem"), types=()).tickets == 1


def test_time_may_be_counted_by_a_calendar() -> None:
    found = flow(resolved(), length=lambda start, end: (end - start) // 2)
    assert step(found, "new").seconds.total == 15 * MINUTE // 2
    assert found.paths[0].seconds.total == 105 * MINUTE // 2


def test_the_log_holds_each_visit_of_the_period_with_what_came_after() -> None:
    found = flow(life(STARTED), log=True)
    assert [(one.visit.step, one.seconds, one.visit.left, one.after) for one in found.log] == [
        ("new", 15 * MINUTE, True, "in_progress"),
        ("in_progress", 10 * HOUR + 30 * MINUTE, False, None),
    ]
    assert flow(life(STARTED)).log == ()


def test_a_flow_of_nothing_is_empty() -> None:
    found = flow()
    assert (found.tickets, found.ended, found.transitions, found.paths) == (0, 0, (), ())


def journals_moves(tickets: list[Ticket], now: datetime) -> Counter[tuple[str, str]]:
    """The moves that the journals tell of, as the clocks read them."""
    moves = (move for one in tickets for move in read_timeline(one, now).moves)
    return Counter((move.before, move.after) for move in moves if move.before != move.after)


def states(step: str | None) -> str:
    return (step or "").partition(":")[0]


@given(st.lists(lives(), max_size=4), st.integers(0, 60))
def test_transitions_are_the_journals_moves_and_every_ticket_that_ended_took_one_path(
    drawn: list[tuple[list[Step], int]], minutes: int
) -> None:
    tickets, now = [ticket_of(steps) for steps, _now in drawn], minute(minutes)
    found = flow(*tickets, period=Period(None, now, "Europe/Paris", open_end=True))
    counted: Counter[tuple[str, str]] = Counter()
    for one in found.transitions:
        if one.before is not None and states(one.before) != states(one.after):
            counted[states(one.before), states(one.after)] += one.seconds.number
    assert counted == journals_moves(tickets, now)
    timelines = [read_timeline(one, now) for one in tickets if one.opened_at <= now]
    ended = [stop for one in timelines if (stop := one.cancelled or one.resolution)]
    assert found.ended == len(ended)
    assert sum(path.seconds.total for path in found.paths) == sum(
        (one.cancelled or one.resolution).second - one.start  # type: ignore[union-attr]
        for one in timelines
        if one.cancelled or one.resolution
    )


@given(st.lists(lives(), max_size=3), st.integers(1, 80), st.sampled_from(BY))
def test_the_parts_of_a_period_add_up_to_it(drawn: list[tuple[list[Step], int]], cut: int, by: str) -> None:
    tickets = [ticket_of(steps) for steps, _now in drawn]
    start, middle, end = minute(0), minute(cut), minute(cut) + timedelta(hours=3)
    whole, first, second = (
        flow(*tickets, by=by, period=Period(a, b, "Europe/Paris"))
        for a, b in ((start, end), (start, middle), (middle, end))
    )
    assert totals(whole) == totals(first) + totals(second)


def totals(found: Flow) -> Counter[tuple[object, ...]]:
    """How often each transition was made, and after how many seconds in all."""
    added: Counter[tuple[object, ...]] = Counter()
    for one in found.transitions:
        added[one.before, one.after, "times"] += one.seconds.number
        added[one.before, one.after, "seconds"] += one.seconds.total
    return +added


@REAL_LOG
@pytest.mark.parametrize("by", BY)
def test_the_flow_of_a_real_year_agrees_with_its_figures(by: str) -> None:
    """500 incidents of a real desk: the paths are those of the resolved, in the time that they took."""
    tickets = list(incident_log.tickets())
    period = Period(None, datetime(2020, 1, 1, tzinfo=UTC), "UTC", open_end=True)
    found = measure_flow(tickets, period, by)
    figures = score(tickets, period, Settings()).indicators
    assert found.ended == figures["resolved"].value
    assert sum(path.seconds.total for path in found.paths) == figures["mttr_seconds"].numerator
    if by == "state":
        pending = [one.seconds.total for one in found.times["state"] if one.step.startswith("pending")]
        assert sum(pending) == figures["pending_seconds"].numerator
        moves = sum(
            one.seconds.number for one in found.transitions if states(one.before) not in ("", states(one.after))
        )
        assert moves == sum(journals_moves(tickets, period.end).values())
    spent = sum(one.seconds.total for one in found.times[by] if one.step not in ("resolved", "closed"))
    reopened = sum(gap.span.seconds for one in tickets for gap in read_timeline(one, period.end).gaps)
    assert spent + reopened == figures["mttr_seconds"].numerator


def test_the_day_of_a_period_is_read_up_to_its_end() -> None:
    assert flow(resolved(), period=day("10:10")).ended == 0
    assert flow(life(RESOLVED), period=day(at("11:00"))).ended == 1


@given(st.lists(lives(), max_size=4), st.integers(0, 60), st.integers(1, 60), st.sampled_from(BY))
def test_what_was_over_before_the_period_and_is_not_open_is_in_no_figure_of_it(
    drawn: list[tuple[list[Step], int]], start: int, length: int, by: str
) -> None:
    """So that files out of these bounds need not be read."""
    tickets = [ticket_of(steps) for steps, _now in drawn]
    period = Period(minute(start), minute(start + length), "Europe/Paris")
    bounds = Bounds(opened_by=period.end, alive_from=period.start)
    within = [one for one in tickets if bounds.hold(one)]
    assert measure_flow(within, period, by) == measure_flow(tickets, period, by)
