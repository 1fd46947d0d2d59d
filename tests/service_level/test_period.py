"""Spans: their algebra is that of the sets of instants they stand for."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from tkt.service_level.period import Span, intersect, measure, merge, subtract

START = datetime(2026, 1, 15, 8, tzinfo=UTC)


def instant(second: int) -> datetime:
    return START + timedelta(seconds=second)


def span(start: int, end: int) -> Span:
    return Span(instant(start), instant(end))


def seconds_of(spans: tuple[Span, ...] | list[Span]) -> set[datetime]:
    return {instant(n) for n in range(60) for one in spans if one.start <= instant(n) < one.end}


some_spans = st.lists(st.builds(span, st.integers(0, 50), st.integers(0, 50)), max_size=6)


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


def test_measuring_gives_whole_seconds() -> None:
    assert measure([Span(START, START + timedelta(seconds=1.9))]) == 1
    assert measure([]) == 0
