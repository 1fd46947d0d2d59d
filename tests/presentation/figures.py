"""Scorecards made by hand: the month of the course's exercise 2 and the month of its dashboard."""

from __future__ import annotations

from datetime import datetime

from tkt.domain.settings import DEFAULT_KPI_TARGETS
from tkt.metrics.indicator import Indicator
from tkt.metrics.indicators import FORMULAS
from tkt.metrics.scorecard import Period, Scorecard

HOUR = 3600
JANUARY = Period(
    datetime.fromisoformat("2026-01-01T00:00:00+01:00"),
    datetime.fromisoformat("2026-02-01T00:00:00+01:00"),
    "Europe/Paris",
)


def indicator(key: str, numerator: float, denominator: int | None = None, priority: str | None = None) -> Indicator:
    """A figure with the desk's default target: a count, or a quotient (no data for 0/0)."""
    unit = FORMULAS[key][0]
    value = numerator if denominator is None else numerator / denominator if denominator else None
    figure = Indicator(key, value, numerator, denominator, unit)
    return figure.against(DEFAULT_KPI_TARGETS.of(key, priority))


def nothing(priority: str | None = None) -> dict[str, Indicator]:
    """The figures of no ticket at all."""
    counts = {"created", "resolved", "cancelled", "reopened", "open", "in_progress", "backlog"}
    counts |= {"open_breached", "resolved_breached", "cancelled_breached", "late_verdicts"}
    return {key: indicator(key, 0, None if key in counts else 0, priority) for key in FORMULAS}


def of_priorities(**met: tuple[int, int]) -> dict[str, dict[str, Indicator]]:
    """The figures of every priority: resolutions met and judged where they are given (`P1=(49, 50)`)."""
    figures = {code: nothing(code) for code in ("P1", "P2", "P3", "P4")}
    for code, (kept, judged) in met.items():
        figures[code]["sla_resolution"] = indicator("sla_resolution", kept, judged, code)
    return figures


def by_category(**created: int) -> dict[str, dict[str, Indicator]]:
    """Categories of which nothing but the number of created tickets counts."""
    return {
        name.replace("_", " "): nothing() | {"created": indicator("created", count)} for name, count in created.items()
    }


def exercise_2() -> Scorecard:
    """200 created, 185 resolved, 130 at first contact, 10 reopened, 740 h."""
    figures = nothing() | {
        "created": indicator("created", 200),
        "resolved": indicator("resolved", 185),
        "fcr": indicator("fcr", 130, 185),
        "mttr_seconds": indicator("mttr_seconds", 740 * HOUR, 185),
        "mttr_median_seconds": Indicator("mttr_median_seconds", 2.5 * HOUR, None, 185, "seconds"),
        "reopen_rate": indicator("reopen_rate", 10, 185),
    }
    return Scorecard(JANUARY, figures, by_priority=of_priorities(P1=(47, 50)))


def dashboards_month(**changed: Indicator) -> Scorecard:
    """The course's dashboard."""
    figures = nothing() | {
        "created": indicator("created", 450),
        "resolved": indicator("resolved", 435),
        "in_progress": indicator("in_progress", 45),
        "backlog": indicator("backlog", 15),
        "mttr_seconds": indicator("mttr_seconds", 435 * 3.75 * HOUR, 435),
        "fcr": indicator("fcr", 313, 435),
        "csat": indicator("csat", 430, 100),
    }
    categories = by_category(
        Applications=68, Messagerie=135, Poste_travail=112, Réseau=90, Imprimantes=25, Téléphonie=20
    )
    return Scorecard(JANUARY, figures | changed, "category", categories, of_priorities(P1=(49, 50), P2=(47, 50)))
