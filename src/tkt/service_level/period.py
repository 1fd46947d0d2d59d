"""Spans of real time: cut, join and measure them. An instant is a whole second since 1970, in UTC."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, tzinfo
from math import ceil, floor
from typing import NamedTuple


class Span(NamedTuple):
    """`[start, end)`, in seconds since 1970: a change to summer time neither adds nor takes an hour."""

    start: int
    end: int

    @property
    def seconds(self) -> int:
        """Its length."""
        return self.end - self.start


_EVER = Span(-(10**12), 10**12)


def second_of(instant: datetime) -> int:
    """The whole second since 1970 in which an instant lies."""
    return floor(instant.timestamp())


def second_before(instant: datetime) -> int:
    """The last whole second that begins before an instant."""
    return ceil(instant.timestamp()) - 1


def instant_of(second: int, zone: tzinfo = UTC) -> datetime:
    """The instant at which a second begins, as `zone` writes it."""
    return datetime.fromtimestamp(second, zone)


def measure(spans: Iterable[Span]) -> int:
    """The seconds of spans that do not overlap."""
    return sum(end - start for start, end in spans)


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
    edges = [_EVER.start, *(edge for span in spans for edge in span), _EVER.end]
    return [Span(start, end) for start, end in zip(edges[::2], edges[1::2], strict=True)]
