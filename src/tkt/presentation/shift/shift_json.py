"""The JSON documents of `tkt activity` and `tkt handover`; docs/json.md describes them."""

from __future__ import annotations

from collections.abc import Sequence

from tkt.domain.follow_up import FollowUp
from tkt.domain.happening import Activity, Happening
from tkt.domain.instant import write_instant
from tkt.presentation.json_form import VERSION, Document, entry_json, summary_json
from tkt.service_level.shift import Due, Handover, Held

_NAMED = ("id", "type", "title", "priority", "state", "assignee", "level", "group")


def activity_json(activity: Activity, shown: Sequence[Happening]) -> Document:
    """What happened, oldest first; the counts are of everything, whatever is `shown` of it."""
    return {
        "version": VERSION,
        "since": write_instant(activity.since),
        "until": write_instant(activity.until),
        "counts": {"entries": len(activity.happenings), "tickets": activity.tickets, **activity.counts},
        "happenings": [_happening(one) for one in shown],
    }


def _happening(one: Happening) -> Document:
    return {
        "ticket": {key: one.ticket.get(key) or None for key in _NAMED},
        "kinds": list(one.kinds),
        "entry": entry_json(one.entry, one.ticket),
    }


def handover_json(handover: Handover) -> Document:
    """What the next shift must know."""
    return {
        "version": VERSION,
        "now": write_instant(handover.now),
        "since": write_instant(handover.since),
        "horizon": write_instant(handover.horizon),
        "counts": dict(handover.counts),
        "due": [_due(one) for one in handover.due],
        "overdue": [{"id": held.ticket.id, **_owed(owed)} for held, owed in handover.overdue],
        "holders": [
            {"assignee": name or None, "tickets": [_held(one) for one in tickets]}
            for name, tickets in handover.held.items()
        ],
    }


def _due(due: Due) -> Document:
    return {"id": due.held.ticket.id, "what": due.what, "at": write_instant(due.at)}


def _owed(owed: FollowUp) -> Document:
    return {
        "kind": owed.kind,
        "since": write_instant(owed.since),
        "by": {"at": write_instant(owed.entry.at), "ordinal": owed.entry.ordinal},
    }


def _held(held: Held) -> Document:
    return {
        "ticket": summary_json(held.ticket, held.clocks),
        "last": entry_json(held.last, held.ticket) if held.last else None,
    }
