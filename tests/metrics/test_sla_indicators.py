"""The figures of what was promised: what stands beside the rate, and the laws by which they add up."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.metrics.months import card, figure, quotient
from tests.service_level.lives import at, life, said
from tests.service_level.test_verdict_laws import Step, lives, ticket_of
from tests.torture import scaled
from tkt.domain.entry import Entry
from tkt.domain.ticket import Ticket
from tkt.metrics.indicator import Indicator
from tkt.metrics.sla_indicators import CLOCKS, PER_CENTS
from tkt.metrics.waiting import REASONS

HOUR = 3600
LATE = "the phone line was down"


def solved(clock: str, *before: Entry, state: str = "new", priority: str = "P1") -> Ticket:
    """A P1 (15m, 4h) of 09:15 that is resolved at an hour of its day."""
    return life(*before, said(clock, state=f"{state} → resolved"), priority=priority)


def of_reasons(figures: dict[str, Indicator]) -> dict[str, Indicator]:
    return {reason: figures[f"pending_{reason or 'unexplained'}_seconds"] for reason in REASONS}


# Breaches


def test_resolved_after_a_breach_is_counted_apart_from_open_and_cancelled() -> None:
    only_answered_late = solved("09:40")
    never_over = solved("09:20")
    open_still, dropped = life(priority="P1"), life(said("10:00", state="new → cancelled"), priority="P1")
    tickets = (only_answered_late, solved("14:00"), never_over, open_still, dropped)
    assert [figure(f"{state}_breached", *tickets).value for state in ("resolved", "open", "cancelled")] == [2, 1, 1]


def test_the_mean_overrun_is_of_what_breached_alone() -> None:
    tickets = (solved("14:15"), solved("15:15"), solved("09:20"))
    assert quotient("resolution_overrun_seconds", *tickets) == (3 * HOUR, 2)
    assert quotient("response_overrun_seconds", *tickets) == ((285 + 345) * 60, 2)
    assert figure("resolution_overrun_seconds", solved("09:20")).value is None


def test_a_priority_lowered_after_the_breach_makes_the_overrun_no_smaller() -> None:
    lowered = solved("16:15", said("15:15", priority="P1 → P4"))
    assert quotient("resolution_overrun_seconds", lowered) == (2 * HOUR, 1)


def test_verdicts_that_rest_on_late_entries_are_counted_clock_by_clock() -> None:
    both = life(said("10:00", state="new → resolved", late=LATE))
    only_the_answer = life(
        said("09:20", state="new → in_progress", late=LATE), said("10:00", state="in_progress → resolved")
    )
    promised_nothing = life(said("10:00", state="new → resolved", late=LATE), priority="P9")
    assert figure("late_verdicts", both, only_the_answer, promised_nothing, solved("10:00")).value == 3


# Percentiles


@pytest.mark.parametrize(
    ("minutes", "ranks"),
    [([7], [7, 7, 7]), ([1, 4], [1, 4, 4]), (list(range(1, 21)), [10, 18, 19]), (list(range(1, 22)), [11, 19, 20])],
)
def test_percentiles_are_by_nearest_rank(minutes: list[int], ranks: list[int]) -> None:
    figures = card(*(solved(f"09:{15 + one}") for one in minutes)).indicators
    for clock in CLOCKS:
        assert [figures[f"{clock}_p{per_cent}_seconds"].value for per_cent in PER_CENTS] == [60 * one for one in ranks]


def test_percentiles_count_clock_time() -> None:
    waited = solved(
        "12:15",
        said("09:45", state="new → pending", reason="user"),
        said("11:45", state="pending → in_progress"),
        state="in_progress",
    )
    figures = card(waited).indicators
    assert (figures["resolution_p50_seconds"].value, figures["mttr_median_seconds"].value) == (HOUR, 3 * HOUR)


# Waiting


def test_time_pending_is_told_apart_by_reason_whether_the_clock_rested_or_not() -> None:
    ticket = solved(
        "13:15",
        said("10:15", state="new → pending", reason="user"),
        said("11:15", state="pending → pending", reason="problem"),
        said("11:45", state="pending → pending"),
        said("12:00", state="pending → in_progress"),
        state="in_progress",
    )
    figures = card(ticket, solved("10:15")).indicators
    waited = {reason: one.numerator for reason, one in of_reasons(figures).items() if one.numerator}
    assert waited == {"user": HOUR, "problem": HOUR / 2, "": HOUR / 4}
    assert (figures["pending_seconds"].numerator, figures["pending_seconds"].denominator) == (1.75 * HOUR, 2)
    assert (figures["pending_share"].numerator, figures["pending_share"].denominator) == (1.75 * HOUR, 5 * HOUR)


def test_a_reason_that_is_no_word_counts_as_none_said() -> None:
    odd = solved("11:15", said("10:15", state="new → pending", reason="lunch"), state="pending")
    assert quotient("pending_unexplained_seconds", odd) == (HOUR, 1)


def test_only_what_was_resolved_in_the_period_counts_as_pending() -> None:
    waits = life(said("10:15", state="new → pending", reason="user"))
    assert quotient("pending_seconds", waits) == (0, 0)
    assert figure("pending_share", waits).value is None


# Laws


@settings(max_examples=scaled(60, 3000), deadline=None)
@given(st.lists(lives(), max_size=6))
def test_the_figures_of_every_few_lives_add_up(drawn: list[tuple[list[Step], int]]) -> None:
    """Reasons add up to pending, which is no more than the time there was; met and breached to judged."""
    tickets = [ticket_of(steps) for steps, _minute in drawn]
    figures = card(*tickets).indicators
    pending, share = figures["pending_seconds"], figures["pending_share"]
    assert sum(one.numerator or 0 for one in of_reasons(figures).values()) == pending.numerator == share.numerator
    assert share.value is None or 0 <= share.value <= 1
    for clock in CLOCKS:
        rate, overrun = figures[f"sla_{clock}"], figures[f"{clock}_overrun_seconds"]
        assert (rate.numerator or 0) + (overrun.denominator or 0) == rate.denominator
        assert overrun.value is None or overrun.value >= 1
        ranks = [figures[f"{clock}_p{per_cent}_seconds"].value for per_cent in PER_CENTS]
        assert None in ranks or ranks == sorted(ranks)


def test_the_lives_of_that_law_wait_and_breach() -> None:
    """The law above would hold of nothing if no life did."""
    breached = solved("14:00")
    waited = solved("16:00", said("09:20", state="new → pending", reason="vendor"), state="pending")
    figures = card(breached, waited, life(opened=at("09:15"))).indicators
    assert figures["pending_vendor_seconds"].numerator == 400 * 60
    assert figures["resolution_overrun_seconds"].denominator == 1
