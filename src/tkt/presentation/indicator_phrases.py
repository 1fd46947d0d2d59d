"""A figure of a report in words: its name, its value, what it is the quotient of, its target, its formula."""

from __future__ import annotations

from tkt.domain.duration import read_duration
from tkt.language import NP_, _, pgettext
from tkt.metrics.indicator import Indicator
from tkt.presentation import phrases

LABELS: dict[str, tuple[str, str]] = {
    "created": NP_("indicator", "Created"),
    "resolved": NP_("indicator", "Resolved"),
    "cancelled": NP_("indicator", "Cancelled"),
    "reopened": NP_("indicator", "Reopenings"),
    "open": NP_("indicator", "Open"),
    "in_progress": NP_("indicator", "In progress"),
    "backlog": NP_("indicator", "Backlog"),
    "mttr_seconds": NP_("indicator", "Mean MTTR"),
    "mttr_median_seconds": NP_("indicator", "Median MTTR"),
    "mttr_p90_seconds": NP_("indicator", "P90 MTTR"),
    "mttr_business_seconds": NP_("indicator", "MTTR in SLA time"),
    "first_response_seconds": NP_("indicator", "First response"),
    "fcr": NP_("indicator", "FCR"),
    "fcr_declared": NP_("indicator", "FCR as declared"),
    "first_assignment": NP_("indicator", "First assignment"),
    "sla_response": NP_("indicator", "SLA response"),
    "sla_resolution": NP_("indicator", "SLA resolution"),
    "open_breached": NP_("indicator", "Open, breached"),
    "resolved_breached": NP_("indicator", "Resolved, breached"),
    "cancelled_breached": NP_("indicator", "Cancelled, breached"),
    "late_verdicts": NP_("indicator", "Recorded late"),
    "response_overrun_seconds": NP_("indicator", "Response overrun"),
    "resolution_overrun_seconds": NP_("indicator", "Resolution overrun"),
    "response_p50_seconds": NP_("indicator", "P50 response"),
    "response_p90_seconds": NP_("indicator", "P90 response"),
    "response_p95_seconds": NP_("indicator", "P95 response"),
    "resolution_p50_seconds": NP_("indicator", "P50 resolution"),
    "resolution_p90_seconds": NP_("indicator", "P90 resolution"),
    "resolution_p95_seconds": NP_("indicator", "P95 resolution"),
    "pending_seconds": NP_("indicator", "Pending"),
    "pending_share": NP_("indicator", "Pending, share"),
    "pending_user_seconds": NP_("indicator", "Pending: user"),
    "pending_vendor_seconds": NP_("indicator", "Pending: vendor"),
    "pending_change_seconds": NP_("indicator", "Pending: change"),
    "pending_problem_seconds": NP_("indicator", "Pending: problem"),
    "pending_approval_seconds": NP_("indicator", "Pending: approval"),
    "pending_other_seconds": NP_("indicator", "Pending: other"),
    "pending_unexplained_seconds": NP_("indicator", "Pending: not said"),
    "reopen_rate": NP_("indicator", "Reopen rate"),
    "csat": NP_("indicator", "CSAT"),
    "csat_answered": NP_("indicator", "CSAT answers"),
    "escalation_rate": NP_("indicator", "Escalation rate"),
    "escalation_n1_n2": NP_("indicator", "Escalated N1 → N2"),
    "escalation_n2_n3": NP_("indicator", "Escalated N2 → N3"),
}
FORMULAS: dict[str, tuple[str, str]] = {
    "created": NP_("formula", "opened in the period"),
    "resolved": NP_("formula", "resolved in the period and still so at its end"),
    "cancelled": NP_("formula", "cancelled in the period and still so at its end"),
    "reopened": NP_("formula", "reopenings in the period"),
    "open": NP_("formula", "neither resolved, closed nor cancelled at the end"),
    "in_progress": NP_("formula", "of the open: assigned or in progress"),
    "backlog": NP_("formula", "of the open: new or pending"),
    "mttr_seconds": NP_("formula", "Σ (resolution − opening) / resolved"),
    "mttr_median_seconds": NP_("formula", "median of (resolution − opening)"),
    "mttr_p90_seconds": NP_("formula", "90th percentile of (resolution − opening)"),
    "mttr_business_seconds": NP_("formula", "Σ time on the resolution clock / resolved"),
    "first_response_seconds": NP_("formula", "Σ (response − opening) / responses in the period"),
    "fcr": NP_("formula", "resolved at first contact / resolved"),
    "fcr_declared": NP_("formula", "declared resolved at first contact / resolved"),
    "first_assignment": NP_("formula", "resolved by the first to hold it / resolved"),
    "sla_response": NP_("formula", "response met / judged, of the resolved"),
    "sla_resolution": NP_("formula", "resolution met / judged, of the resolved"),
    "open_breached": NP_("formula", "of the open: a clock over its target"),
    "resolved_breached": NP_("formula", "of the resolved: a clock over its target"),
    "cancelled_breached": NP_("formula", "of the cancelled: a clock over its target"),
    "late_verdicts": NP_("formula", "judged clocks resting on a late entry"),
    "response_overrun_seconds": NP_("formula", "Σ time over the target / breached"),
    "resolution_overrun_seconds": NP_("formula", "Σ time over the target / breached"),
    "response_p50_seconds": NP_("formula", "50th percentile on the response clock"),
    "response_p90_seconds": NP_("formula", "90th percentile on the response clock"),
    "response_p95_seconds": NP_("formula", "95th percentile on the response clock"),
    "resolution_p50_seconds": NP_("formula", "50th percentile on the resolution clock"),
    "resolution_p90_seconds": NP_("formula", "90th percentile on the resolution clock"),
    "resolution_p95_seconds": NP_("formula", "95th percentile on the resolution clock"),
    "pending_seconds": NP_("formula", "Σ time pending / resolved"),
    "pending_share": NP_("formula", "Σ time pending / Σ (resolution − opening)"),
    "pending_user_seconds": NP_("formula", "Σ time pending for the user / resolved"),
    "pending_vendor_seconds": NP_("formula", "Σ time pending for a vendor / resolved"),
    "pending_change_seconds": NP_("formula", "Σ time pending for a change / resolved"),
    "pending_problem_seconds": NP_("formula", "Σ time pending for a problem / resolved"),
    "pending_approval_seconds": NP_("formula", "Σ time pending for an approval / resolved"),
    "pending_other_seconds": NP_("formula", "Σ time pending for something else / resolved"),
    "pending_unexplained_seconds": NP_("formula", "Σ time pending for no stated reason / resolved"),
    "reopen_rate": NP_("formula", "reopened at least once / resolved"),
    "csat": NP_("formula", "Σ last marks / marks in the period"),
    "csat_answered": NP_("formula", "rated / resolved"),
    "escalation_rate": NP_("formula", "raised to a higher level / resolved"),
    "escalation_n1_n2": NP_("formula", "raised to N2 / resolved"),
    "escalation_n2_n3": NP_("formula", "raised to N3 / resolved"),
}
# Those of one reason that tickets waited for.
PENDING_FOR = frozenset(key for key in LABELS if key.startswith("pending_")) - {"pending_seconds", "pending_share"}
UNITS: dict[str, tuple[str, str]] = {
    "count": NP_("unit", "number"),
    "seconds": NP_("unit", "seconds"),
    "rate": NP_("unit", "rate"),
    "share": NP_("unit", "share of time"),
    "mark": NP_("unit", "mark"),
}
# What a figure of each unit is the quotient of: seconds over a number, a number over a number, seconds over seconds.
_QUOTIENTS = {"seconds": ("seconds", "count"), "share": ("seconds", "seconds")}
_MARKS = {True: "✅", False: "⚠️"}
_TURNED = {"<": ">", ">": "<"}
_TURNED_OR_EQUAL = {"<": "≥", ">": "≤"}


