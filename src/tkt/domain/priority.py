"""The priority matrix: impact × urgency gives the priority."""

from __future__ import annotations

from collections.abc import Mapping

from tkt.domain.words import PRIORITY

Matrix = Mapping[tuple[str, str], str]

# The course's four priorities over a 3 × 3 matrix (design.md, section 4): (impact, urgency) -> priority.
DEFAULT_MATRIX: Matrix = {
    ("high", "high"): "P1",
    ("high", "medium"): "P2",
    ("medium", "high"): "P2",
    ("high", "low"): "P3",
    ("medium", "medium"): "P3",
    ("low", "high"): "P3",
    ("medium", "low"): "P4",
    ("low", "medium"): "P4",
    ("low", "low"): "P4",
}


def is_lower(new: str, old: str) -> bool:
    """Whether priority `new` is less urgent than `old` (P4 is the lowest)."""
    return bool(old) and PRIORITY.rank(new) > PRIORITY.rank(old)
