"""Redaction: the one alteration that a journal allows, where what was personal gives way to a marker."""

from __future__ import annotations

from collections.abc import Iterable

from tkt.domain.entry import Entry
from tkt.domain.instant import write_instant

# What stands where something was made unreadable. A code word: the same in every language.
MARKER = "[redacted]"
KEY = "redacted"


def place_of(entry: Entry) -> str:
    """How a redaction names the entry that it altered: its instant, and its ordinal from 2 on."""
    ordinal = f" #{entry.ordinal}" if entry.ordinal > 1 else ""
    return f"{write_instant(entry.at)}{ordinal}"


def redacted_in(entries: Iterable[Entry]) -> set[str]:
    """All that the entries of a journal say was redacted: keys, sections, attachments and places of entries."""
    return {change.new for entry in entries for change in entry.field_changes() if change.key == KEY}


def is_redaction_of(redacted: str, original: str) -> bool:
    """Whether `redacted` is `original` with at least one stretch of it replaced by the marker.

    The marker stands for any text, the empty one and another marker included; everything around it must be the same.
    """
    first, *rest = redacted.split(MARKER)
    if redacted == original or not rest or not original.startswith(first):
        return False
    at = len(first)
    *between, last = rest
    for piece in between:
        found = original.find(piece, at)
        if found < 0:
            return False
        at = found + len(piece)
    return len(original) - len(last) >= at and original.endswith(last)
