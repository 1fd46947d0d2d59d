"""A ServiceNow incident log of N tickets in the shape of a real one: `python tests/sources/make_log.py N OUT.csv`.

About seven rows a ticket, a third of them changing nothing, a few out of order. The same size gives the same file.
"""

from __future__ import annotations

import csv
import random
import sys
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from pathlib import Path

COLUMNS = (
    *("number", "incident_state", "active", "reassignment_count", "reopen_count", "sys_mod_count", "made_sla"),
    *("caller_id", "opened_by", "opened_at", "sys_created_by", "sys_created_at", "sys_updated_by", "sys_updated_at"),
    *("contact_type", "location", "category", "subcategory", "u_symptom", "cmdb_ci", "impact", "urgency", "priority"),
    *("assignment_group", "assigned_to", "knowledge", "u_priority_confirmation", "notify", "problem_id", "rfc"),
    *("vendor", "caused_by", "closed_code", "resolved_by", "resolved_at", "closed_at"),
)
# A row of the log as it is when nothing in particular is said: the base that tests vary.
FIRST_ROW = dict.fromkeys(COLUMNS, "?") | {
    "number": "INC0000001",
    "incident_state": "New",
    "active": "true",
    "reassignment_count": "0",
    "reopen_count": "0",
    "sys_mod_count": "0",
    "made_sla": "true",
    "caller_id": "Caller 1",
    "opened_by": "Opened by  8",
    "opened_at": "29/2/2016 01:16",
    "sys_updated_by": "Updated by 21",
    "sys_updated_at": "29/2/2016 01:23",
    "contact_type": "Phone",
    "location": "Location 143",
    "category": "Category 55",
    "subcategory": "Subcategory 170",
    "u_symptom": "Symptom 72",
    "impact": "2 - Medium",
    "urgency": "2 - Medium",
    "priority": "3 - Moderate",
    "assignment_group": "Group 56",
    "knowledge": "true",
    "u_priority_confirmation": "false",
    "notify": "Do Not Notify",
    "closed_code": "code 5",
    "resolved_by": "Resolved by 149",
    "resolved_at": "29/2/2016 11:29",
    "closed_at": "5/3/2016 12:00",
}
_BEGINNING = datetime(2016, 2, 29, 1, 0)
_OPEN_STATES = ("Active", "Active", "Active", "Awaiting User Info", "Awaiting Vendor", "Awaiting Problem")
# How many rows may stand between a ticket's first and its resolution, each as often as it stands here.
_LENGTHS = (0, 1, 2, 3, 4, 5, 6, 14)
_LEVELS = {"1 - High": "2 - High", "2 - Medium": "3 - Moderate", "3 - Low": "4 - Low"}


def write_log(path: Path, rows: list[dict[str, str]], columns: tuple[str, ...] = COLUMNS) -> Path:
    """Write `rows` as a log and give its path back."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns)
        writer.writeheader()
        writer.writerows(rows)
    return path


def make_rows(tickets: int, seed: int = 45, lengths: Sequence[int] = _LENGTHS) -> Iterator[dict[str, str]]:
    """The rows of a log of so many tickets, ticket after ticket."""
    chance = random.Random(seed)
    for number in range(1, tickets + 1):
        yield from _life(chance, f"INC{number:07d}", _BEGINNING + timedelta(minutes=11 * number), lengths)


def _life(chance: random.Random, number: str, opened_at: datetime, lengths: Sequence[int]) -> Iterator[dict[str, str]]:
    row, at = _opening(chance, number, opened_at), opened_at + timedelta(minutes=chance.randrange(20))
    states = ["New", *_middle(chance, lengths), *(["Resolved", "Active"] if chance.random() < 0.02 else []), "Resolved"]
    resolved_at = at + timedelta(hours=3 * len(states))
    closed_at = resolved_at + timedelta(days=5)
    row |= {"resolved_at": _said(resolved_at), "closed_at": _said(closed_at)}
    for count, state in enumerate([*states, "Closed"]):
        row |= _changes(chance, row, state) | {"sys_mod_count": str(count)}
        # One row in three hundred was saved with a clock that ran behind.
        shown = at - timedelta(hours=2) if chance.random() < 1 / 300 else at
        yield row | {"sys_updated_at": _said(shown), "sys_updated_by": f"Updated by {chance.randrange(1, 950)}"}
        at = closed_at if state == "Resolved" else at + timedelta(minutes=chance.randrange(1, 360))


def _opening(chance: random.Random, number: str, opened_at: datetime) -> dict[str, str]:
    level = chance.choices(list(_LEVELS), weights=(1, 10, 2))[0]
    return FIRST_ROW | {
        "number": number,
        "opened_at": _said(opened_at),
        "caller_id": f"Caller {chance.randrange(1, 5300)}",
        "location": f"Location {chance.randrange(1, 225)}",
        "category": f"Category {chance.randrange(1, 59)}",
        "subcategory": f"Subcategory {chance.randrange(1, 255)}",
        "u_symptom": chance.choice(["?", f"Symptom {chance.randrange(1, 600)}"]),
        "impact": level,
        "urgency": level,
        "priority": _LEVELS[level],
        "assignment_group": f"Group {chance.randrange(1, 79)}",
        "closed_code": f"code {chance.randrange(1, 17)}",
        "resolved_by": f"Resolved by {chance.randrange(1, 217)}",
    }


def _middle(chance: random.Random, lengths: Sequence[int]) -> Iterator[str]:
    state = "New"
    for _ in range(chance.choice(lengths)):
        state = chance.choice(_OPEN_STATES) if chance.random() < 0.45 else state
        yield state


def _changes(chance: random.Random, row: dict[str, str], state: str) -> dict[str, str]:
    changes = {"incident_state": state, "active": "false" if state == "Closed" else "true"}
    if state != "Closed" and chance.random() < 0.2:
        changes["assignment_group"] = f"Group {chance.randrange(1, 79)}"
        changes["reassignment_count"] = str(int(row["reassignment_count"]) + 1)
    if row["assigned_to"] == "?" and chance.random() < 0.3:
        changes["assigned_to"] = f"Resolver {chance.randrange(1, 235)}"
    return changes


def _said(at: datetime) -> str:
    return f"{at.day}/{at.month}/{at.year} {at:%H:%M}"


if __name__ == "__main__":
    write_log(Path(sys.argv[2]), list(make_rows(int(sys.argv[1]))))
