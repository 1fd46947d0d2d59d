"""The indicators: each definition of design.md, section 7, as one function with its formula."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from tkt.metrics.cohort import Cohort
from tkt.metrics.history import History
from tkt.metrics.indicator import Indicator


@dataclass(frozen=True, slots=True)
class Figure:
    """What a formula gives: a value (None for "no data") and what it is the quotient of, where it is one."""

    value: float | None
    numerator: float | None = None
    denominator: int | None = None


Formula = Callable[[Cohort], Figure]
_formulas: dict[str, tuple[str, Formula]] = {}
# key -> (unit, formula), in the order in which they are shown.
FORMULAS: Mapping[str, tuple[str, Formula]] = MappingProxyType(_formulas)


def measure_all(cohort: Cohort) -> dict[str, Indicator]:
    """Every indicator of a cohort by its key, not yet held against a target."""
    return {key: _indicator(key, unit, formula(cohort)) for key, (unit, formula) in FORMULAS.items()}


def _indicator(key: str, unit: str, figure: Figure) -> Indicator:
    return Indicator(key, figure.value, figure.numerator, figure.denominator, unit)


def _in(unit: str) -> Callable[[Formula], Formula]:
    def register(formula: Formula) -> Formula:
        _formulas[formula.__name__] = (unit, formula)
        return formula

    return register


def _count(number: int) -> Figure:
    return Figure(number, number)


def _quotient(total: float, number: int) -> Figure:
    return Figure(total / number if number else None, total, number)


def _share(tickets: Sequence[History], holds: Callable[[History], bool]) -> Figure:
    return _quotient(sum(map(holds, tickets)), len(tickets))


def _met(verdicts: Iterable[str]) -> Figure:
    judged = [verdict for verdict in verdicts if verdict in ("met", "breached")]
    return _quotient(judged.count("met"), len(judged))


@_in("count")
def created(cohort: Cohort) -> Figure:
    """Tickets opened in the period."""
    return _count(sum(cohort.period.holds(one.timeline.opened) for one in cohort.histories))


@_in("count")
def resolved(cohort: Cohort) -> Figure:
    """Tickets whose resolution stands at the end of the period and falls in it."""
    return _count(len(cohort.resolved))


@_in("count")
def cancelled(cohort: Cohort) -> Figure:
    """Tickets whose cancellation stands at the end of the period and falls in it."""
    return _count(len(cohort.cancelled))


@_in("count")
def reopened(cohort: Cohort) -> Figure:
    """Reopenings in the period, as events: a ticket reopened twice counts twice."""
    return _count(sum(cohort.period.holds(at) for one in cohort.histories for at in one.timeline.reopenings))


@_in("count")
def open(cohort: Cohort) -> Figure:
    """Tickets neither resolved, closed nor cancelled at the end."""
    return _count(len(cohort.open))


@_in("count")
def in_progress(cohort: Cohort) -> Figure:
    """Of the open ones, those assigned or in progress."""
    return _count(sum(one.timeline.state in ("assigned", "in_progress") for one in cohort.open))


@_in("count")
def backlog(cohort: Cohort) -> Figure:
    """Of the open ones, those that wait: new or pending."""
    return _count(sum(one.timeline.state in ("new", "pending") for one in cohort.open))


@_in("seconds")
def mttr_seconds(cohort: Cohort) -> Figure:
    """Σ (last resolution − opened, wall clock) / resolved."""
    return _quotient(sum(cohort.resolution_times), len(cohort.resolved))


@_in("seconds")
def mttr_median_seconds(cohort: Cohort) -> Figure:
    """The median of (last resolution − opened): of an even number of tickets, the mean of the two in the middle."""
    times = cohort.resolution_times
    if not times:
        return Figure(None, None, 0)
    return Figure((times[(len(times) - 1) // 2] + times[len(times) // 2]) / 2, None, len(times))


@_in("seconds")
def mttr_p90_seconds(cohort: Cohort) -> Figure:
    """The 90th percentile of (last resolution − opened) by nearest rank: the ⌈0.9 n⌉-th shortest of n."""
    times = cohort.resolution_times
    if not times:
        return Figure(None, None, 0)
    rank = -(-9 * len(times) // 10)
    return Figure(times[rank - 1], None, len(times))


@_in("seconds")
def mttr_business_seconds(cohort: Cohort) -> Figure:
    """Σ (elapsed of the resolution clock: open time minus pauses) / resolved."""
    return _quotient(sum(one.clocks.resolution.elapsed for one in cohort.resolved), len(cohort.resolved))


@_in("seconds")
def first_response_seconds(cohort: Cohort) -> Figure:
    """Σ (response − opened, wall clock) / tickets whose response falls in the period."""
    readings = (one.clocks.response for one in cohort.histories)
    times = [one.wall for one in readings if one.stopped_at is not None and cohort.period.holds(one.stopped_at)]
    return _quotient(sum(times), len(times))


@_in("rate")
def fcr(cohort: Cohort) -> Figure:
    """Resolved at first contact / resolved: never handed over, raised, pending or reopened, within `fcr_within` of the
    response, and not declared otherwise."""
    return _share(cohort.resolved, lambda one: _at_first_contact(one) and one.after_first_contact <= cohort.fcr_within)


@_in("rate")
def fcr_declared(cohort: Cohort) -> Figure:
    """Resolved tickets declared as resolved at first contact / resolved."""
    return _share(cohort.resolved, lambda one: one.first_contact == "yes")


@_in("rate")
def first_assignment(cohort: Cohort) -> Figure:
    """As `fcr`, however long it took."""
    return _share(cohort.resolved, _at_first_contact)


def _at_first_contact(one: History) -> bool:
    return one.stayed_with_one and one.first_contact != "no"


@_in("rate")
def sla_response(cohort: Cohort) -> Figure:
    """Response clocks met / judged, of the tickets resolved in the period."""
    return _met(one.clocks.response.verdict for one in cohort.resolved)


@_in("rate")
def sla_resolution(cohort: Cohort) -> Figure:
    """Resolution clocks met / judged, of the tickets resolved in the period."""
    return _met(one.clocks.resolution.verdict for one in cohort.resolved)


@_in("count")
def open_breached(cohort: Cohort) -> Figure:
    """Tickets open at the end of which a clock is over its target already."""
    return _count(sum(one.is_breached for one in cohort.open))


@_in("count")
def cancelled_breached(cohort: Cohort) -> Figure:
    """Tickets cancelled in the period after a clock went over its target."""
    return _count(sum(one.is_breached for one in cohort.cancelled))


@_in("rate")
def reopen_rate(cohort: Cohort) -> Figure:
    """Resolved tickets that were reopened at least once by the end of the period / resolved."""
    return _share(cohort.resolved, lambda one: bool(one.timeline.reopenings))


@_in("mark")
def csat(cohort: Cohort) -> Figure:
    """Σ marks / marks, of the tickets' last ratings by the requester where they were given in the period."""
    ratings = (one.rating for one in cohort.histories)
    marks = [rating.mark for rating in ratings if rating is not None and cohort.period.holds(rating.at)]
    return _quotient(sum(marks), len(marks))


@_in("rate")
def csat_answered(cohort: Cohort) -> Figure:
    """Resolved tickets that the requester rated by the end of the period / resolved."""
    return _share(cohort.resolved, lambda one: one.rating is not None)


@_in("rate")
def escalation_rate(cohort: Cohort) -> Figure:
    """Resolved tickets whose level rose / resolved."""
    return _share(cohort.resolved, lambda one: bool(one.rises))


@_in("rate")
def escalation_n1_n2(cohort: Cohort) -> Figure:
    """Resolved tickets that were raised from N1 to N2 or past it / resolved."""
    return _share(cohort.resolved, lambda one: "N2" in one.rises)


@_in("rate")
def escalation_n2_n3(cohort: Cohort) -> Figure:
    """Resolved tickets that were raised to N3, from N2 or past it / resolved."""
    return _share(cohort.resolved, lambda one: "N3" in one.rises)
