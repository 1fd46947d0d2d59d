"""Simulating: the same tickets on both sides, and what is told apart is what differs."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.metrics.months import JANUARY, PARIS, card, local
from tests.presentation.simulated import HOUR, QUICK, STRICT, TITLED, simulation, under
from tests.service_level.lives import life, said
from tests.service_level.test_verdict_laws import POLICY, Step, lives, ticket_of
from tests.torture import scaled
from tkt.domain.opening_hours import CalendarVersion, DaySpans, OpeningHours
from tkt.domain.policies import DEFAULT_POLICY, DEFAULT_TARGETS, Policy, PolicyVersion, Target
from tkt.domain.settings import Settings
from tkt.domain.ticket import Ticket
from tkt.metrics.period import Period
from tkt.metrics.simulation import Rate, Simulation, simulate

WORKDAY: tuple[DaySpans, ...] = (((9 * HOUR, 17 * HOUR),),) * 5 + ((), ())
OFFICE = OpeningHours("office", (CalendarVersion(date(2026, 1, 1), PARIS, WORKDAY),))


def policy(name: str, since: date = date(2026, 1, 1), when: Any = None, **version: Any) -> Policy:
    return Policy(name, (PolicyVersion(since, version.pop("targets", DEFAULT_TARGETS), **version),), when or {})


def resolution(one: Simulation, **of: str) -> tuple[Rate, Rate]:
    wanted = {"priority": "", "policy": "", **of}
    [line] = [
        line
        for line in one.compliance
        if line.clock == "resolution" and {"priority": line.priority, "policy": line.policy} == wanted
    ]
    return line.before, line.after


def changes(one: Simulation) -> list[tuple[str, str, str, str]]:
    return [(two.ticket.id, two.before.clock, two.before.verdict, two.after.verdict) for two in one.differing]


def test_compliance_stands_side_by_side_overall_by_priority_and_by_policy() -> None:
    one = simulation()
    assert resolution(one) == (Rate(2, 2), Rate(1, 2))
    assert resolution(one, priority="P3") == (Rate(2, 2), Rate(1, 2))
    assert resolution(one, policy="standard") == (Rate(2, 2), Rate(0, 0))
    assert resolution(one, policy="strict") == (Rate(0, 0), Rate(1, 2))
    assert [line.difference for line in one.compliance if line.clock == "resolution"] == [-0.5, -0.5, None, None]


def test_the_clocks_that_differ_are_named_the_newly_breached_first() -> None:
    slow = life(said("20:15", state="new → resolved"), priority="P1", id="INC0000001")
    lenient = policy("lenient", targets={"P1": Target(24 * HOUR, 48 * HOUR), "P3": Target(HOUR, 4 * HOUR)})
    assert changes(simulation(slow, TITLED, QUICK, others=under(lenient))) == [
        ("INC0012345", "resolution", "met", "breached"),
        ("INC0000001", "response", "breached", "met"),
        ("INC0000001", "resolution", "breached", "met"),
    ]


def test_an_office_calendar_that_pauses_for_nobody_judges_by_its_own_hours() -> None:
    overnight = life(
        said("16:00", state="new → pending", reason="user"),
        said("10:00", day=16, state="pending → in_progress"),
        said("10:15", day=16, state="in_progress → resolved"),
    )
    office = policy("office", calendar="office", pause=frozenset(), targets={"P3": Target(9 * HOUR, 9 * HOUR)})
    one = simulation(overnight, others=under(office, calendars=(OFFICE,)))
    assert changes(one) == [("INC0012345", "response", "breached", "met")]
    assert one.differing[0].after.elapsed == 8.75 * HOUR
    assert resolution(one) == (Rate(1, 1), Rate(1, 1))


def test_what_is_breached_is_told_apart_by_what_became_of_it() -> None:
    open_still = life(opened=local(2026, 1, 31, 18))
    dropped = life(said("15:00", state="new → cancelled", reason="error"))
    one = simulation(open_still, dropped, TITLED, QUICK)
    assert one.breached == {"open": (1, 1), "resolved": (0, 1), "cancelled": (1, 1)}
    assert simulation(dropped, others=under(policy("none", targets={}))).breached["cancelled"] == (1, 0)


def test_a_cancelled_ticket_differs_by_its_breach_though_it_shows_the_same_word() -> None:
    dropped = life(said("15:00", state="new → cancelled", reason="error"))
    [response] = simulation(
        dropped, others=under(policy("slow", targets={"P3": Target(8 * HOUR, 24 * HOUR)}))
    ).differing
    assert (response.before.verdict, response.after.verdict) == ("cancelled", "cancelled")
    assert (response.before.breached, response.after.breached) == (True, False)


# Which tickets


def test_only_what_was_open_or_ended_in_the_period_is_looked_at() -> None:
    ended = local(2025, 12, 30, 12)
    before = life(said(ended, state="new → resolved"), opened=ended - timedelta(hours=5))
    later = life(opened=local(2026, 2, 1))
    one = simulation(before, later, QUICK, others=under(policy("strict", since=date(2025, 1, 1))))
    assert (one.compared, one.too_old) == (1, 0)


def test_tickets_older_than_the_policy_they_match_are_left_out_on_both_sides() -> None:
    young = life(said("10:00", day=20, state="new → resolved"), opened=local(2026, 1, 20, 9))
    one = simulation(TITLED, young, others=under(policy("later", since=date(2026, 1, 16))))
    assert (one.compared, one.too_old) == (1, 1)
    assert resolution(one) == (Rate(1, 1), Rate(1, 1))
    assert one.differing == ()


def test_what_no_policy_there_is_for_at_any_time_counts_as_judged_by_none() -> None:
    one = simulation(TITLED, others=under(policy("requests", when={"type": ("request",)})))
    assert (one.compared, one.too_old) == (1, 0)
    assert changes(one) == [("INC0012345", clock, "met", "none") for clock in ("response", "resolution")]


def test_a_policy_that_has_ended_is_no_reason_to_leave_a_ticket_out() -> None:
    ended = policy("ended", since=date(2025, 1, 1), until=date(2026, 1, 1))
    assert simulation(TITLED, others=under(ended)).too_old == 0


def test_versions_that_begin_after_every_ticket_are_named() -> None:
    assert [(one.policy, one.since) for one in simulation().to_come] == [("strict", date(2026, 12, 1))]
    assert simulate((TITLED,), JANUARY, under(STRICT), under(STRICT)).to_come == ()
    assert simulate((), JANUARY, under(DEFAULT_POLICY), under(STRICT)).to_come == ()


def test_types_other_than_those_asked_for_are_left_aside() -> None:
    problem = life(kind="problem")
    assert simulation(problem, QUICK).compared == 1
    assert simulate((problem,), JANUARY, under(DEFAULT_POLICY), under(STRICT), ("problem",)).compared == 1


# Laws

SHORT = under(POLICY)
LONGER = under(policy("longer", targets={"P1": Target(600, 1200), "P2": Target(60, 6000), "P4": Target(900, 1800)}))
Drawn = list[tuple[list[Step], int]]


def tickets(drawn: Drawn) -> list[Ticket]:
    return [ticket_of(steps) for steps, _minute in drawn]


@settings(max_examples=scaled(30, 1500), deadline=None)
@given(st.lists(lives(), max_size=6), st.sampled_from((SHORT, LONGER)))
def test_the_same_settings_differ_nowhere(drawn: Drawn, same: Settings) -> None:
    one = simulate(tickets(drawn), JANUARY, same, replace(same))
    assert one.differing == ()
    assert one.too_old == 0
    assert all(line.before == line.after for line in one.compliance)
    assert all(before == after for before, after in one.breached.values())


@settings(max_examples=scaled(30, 1500), deadline=None)
@given(st.lists(lives(), max_size=6), st.integers(0, 120))
def test_the_desks_side_is_what_its_figures_say_and_turning_round_turns_everything(drawn: Drawn, minute: int) -> None:
    period = Period(None, local(2026, 1, 15, 9, 15) + timedelta(minutes=minute), "Europe/Paris")
    lived = tickets(drawn)
    there, back = simulate(lived, period, SHORT, LONGER), simulate(lived, period, LONGER, SHORT)
    assert [(line.before, line.after) for line in there.compliance if not line.policy] == [
        (line.after, line.before) for line in back.compliance if not line.policy
    ]
    assert sorted(count for _change, count in there.changes) == sorted(count for _change, count in back.changes)
    figures = card(*lived, period=period).indicators
    course = simulate(lived, period, under(DEFAULT_POLICY), LONGER)
    overall = {line.clock: line.before for line in course.compliance if not (line.priority or line.policy)}
    for clock, rate in overall.items():
        sla = figures[f"sla_{clock}"]
        assert (rate.met, rate.judged) == (sla.numerator, sla.denominator)
    for ending, (before, _after) in course.breached.items():
        assert before == figures[f"{ending}_breached"].value
