"""The scorecard: a period's indicators, overall and by group, as values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Period:
    """`[start, end)` in the desk's zone. `start` None: since ever. `open_end`: up to and with `end`, which is now."""

    start: datetime | None
    end: datetime
    timezone: str
    open_end: bool = False

    def holds(self, instant: datetime) -> bool:
        """Whether an instant falls in the period."""
        if self.start is not None and instant < self.start:
            return False
        return instant <= self.end if self.open_end else instant < self.end


@dataclass(frozen=True, slots=True)
class Indicator:
    """One figure: `value` is None for "no data". `unit` is count, seconds, rate (0 to 1) or mark (1 to 5).

    `target` is text such as "<4h" or ">70%" in canonical form, `met` None without a target or without data.
    """

    key: str
    value: float | None
    numerator: float | None
    denominator: int | None
    unit: str
    target: str | None = None
    met: bool | None = None


@dataclass(frozen=True, slots=True)
class Scorecard:
    """The figures of a period: by indicator key, by priority, and by the values of the `--by` key."""

    period: Period
    indicators: Mapping[str, Indicator]
    by: str = ""
    groups: Mapping[str, Mapping[str, Indicator]] = field(default_factory=dict)
    by_priority: Mapping[str, Mapping[str, Indicator]] = field(default_factory=dict)
