"""A clock's verdict in a sentence: what it comes from."""

from __future__ import annotations

from collections.abc import Callable
from datetime import tzinfo

from tkt.language import _
from tkt.presentation import labels, phrases
from tkt.presentation.explanation.phrases import moment
from tkt.presentation.safe_text import one_line
from tkt.service_level.explanation import Breach, Explanation


def sentence(told: Explanation, zone: tzinfo) -> str:
    """The verdict, and what it comes from."""
    by_verdict: dict[str, Callable[[Explanation, tzinfo], str]] = {
        "none": _none,
        "cancelled": _cancelled,
        "breached": _breached,
        "met": _met,
        "paused": _resting,
    }
    return by_verdict.get(told.reading.verdict, _running)(told, zone)


def _none(told: Explanation, _zone: tzinfo) -> str:
    if not told.terms.policy:
        return _("No policy covers the ticket: nothing is promised.")
    message = _("The policy {policy} promises nothing for {priority} on this clock.")
    return message.format(policy=one_line(told.terms.policy), priority=one_line(told.reading.priority))


def _cancelled(told: Explanation, zone: tzinfo) -> str:
    message = _("Cancelled on {instant}, which ended the clock at {elapsed}.")
    said = message.format(instant=moment(told.course.end, zone), elapsed=_elapsed(told))
    return f"{said} {_how(told.breach, told, zone)}" if told.breach else said


def _breached(told: Explanation, zone: tzinfo) -> str:
    return _how(told.breach, told, zone) if told.breach else ""


def _how(breach: Breach, told: Explanation, zone: tzinfo) -> str:
    messages = {
        "counted": _("Breached since {instant}: more than the {target} of {priority} had counted from then on."),
        "priority": _("Breached since {instant}, when it became {priority}: {counted} had counted, of {target}."),
        "reopened": _(
            "Breached since {instant}, when it was reopened as {priority}: {counted} had counted, of {target}."
        ),
    }
    held = breach.priority.held
    said = messages[breach.why].format(
        instant=moment(breach.at, zone),
        priority=one_line(held.priority),
        target=phrases.exact_duration(breach.priority.target or 0),
        counted=phrases.exact_duration(told.course.elapsed_until(held.terms, breach.at)),
    )
    over_in_the_end = told.reading.remaining is not None and told.reading.remaining < 0
    if over_in_the_end or held is told.course.held[-1]:
        return said
    return said + " " + _("What its priority became afterwards heals nothing.")


def _met(told: Explanation, zone: tzinfo) -> str:
    message = _("Met: stopped on {instant} at {elapsed} of {target}, {left} to spare.")
    return message.format(
        instant=moment(told.course.end, zone), elapsed=_elapsed(told), target=_target(told), left=_left(told)
    )


def _resting(told: Explanation, _zone: tzinfo) -> str:
    message = _("Paused at {elapsed} of {target}: it is pending for {reason}, and {left} are left when it goes on.")
    reason = one_line(labels.value("reason", told.course.timeline.waiting))
    return message.format(elapsed=_elapsed(told), target=_target(told), left=_left(told), reason=reason)


def _running(told: Explanation, zone: tzinfo) -> str:
    at_risk = told.reading.verdict == "at_risk"
    if told.due_at is None:
        message = _("Running: {elapsed} of {target} have counted, and its calendar does not open any more.")
        return message.format(elapsed=_elapsed(told), target=_target(told))
    message = (
        _("At risk: {elapsed} of {target} have counted, {left} are left until it is due on {instant}.")
        if at_risk
        else _("Running: {elapsed} of {target} have counted, {left} are left until it is due on {instant}.")
    )
    return message.format(
        elapsed=_elapsed(told), target=_target(told), left=_left(told), instant=moment(told.due_at, zone)
    )


def _elapsed(told: Explanation) -> str:
    return phrases.exact_duration(told.reading.elapsed)


def _target(told: Explanation) -> str:
    return phrases.exact_duration(told.reading.target or 0)


def _left(told: Explanation) -> str:
    return phrases.exact_duration(told.reading.remaining or 0)
