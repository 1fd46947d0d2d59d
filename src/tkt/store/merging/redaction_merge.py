"""Redactions that meet in a merge: what one side made unreadable is so in what the other side wrote meanwhile."""

from __future__ import annotations

from tkt.domain.redaction import MARKER, is_redaction_of


def redacted_alike(text: str, redacted: str, original: str) -> str:
    """`text` with the marker wherever a stretch stands that gave way to it between `original` and `redacted`."""
    for stretch in sorted(_stretches(redacted, original), key=len, reverse=True):
        text = text.replace(stretch, MARKER)
    return text


def _stretches(redacted: str, original: str) -> set[str]:
    first, *between, last = redacted.split(MARKER)
    at, found = len(first), set()
    for piece in between:
        end = original.index(piece, at)
        found.add(original[at:end])
        at = end + len(piece)
    return {*found, original[at : len(original) - len(last)]} - {""}


def merged_redaction(base: str, ours: str, theirs: str) -> str | None:
    """What stands where at least one side redacted and both changed something; None where that cannot be told apart.

    Both sides' redactions hold, and what either wrote beside them.
    """
    for redacted, other in sorted([(ours, theirs), (theirs, ours)]):
        if is_redaction_of(redacted, other):
            return redacted
    for redacted, other in sorted([(ours, theirs), (theirs, ours)]):
        if is_redaction_of(redacted, base):
            return redacted_alike(other, redacted, base)
    return None
