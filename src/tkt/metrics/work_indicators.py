"""The indicators of the work: how much there was, how long it took, what was solved at first contact."""

from __future__ import annotations

from tkt.metrics.cohort import Cohort
from tkt.metrics.figure import Figure, Formulas, count, median, percentile, quotient, share
from tkt.metrics.history import History

FORMULAS = Formulas()


@FORMULAS.measured_in("count")
def created(cohort: Cohort) -> Figure:
    """Tickets opened in the period."""
    return count(sum(cohort.period.holds_second(one.timeline.start) for one in cohort.histories))


@FORMULAS.measured_in("count")
def resolved(cohort: Cohort) -> Figure:
    """Tickets whose resolution stands at the end of the period and falls in it."""
    return count(len(cohort.resolved))


@FORMULAS.measured_in("count")
def cancelled(cohort: Cohort) -> Figure:
    """Tickets whose cancellation stands at the end of the period and falls in it."""
    return count(len(cohort.cancelled))


@FORMULAS.measured_in("count")
def reopened(cohort: Cohort) -> Figure:
    """Reopenings in the period, as events: a ticket reopened twice counts twice."""
    moves = (move for one in cohort.histories for move in one.timeline.moves)
    return count(sum(move.reopening and cohort.period.holds_second(move.second) for move in moves))


@FORMULAS.measured_in("count")
def open(cohort: Cohort) -> Figure:
    """Tickets neither resolved, closed nor cancelled at the end."""
    return count(len(cohort.open))


@FORMULAS.measured_in("count")
def in_progress(cohort: Cohort) -> Figure:
    """Of the open ones, those assigned or in progress."""
    return count(sum(one.timeline.state in ("assigned", "in_progress") for one in cohort.open))


@FORMULAS.measured_in("count")
def backlog(cohort: Cohort) -> Figure:
    """Of the open ones, those that wait: new or pending."""
    return count(sum(one.timeline.state in ("new", "pending") for one in cohort.open))


@FORMULAS.measured_in("seconds")
def mttr_seconds(cohort: Cohort) -> Figure:
    """Σ (last resolution − opened, wall clock) / resolved."""
    return quotient(sum(cohort.resolution_times), len(cohort.resolved))


@FORMULAS.measured_in("seconds")
def mttr_median_seconds(cohort: Cohort) -> Figure:
    """The median of (last resolution − opened): of an even number of tickets, the mean of the two in the middle."""
    return median(cohort.resolution_times)


@FORMULAS.measured_in("seconds")
def mttr_p90_seconds(cohort: Cohort) -> Figure:
    """The 90th percentile of (last resolution − opened) by nearest rank: the ⌈0.9 n⌉-th shortest of n."""
    return percentile(cohort.resolution_times, 90)


@FORMULAS.measured_in("seconds")
def mttr_business_seconds(cohort: Cohort) -> Figure:
    """Σ (elapsed of the resolution clock: open time minus pauses) / resolved."""
    return quotient(sum(one.clocks.resolution.elapsed for one in cohort.resolved), len(cohort.resolved))


@FORMULAS.measured_in("seconds")
def first_response_seconds(cohort: Cohort) -> Figure:
    """Σ (response − opened, wall clock) / tickets whose response falls in the period."""
    holds, lives = cohort.period.holds_second, (one.timeline for one in cohort.histories)
    times = [one.response.second - one.start for one in lives if one.response and holds(one.response.second)]
    return quotient(sum(times), len(times))


@FORMULAS.measured_in("rate")
def fcr(cohort: Cohort) -> Figure:
    """Resolved at first contact / resolved: never handed over, raised, pending or reopened, within `fcr_within` of the
    response, and not declared otherwise."""
    return share(cohort.resolved, lambda one: _at_first_contact(one) and one.after_first_contact <= cohort.fcr_within)


@FORMULAS.measured_in("rate")
def fcr_declared(cohort: Cohort) -> Figure:
    """Resolved tickets declared as resolved at first contact / resolved."""
    return share(cohort.resolved, lambda one: one.first_contact == "yes")


@FORMULAS.measured_in("rate")
def first_assignment(cohort: Cohort) -> Figure:
    """As `fcr`, however long it took."""
    return share(cohort.resolved, _at_first_contact)


def _at_first_contact(one: History) -> bool:
    return one.stayed_with_one and one.first_contact != "no"
