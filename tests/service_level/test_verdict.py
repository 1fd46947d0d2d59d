"""The verdicts: each promise of the two clocks on a life that shows it."""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from tests.service_level.lives import AGENT, COURSE_TICKET, DEFAULT, REQUESTER, agreed, at, imported, life, said
from tkt.domain.entry import Entry
from tkt.domain.policies import DEFAULT_POLICY, Policy, PolicyVersion, Target
from tkt.domain.ticket import Ticket
from tkt.service_level.reading import ClockReading
from tkt.service_level.verdict import read_clocks

MINUTE, HOUR = 60, 3600


def response(ticket: Ticket, now: datetime) -> ClockReading:
    return read_clocks(ticket, DEFAULT, now).response


def resolution(ticket: Ticket, now: datetime) -> ClockReading:
    return read_clocks(ticket, DEFAULT, now).resolution


TAKEN = said("09:30", public=True, state="new → in_progress")


def solved(when: str, day: int = 15) -> Entry:
    return said(when, day=day, public=True, state="in_progress → resolved")


# The course


def test_the_courses_ticket_is_answered_in_15_minutes_and_resolved_in_4_hours_30() -> None:
    clocks = read_clocks(COURSE_TICKET, DEFAULT, at("18:00"))
    assert (clocks.response.verdict, clocks.response.elapsed, clocks.response.target) == ("met", 15 * MINUTE, 2 * HOUR)
    assert (clocks.resolution.verdict, clocks.resolution.elapsed) == ("met", 4 * HOUR + 30 * MINUTE)
    assert (clocks.resolution.target, clocks.resolution.wall) == (24 * HOUR, 4 * HOUR + 30 * MINUTE)
    assert clocks.resolution.stopped_at == at("13:45")
    assert (clocks.resolution.policy, clocks.resolution.due) == ("standard", None)


# Met, breached, running, at risk


@pytest.mark.parametrize(("stop", "verdict"), [("13:14:59", "met"), ("13:15", "met"), ("13:15:01", "breached")])
def test_a_target_exactly_filled_is_met_and_a_second_more_breaches_it(stop: str, verdict: str) -> None:
    assert resolution(life(TAKEN, solved(stop), priority="P1"), at("18:00")).verdict == verdict


@pytest.mark.parametrize(
    ("now", "verdict"),
    [("12:26:59", "running"), ("12:27", "at_risk"), ("13:15", "at_risk"), ("13:15:01", "breached")],
)
def test_a_running_clock_is_at_risk_from_80_per_cent_on_and_breached_past_its_target(now: str, verdict: str) -> None:
    reading = resolution(life(TAKEN, priority="P1"), at(now))
    assert (reading.verdict, reading.due) == (verdict, at("13:15"))
    assert reading.breached is (verdict == "breached")
    assert reading.breached_at == (at("13:15") if reading.breached else None)


def test_what_remains_is_negative_once_over() -> None:
    assert resolution(life(TAKEN, priority="P1"), at("13:00")).remaining == 15 * MINUTE
    assert resolution(life(TAKEN, priority="P1"), at("13:30")).remaining == -15 * MINUTE


def test_a_share_of_the_target_that_binary_fractions_miss_is_not_missed() -> None:
    early = Policy("early", (PolicyVersion(date(2026, 1, 1), {"P1": Target(None, 100)}, warn_at=0.07),))
    assert read_clocks(life(priority="P1"), agreed(early), at("09:15:07")).resolution.verdict == "at_risk"


def test_before_the_opening_nothing_has_passed() -> None:
    for reading in read_clocks(life(TAKEN, priority="P1"), DEFAULT, at("08:00")):
        assert (reading.verdict, reading.elapsed, reading.wall, reading.breached) == ("running", 0, 0, False)


def test_what_happens_after_now_does_not_count_yet() -> None:
    ticket = life(TAKEN, said("10:00", priority="P3 → P1"), solved("13:45"))
    assert resolution(ticket, at("09:45")).target == 24 * HOUR
    assert resolution(ticket, at("13:00")).verdict == "at_risk"


def test_a_fraction_of_a_second_does_not_count() -> None:
    now = at("13:15").replace(microsecond=900_000)
    assert resolution(life(priority="P1"), at("12:00").replace(microsecond=900_000)).due == at("13:15")
    assert (resolution(life(priority="P1"), now).verdict, resolution(life(priority="P1"), now).elapsed) == (
        "at_risk",
        4 * HOUR,
    )


# Pauses