def label(key: str, priority: str = "") -> str:
    """The name of an indicator, of one priority where it is named: `SLA resolution P1`."""
    return f"{pgettext(*LABELS[key])} {priority}".rstrip()


def formula(key: str) -> str:
    """How an indicator is computed, in a few words."""
    return pgettext(*FORMULAS[key])


def value(figure: Indicator) -> str:
    """A figure in a report: `185`, `3h45`, `70.3%`, `4.3/5`, `no data`."""
    return _no_data() if figure.value is None else _written(figure.value, figure.unit)


def short_value(figure: Indicator) -> str:
    """A figure on the dashboard, where rates are whole per cents."""
    if figure.value is not None and figure.unit == "rate":
        return phrases.whole_percent(figure.value)
    return value(figure)


def quotient(figure: Indicator) -> str | None:
    """What a figure is the quotient of: `130 / 185`, `740h / 185`, `12h / 740h`; `of 185` for a rank; None for none."""
    if figure.denominator is None:
        return None
    if figure.numerator is None:
        return pgettext("indicator", "of {count}").format(count=figure.denominator)
    above, below = _QUOTIENTS.get(figure.unit, ("count", "count"))
    return f"{_written(figure.numerator, above)} / {_written(figure.denominator, below)}"


def target(figure: Indicator) -> str | None:
    """The target that a figure is held against: `<4h`, `>70%`."""
    if figure.target is None:
        return None
    sign, limit = figure.target[0], figure.target[1:]
    return sign + (phrases.duration(read_duration(limit)) if figure.unit == "seconds" else limit)


def standing(figure: Indicator) -> str:
    """How a figure stands to its target, as the course's dashboard says it: `>95%` when met, `<95%` when missed.

    A missed figure that reads like the limit itself is not said to lie beyond it: `≥4h` beside `4h`.
    """
    wanted = target(figure) or ""
    if figure.met is not False:
        return wanted
    sign, limit = wanted[0], wanted[1:]
    reads_alike = short_value(figure).removesuffix("/5") == limit
    return (_TURNED_OR_EQUAL if reads_alike else _TURNED)[sign] + limit


def mark(figure: Indicator, *, color: bool) -> str:
    """Whether the target is met: a sign where there is colour, else a word; "" where nothing can be said."""
    if figure.met is None:
        return ""
    if color:
        return _MARKS[figure.met]
    return pgettext("target", "met") if figure.met else pgettext("target", "missed")


def missed_line(priority: str, figure: Indicator) -> str:
    """`Target missed: SLA resolution P1 94.0% (47 / 50), target >95%`."""
    message = _("Target missed: {indicator} {value} ({quotient}), target {target}")
    return message.format(
        indicator=label(figure.key, priority),
        value=value(figure),
        quotient=quotient(figure) or formula(figure.key),
        target=target(figure),
    )


def _no_data() -> str:
    return _("no data")


def _written(number: float, unit: str) -> str:
    if unit == "seconds":
        return phrases.duration(number)
    if unit in ("rate", "share"):
        return phrases.percent(number)
    if unit == "mark":
        return phrases.mark(_whole(number))
    return phrases.number(_whole(number))


def _whole(number: float) -> float:
    return int(number) if float(number).is_integer() else number
