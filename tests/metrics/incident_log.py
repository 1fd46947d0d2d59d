"""The real incident log as tickets, by the reading rules of its README and without any importer of tkt's own."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import groupby
from pathlib import Path
from typing import Any

from tkt.domain.entry import Entry, FieldChange
from tkt.domain.ticket import Ticket

DATA = Path(__file__).parents[3] / "shared" / "data"
LOG = DATA / "servicenow-incident-log-500.csv"
EXPECTED = DATA / "servicenow-incident-log-500.expected.json"
STATES = {
    "New": ("new", ""),
    "Active": ("in_progress", ""),
    "Awaiting User Info": ("pending", "user"),
    "Awaiting Evidence": ("pending", "user"),
    "Awaiting Vendor": ("pending", "vendor"),
    "Awaiting Problem": ("pending", "problem"),
    "Resolved": ("resolved", ""),
    "Closed": ("closed", ""),
}


def expected() -> dict[str, Any]:
    return dict(json.loads(EXPECTED.read_text(encoding="utf-8")))


def tickets() -> Iterator[Ticket]:
    with LOG.open(encoding="utf-8", newline="") as stream:
        for number, rows in groupby(csv.DictReader(stream), key=lambda row: row["number"]):
            yield _ticket(number, list(rows))


def _ticket(number: str, rows: list[dict[str, str]]) -> Ticket:
    opened = at = _instant(rows[0]["opened_at"])
    entries: list[Entry] = []
    before = dict.fromkeys(("state", "reason", "priority", "assignee", "group"), "")
    for row in rows:
        at = max(at, _instant(row["sys_updated_at"]))
        now = _values(row)
        changes = _changes(before, now)
        if changes:
            entries.append(Entry(at, row["sys_updated_by"], changes=changes))
        before = now
    fields = {key: value for key, value in before.items() if key != "reason"}
    return Ticket(
        {"id": number, "type": "incident", "requester.name": rows[0]["caller_id"], **fields}, opened, tuple(entries)
    )


def _values(row: dict[str, str]) -> dict[str, str]:
    state, reason = STATES[row["incident_state"]]
    return {
        "state": state,
        "reason": reason,
        "priority": f"P{row['priority'][0]}",
        "assignee": row["assigned_to"].replace("?", ""),
        "group": row["assignment_group"].replace("?", ""),
    }


def _changes(before: dict[str, str], now: dict[str, str]) -> tuple[FieldChange, ...]:
    moved = [
        FieldChange(key, now[key], before[key])
        for key in ("state", "priority", "assignee", "group")
        if now[key] != before[key] or (key == "state" and now["reason"] != before["reason"])
    ]
    reason = [FieldChange("reason", now["reason"])] if now["reason"] and now["reason"] != before["reason"] else []
    return (*moved, *reason)


def _instant(text: str) -> datetime:
    return datetime.strptime(text, "%d/%m/%Y %H:%M").replace(tzinfo=UTC)
