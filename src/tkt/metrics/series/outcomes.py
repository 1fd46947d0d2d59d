"""The outcomes: how well the tickets resolved in each slice of a period went, altogether and by priority."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from tkt.domain.settings import Settings
from tkt.domain.words import PRIORITY
from tkt.metrics.cohort import Cohort
from tkt.metrics.history import History
from tkt.metrics.indicator import Indicator
from tkt.metrics.indicators import FORMULAS, indicator_of
from tkt.metrics.period import Period
from tkt.metrics.series.slices import Ruler

KEYS = ("resolved", "sla_response", "sla_resolution", "fcr", "reopen_rate", "mttr_seconds")


class Outcome(NamedTuple):
    """The indicators of KEYS, of the tickets whose resolution falls in a slice and stands at the end of the whole
    period: so the numerators and denominators of its slices add up to the period's. `by_priority` has those alone of
    which something was resolved."""

    period: Period
    figures: Mapping[str, Indicator]
    by_priority: Mapping[str, Mapping[str, Indicator]]


def measure_outcomes(histories: Sequence[History], parts: Sequence[Period], settings: Settings) -> tuple[Outcome, ...]:
    """The outcomes of each slice of a period, of tickets read as of its end."""
    ruler = Ruler(parts)
    resolved: list[list[History]] = [[] for _part in parts]
    for one in histories:
        place = ruler.slice_of(one.resolution.second) if one.resolution else None
        if place is not None:
            resolved[place].append(one)
    return tuple(_outcome(of_part, part, settings) for of_part, part in zip(resolved, parts, strict=True))


def _outcome(resolved: Sequence[History], part: Period, settings: Settings) -> Outcome:
    of_priority = {code: [one for one in resolved if one.timeline.priority == code] for code in PRIORITY.codes}
    by_priority = {code: _figures(some, part, settings, code) for code, some in of_priority.items() if some}
    return Outcome(part, _figures(resolved, part, settings), by_priority)


def _figures(
    resolved: Sequence[History], part: Period, settings: Settings, priority: str | None = None
) -> dict[str, Indicator]:
    cohort, targets = Cohort(resolved, part, settings.fcr_within), settings.kpi_targets
    measured = {key: indicator_of(key, FORMULAS[key][0], FORMULAS[key][1](cohort)) for key in KEYS}
    return {key: one.against(targets.of(key, priority)) for key, one in measured.items()}
