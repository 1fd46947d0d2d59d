"""The JSON documents that `--json` prints: versioned, with the canonical code words; docs/json.md describes each."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any

from tkt.domain.concurrency import Move, Unsettled, unsettled
from tkt.domain.entry import Change, Entry, SetChange
from tkt.domain.finding import Finding
from tkt.domain.instant import write_instant
from tkt.domain.keys import KEYS
from tkt.domain.ticket import Ticket
from tkt.presentation.safe_text import for_json
from tkt.service_level.reading import NO_OLAS, UNTOLD, ClockReading, Clocks, HoldingReading, Olas

if TYPE_CHECKING:  # `tkt show --json` need not load what counts
    from tkt.metrics.scorecard import Indicator, OlaFigures, Period, Scorecard
    from tkt.presentation.history import Commit
    from tkt.presentation.review_lines import Reviewed

VERSION = 1
Document = dict[str, Any]

_REQUESTER = ("name", "department", "email", "phone", "location")
_PLAIN = ("via", "asset", "category", "impact", "urgency", "priority", "state", "assignee", "level", "group")
_RESOLUTION = ("cause", "action", "code")


def dump(document: Document | list[Document]) -> str:
    """The text of a document: indented, UTF-8 as it is, ending with a line end; keys in their documented order."""
    import json

    return for_json(json.dumps(document, ensure_ascii=False, indent=2)) + "\n"


def ticket_json(ticket: Ticket, clocks: Clocks, holdings: Iterable[HoldingReading] = ()) -> Document:
    """The document of `tkt show`: one ticket whole, and its `holdings` for which there is an OLA."""
    whole = {
        **summary_json(ticket, clocks),
        "ola": [holding_json(one) for one in holdings],
        "description": ticket.description,
        "actions": ticket.actions,
        "unsettled": [_unsettled(one) for one in unsettled(ticket)],
        "entries": [entry_json(entry, ticket) for entry in ticket.entries],
    }
    return {"version": VERSION, "ticket": whole}


def sla_json(rows: Iterable[tuple[Ticket, Clocks]], now: datetime, olas: Olas = NO_OLAS) -> Document:
    """The document of `tkt sla check` and `tkt sla status`: both clocks of each ticket, seen at `now`, and its OLAs."""
    tickets = [(ticket, clocks) for ticket, clocks in rows]
    return {
        "version": VERSION,
        "now": write_instant(now),
        "breached": sum(any(reading.breached for reading in clocks) for _ticket, clocks in tickets),
        "at_risk": sum(any(reading.verdict == "at_risk" for reading in clocks) for _ticket, clocks in tickets),
        "tickets": [_judged(ticket, clocks, olas.get(ticket.id, ())) for ticket, clocks in tickets],
    }


def scorecard_json(scorecard: Scorecard) -> Document:
    """The document of `tkt kpi` (design.md, section 7)."""
    return {
        "version": VERSION,
        "period": period_json(scorecard.period),
        "query": scorecard.query or None,
        "kpi": _indicators(scorecard.indicators),
        "by_priority": {name: _indicators(figures) for name, figures in scorecard.by_priority.items()},
        "by": scorecard.by or None,
        "groups": {name: _indicators(figures) for name, figures in scorecard.groups.items()},
        "ola": [_ola_figures(one) for one in scorecard.olas],
    }


def findings_json(findings: Iterable[Finding]) -> Document:
    """The document of `tkt check`."""
    listed = [_finding(finding) for finding in findings]
    severities = [finding["severity"] for finding in listed]
    return {
        "version": VERSION,
        "errors": severities.count("error"),
        "warnings": severities.count("warning"),
        "findings": listed,
    }


def hooks_json(hooks: Iterable[tuple[str, str, str]]) -> Document:
    """The document of `tkt hooks show`: the name, the state and the path of each hook."""
    keys = ("name", "state", "path")
    return {"version": VERSION, "hooks": [dict(zip(keys, hook, strict=True)) for hook in hooks]}


def history_json(ticket_id: str, commits: Iterable[Commit]) -> Document:
    """The document of `tkt history`: the ticket's commits in the order given."""
    return {"version": VERSION, "id": ticket_id, "commits": [_commit(commit) for commit in commits]}


def review_json(base: str, head: str, tickets: Iterable[Reviewed]) -> Document:
    """The document of `tkt review`: every ticket that differs between two commits, named by their hashes."""
    return {"version": VERSION, "base": base, "head": head, "tickets": [_reviewed(ticket) for ticket in tickets]}


def _reviewed(ticket: Reviewed) -> Document:
    compared = ticket.comparison
    known = compared.after or compared.before
    sections = [*compared.texts, *(["other"] if ticket.others else [])]
    return {
        "id": ticket.id,
        "path": ticket.path,
        "what": ticket.what,
        "was": compared.before.id if ticket.what == "renumbered" and compared.before else None,
        "title": known.title if known else None,
        "changes": [*map(_change, compared.fields), *map(_change, compared.sets)],
        "sections": sections,
        "attachments": [{"name": name, "what": what} for name, what in ticket.attachments],
        "clocks": {
            side: _clocks(clocks) if clocks else None
            for side, clocks in zip(("before", "after"), ticket.clocks, strict=True)
        },
        "entries": [entry_json(entry, compared.after) for entry in compared.entries if compared.after],
        "findings": [_finding(finding) for finding in ticket.findings],
    }


