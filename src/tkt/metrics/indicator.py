"""One figure of a scorecard, and how it is held against its target."""

from __future__ import annotations

from dataclasses import dataclass, replace

from tkt.domain.duration import write_duration
from tkt.domain.settings import KpiTarget


@dataclass(frozen=True, slots=True)
class Indicator:
    """One figure: `value` is None for "no data". `unit` is count, seconds, rate (0 to 1), share (a rate of which
    numerator and denominator are seconds) or mark (1 to 5).

    `target` is text such as "<4h" or ">70%" in canonical form, `met` None without a target or without data.
    """

    key: str
    value: float | None
    numerator: float | None
    denominator: int | None
    unit: str
    target: str | None = None
    met: bool | None = None

    def against(self, target: KpiTarget | None) -> Indicator:
        """The same figure, held against a target: strictly under or strictly over it."""
        if target is None:
            return self
        return replace(self, target=_write(target, self.unit), met=_meets(self.value, target))


def _meets(value: float | None, target: KpiTarget) -> bool | None:
    if value is None:
        return None
    return value < target.limit if target.sense == "under" else value > target.limit


def _write(target: KpiTarget, unit: str) -> str:
    sign = "<" if target.sense == "under" else ">"
    if unit == "seconds":
        return sign + write_duration(round(target.limit))
    if unit == "rate":
        return f"{sign}{target.limit * 100:.10g}%"
    return f"{sign}{target.limit:.10g}"
