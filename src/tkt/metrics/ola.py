"""The figures of the OLAs: how long groups and levels had their tickets, and how much of what was agreed they kept."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from types import MappingProxyType

from tkt.domain.policies import HOLDERS
from tkt.domain.words import fold
from tkt.metrics.figure import Figure, count, quotient
from tkt.metrics.history import History
from tkt.metrics.indicator import Indicator
from tkt.metrics.indicators import indicator_of
from tkt.metrics.period import Period
from tkt.service_level.agreements import Agreements
from tkt.service_level.holding import judge_holdings
from tkt.service_level.reading import HoldingReading


@dataclass(frozen=True, slots=True)
class OlaFigures:
    """The figures of one holder (`key` says whether a group or a level) under one OLA, by their keys."""

    ola: str
    key: str
    holder: str
    figures: Mapping[str, Indicator]


@dataclass(frozen=True)
class Holdings:
    """The times that one holder had tickets, as of the end of a period."""

    readings: Sequence[HoldingReading]
    period: Period

    @cached_property
    def ended(self) -> list[HoldingReading]:
        """Those that ended in the period, but by the ticket's cancellation."""
        return [one for one in self._over if one.clock.verdict != "cancelled"]

    @cached_property
    def cancelled(self) -> list[HoldingReading]:
        """Those that a cancellation ended in the period."""
        return [one for one in self._over if one.clock.verdict == "cancelled"]

    @cached_property
    def _over(self) -> list[HoldingReading]:
        return [one for one in self.readings if one.until is not None and self.period.holds(one.until)]


def met(holdings: Holdings) -> Figure:
    """Met / judged, of those that ended in the period."""
    judged = [one.clock.verdict for one in holdings.ended if one.clock.verdict in ("met", "breached")]
    return quotient(judged.count("met"), len(judged))


def held_seconds(holdings: Holdings) -> Figure:
    """Σ (end − beginning, wall clock) / those that ended in the period."""
    return quotient(sum(one.clock.wall for one in holdings.ended), len(holdings.ended))


def held_business_seconds(holdings: Holdings) -> Figure:
    """Σ elapsed on the OLA clock / those that ended in the period."""
    return quotient(sum(one.clock.elapsed for one in holdings.ended), len(holdings.ended))


def open_breached(holdings: Holdings) -> Figure:
    """Those that go on at the end and are over their target already."""
    return count(sum(one.until is None and one.clock.breached for one in holdings.readings))


def cancelled_breached(holdings: Holdings) -> Figure:
    """Those that a cancellation ended in the period after they went over their target."""
    return count(sum(one.clock.breached for one in holdings.cancelled))


# key -> (unit, formula), in the order in which they are shown.
FORMULAS: Mapping[str, tuple[str, Callable[[Holdings], Figure]]] = MappingProxyType(
    {
        "met": ("rate", met),
        "held_seconds": ("seconds", held_seconds),
        "held_business_seconds": ("seconds", held_business_seconds),
        "open_breached": ("count", open_breached),
        "cancelled_breached": ("count", cancelled_breached),
    }
)


def measure_olas(histories: Iterable[History], agreements: Agreements, period: Period) -> tuple[OlaFigures, ...]:
    """The figures of each OLA and holder of which there is something to count: groups, then levels, by OLA and name."""
    found: dict[tuple[str, str, str], list[HoldingReading]] = {}
    for one in histories if agreements.of_holders else ():
        for reading in judge_holdings(one.timeline, agreements, period.end):
            found.setdefault((reading.key, reading.ola, fold(reading.holder)), []).append(reading)
    order = [ola.name for key in HOLDERS if key in agreements.of_holders for ola in agreements.of_holders[key].policies]
    ranked = sorted(found.items(), key=lambda item: (HOLDERS.index(item[0][0]), order.index(item[0][1]), item[0][2]))
    measured = (_figures(key, ola, Holdings(readings, period)) for (key, ola, _holder), readings in ranked)
    return tuple(
        one for one in measured if any(figure.numerator or figure.denominator for figure in one.figures.values())
    )


def _figures(key: str, ola: str, holdings: Holdings) -> OlaFigures:
    figures = {name: indicator_of(name, unit, formula(holdings)) for name, (unit, formula) in FORMULAS.items()}
    return OlaFigures(ola, key, holdings.readings[-1].holder, figures)
