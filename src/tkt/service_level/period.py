"""Spans of real time: cut, join and measure them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

_SECOND = timedelta(seconds=1)


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """`[start, end)`. Both instants are in UTC, so that a change to summer time neither adds nor takes an hour."""

    start: datetime
    end: datetime


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
    kept = merge(others)
    common = (Span(max(span.start, other.start), min(span.end, other.end)) for span in merge(spans) for other in kept)
    return tuple(span for span in common if span.start < span.end)


def subtract(spans: Iterable[Span], cuts: Iterable[Span]) -> tuple[Span, ...]:
    """The instants of `spans` that lie in none of `cuts`."""
    removed = merge(cuts)
    return tuple(piece for span in merge(spans) for piece in _without(span, removed))


def _without(span: Span, cuts: tuple[Span, ...]) -> list[Span]:
    pieces, start = [], span.start
    for cut in cuts:
        if cut.end <= start or cut.start >= span.end:
            continue
        if cut.start > start:
            pieces.append(Span(start, cut.start))
        start = cut.end
    return [*pieces, Span(start, span.end)] if start < span.end else pieces
