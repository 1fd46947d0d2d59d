"""The scorecard: the course's exercise, the period's edges, and what is seen as of its end."""

from __future__ import annotations

from dataclasses import replace

from tests.metrics.exercise import exercise
from tests.metrics.months import JANUARY, SETTINGS, card, figure, local, quotient
from tests.service_level.lives import REQUESTER, life, said
from tkt.metrics.period import Period
from tkt.metrics.scorecard import score


def test_the_courses_exercise_reads_fcr_70_3_mttr_4h_reopened_5_4() -> None:
    figures = card(*exercise()).indicators
    assert [figures[key].value for key in ("created", "resolved", "reopened", "open")] == [200, 185, 10, 15]
    assert (figures["mttr_seconds"].numerator, figures["mttr_seconds"].value) == (740 * 3600, 4 * 3600)
    assert (figures["fcr"].numerator, figures["fcr"].denominator) == (130, 185)
    assert f"{figures['fcr'].value:.1%}" == "70.3%"
    assert (figures["reopen_rate"].numerator, figures["reopen_rate"].denominator) == (10, 185)
    assert f"{figures['reopen_rate'].value:.1%}" == "5.4%"
    assert [figures[key].met for key in ("fcr", "mttr_seconds", "reopen_rate")] == [True, False, True]


# The period's edges


def test_the_first_instant_of_a_period_belongs_to_it_and_the_last_to_the_next() -> None:
    at_start = life(opened=local(2026, 1))
    at_end = life(opened=local(2026, 2))
    assert figure("created", at_start, at_end).value == 1
    solved_at_end = life(said(local(2026, 2), state="new → resolved"), opened=local(2026, 1, 31))
    assert (figure("resolved", solved_at_end).value, figure("open", solved_at_end).value) == (0, 1)


def test_a_period_that_ends_now_counts_what_happens_now() -> None:
    now = local(2026, 1, 20, 12)
    ticket = life(said(now, state="new → resolved"), opened=local(2026, 1, 20, 9))
    assert figure("resolved", ticket, period=Period(None, now, "Europe/Paris", open_end=True)).value == 1
    assert figure("resolved", ticket, period=Period(None, now, "Europe/Paris")).value == 0


def test_what_was_resolved_before_the_period_is_no_part_of_it() -> None:
    before = life(said(local(2025, 12, 31, 23), state="new → resolved"), opened=local(2025, 12, 31, 9))
    rated = life(
        said(local(2025, 12, 31, 23), state="new → resolved"),
        said(local(2026, 1, 2), REQUESTER, rating="4"),
        opened=local(2025, 12, 31, 9),
    )
    assert quotient("mttr_seconds", before) == (0, 0)
    assert quotient("first_response_seconds", before) == (0, 0)
    assert quotient("csat", before, rated) == (4, 1)
    february = Period(local(2026, 2), local(2026, 3), "Europe/Paris")
    assert quotient("csat", before, rated, period=february) == (0, 0)


# Seen as of its end


def test_later_entries_do_not_count() -> None:
    lived_on = life(
        said("10:00", state="new → resolved"),
        said(local(2026, 2, 2), state="resolved → in_progress", priority="P3 → P1", level="N1 → N3"),
        said(local(2026, 2, 3), REQUESTER, state="in_progress → resolved", rating="1", first_contact="no"),
    )
    as_it_was = life(said("10:00", state="new → resolved"), level="N1")
    seen, expected = card(lived_on), card(as_it_was)
    assert seen.indicators == expected.indicators
    assert seen.by_priority == expected.by_priority


def test_a_clock_that_runs_is_read_at_the_end_of_the_period() -> None:
    fresh = life(opened=local(2026, 1, 31, 23, 50), priority="P1")
    assert figure("open_breached", fresh).value == 0
    assert figure("open_breached", fresh, period=Period(None, local(2026, 2, 1, 1), "Europe/Paris")).value == 1


def test_a_ticket_whose_imported_journal_begins_later_is_new_and_of_its_priority_until_then() -> None:
    late_journal = life(opened=local(2026, 2, 3), priority="P1")
    one = card(replace(late_journal, opened_at=local(2026, 1, 30)))
    assert one.by_priority["P1"]["backlog"].value == 1


# Scope


def test_incidents_and_requests_are_counted_unless_other_types_are_asked_for() -> None:
    tickets = [life(kind=kind) for kind in ("incident", "request", "problem", "change")]
    assert score(tickets, JANUARY, SETTINGS).indicators["created"].value == 2
    assert score(tickets, JANUARY, SETTINGS, types=("problem",)).indicators["created"].value == 1
    assert score(tickets, JANUARY, SETTINGS, types=()).indicators["created"].value == 4


def test_tickets_may_come_as_a_stream() -> None:
    assert score(iter(exercise()), JANUARY, SETTINGS, "month").groups["2026-01"]["resolved"].value == 185