@pytest.mark.parametrize("reason", ["user", "vendor"])
def test_the_resolution_clock_rests_while_others_keep_us_waiting(reason: str) -> None:
    waiting = life(TAKEN, said("10:15", state="in_progress → pending", reason=reason), priority="P1")
    paused = resolution(waiting, at("20:00"))
    assert (paused.verdict, paused.elapsed, paused.due) == ("paused", HOUR, None)
    assert paused.wall == 10 * HOUR + 45 * MINUTE


@pytest.mark.parametrize("reason", ["change", "problem", "approval", "other", ""])
def test_waiting_on_ourselves_is_not_the_customers_delay(reason: str) -> None:
    held = said("10:15", state="in_progress → pending", **({"reason": reason} if reason else {}))
    assert resolution(life(TAKEN, held, priority="P1"), at("12:15")).elapsed == 3 * HOUR
    assert resolution(life(TAKEN, held, priority="P1"), at("13:16")).verdict == "breached"


def test_a_pause_moves_the_due_instant_by_its_length() -> None:
    ticket = life(
        TAKEN,
        said("10:00", state="in_progress → pending", reason="user"),
        said("11:00", state="pending → in_progress"),
        priority="P1",
    )
    reading = resolution(ticket, at("11:30"))
    assert (reading.due, reading.elapsed) == (at("14:15"), HOUR + 15 * MINUTE)


def test_only_the_part_of_a_wait_that_has_a_pausing_reason_is_cut_out() -> None:
    ticket = life(
        said("10:00", state="new → pending", reason="vendor"),
        said("11:00", state="pending → pending", reason="problem"),
        said("12:00", state="pending → in_progress"),
        solved("13:00"),
    )
    assert resolution(ticket, at("18:00")).elapsed == 2 * HOUR + 45 * MINUTE


def test_the_response_clock_does_not_pause() -> None:
    waiting = life(said("09:20", state="new → pending", reason="user"), priority="P1")
    assert response(waiting, at("09:31")).verdict == "breached"


def test_a_breach_during_the_run_still_shows_once_the_clock_is_paused() -> None:
    ticket = life(TAKEN, said("14:00", state="in_progress → pending", reason="user"), priority="P1")
    reading = resolution(ticket, at("15:00"))
    assert (reading.verdict, reading.breached_at) == ("breached", at("13:15"))


def test_a_clock_that_stood_exactly_at_its_target_goes_over_when_the_pause_ends() -> None:
    ticket = life(
        TAKEN,
        said("13:15", state="in_progress → pending", reason="user"),
        said("15:00", state="pending → in_progress"),
        priority="P1",
    )
    assert resolution(ticket, at("14:00")).verdict == "paused"
    assert resolution(ticket, at("15:01")).breached_at == at("15:00")
    assert resolution(ticket, at("15:01")).due == at("13:15")


# Reopening


def test_the_time_from_resolution_to_reopening_is_neither_work_nor_delay() -> None:
    ticket = life(
        TAKEN,
        said("10:15", state="in_progress → resolved"),
        said("15:15", state="resolved → in_progress"),
        said("16:15", state="in_progress → resolved"),
        priority="P1",
    )
    running = resolution(ticket, at("15:45"))
    assert (running.verdict, running.elapsed, running.due) == ("running", HOUR + 30 * MINUTE, at("18:15"))
    stopped = resolution(ticket, at("20:00"))
    assert (stopped.verdict, stopped.elapsed, stopped.wall) == ("met", 2 * HOUR, 7 * HOUR)


def test_a_breach_found_after_reopening_counts_though_the_first_resolution_met_the_target() -> None:
    ticket = life(TAKEN, solved("13:00"), said("14:00", state="resolved → in_progress"), solved("14:30"), priority="P1")
    assert resolution(ticket, at("13:30")).verdict == "met"
    assert resolution(ticket, at("20:00")).verdict == "breached"
    assert resolution(ticket, at("20:00")).breached_at == at("14:15")


# Changes of priority


def test_raising_the_priority_judges_again_from_the_opening() -> None:
    ticket = life(TAKEN, said("14:00", priority="P3 → P1"))
    assert resolution(ticket, at("13:59")).verdict == "running"
    raised = resolution(ticket, at("14:01"))
    assert (raised.verdict, raised.target, raised.due) == ("breached", 4 * HOUR, at("13:15"))
    assert raised.breached_at == at("14:00")


def test_lowering_the_priority_after_a_breach_does_not_heal_it() -> None:
    ticket = life(TAKEN, said("14:00", priority="P1 → P4"), solved("14:30"), priority="P1")
    reading = resolution(ticket, at("20:00"))
    assert (reading.verdict, reading.target, reading.breached_at) == ("breached", 48 * HOUR, at("13:15"))


