"""The balance adds up, for any journals and any period."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.metrics.any_lives import any_life, any_period
from tests.metrics.months import card
from tests.service_level.lives import at, life, said
from tests.torture import scaled
from tkt.domain.ticket import Ticket
from tkt.metrics.balance import Balance
from tkt.metrics.period import Period


def open_at(tickets: list[Ticket], period: Period, *, at_start: bool) -> int:
    """The tickets open at an edge of the period, each asked for its state then."""
    if at_start and period.start is None:
        return 0
    edge, inclusive = (period.start, False) if at_start else (period.end, period.open_end)
    assert edge is not None
    return sum(then.is_open for one in tickets if (then := one.as_of(edge, inclusive=inclusive)) is not None)


@settings(max_examples=scaled(100, 4_000), deadline=None)
@given(st.lists(any_life(), max_size=6), any_period())
def test_what_was_open_and_came_less_what_went_is_what_is_open(tickets: list[Ticket], period: Period) -> None:
    one = card(*tickets, period=period)
    b = one.balance
    came = b.created + b.reopened + b.restored + b.unsettled
    assert b.open_start + came - b.resolutions - b.cancelled == b.open_end
    assert b.open_end == open_at(tickets, period, at_start=False) == one.indicators["open"].value
    assert b.open_start == open_at(tickets, period, at_start=True)
    assert b.created == one.indicators["created"].value


@settings(max_examples=scaled(60, 2_000), deadline=None)
@given(st.lists(any_life(), max_size=6), any_period())
def test_the_figures_of_the_priorities_sum_to_the_whole(tickets: list[Ticket], period: Period) -> None:
    one = card(*tickets, period=period)
    for key, whole in one.indicators.items():
        if whole.unit == "count":
            assert sum(figures[key].value or 0 for figures in one.by_priority.values()) == whole.value


def test_each_way_to_come_back_has_its_own_term() -> None:
    done = said("10:00", state="new → resolved")
    tickets = (
        life(done, said("11:00", state="resolved → in_progress")),
        life(done, said("11:00", state="new → assigned")),
        life(said("10:00", state="new → cancelled", reason="error"), said("11:00", state="cancelled → in_progress")),
    )
    assert card(*tickets).balance == Balance(0, 3, 1, 1, 1, 2, 1, 3)


def test_a_reopening_of_a_ticket_resolved_before_the_period_brings_it_back() -> None:
    ticket = life(said("10:00", state="new → resolved"), said("10:00", day=16, state="resolved → in_progress"))
    period = Period(at("00:00", day=16), at("00:00", day=17), "Europe/Paris")
    assert card(ticket, period=period).balance == Balance(open_start=0, reopened=1, open_end=1)
