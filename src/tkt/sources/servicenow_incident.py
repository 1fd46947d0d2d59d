"""One ServiceNow incident: its rows folded, in file order, into a ticket and its journal."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from tkt.domain.entry import Entry, FieldChange
from tkt.domain.identifier import derived_uid
from tkt.domain.instant import write_instant
from tkt.domain.keys import FRONT_MATTER, MOVED
from tkt.domain.priority import DEFAULT_MATRIX
from tkt.domain.ticket import Ticket
from tkt.sources.servicenow_words import KEPT, REQUIRED, Cells, Said, Translation, title_of

SOURCE = "servicenow"
# The log's own word for what it does not know stands for a person without a name.
NOBODY = "?"
_DEFAULTS = {"state": "new", "impact": "medium", "urgency": "medium", "requester.name": NOBODY}


def uid_of(number: str) -> str:
    """The uid of an imported incident: one number has one uid whoever imports it, so that a second import is seen."""
    return derived_uid(f"{SOURCE}:{number}")


@dataclass(slots=True)
class Incident:
    """What is known of one number so far. `last_at` is the instant of the row last read, as it counts."""

    number: str
    opened_at: datetime
    last_at: datetime
    values: dict[str, str] = field(default_factory=dict)
    reason: str = ""
    row: Cells = field(default_factory=dict)
    entries: list[Entry] = field(default_factory=list)

    def fold(self, author: str, said: Said) -> None:
        """Take in what a row says, at `last_at`: an entry where it changes something."""
        reason = said.reason if said.values["state"] else self.reason
        values = self._complete(said.values)
        changes = self._changes(values, reason) if self.entries else _opening(values, reason)
        self.values, self.reason = values, reason
        if changes:
            self.entries.append(Entry(self.last_at, author or NOBODY, changes=changes, ordinal=self._ordinal()))

    def _complete(self, values: dict[str, str]) -> dict[str, str]:
        """What every ticket must have stays as it was where the row has no word for it."""
        before = self.values or _DEFAULTS
        for key in REQUIRED:
            values[key] = values[key] or before.get(key) or DEFAULT_MATRIX[values["impact"], values["urgency"]]
        return values

    def _changes(self, values: dict[str, str], reason: str) -> tuple[FieldChange, ...]:
        before = self.values
        changed = [key for key, value in values.items() if value != before[key]]
        changes = tuple(FieldChange(key, values[key], before[key]) for key in changed if key != "state")
        if "state" in changed or reason != self.reason:
            return (*_state(values["state"], before["state"], reason), *changes)
        return changes

    def _ordinal(self) -> int:
        last = self.entries[-1] if self.entries else None
        return last.ordinal + 1 if last and last.at == self.last_at else 1

    def ticket(self, translation: Translation) -> Ticket:
        """The ticket as of its last row."""
        named = {"id": self.number, "uid": uid_of(self.number), "type": "incident", "title": title_of(self.row)}
        opened = {"opened_at": write_instant(self.opened_at)}
        everything = named | opened | self.values | translation.stored(self.row)
        ours = {key: everything[key] for key in FRONT_MATTER if everything.get(key)}
        theirs = {key: value for key, value in everything.items() if value and key.startswith(KEPT)}
        return Ticket(ours | theirs, self.opened_at, tuple(self.entries))


def _opening(values: dict[str, str], reason: str) -> tuple[FieldChange, ...]:
    moved = (FieldChange(key, values[key]) for key in MOVED if key != "state" and values.get(key))
    return (*_state(values["state"], "", reason), *moved, FieldChange("source", SOURCE))


def _state(new: str, old: str, reason: str) -> tuple[FieldChange, ...]:
    move = FieldChange("state", new, old)
    return (move, FieldChange("reason", reason)) if reason else (move,)
