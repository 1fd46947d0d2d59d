"""Each indicator on the smallest lives that tell it from its neighbours."""

from __future__ import annotations

import pytest

from tests.metrics.months import JANUARY, SETTINGS, card, figure, quotient
from tests.service_level.lives import AGENT, REQUESTER, at, life, said
from tkt.domain.entry import Entry
from tkt.domain.ticket import Ticket
from tkt.metrics.indicators import FORMULAS
from tkt.metrics.scorecard import score

TAKEN = said("09:30", public=True, state="new → in_progress", assignee=AGENT)
SOLVED = said("10:00", public=True, state="in_progress → resolved")
REOPENED = said("11:00", state="resolved → in_progress")
SOLVED_AGAIN = said("12:00", state="in_progress → resolved")
CANCELLED = said("09:45", state="new → cancelled", reason="spam")
SIMPLE = life(TAKEN, SOLVED)
TWICE = life(TAKEN, SOLVED, REOPENED, SOLVED_AGAIN)


def value(key: str, *tickets: Ticket) -> float | None:
    return figure(key, *tickets).value


# Volumes


def test_what_is_open_is_in_progress_or_waits() -> None:
    tickets = (
        life(),
        life(said("09:30", state="new → pending", reason="vendor")),
        life(said("09:30", state="new → assigned")),
        life(TAKEN),
        SIMPLE,
        life(CANCELLED),
    )
    assert [value(key, *tickets) for key in ("created", "open", "in_progress", "backlog")] == [6, 4, 2, 2]
    assert [value(key, *tickets) for key in ("resolved", "cancelled")] == [1, 1]


def test_a_resolution_or_cancellation_that_was_undone_does_not_count() -> None:
    assert value("resolved", life(TAKEN, SOLVED, REOPENED)) == 0
    assert value("cancelled", life(CANCELLED, said("10:00", state="cancelled → in_progress"))) == 0


def test_reopenings_are_counted_as_events_and_the_rate_counts_tickets() -> None:
    thrice = life(TAKEN, SOLVED, REOPENED, SOLVED_AGAIN, said("13:00", state="resolved → in_progress"))
    again = life(
        TAKEN,
        SOLVED,
        REOPENED,
        SOLVED_AGAIN,
        said("13:00", state="resolved → in_progress"),
        said("14:00", state="in_progress → resolved"),
    )
    assert value("reopened", thrice, TWICE) == 3
    assert quotient("reopen_rate", thrice, TWICE, SIMPLE) == (1, 2)
    assert quotient("reopen_rate", again, SIMPLE) == (1, 2)


# Times


def test_mttr_is_wall_clock_time_and_its_business_twin_the_clocks() -> None:
    waited = life(
        TAKEN,
        said("09:45", state="in_progress → pending", reason="user"),
        said("12:45", state="pending → in_progress"),
        said("13:15", state="in_progress → resolved"),
    )
    assert quotient("mttr_seconds", SIMPLE, waited) == ((45 + 240) * 60, 2)
    assert quotient("mttr_business_seconds", SIMPLE, waited) == ((45 + 60) * 60, 2)


def resolved_after(minutes: int) -> Ticket:
    return life(said(f"{9 + (15 + minutes) // 60:02d}:{(15 + minutes) % 60:02d}", state="new → resolved"))


@pytest.mark.parametrize(
    ("minutes", "median", "p90"),
    [([7], 7, 7), ([1, 4], 2.5, 4), ([3, 1, 2], 2, 3), (list(range(1, 11)), 5.5, 9), (list(range(1, 12)), 6, 10)],
)
def test_the_median_halves_and_the_90th_percentile_is_by_nearest_rank(
    minutes: list[int], median: float, p90: int
) -> None:
    tickets = [resolved_after(one) for one in minutes]
    assert value("mttr_median_seconds", *tickets) == median * 60
    assert value("mttr_p90_seconds", *tickets) == p90 * 60


def test_first_response_counts_every_ticket_answered_in_the_period_resolved_or_not() -> None:
    answered_by_words = life(said("09:20", public=True))
    assert quotient("first_response_seconds", SIMPLE, answered_by_words, life()) == ((15 + 5) * 60, 2)


# First contact

NOT_AT_FIRST_CONTACT = {
    "two assignees": (TAKEN, said("09:40", assignee=f"{AGENT} → Luc PETIT"), SOLVED),
    "two groups": (said("09:20", group="Bureautique"), TAKEN, said("09:40", group="Bureautique → Réseau"), SOLVED),
    "a higher level": (said("09:20", level="N1"), TAKEN, said("09:40", level="N1 → N2"), SOLVED),
    "pending": (
        TAKEN,
        said("09:40", state="in_progress → pending", reason="other"),
        said("09:50", state="pending → in_progress"),
        SOLVED,
    ),
    "reopened": (
        TAKEN,
        said("09:35", state="in_progress → resolved"),
        said("09:36", state="resolved → in_progress"),
        SOLVED,
    ),
    "declared so": (TAKEN, said("10:00", state="in_progress → resolved", first_contact="no")),
}


@pytest.mark.parametrize("why", NOT_AT_FIRST_CONTACT)
def test_no_first_contact_resolution_with(why: str) -> None:
    ticket = life(*NOT_AT_FIRST_CONTACT[why])
    assert quotient("fcr", ticket, SIMPLE) == (1, 2)
    assert quotient("first_assignment", ticket, SIMPLE) == (1, 2)


