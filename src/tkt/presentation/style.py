"""Colour without a library: the few ANSI sequences that a sheet needs, since `tkt show` has no time to load one."""

from __future__ import annotations

_CODES = {"title": "1", "good": "32", "warning": "33", "bad": "31", "quiet": "2"}
_OF_VERDICTS = {
    "at_risk": "warning",
    "paused": "quiet",
    "met": "good",
    "breached": "bad",
    "cancelled": "quiet",
    "none": "quiet",
}


def painted(text: str, tone: str, color: bool) -> str:
    """`text` in a tone ("title", "good", "warning", "bad", "quiet", "" for none), as it is without `color`."""
    return f"\x1b[{_CODES[tone]}m{text}\x1b[0m" if color and tone else text


def tone_of(verdict: str) -> str:
    """The tone in which a clock's verdict is shown."""
    return _OF_VERDICTS.get(verdict, "")
