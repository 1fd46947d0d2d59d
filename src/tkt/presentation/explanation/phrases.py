"""What is said of a clock's working: what an interval was and who began it, which policy judges, and why."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import tzinfo

from tkt.domain import words
from tkt.domain.entry import Entry
from tkt.domain.person import Person
from tkt.language import _, pgettext
from tkt.presentation import labels, phrases
from tkt.presentation.safe_text import one_line
from tkt.service_level.account import is_late
from tkt.service_level.explanation import Explanation
from tkt.service_level.matching import Condition, Considered
from tkt.service_level.period import instant_of


def moment(second: int, zone: tzinfo) -> str:
    """An instant to the second, in `zone`."""
    return phrases.exact_time(instant_of(second, zone))


def kind(kind: str, name: str) -> str:
    """What an interval of that kind and name was: a wait for its reason, a closed day as people call it."""
    match kind:
        case "waiting" | "paused":
            return _waiting(name) if kind == "waiting" else _paused(name)
        case "holiday":
            return _("holiday: {name}").format(name=one_line(name))
        case "closed":
            return _("closed day: {name}").format(name=one_line(name)) if name else _("closed day")
    said = {
        "running": _("running"),
        "cancelled": _("cancelled, which was taken back: counts"),
        "reopened": _("resolved, then reopened"),
        "hours": _("closed hours"),
    }
    return said[kind]


def _waiting(reason: str) -> str:
    if not reason:
        return _("pending without a reason: counts")
    return _("pending for {reason}: counts").format(reason=one_line(labels.value("reason", reason)))


def _paused(reason: str) -> str:
    return _("pending for {reason}: paused").format(reason=one_line(labels.value("reason", reason)))


def begun_by(entries: Sequence[Entry]) -> str:
    """Who began something, and the line of the file where that stands: `line 42, Jean DUPONT`."""
    names = "; ".join(_entry(entry) for entry in entries)
    return _("{name} (recorded late)").format(name=names) if is_late(entries) else names


def _entry(entry: Entry) -> str:
    name = one_line(Person.parse(entry.author).name)
    return _("line {line}, {name}").format(name=name, line=entry.line) if entry.line else name


def judging(told: Explanation) -> str:
    """The policy that judges, its version, and the calendar that counts."""
    terms = told.terms
    if not terms.policy:
        return _("none covers it")
    message = _("{policy}, version of {day}, calendar {calendar}")
    said = message.format(
        policy=one_line(terms.policy), day=phrases.day(terms.version.since), calendar=one_line(terms.calendar.name)
    )
    if not terms.version.corrected:
        return said
    return _("{policy} (corrected: {why})").format(policy=said, why=one_line(terms.version.corrected))


def why_it_matches(told: Explanation) -> str:
    """The conditions of the policy that judges; "" where none does."""
    matched = next((one for one in told.considered if one.outcome == "matched"), None)
    if matched is None:
        return ""
    return "; ".join(map(_condition, matched.conditions)) or _("it covers every ticket")


def passed_over(told: Explanation) -> Iterator[str]:
    """Each policy before the one that judges, and why it does not."""
    for one in told.considered:
        if one.outcome in ("not_in_force", "not_matched"):
            yield f"{one_line(one.policy.name)} ({_why_not(one, told)})"


def _why_not(one: Considered, told: Explanation) -> str:
    if one.outcome == "not_in_force":
        opened_on = told.course.timeline.ticket.opened_at.date()
        return _("not in force on {day}").format(day=phrases.day(opened_on))
    return "; ".join(_condition(condition) for condition in one.conditions if not condition.holds)


def _condition(condition: Condition) -> str:
    """`type incident, as asked: incident, problem`."""
    message = _("{field} {value}, as asked: {asked}") if condition.holds else _("{field} {value}, and not: {asked}")
    return message.format(
        field=labels.field(condition.key),
        value=_values(condition.key, condition.values) or pgettext("value", "none"),
        asked=_values(condition.key, condition.asked),
    )


def _values(key: str, values: Sequence[str]) -> str:
    return ", ".join(one_line(labels.value(key, value)) for value in values)


def pauses(told: Explanation) -> str:
    """What the clock rests for."""
    if told.course.clock == "response":
        return _("none: the response clock never rests")
    reasons = [code for code in words.PENDING_REASON.codes if told.terms.pauses_for(code)]
    return _("while pending for {reasons}").format(reasons=_values("reason", reasons)) if reasons else _("none")