@pytest.mark.parametrize(("end", "within"), [("10:30", 1), ("10:30:01", 0)])
def test_first_contact_must_resolve_within_the_hour_after_the_response(end: str, within: int) -> None:
    ticket = life(TAKEN, said(end, state="in_progress → resolved"))
    assert quotient("fcr", ticket) == (within, 1)
    assert quotient("first_assignment", ticket) == (1, 1)


def test_one_assignee_who_lets_go_and_a_level_that_falls_are_still_first_contact() -> None:
    ticket = life(
        said("09:20", level="N2", group="Réseau"),
        TAKEN,
        said("09:40", assignee=f"{AGENT} → ", level="N2 → N1", group="Réseau → "),
        said("09:45", assignee=AGENT),
        SOLVED,
    )
    assert quotient("fcr", ticket) == (1, 1)


def test_declared_first_contacts_are_counted_apart_by_the_last_word() -> None:
    declared = life(TAKEN, said("11:00", state="in_progress → resolved", first_contact="yes"))
    taken_back = life(
        TAKEN, said("10:00", state="in_progress → resolved", first_contact="yes"), said("10:05", first_contact="no")
    )
    assert quotient("fcr_declared", declared, taken_back, SIMPLE) == (1, 3)
    assert quotient("fcr", declared, taken_back, SIMPLE) == (1, 3)


# Service levels


def test_service_levels_count_met_of_those_judged() -> None:
    slow = life(said("09:31", state="new → in_progress"), said("13:16", state="in_progress → resolved"), priority="P1")
    no_promise = life(TAKEN, SOLVED, priority="P9")
    assert quotient("sla_response", SIMPLE, slow, no_promise) == (1, 2)
    assert quotient("sla_resolution", SIMPLE, slow, no_promise) == (1, 2)


def test_breaches_of_open_and_cancelled_tickets_are_counted_beside_not_hidden() -> None:
    unanswered = life(priority="P1")
    dropped = life(said("09:31", state="new → cancelled", reason="duplicate"), priority="P1")
    fresh = life(opened=at("23:50", day=31))
    assert value("open_breached", unanswered, dropped, fresh, SIMPLE) == 1
    assert value("cancelled_breached", unanswered, dropped, life(CANCELLED), SIMPLE) == 1
    assert quotient("sla_resolution", unanswered, dropped, fresh, SIMPLE) == (1, 1)


# Satisfaction


def rated(*marks: Entry) -> Ticket:
    return life(TAKEN, SOLVED, *marks)


def test_satisfaction_is_the_mean_of_the_requesters_last_marks() -> None:
    changed_mind = rated(said("11:00", REQUESTER, rating="2"), said("12:00", REQUESTER, rating="5"))
    assert quotient("csat", changed_mind, rated(said("11:00", REQUESTER, rating="4")), SIMPLE) == (9, 2)
    assert quotient("csat_answered", changed_mind, rated(said("11:00", REQUESTER, rating="4")), SIMPLE) == (2, 3)


@pytest.mark.parametrize(
    "mark",
    [said("11:00", AGENT, rating="5"), said("11:00", REQUESTER, rating="6"), said("11:00", REQUESTER, rating="0")],
    ids=["an agent's", "over 5", "under 1"],
)
def test_no_mark_but_the_requesters_from_1_to_5_counts(mark: Entry) -> None:
    assert quotient("csat", rated(mark)) == (0, 0)
    assert quotient("csat", rated(said("10:30", REQUESTER, rating="3"), mark)) == (3, 1)


def test_a_mark_before_any_resolution_does_not_count_and_one_with_it_does() -> None:
    assert quotient("csat", life(TAKEN, said("09:45", REQUESTER, rating="5"), SOLVED)) == (0, 0)
    assert quotient("csat", life(TAKEN, said("10:00", REQUESTER, state="in_progress → closed", rating="5"))) == (5, 1)


# Escalation


def test_escalations_are_counted_overall_and_over_each_line_that_was_passed() -> None:
    to_n2 = life(said("09:20", level="N1"), said("09:30", level="N1 → N2"), said("10:00", state="new → resolved"))
    from_n2 = life(said("09:20", level="N2"), said("09:30", level="N2 → N3"), said("10:00", state="new → resolved"))
    straight_to_n3 = life(
        said("09:20", level="N1"), said("09:30", level="N1 → N3"), said("10:00", state="new → resolved")
    )
    handed_down = life(said("09:20", level="N3"), said("09:30", level="N3 → N1"), said("10:00", state="new → resolved"))
    tickets = (to_n2, from_n2, straight_to_n3, handed_down)
    assert quotient("escalation_rate", *tickets) == (3, 4)
    assert quotient("escalation_n1_n2", *tickets) == (2, 4)
    assert quotient("escalation_n2_n3", *tickets) == (2, 4)


# Nothing to count


def test_nothing_divided_by_nothing_is_no_data() -> None:
    for one in card().indicators.values():
        assert one.value == (0 if one.unit == "count" else None), one.key
        assert one.met is None


def test_every_figure_is_its_numerator_over_its_denominator() -> None:
    for one in card(SIMPLE, TWICE, rated(said("11:00", REQUESTER, rating="4")), life()).indicators.values():
        if one.unit == "count":
            assert (one.value, one.denominator) == (one.numerator, None)
        elif one.numerator is not None and one.denominator:
            assert one.value == one.numerator / one.denominator


def test_a_formula_states_itself() -> None:
    assert all(formula.__doc__ for _unit, formula in FORMULAS.values())
    assert list(score([], JANUARY, SETTINGS).indicators) == list(FORMULAS)
