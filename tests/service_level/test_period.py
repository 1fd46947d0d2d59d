"""Spans: their algebra is that of the sets of instants they stand for."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from tkt.service_level.period import Span, instant_of, intersect, measure, merge, second_of, subtract


def seconds_of(spans: tuple[Span, ...] | list[Span]) -> set[int]:
    return {n for n in range(60) for one in spans if one.start <= n < one.end}


some_spans = st.lists(st.builds(Span, st.integers(0, 50), st.integers(0, 50)), max_size=6)


@given(some_spans)
def test_merging_keeps_every_instant_in_order_and_leaves_no_two_spans_touching(spans: list[Span]) -> None:
    merged = merge(spans)
    assert seconds_of(merged) == seconds_of(spans)
    assert all(one.end < following.start for one, following in pairwise(merged))
    assert all(one.start < one.end for one in merged)


@given(some_spans, some_spans)
def test_intersecting_keeps_what_lies_in_both(spans: list[Span], others: list[Span]) -> None:
    assert seconds_of(intersect(spans, others)) == seconds_of(spans) & seconds_of(others)


@given(some_spans, some_spans)
def test_subtracting_keeps_what_lies_in_no_cut(spans: list[Span], cuts: list[Span]) -> None:
    assert seconds_of(subtract(spans, cuts)) == seconds_of(spans) - seconds_of(cuts)


@given(some_spans, some_spans)
def test_a_cut_and_what_is_left_measure_as_much_as_the_whole(spans: list[Span], cuts: list[Span]) -> None:
    assert measure(subtract(spans, cuts)) + measure(intersect(spans, cuts)) == measure(merge(spans))


def test_an_instant_is_the_whole_second_that_it_lies_in_whatever_its_offset() -> None:
    moment = datetime(2026, 1, 15, 9, 15, 1, 900_000, tzinfo=timezone(timedelta(hours=1)))
    assert instant_of(second_of(moment)) == datetime(2026, 1, 15, 8, 15, 1, tzinfo=UTC)
    assert second_of(datetime(1969, 12, 31, 23, 59, 59, 500_000, tzinfo=UTC)) == -1
