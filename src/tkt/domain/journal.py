"""The journal's fold: replaying entries gives the value of every field they mention."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple

from tkt.domain.entry import Entry, FieldChange, SetChange
from tkt.domain.keys import kind_of


class ConcurrentMove(NamedTuple):
    """An entry whose old value is not the replayed one: two people moved the field without seeing each other."""

    entry: Entry
    change: FieldChange
    replayed: str


@dataclass(slots=True)
class Replay:
    """What a journal says: `values` of fields, `members` of sets (True present, False gone; those present in the order
    in which they joined), concurrent moves."""

    values: dict[str, str] = field(default_factory=dict)
    members: dict[str, dict[str, bool]] = field(default_factory=dict)
    concurrent: list[ConcurrentMove] = field(default_factory=list)

    def apply(self, entry: Entry) -> None:
        """Fold one more entry in: the last writer of a field wins."""
        for change in entry.changes:
            if isinstance(change, SetChange):
                present = self.members.setdefault(change.key, {})
                present.update(dict.fromkeys(change.removed, False))
                for member in change.added:
                    if not present.get(member):
                        present.pop(member, None)
                        present[member] = True
            elif kind_of(change.key) == "field":
                replayed = self.values.get(change.key)
                if replayed is not None and replayed != change.old and not says_again(entry, change, replayed):
                    self.concurrent.append(ConcurrentMove(entry, change, replayed))
                self.values[change.key] = change.new


def says_again(entry: Entry, change: FieldChange, stood: str) -> bool:
    """Whether a rule says once more what stands already, since two clones had it run: that is nothing to settle."""
    return change.new == stood and bool(entry.value("automatic"))


def replay(entries: Iterable[Entry]) -> Replay:
    """Fold entries, in journal order, into what they say (design: last writer wins per field)."""
    result = Replay()
    for entry in entries:
        result.apply(entry)
    return result


def next_position(entries: tuple[Entry, ...], at: datetime) -> tuple[datetime, int]:
    """Where an entry stamped `at` goes: never before the last one, with the next ordinal when it shares its instant."""
    if not entries or entries[-1].at < at:
        return at, 1
    last = entries[-1]
    return last.at, last.ordinal + 1
