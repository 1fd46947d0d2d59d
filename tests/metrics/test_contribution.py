"""What tickets contribute one by one adds up to the figures of all of them."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.metrics.months import JANUARY, SETTINGS, card
from tests.metrics.test_balance import any_life, any_period
from tests.service_level.lives import life, said
from tests.torture import scaled
from tkt.domain.settings import Settings
from tkt.domain.ticket import Ticket
from tkt.metrics.contribution import Counting
from tkt.metrics.figure import Figure
from tkt.metrics.period import Period
from tkt.metrics.seal import Place, figures_of

TYPES = ("incident", "request")


@settings(max_examples=scaled(30, 3_000))
@given(st.lists(any_life(), max_size=5), any_period())
def test_contributions_add_up_to_every_figure_that_is_a_sum(tickets: list[Ticket], period: Period) -> None:
    """Ranks and medians are none; of what a ticket adds nothing to, it says nothing."""
    counting = Counting(SETTINGS, period, TYPES)
    alone = [counting.contribution(ticket) for ticket in tickets]

    for place, figure in figures_of(card(*tickets, period=period)).items():
        shares = [found[place] for found in alone if place in found]
        if figure.numerator is not None:
            assert sum(one.numerator or 0 for one in shares) == figure.numerator, place
            assert sum(one.denominator or 0 for one in shares) == (figure.denominator or 0), place


def test_a_ticket_counts_in_all_and_in_its_priority_where_it_counts() -> None:
    counting = Counting(Settings(), JANUARY, TYPES)
    resolved = life(said("10:15", state="new → resolved"), priority="P1")

    found = counting.contribution(resolved)

    assert found[Place("", "created")] == found[Place("P1", "created")] == Figure(1, 1)
    assert found[Place("", "mttr_seconds")] == Figure(3600, 3600, 1)
    assert Place("", "cancelled") not in found and Place("P3", "created") not in found
    assert counting.contribution(life(kind="change")) == {}
