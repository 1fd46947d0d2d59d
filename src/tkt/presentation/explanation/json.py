"""The document of `tkt sla explain`: a clock's working in full; docs/json.md describes it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, tzinfo

from tkt.domain.entry import Entry
from tkt.domain.instant import fixed, write_instant
from tkt.domain.ticket import Ticket
from tkt.presentation.explanation.sentence import sentence
from tkt.presentation.json_form import VERSION, Document, clock_json
from tkt.service_level.account import Account, Interval, Sum
from tkt.service_level.agreements import Terms
from tkt.service_level.explanation import Breach, Explanation, HeldPriority
from tkt.service_level.matching import Condition, Considered
from tkt.service_level.period import instant_of
from tkt.service_level.reading import HoldingReading


def explanation_json(
    ticket: Ticket,
    path: str,
    clocks: Sequence[Explanation],
    now: datetime,
    zone: tzinfo,
    holdings: Sequence[tuple[HoldingReading, Explanation]] = (),
) -> Document:
    """The working of these clocks of a ticket and of these holdings, seen at `now`, with instants in `zone`."""
    return {
        "version": VERSION,
        "now": write_instant(now),
        "id": ticket.id,
        "title": ticket.title or None,
        "path": path,
        "clocks": {told.course.clock: _clock(told, zone) for told in clocks},
        "ola": [_holding(holding, told, zone) for holding, told in holdings],
    }


def _holding(holding: HoldingReading, told: Explanation, zone: tzinfo) -> Document:
    return {"ola": holding.ola, "key": holding.key, "holder": holding.holder, "explained": _clock(told, zone)}


def _clock(told: Explanation, zone: tzinfo) -> Document:
    return {
        "clock": clock_json(told.reading),
        "sentence": sentence(told, zone),
        "from": _at(told.course.start, zone),
        "to": _at(told.course.end, zone),
        "ended_by": _entry(told.ended_by) if told.ended_by else None,
        "terms": _terms(told.terms) if told.terms.policy else None,
        "policies": [_considered(one) for one in told.considered],
        "marks": {
            "at_risk_seconds": told.warn,
            "at_risk": _at(told.warn_at, zone),
            "due": _at(told.due_at, zone),
        },
        "priorities": [_priority(one, zone) for one in told.priorities],
        "breach": _breach(told.breach, zone) if told.breach else None,
        **_account(told.account, zone),
    }


def _terms(terms: Terms) -> Document:
    version = terms.version
    return {
        "policy": terms.policy,
        "version": version.since.isoformat(),
        "until": version.until.isoformat() if version.until else None,
        "corrected": version.corrected or None,
        "calendar": terms.calendar.name,
        "pause": sorted(version.pause),
        "warn_at": version.warn_at,
    }


def _considered(one: Considered) -> Document:
    conditions = [_condition(condition) for condition in one.conditions]
    return {"policy": one.policy.name, "outcome": one.outcome, "conditions": conditions}


def _condition(one: Condition) -> Document:
    return {"key": one.key, "asked": list(one.asked), "values": list(one.values), "holds": one.holds}


def _priority(one: HeldPriority, zone: tzinfo) -> Document:
    return {
        "priority": one.held.priority,
        "from": _at(one.held.span.start, zone),
        "to": _at(one.held.span.end, zone),
        "policy": one.held.terms.policy or None,
        "calendar": one.held.terms.calendar.name,
        "target_seconds": one.target,
        "counted_seconds": one.elapsed,
        "over_since": _at(one.over_at, zone),
        "by": [_entry(entry) for entry in one.by],
    }


def _breach(breach: Breach, zone: tzinfo) -> Document:
    return {
        "at": _at(breach.at, zone),
        "why": breach.why,
        "priority": breach.priority.held.priority,
        "terms": _terms(breach.priority.held.terms),
        "account": _account(breach.account, zone) if breach.account else None,
    }


def _account(account: Account, zone: tzinfo) -> Document:
    return {
        "intervals": [_interval(one, zone) for one in account.intervals],
        "sums": [_sum(one) for one in account.sums],
    }


def _interval(one: Interval, zone: tzinfo) -> Document:
    return {
        "from": _at(one.span.start, zone),
        "to": _at(one.span.end, zone),
        "kind": one.kind,
        "name": one.name or None,
        "state": one.state,
        "priority": one.priority,
        "seconds": one.span.seconds,
        "counted_seconds": one.counted,
        "elapsed_seconds": one.elapsed,
        "by": [_entry(entry) for entry in one.by],
        "late": one.late,
    }


def _sum(one: Sum) -> Document:
    return {
        "kind": one.kind,
        "name": one.name or None,
        "times": one.times,
        "seconds": one.seconds,
        "counted_seconds": one.counted,
    }


def _entry(entry: Entry) -> Document:
    """Where an entry stands in the journal, and who said it."""
    at = write_instant(entry.at)
    return {"at": at, "ordinal": entry.ordinal, "line": entry.line or None, "author": entry.author}


def _at(second: int | None, zone: tzinfo) -> str | None:
    return None if second is None else write_instant(fixed(instant_of(second, zone)))
