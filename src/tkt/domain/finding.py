"""A finding: what is wrong with a file of the desk, where, and how to mend it."""

from __future__ import annotations

from typing import NamedTuple


class Finding(NamedTuple):
    """One thing wrong. `severity` is "error" or "warning"; `line` counts from 1, 0 for the file as a whole.

    `commit` is where history went wrong, and the file's version that `line` counts in; "" for a file as it lies here.
    """

    path: str
    line: int
    severity: str
    rule: str
    message: str
    mend: str = ""
    commit: str = ""
