"""How lengths are spread: the figures of the KPIs."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tkt.metrics.flow.spread import NOTHING, Spread


def test_the_middle_of_an_even_number_is_the_mean_of_the_two_in_the_middle_and_p90_is_one_of_them() -> None:
    assert Spread.of([40, 10, 30, 20]) == Spread(4, 100, 25, 40, 40)
    assert Spread.of(range(1, 11)) == Spread(10, 55, 5.5, 9, 10)


def test_of_no_length_there_is_no_data() -> None:
    assert Spread.of([]) is NOTHING
    assert NOTHING.mean is None


@given(st.lists(st.integers(0, 10**9), min_size=1))
def test_the_figures_lie_among_the_lengths(lengths: list[int]) -> None:
    spread = Spread.of(lengths)
    assert spread.median is not None and spread.p90 is not None and spread.longest is not None
    assert min(lengths) <= spread.median <= spread.longest == max(lengths)
    assert spread.p90 in lengths
    assert sum(one <= spread.p90 for one in lengths) * 10 >= len(lengths) * 9
