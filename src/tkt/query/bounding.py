"""The bounds of what holds two conditions, or one of two."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime
from functools import reduce

from tkt.domain.bounds import EVERYTHING, Bounds

_Words = frozenset[str] | None
_Moment = datetime | None


def bounds_of_all(many: Iterable[Bounds]) -> Bounds:
    """What is within every one of some bounds."""
    return reduce(lambda a, b: _joined(a, b, _both, _latest, _earliest), many, EVERYTHING)


def bounds_of_any(many: Iterable[Bounds]) -> Bounds:
    """What surely holds whatever is within one of some bounds."""
    return reduce(lambda a, b: _joined(a, b, _either, _earliest_of_both, _latest_of_both), many)


def _joined(
    a: Bounds,
    b: Bounds,
    words: Callable[[_Words, _Words], _Words],
    lower: Callable[[_Moment, _Moment], _Moment],
    upper: Callable[[_Moment, _Moment], _Moment],
) -> Bounds:
    return Bounds(
        states=words(a.states, b.states),
        types=words(a.types, b.types),
        priorities=words(a.priorities, b.priorities),
        assignees=words(a.assignees, b.assignees),
        opened_from=lower(a.opened_from, b.opened_from),
        opened_by=upper(a.opened_by, b.opened_by),
        alive_from=lower(a.alive_from, b.alive_from),
    )


def _both(a: _Words, b: _Words) -> _Words:
    return b if a is None else a if b is None else a & b


def _either(a: _Words, b: _Words) -> _Words:
    return None if a is None or b is None else a | b


def _latest(a: _Moment, b: _Moment) -> _Moment:
    return max((one for one in (a, b) if one is not None), default=None)


def _earliest(a: _Moment, b: _Moment) -> _Moment:
    return min((one for one in (a, b) if one is not None), default=None)


def _earliest_of_both(a: _Moment, b: _Moment) -> _Moment:
    return None if a is None or b is None else min(a, b)


def _latest_of_both(a: _Moment, b: _Moment) -> _Moment:
    return None if a is None or b is None else max(a, b)