def test_lowering_the_priority_before_a_breach_gives_the_longer_target() -> None:
    ticket = life(TAKEN, said("13:15", priority="P1 → P4"), solved("14:30"), priority="P1")
    assert resolution(ticket, at("20:00")).verdict == "met"


def test_a_priority_that_held_for_no_time_does_not_count() -> None:
    slip = (said("14:00", priority="P3 → P1"), said("14:00", priority="P1 → P3"))
    assert resolution(life(TAKEN, *slip, solved("15:00")), at("20:00")).verdict == "met"


def test_a_priority_given_with_the_resolution_judges_nothing() -> None:
    ticket = life(TAKEN, said("14:30", state="in_progress → resolved", priority="P3 → P1"))
    assert (resolution(ticket, at("20:00")).verdict, resolution(ticket, at("20:00")).target) == ("met", 24 * HOUR)


def test_a_change_of_priority_after_the_clock_stopped_changes_no_verdict() -> None:
    ticket = life(TAKEN, solved("14:30"), said("15:00", priority="P3 → P1"))
    assert (resolution(ticket, at("20:00")).verdict, resolution(ticket, at("20:00")).target) == ("met", 24 * HOUR)
    assert (
        response(life(said("09:45", state="new → in_progress"), said("10:00", priority="P3 → P1")), at("12:00")).verdict
        == "met"
    )


def test_a_priority_that_held_only_between_resolution_and_reopening_does_not_count() -> None:
    ticket = life(
        TAKEN,
        solved("14:00"),
        said("15:00", priority="P3 → P1"),
        said("16:00", priority="P1 → P3"),
        said("17:00", state="resolved → in_progress"),
    )
    assert resolution(ticket, at("17:30")).verdict == "running"


def test_a_priority_raised_between_resolution_and_reopening_counts_from_the_reopening() -> None:
    ticket = life(
        TAKEN, solved("14:00"), said("15:00", priority="P3 → P1"), said("17:00", state="resolved → in_progress")
    )
    assert resolution(ticket, at("17:30")).breached_at == at("17:00")


def test_a_priority_that_held_only_during_a_pause_counts() -> None:
    ticket = life(
        TAKEN,
        said("14:00", state="in_progress → pending", reason="user"),
        said("15:00", priority="P3 → P1"),
        said("16:00", priority="P1 → P3"),
    )
    assert resolution(ticket, at("15:00")).verdict == "paused"
    assert (resolution(ticket, at("17:00")).verdict, resolution(ticket, at("17:00")).breached_at) == (
        "breached",
        at("15:00"),
    )


# Cancelled, and nothing promised


def test_a_cancelled_ticket_shows_cancelled_on_both_clocks_and_whether_it_was_breached_before() -> None:
    cancelled = life(said("09:31", state="new → cancelled", reason="spam"), priority="P1")
    clocks = read_clocks(cancelled, DEFAULT, at("20:00"))
    assert [(one.verdict, one.breached, one.due) for one in clocks] == [
        ("cancelled", True, None),
        ("cancelled", False, None),
    ]
    assert [one.elapsed for one in clocks] == [16 * MINUTE, 16 * MINUTE]


def test_a_ticket_brought_back_from_cancelled_runs_on_from_its_opening() -> None:
    ticket = life(
        said("09:30", state="new → cancelled", reason="error"),
        said("10:30", state="cancelled → in_progress"),
        priority="P1",
    )
    assert (resolution(ticket, at("11:15")).verdict, resolution(ticket, at("11:15")).elapsed) == ("running", 2 * HOUR)


def test_without_a_target_there_is_no_verdict_but_time_is_told() -> None:
    reading = read_clocks(life(TAKEN), agreed(), at("10:15")).resolution
    assert (reading.verdict, reading.policy, reading.target, reading.elapsed) == ("none", "", None, HOUR)
    assert (reading.due, reading.remaining) == (None, None)


def test_a_breach_stands_though_the_priority_it_was_lowered_to_promises_nothing() -> None:
    only_p1 = Policy("P1", (PolicyVersion(date(2026, 1, 1), {"P1": Target(900, 4 * HOUR)}),))
    ticket = life(TAKEN, said("14:00", priority="P1 → P2"), priority="P1")
    assert read_clocks(ticket, agreed(only_p1), at("15:00")).resolution.verdict == "breached"


# Which policy


