"""The indicators: each definition of design.md, section 7, as one function with its formula."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from tkt.metrics import quality_indicators, sla_indicators, work_indicators
from tkt.metrics.cohort import Cohort
from tkt.metrics.figure import Figure, Formula
from tkt.metrics.indicator import Indicator

# key -> (unit, formula), in the order in which they are shown.
FORMULAS: Mapping[str, tuple[str, Formula]] = MappingProxyType(
    {**work_indicators.FORMULAS, **sla_indicators.FORMULAS, **quality_indicators.FORMULAS}
)


def measure_all(cohort: Cohort) -> dict[str, Indicator]:
    """Every indicator of a cohort by its key, not yet held against a target."""
    return {key: indicator_of(key, unit, formula(cohort)) for key, (unit, formula) in FORMULAS.items()}


def indicator_of(key: str, unit: str, figure: Figure) -> Indicator:
    """What a formula gave as an indicator, not yet held against a target."""
    return Indicator(key, figure.value, figure.numerator, figure.denominator, unit)
