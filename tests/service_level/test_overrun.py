"""By how much a clock went over: more than nothing of exactly what is breached."""

from __future__ import annotations

from datetime import timedelta

from hypothesis import given, settings

from tests.service_level.lives import DEFAULT, agreed, at, life, said
from tests.service_level.test_verdict_laws import OPENED, POLICY, Step, lives, ticket_of
from tests.torture import scaled
from tkt.domain.ticket import Ticket
from tkt.service_level.agreements import Agreements
from tkt.service_level.course import course_of
from tkt.service_level.overrun import overrun
from tkt.service_level.stopwatch import read_timeline
from tkt.service_level.verdict import judge

SHORT = agreed(POLICY)
MINUTE = 60


def over(ticket: Ticket, clock: str = "resolution", agreements: Agreements = DEFAULT, day: int = 20) -> int:
    now = at("12:00", day=day)
    return overrun(course_of(read_timeline(ticket, now), clock, agreements, now))


def test_a_target_exactly_filled_is_not_run_over_and_a_second_more_is() -> None:
    filled, more = (life(said(end, state="new → resolved"), priority="P1") for end in ("13:15", "13:15:01"))
    assert (over(filled), over(more)) == (0, 1)
    assert (over(filled, "response"), over(more, "response")) == (225 * MINUTE, 225 * MINUTE + 1)


def test_what_is_cut_out_of_the_clock_is_cut_out_of_its_overrun() -> None:
    waited = life(
        said("14:15", state="new → pending", reason="user"),
        said("20:15", state="pending → in_progress"),
        said("21:15", state="in_progress → resolved"),
        priority="P1",
    )
    assert over(waited) == 120 * MINUTE


def test_the_most_counts_of_several_priorities() -> None:
    """Two hours over as P1; back up as P1 at the end it would be three."""
    lowered = life(said("15:15", priority="P1 → P4"), said("16:15", state="new → resolved"), priority="P1")
    again = life(
        said("15:15", priority="P1 → P4"),
        said("15:45", priority="P4 → P1"),
        said("16:15", state="new → resolved"),
        priority="P1",
    )
    assert (over(lowered), over(again)) == (120 * MINUTE, 180 * MINUTE)


def test_a_priority_that_held_only_between_resolution_and_reopening_is_not_run_over() -> None:
    meanwhile = life(
        said("14:00", state="new → resolved"),
        said("15:00", priority="P4 → P1"),
        said("16:00", priority="P1 → P4"),
        said("17:00", state="resolved → in_progress"),
        said("17:30", state="in_progress → resolved"),
        priority="P4",
    )
    assert over(meanwhile) == 0


def test_nothing_promised_is_never_run_over() -> None:
    assert over(life(priority="P9")) == 0


@settings(max_examples=scaled(150, 5000), deadline=None)
@given(lives())
def test_exactly_what_is_breached_was_run_over(drawn: tuple[list[Step], int]) -> None:
    steps, minute = drawn
    now = OPENED + timedelta(minutes=minute)
    timeline = read_timeline(ticket_of(steps), now)
    for reading in judge(timeline, SHORT, now):
        course = course_of(timeline, reading.clock, SHORT, now)
        assert (overrun(course) > 0) == reading.breached
        if len(timeline.priorities) == 1 and reading.breached:
            assert overrun(course) == -(reading.remaining or 0)