def test_a_ticket_is_judged_by_the_policy_of_the_type_it_had_when_the_clock_stopped() -> None:
    slow = Policy("requests", (PolicyVersion(date(2026, 1, 1), {"P3": Target(HOUR, HOUR)}),), {"type": ("request",)})
    policies = agreed(slow, DEFAULT_POLICY)
    retyped = life(TAKEN, said("10:00", type="incident → request"), kind="incident")
    clocks = read_clocks(retyped, policies, at("10:30"))
    assert (clocks.response.policy, clocks.resolution.policy) == ("standard", "requests")
    resolved_first = life(TAKEN, solved("10:00"), said("10:05", type="incident → request"))
    assert read_clocks(resolved_first, policies, at("10:30")).resolution.policy == "standard"


def test_the_version_is_that_of_the_opening_however_late_the_ticket_ends() -> None:
    versions = (PolicyVersion(date(2026, 1, 1), {"P3": Target(HOUR, HOUR)}), PolicyVersion(date(2026, 1, 16), {}))
    policies = agreed(Policy("changing", versions))
    assert read_clocks(life(TAKEN), policies, at("12:00", day=20)).resolution.target == HOUR
    assert read_clocks(life(opened=at("00:00", day=16)), policies, at("12:00", day=20)).resolution.target is None


def test_the_opening_date_is_that_of_the_desks_clock_as_the_ticket_writes_it() -> None:
    policies = agreed(Policy("new", (PolicyVersion(date(2026, 1, 16), {"P3": Target(HOUR, HOUR)}),)))
    just_after_midnight = life(opened=at("00:30", day=16))
    assert read_clocks(just_after_midnight, policies, at("00:40", day=16).astimezone(UTC)).resolution.target == HOUR


# Late entries


def late(reading: ClockReading) -> bool:
    return reading.late


def test_a_verdict_that_rests_on_a_late_stop_is_marked() -> None:
    ticket = life(said("09:30", state="new → in_progress"), said("10:00", state="in_progress → resolved", late="oubli"))
    clocks = read_clocks(ticket, DEFAULT, at("20:00"))
    assert (clocks.response.late, clocks.resolution.late) == (False, True)


@pytest.mark.parametrize(("start", "end"), [("oubli", ""), ("", "oubli")])
def test_a_resolution_that_rests_on_a_late_pause_is_marked(start: str, end: str) -> None:
    def held(reason: str) -> Ticket:
        return life(
            TAKEN,
            said("10:00", state="in_progress → pending", reason=reason, **({"late": start} if start else {})),
            said("11:00", state="pending → in_progress", **({"late": end} if end else {})),
        )

    assert late(resolution(held("user"), at("20:00")))
    assert not late(resolution(held("other"), at("20:00")))
    assert not late(response(held("user"), at("20:00")))


def test_a_resolution_that_rests_on_a_late_reopening_or_on_the_late_resolution_before_it_is_marked() -> None:
    late_resolution = said("10:00", state="in_progress → resolved", late="oubli")
    for done, reopened_late in ((solved("10:00"), {"late": "oubli"}), (late_resolution, {})):
        ticket = life(TAKEN, done, said("11:00", state="resolved → in_progress", **reopened_late))
        assert late(resolution(ticket, at("20:00")))


def test_both_clocks_rest_on_a_late_opening_and_on_a_late_priority() -> None:
    opened_late = imported("09:15", said("09:15", state="new", priority="P3", late="panne"))
    assert all(map(late, read_clocks(opened_late, DEFAULT, at("20:00"))))
    lowered_late = life(said("09:20", priority="P1 → P3", late="oubli"), TAKEN, priority="P1")
    assert all(map(late, read_clocks(lowered_late, DEFAULT, at("20:00"))))


def test_a_late_note_marks_nothing() -> None:
    ticket = life(TAKEN, said("10:00", late="oubli"), solved("11:00"))
    assert not any(map(late, read_clocks(ticket, DEFAULT, at("20:00"))))


# Real time


def test_the_night_that_summer_time_begins_is_an_hour_shorter() -> None:
    paris = ZoneInfo("Europe/Paris")
    ticket = life(opened=datetime(2026, 3, 29, 0, 30, tzinfo=paris), priority="P1")
    reading = resolution(ticket, datetime(2026, 3, 29, 5, 0, tzinfo=paris))
    assert reading.elapsed == 3 * HOUR + 30 * MINUTE
    assert reading.due is not None
    assert reading.due.isoformat() == "2026-03-29T05:30:00+02:00"


def test_words_of_the_requester_do_not_answer_the_ticket_but_an_agents_do() -> None:
    asked = said("09:20", REQUESTER, public=True)
    answered = said("09:40", AGENT, public=True)
    assert response(life(asked, priority="P1"), at("09:31")).verdict == "breached"
    assert response(life(asked, answered), at("20:00")).stopped_at == at("09:40")
