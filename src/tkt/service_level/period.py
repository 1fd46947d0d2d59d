"""Spans of real time: cut, join and measure them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

_SECOND = timedelta(seconds=1)


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """`[start, end)`. Both instants are in UTC, so that a change to summer time neither adds nor takes an hour."""

    start: datetime
    end: datetime


_EVER = Span(datetime.min.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC))


def measure(spans: Iterable[Span]) -> int:
    """The whole seconds of spans that do not overlap."""
    return sum(((span.end - span.start) for span in spans), start=timedelta()) // _SECOND


def merge(spans: Iterable[Span]) -> tuple[Span, ...]:
    """The same instants as spans in order, none empty, none touching the next."""
    merged: list[Span] = []
    for span in sorted(span for span in spans if span.start < span.end):
        if merged and span.start <= merged[-1].end:
            merged[-1] = Span(merged[-1].start, max(merged[-1].end, span.end))
        else:
            merged.append(span)
    return tuple(merged)


def intersect(spans: Iterable[Span], others: Iterable[Span]) -> tuple[Span, ...]:
    """The instants that lie in both."""
    left, right = list(reversed(merge(spans))), list(reversed(merge(others)))
    common: list[Span] = []
    while left and right:
        both = Span(max(left[-1].start, right[-1].start), min(left[-1].end, right[-1].end))
        if both.start < both.end:
            common.append(both)
        (left if left[-1].end < right[-1].end else right).pop()
    return tuple(common)


def subtract(spans: Iterable[Span], cuts: Iterable[Span]) -> tuple[Span, ...]:
    """The instants of `spans` that lie in none of `cuts`."""
    return intersect(spans, _between(merge(cuts)))


def _between(spans: tuple[Span, ...]) -> list[Span]:
    """All of time but `spans`, which are in order."""
    edges = [_EVER.start, *(edge for span in spans for edge in (span.start, span.end)), _EVER.end]
    return [Span(start, end) for start, end in zip(edges[::2], edges[1::2], strict=True)]