def summary_json(ticket: Ticket, clocks: Clocks) -> Document:
    """A ticket without its texts and its journal, and both its clocks."""
    return {
        "id": ticket.id,
        "uid": _text(ticket, "uid"),
        "type": ticket.type,
        "title": ticket.title,
        "requester": {part: _text(ticket, f"requester.{part}") for part in _REQUESTER},
        **{key: _text(ticket, key) for key in _PLAIN},
        "opened_at": write_instant(ticket.opened_at),
        **{key: _text(ticket, key) for key in _RESOLUTION},
        "tags": list(ticket.tags),
        "links": [_link(text) for text in ticket.links],
        "aliases": list(ticket.aliases),
        "other": {key: value for key, value in ticket.fields.items() if key not in KEYS},
        "clocks": _clocks(clocks),
    }


def _judged(ticket: Ticket, clocks: Clocks, holdings: Iterable[HoldingReading]) -> Document:
    keys = ("id", "title", "type", "priority", "state", "assignee", "group")
    judged = {**{key: _text(ticket, key) for key in keys}, "clocks": _clocks(clocks)}
    return {**judged, "ola": [holding_json(one) for one in holdings]}


def _text(ticket: Ticket, key: str) -> str | None:
    return ticket.get(key) or None


def _link(text: str) -> Document:
    kind, _colon, other = text.partition(":")
    return {"kind": kind, "id": other}


def _clocks(clocks: Clocks) -> Document | None:
    if clocks is UNTOLD:
        return None
    return {reading.clock: clock_json(reading) for reading in clocks}


def clock_json(reading: ClockReading) -> Document:
    """One clock as it stands."""
    return {
        "verdict": reading.verdict,
        "policy": reading.policy or None,
        "target_seconds": reading.target,
        "elapsed_seconds": reading.elapsed,
        "remaining_seconds": reading.remaining,
        "wall_seconds": reading.wall,
        "due": _instant(reading.due),
        "stopped_at": _instant(reading.stopped_at),
        "breached": reading.breached,
        "breached_at": _instant(reading.breached_at),
        "late": reading.late,
        "priority": reading.priority or None,
        "version": reading.version.isoformat() if reading.version else None,
        "calendar": reading.calendar or None,
    }


def holding_json(holding: HoldingReading) -> Document:
    """A time that a ticket was with a group or level for which there is an OLA, and its clock."""
    return {
        "ola": holding.ola,
        "key": holding.key,
        "holder": holding.holder,
        "since": write_instant(holding.since),
        "until": _instant(holding.until),
        "clock": clock_json(holding.clock),
    }


def entry_json(entry: Entry, ticket: Ticket) -> Document:
    """One entry of a ticket's journal."""
    return {
        **_place(entry),
        "author": entry.author,
        "level": entry.level or None,
        "public": entry.public,
        "changes": [_change(change) for change in entry.changes],
        "concurrent": [move.change.key for move in ticket.concurrent_in(entry)],
        "text": entry.text,
    }


def _unsettled(field: Unsettled) -> Document:
    return {"key": field.key, "value": field.value or None, "moves": [_move(move) for move in field.moves]}


def _move(move: Move) -> Document:
    old, new = move.change.old or None, move.change.new or None
    return {**_place(move.entry), "author": move.entry.author, "old": old, "new": new}


def _place(entry: Entry) -> Document:
    return {"at": write_instant(entry.at), "ordinal": entry.ordinal}


def _change(change: Change) -> Document:
    if isinstance(change, SetChange):
        return {"key": change.key, "added": list(change.added), "removed": list(change.removed)}
    return {"key": change.key, "old": change.old or None, "new": change.new or None}


def period_json(period: Period) -> Document:
    """The period that figures are of."""
    return {"from": _instant(period.start), "to": write_instant(period.end), "timezone": period.timezone}


def _ola_figures(one: OlaFigures) -> Document:
    return {"ola": one.ola, "key": one.key, "holder": one.holder, "figures": _indicators(one.figures)}


def _indicators(figures: Mapping[str, Indicator]) -> Document:
    return {key: _indicator(figure) for key, figure in figures.items()}


def _indicator(figure: Indicator) -> Document:
    return {
        "value": number_json(figure.value),
        "numerator": number_json(figure.numerator),
        "denominator": figure.denominator,
        "unit": figure.unit,
        "target": figure.target,
        "met": figure.met,
    }


def number_json(value: float | None) -> float | None:
    """Whole numbers without a decimal point, however they were computed: a document is the same to the byte."""
    return int(value) if isinstance(value, float) and value.is_integer() else value


def _finding(finding: Finding) -> Document:
    return {
        "commit": finding.commit or None,
        "path": finding.path or None,
        "line": finding.line or None,
        "severity": finding.severity,
        "rule": finding.rule,
        "message": finding.message,
        "mend": finding.mend or None,
    }


def _commit(commit: Commit) -> Document:
    return {
        "hash": commit.hash,
        "at": write_instant(commit.at),
        "author": {"name": commit.author.name, "email": commit.author.email or None},
        "entry_by": commit.trailer("Entry-By") or None,
        "transition": commit.trailer("Transition") or None,
        "clock": commit.trailer("Clock") or None,
        "subject": commit.subject,
    }


def _instant(instant: datetime | None) -> str | None:
    return write_instant(instant) if instant else None
