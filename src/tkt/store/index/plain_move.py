"""A journal's entry without its text, in plain values: what an index writes down and reads again."""

from __future__ import annotations

from datetime import datetime

from tkt.domain.entry import Change, Entry, FieldChange, SetChange
from tkt.domain.instant import write_instant

# A key with its new and its old value, or with the members that joined a set and those that left it.
PlainChange = tuple[str, str | tuple[str, ...], str | tuple[str, ...]]
# Instant, author, level, whether it is public, changes, ordinal.
PlainMove = tuple[str, str, str, bool, tuple[PlainChange, ...], int]


def plain_move(entry: Entry) -> PlainMove:
    """An entry without its text."""
    changes = tuple([plain_change(change) for change in entry.changes])
    return write_instant(entry.at), entry.author, entry.level, entry.public, changes, entry.ordinal


def plain_change(change: Change) -> PlainChange:
    """A change in plain values."""
    if isinstance(change, FieldChange):
        return change.key, change.new, change.old
    return change.key, change.added, change.removed


def move_of(plain: PlainMove) -> Entry:
    """The entry, with no text."""
    at, author, level, public, changes, ordinal = plain
    made = tuple([_change(*change) for change in changes])
    return Entry(datetime.fromisoformat(at), author, level, public, made, "", ordinal)


def _change(key: str, first: str | tuple[str, ...], second: str | tuple[str, ...]) -> Change:
    if isinstance(first, str) and isinstance(second, str):
        return FieldChange(key, first, second)
    return SetChange(key, tuple(first), tuple(second))
