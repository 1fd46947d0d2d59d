"""ServiceNow's words in ours: what one row of an incident audit log says."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from operator import itemgetter

from tkt.domain.keys import FRONT_MATTER, MOVED
from tkt.domain.keys import REQUIRED as REQUIRED_KEYS

Cells = Mapping[str, str]
KEPT = "x_servicenow."


@dataclass(frozen=True, slots=True)
class Meaning:
    """Our code word for one of theirs. Where it does not say all that theirs says, theirs is kept beside it."""

    code: str
    reason: str = ""
    says_all: bool = True


_STATES = {
    "new": Meaning("new"),
    "active": Meaning("in_progress"),
    "in progress": Meaning("in_progress"),
    "awaiting user info": Meaning("pending", "user"),
    "awaiting evidence": Meaning("pending", "user", says_all=False),
    "awaiting vendor": Meaning("pending", "vendor"),
    "awaiting problem": Meaning("pending", "problem"),
    "awaiting change": Meaning("pending", "change"),
    "on hold": Meaning("pending", "other"),
    "resolved": Meaning("resolved"),
    "closed": Meaning("closed"),
    "canceled": Meaning("cancelled"),
    "cancelled": Meaning("cancelled"),
}
_WAYS_IN = {
    "phone": Meaning("phone"),
    "ivr": Meaning("phone", says_all=False),
    "email": Meaning("email"),
    "self service": Meaning("portal"),
    "chat": Meaning("chat"),
    "virtual agent": Meaning("chat", says_all=False),
    "walk in": Meaning("walk_in"),
    "event": Meaning("monitoring", says_all=False),
    "monitoring": Meaning("monitoring"),
}
# "2 - Medium": the number rules; its label is the instance's own and may be in any language.
_THREE_STEPS = {"1": Meaning("high"), "2": Meaning("medium"), "3": Meaning("low")}
_PRIORITIES = {
    "1": Meaning("P1"),
    "2": Meaning("P2"),
    "3": Meaning("P3"),
    "4": Meaning("P4"),
    "5": Meaning("P4", says_all=False),
}
_VOCABULARIES = {
    "incident_state": _STATES,
    "contact_type": _WAYS_IN,
    "impact": _THREE_STEPS,
    "urgency": _THREE_STEPS,
    "priority": _PRIORITIES,
}
_NUMBERED = ("impact", "urgency", "priority")
_CODED = {
    "state": "incident_state",
    "impact": "impact",
    "urgency": "urgency",
    "priority": "priority",
    "via": "contact_type",
}
_NAMES = {"requester.name": "caller_id", "assignee": "assigned_to"}
_PLAIN = {
    "requester.location": "location",
    "asset": "cmdb_ci",
    "group": "assignment_group",
    "code": "closed_code",
}
# What every ticket must have, and the column that says it.
REQUIRED = {key: column for key, column in (_CODED | _NAMES).items() if key in REQUIRED_KEYS}
_MAPPED = (
    *("number", "opened_at", "sys_updated_by", "sys_updated_at", "category", "subcategory"),
    *_CODED.values(),
    *_NAMES.values(),
    *_PLAIN.values(),
)
NEEDED = (*_MAPPED, "u_symptom")
# Counts the saves, or repeats what the states' instants already say: kept as they stand last, never a change.
_NO_CHANGE = ("sys_mod_count", "sys_updated_by", "sys_updated_at", "resolved_at", "closed_at")


@lru_cache(maxsize=4096)
def meaning_of(column: str, word: str) -> Meaning | None:
    """Our word for what a cell of a coded column says; None when we have none."""
    spoken = word.split(" - ")[0] if column in _NUMBERED else " ".join(re.split(r"[\s_-]+", word.casefold()))
    return _VOCABULARIES[column].get(spoken)


def kept_key(column: str) -> str:
    """The key under which a column that has no equal here is kept, "" when its name has nothing to make a key of."""
    name = re.sub(r"[^a-z0-9]+", "_", column.lower()).strip("_")
    return f"{KEPT}{name}" if name else ""


@dataclass(frozen=True, slots=True)
class Said:
    """What one row says: values by key, the same keys in the same order on every row, "" for none.

    `reason`: what a pending state waits for. `unknown`: the coded columns that hold a word without an equal here.
    """

    values: dict[str, str]
    reason: str
    unknown: tuple[str, ...]


class Translation:
    """Reads the rows of one log; made once from its header."""

    def __init__(self, columns: Sequence[str]) -> None:
        rest = [column for column in columns if column not in _MAPPED]
        self._kept = {kept_key(column): column for column in rest if column not in _NO_CHANGE}
        self._telling = itemgetter(*(column for column in columns if column not in _NO_CHANGE))
        self._stored = {kept_key(column): column for column in rest if column in _NO_CHANGE}
        ours = (key for key in FRONT_MATTER if key in {*_CODED, *_NAMES, *_PLAIN, "category"} and key not in MOVED)
        self._blank = dict.fromkeys((*(key for key in MOVED if key != "level"), *ours), "")

    def differs(self, row: Cells, before: Cells) -> bool:
        """Whether `row` says anything that the row `before` it did not, but who saved it and when."""
        return bool(self._telling(row) != self._telling(before))

    def read(self, row: Cells) -> Said:
        """What `row` says of all that can change in a ticket's life."""
        values = self._blank.copy()
        reason = ""
        unknown: list[str] = []
        for key, column in _CODED.items():
            meaning = meaning_of(column, row[column])
            values[KEPT + column] = "" if meaning and meaning.says_all else row[column]
            if meaning:
                values[key], reason = meaning.code, reason or meaning.reason
            elif row[column]:
                unknown.append(column)
        for key, column in _PLAIN.items():
            values[key] = row[column]
        for key, column in _NAMES.items():
            values[key] = heading_safe(row[column])
        values["category"] = category_of(row)
        values.update(zip(self._kept, map(row.__getitem__, self._kept.values()), strict=True))
        return Said(values, reason, tuple(unknown))

    def stored(self, row: Cells) -> dict[str, str]:
        """What a ticket keeps of its last row although no entry speaks of it."""
        return {key: row[column] for key, column in self._stored.items()}


def category_of(row: Cells) -> str:
    """Category and subcategory as one path: `Category 55 > Subcategory 170`."""
    return " > ".join(part for part in (row["category"], row["subcategory"]) if part)


def title_of(row: Cells) -> str:
    """A title for a log that has none: what it is about and the symptom, else the asset, else the number."""
    parts = [part for part in (category_of(row), row["u_symptom"]) if part]
    return ": ".join(parts) or row["cmdb_ci"] or row["number"]


def heading_safe(name: str) -> str:
    """`name` without the free-standing middle dot that separates the parts of an entry's heading."""
    return re.sub(r"(?<!\S)·|·(?!\S)", "-", name) if "·" in name else name
