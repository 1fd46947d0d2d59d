"""Escalating: a rule is reached when its clock comes to its point, at the same instant whenever one looks."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.service_level.lives import AGENT, agreed, at, life, said
from tests.service_level.test_verdict_laws import OPENED, POLICY, Step, lives, ticket_of
from tests.torture import scaled
from tkt.domain.escalation import BREACH, Escalation, Measures, Threshold
from tkt.domain.opening_hours import CalendarVersion, OpeningHours
from tkt.domain.policies import DEFAULT_TARGETS, Policy, PolicyVersion
from tkt.domain.ticket import Ticket
from tkt.service_level.agreements import Agreements
from tkt.service_level.escalating import reached_rules
from tkt.service_level.verdict import read_clocks

HALF, SOON = Threshold(share=0.5), Threshold(left=2 * 3600)
PLAIN = agreed(Policy("plain", (PolicyVersion(date(2026, 1, 1), DEFAULT_TARGETS),)))
NOTHING = Measures(say="!")


def rule(point: Threshold, clock: str = "resolution", name: str = "r", **when: tuple[str, ...]) -> Escalation:
    return Escalation(name, clock, point, NOTHING, {key.replace("__", "."): values for key, values in when.items()})


def when(ticket: Ticket, one: Escalation, now: datetime, agreements: Agreements = PLAIN) -> datetime | None:
    found = reached_rules(ticket, [one], agreements, now)
    return found[0].at if found else None


@pytest.mark.parametrize(
    ("point", "clock", "instant"),
    [
        (HALF, "resolution", at("21:15")),
        (Threshold(share=0.8), "response", at("10:51")),
        (Threshold(share=1.5), "response", at("12:15")),
        (SOON, "resolution", at("07:15", 16)),
        (Threshold(left=3 * 3600), "response", at("09:15")),  # of two hours never more than three are left
        (BREACH, "response", at("11:15")),
    ],
)
def test_a_point_is_reached_at_the_second_at_which_the_clock_comes_to_it(
    point: Threshold, clock: str, instant: datetime
) -> None:
    one = rule(point, clock)
    assert when(life(), one, instant + timedelta(hours=1)) == instant
    assert when(life(), one, instant - timedelta(seconds=1)) is None


def test_a_breach_is_over_the_target_and_a_whole_target_is_at_it() -> None:
    assert when(life(), rule(Threshold(share=1.0), "response"), at("11:15")) == at("11:15")
    assert when(life(), rule(BREACH, "response"), at("11:15")) is None
    assert when(life(), rule(BREACH, "response"), at("11:15:01")) == at("11:15")


def test_a_share_of_a_target_is_a_whole_second_never_too_early() -> None:
    """7 % of two hours are 504 seconds, which binary fractions miss by a hair."""
    assert when(life(), rule(Threshold(share=0.07), "response"), at("10:00")) == at("09:23:24")
    assert when(life(), rule(Threshold(share=0.00001), "response"), at("10:00")) == at("09:15:01")


def test_a_clock_that_has_stopped_escalates_nothing() -> None:
    answered = life(said("11:00", public=True))
    assert when(answered, rule(HALF, "response"), at("11:30")) is None
    assert when(answered, rule(HALF), at("22:00")) is not None
    for state in ("resolved", "cancelled"):
        assert when(life(said("22:00", state=f"new → {state}")), rule(HALF), at("23:00")) is None


def test_a_clock_that_rests_has_come_to_what_it_came_to_and_no_further() -> None:
    held = life(said("21:30", state="new → pending", reason="user"))
    assert when(held, rule(HALF), at("23:00")) == at("21:15")
    assert when(held, rule(Threshold(share=0.6)), at("23:00", 20)) is None
    resumed = life(
        said("20:15", state="new → pending", reason="user"), said("20:15", day=16, state="pending → in_progress")
    )
    assert when(resumed, rule(HALF), at("22:00", 16)) == at("21:15", 16)


def test_a_raised_priority_is_looked_at_as_if_it_had_been_so_all_along() -> None:
    raised = life(said("12:00", priority="P3 → P1"))
    assert when(raised, rule(HALF), at("12:00")) == at("11:15")


def test_a_lowered_priority_is_no_longer_half_way_but_stays_breached() -> None:
    lowered = life(said("14:00", priority="P1 → P4"), priority="P1")
    assert when(lowered, rule(HALF), at("15:00")) is None
    assert when(lowered, rule(BREACH), at("15:00")) == at("13:15")


def test_only_open_hours_bring_a_clock_forward() -> None:
    weekly = (((9 * 3600, 17 * 3600),),) * 5 + ((), ())
    office = OpeningHours("office", (CalendarVersion(date(2026, 1, 1), ZoneInfo("Europe/Paris"), weekly),))
    version = PolicyVersion(date(2026, 1, 1), DEFAULT_TARGETS, calendar="office")
    agreements = agreed(Policy("office", (version,)), calendars=(office,))
    assert when(life(), rule(HALF), at("13:30", 16), agreements) == at("13:15", 16)  # 12 h: 7 h 45 and 4 h 15


def test_a_rule_is_for_the_tickets_that_are_like_its_conditions() -> None:
    one = life(priority="P1", group="Messagerie", requester__email="chef@direction.example")
    for condition, holds in [
        ({"priority": ("P1", "P2")}, True),
        ({"priority": ("P2",)}, False),
        ({"group": ("mess*",), "type": ("incident",)}, True),
        ({"group": ("mess*",), "type": ("request",)}, False),
        ({"requester__email": ("*@direction.example",)}, True),
        ({"tags": ("vip",)}, False),
    ]:
        assert (when(one, rule(HALF, **condition), at("12:00")) is not None) is holds, condition


def test_first_come_first_else_in_the_order_of_the_settings() -> None:
    rules = [rule(HALF, name="late"), rule(HALF, "response", "b"), rule(HALF, "response", "a")]
    assert [one.rule.name for one in reached_rules(life(), rules, PLAIN, at("22:00"))] == ["b", "a", "late"]


def test_without_a_promise_nothing_is_reached() -> None:
    for point in (HALF, SOON, BREACH):
        assert when(life(), rule(point), at("22:00", 30), agreed()) is None
    assert reached_rules(life(said("10:00", AGENT)), [], PLAIN, at("22:00")) == []


SHORT = agreed(POLICY)
POINTS = st.one_of(
    st.just(BREACH),
    st.integers(1, 30).map(lambda tenths: Threshold(share=tenths / 10)),
    st.integers(1, 60).map(lambda minutes: Threshold(left=minutes * 60)),
)


@settings(max_examples=scaled(120, 5_000))
@given(lives(), st.sampled_from(("response", "resolution")), POINTS, st.integers(0, 90))
def test_what_is_reached_is_what_the_clock_shows_and_stays_so(
    lived: tuple[list[Step], int], clock: str, point: Threshold, later: int
) -> None:
    """Two who look at one journal at different moments tell one instant: so their entries are the same to the byte."""
    steps, minute = lived
    ticket = ticket_of([step for step in steps if step.minute <= minute])
    now = OPENED + timedelta(minutes=minute)
    reading = getattr(read_clocks(ticket, SHORT, now), clock)
    goes_on = ticket.is_open and reading.stopped_at is None and reading.target is not None
    if point.is_breach:
        shown = reading.breached
    elif point.share is not None:
        shown = goes_on and reading.elapsed >= round(point.share * reading.target, 3)
    else:
        shown = goes_on and reading.remaining <= (point.left or 0)
    found = when(ticket, rule(point, clock), now, SHORT)
    assert (found is not None) == (goes_on and shown)
    if found is not None:
        assert OPENED <= found <= now
        assert when(ticket, rule(point, clock), now + timedelta(minutes=later), SHORT) == found


def test_instants_are_told_in_the_zone_of_now() -> None:
    moment = datetime.combine(date(2026, 1, 16), time(12), ZoneInfo("Asia/Kathmandu"))
    found = when(life(), rule(HALF), moment)
    assert found is not None and found.tzinfo == moment.tzinfo and found == at("21:15")
