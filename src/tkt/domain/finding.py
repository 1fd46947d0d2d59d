"""A finding: what is wrong with a file of the desk, where, and how to mend it."""

from __future__ import annotations

from typing import NamedTuple


class Finding(NamedTuple):
    """One thing wrong. `severity` is "error" or "warning"; `line` counts from 1, 0 for the file as a whole."""

    path: str
    line: int
    severity: str
    rule: str
    message: str
    mend: str = ""
