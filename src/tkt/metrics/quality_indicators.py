"""The indicators of quality: what came back, what the requesters said, what had to be escalated."""

from __future__ import annotations

from tkt.metrics.cohort import Cohort
from tkt.metrics.figure import Figure, Formulas, quotient, share

FORMULAS = Formulas()


@FORMULAS.measured_in("rate")
def reopen_rate(cohort: Cohort) -> Figure:
    """Resolved tickets that were reopened at least once by the end of the period / resolved."""
    return share(cohort.resolved, lambda one: bool(one.timeline.reopenings))


@FORMULAS.measured_in("mark")
def csat(cohort: Cohort) -> Figure:
    """Σ marks / marks, of the tickets' last ratings by the requester where they were given in the period."""
    ratings = (one.rating for one in cohort.histories)
    marks = [rating.mark for rating in ratings if rating is not None and cohort.period.holds(rating.at)]
    return quotient(sum(marks), len(marks))


@FORMULAS.measured_in("rate")
def csat_answered(cohort: Cohort) -> Figure:
    """Resolved tickets that the requester rated by the end of the period / resolved."""
    return share(cohort.resolved, lambda one: one.rating is not None)


@FORMULAS.measured_in("rate")
def escalation_rate(cohort: Cohort) -> Figure:
    """Resolved tickets whose level rose / resolved."""
    return share(cohort.resolved, lambda one: bool(one.rises))


@FORMULAS.measured_in("rate")
def escalation_n1_n2(cohort: Cohort) -> Figure:
    """Resolved tickets that were raised from N1 to N2 or past it / resolved."""
    return share(cohort.resolved, lambda one: "N2" in one.rises)


@FORMULAS.measured_in("rate")
def escalation_n2_n3(cohort: Cohort) -> Figure:
    """Resolved tickets that were raised to N3, from N2 or past it / resolved."""
    return share(cohort.resolved, lambda one: "N3" in one.rises)
