"""The indicators of what was promised: what was kept, by how much the rest went over, and what tickets waited for."""

from __future__ import annotations

from itertools import product

from tkt.metrics.cohort import Cohort
from tkt.metrics.figure import Figure, Formula, Formulas, count, percentile, quotient
from tkt.metrics.waiting import REASONS

FORMULAS = Formulas()
CLOCKS = ("response", "resolution")
PER_CENTS = (50, 90, 95)


@FORMULAS.measured_in("rate")
def sla_response(cohort: Cohort) -> Figure:
    """Response clocks met / judged, of the tickets resolved in the period."""
    return _met(cohort, "response")


@FORMULAS.measured_in("rate")
def sla_resolution(cohort: Cohort) -> Figure:
    """Resolution clocks met / judged, of the tickets resolved in the period."""
    return _met(cohort, "resolution")


def _met(cohort: Cohort, clock: str) -> Figure:
    judged = cohort.judged(clock)
    return quotient(sum(reading.verdict == "met" for reading in judged), len(judged))


@FORMULAS.measured_in("count")
def open_breached(cohort: Cohort) -> Figure:
    """Tickets open at the end of which a clock is over its target already."""
    return count(sum(one.is_breached for one in cohort.open))


@FORMULAS.measured_in("count")
def resolved_breached(cohort: Cohort) -> Figure:
    """Tickets resolved in the period of which a clock went over its target."""
    return count(sum(one.is_breached for one in cohort.resolved))


@FORMULAS.measured_in("count")
def cancelled_breached(cohort: Cohort) -> Figure:
    """Tickets cancelled in the period after a clock went over its target."""
    return count(sum(one.is_breached for one in cohort.cancelled))


@FORMULAS.measured_in("count")
def late_verdicts(cohort: Cohort) -> Figure:
    """Clocks judged, of the tickets resolved in the period, whose verdict rests on an entry recorded late."""
    return count(sum(reading.late for clock in CLOCKS for reading in cohort.judged(clock)))


def _overrun(clock: str) -> Formula:
    def formula(cohort: Cohort) -> Figure:
        overruns = cohort.overruns(clock)
        return quotient(sum(overruns), len(overruns))

    return formula


def _percentile(clock: str, per_cent: int) -> Formula:
    return lambda cohort: percentile(cohort.clock_times[clock], per_cent)


for _clock in CLOCKS:
    FORMULAS.add(
        f"{_clock}_overrun_seconds",
        "seconds",
        _overrun(_clock),
        f"Σ most that elapsed ever was over the target / {_clock} clocks breached, of the resolved.",
    )
for _clock, _per_cent in product(CLOCKS, PER_CENTS):
    FORMULAS.add(
        f"{_clock}_p{_per_cent}_seconds",
        "seconds",
        _percentile(_clock, _per_cent),
        f"The {_per_cent}th percentile of elapsed on the {_clock} clock, of the resolved, by nearest rank.",
    )


@FORMULAS.measured_in("seconds")
def pending_seconds(cohort: Cohort) -> Figure:
    """Σ real time pending up to the resolution / resolved."""
    return quotient(sum(cohort.waiting.values()), len(cohort.resolved))


@FORMULAS.measured_in("share")
def pending_share(cohort: Cohort) -> Figure:
    """Σ real time pending up to the resolution / Σ (last resolution − opened), of the resolved."""
    return quotient(sum(cohort.waiting.values()), sum(cohort.resolution_times))


def _pending(reason: str) -> Formula:
    return lambda cohort: quotient(cohort.waiting[reason], len(cohort.resolved))


for _reason in REASONS:
    FORMULAS.add(
        f"pending_{_reason or 'unexplained'}_seconds",
        "seconds",
        _pending(_reason),
        f"Σ of `pending_seconds` that was waited for {_reason or 'no stated reason'} / resolved.",
    )
