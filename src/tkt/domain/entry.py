"""One journal entry: who said what, when, to whom, and which changes it made."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True, slots=True)
class FieldChange:
    """A field or fact takes a value: "" stands for no value, on either side."""

    key: str
    new: str
    old: str = ""


@dataclass(frozen=True, slots=True)
class SetChange:
    """Members join and leave a set (`tags`, `links`)."""

    key: str
    added: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()


Change = FieldChange | SetChange


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry of a journal. `ordinal` counts from 1 among the entries that share an instant.

    `line` is where the entry's heading stands in its file (0 when it was never in one); it is no
    part of the entry's value.
    """

    at: datetime
    author: str
    level: str = ""
    public: bool = False
    changes: tuple[Change, ...] = ()
    text: str = ""
    ordinal: int = 1
    line: int = field(default=0, compare=False)

    @property
    def position(self) -> tuple[datetime, int]:
        """Its place in the journal's order."""
        return self.at, self.ordinal

    def change(self, key: str) -> FieldChange | None:
        """The last change of `key` in this entry, or None."""
        return next((c for c in reversed(self.changes) if isinstance(c, FieldChange) and c.key == key), None)

    def value(self, key: str) -> str:
        """What this entry says of `key` ("" where it says nothing)."""
        change = self.change(key)
        return change.new if change else ""

    def latest(self) -> dict[str, FieldChange]:
        """The last change of each single value that this entry mentions, by key."""
        return {c.key: c for c in self.changes if isinstance(c, FieldChange)}

    def field_changes(self) -> Iterator[FieldChange]:
        """Its changes of single values, in order."""
        return (c for c in self.changes if isinstance(c, FieldChange))
