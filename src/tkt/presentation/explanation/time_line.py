"""The time line of a clock, drawn to the width of a terminal: what each part of it was, and where its marks lie."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import tzinfo
from itertools import groupby
from typing import NamedTuple

from tkt.language import NP_, _, pgettext
from tkt.presentation.explanation.phrases import moment
from tkt.presentation.style import painted
from tkt.presentation.table import width_of
from tkt.service_level.account import COUNTED
from tkt.service_level.explanation import Explanation
from tkt.service_level.period import Span

# Told apart without colour; `ahead` is what is still to come.
_SIGNS = {
    "running": "█",
    "waiting": "▓",
    "cancelled": "▒",
    "paused": "░",
    "reopened": "×",
    "hours": "·",
    "holiday": "+",
    "closed": "-",
    "ahead": "─",
}
_NAMES = {
    "running": NP_("time line", "running"),
    "waiting": NP_("time line", "pending, counts"),
    "cancelled": NP_("time line", "cancelled, counts"),
    "paused": NP_("time line", "paused"),
    "reopened": NP_("time line", "resolved, then reopened"),
    "hours": NP_("time line", "closed hours"),
    "holiday": NP_("time line", "holiday"),
    "closed": NP_("time line", "closed day"),
    "ahead": NP_("time line", "ahead"),
}
_LEAST = 40
_BETWEEN = "  "


class _Mark(NamedTuple):
    """An instant to be pointed at."""

    second: int
    label: str
    tone: str


def time_line(told: Explanation, zone: tzinfo, width: int, *, color: bool = False) -> str:
    """The time line in so many cells (40 at the least), every line with its end; "" where no time has passed.

    Under the line each mark stands in a line of its own, and at the end what the signs mean.
    """
    marks = _marks(told)
    life = Span(told.course.start, max(told.course.end, *(mark.second for mark in marks)))
    if not told.account.intervals:
        return ""
    width = max(width, _LEAST)
    kinds = _kinds(told, life, width)
    lines = [
        _ends(moment(life.start, zone), moment(life.end, zone), width),
        "".join(_painted(kinds, told, life, color)),
        *(line for mark in marks for line in _pointing(mark, life, zone, width, color)),
        *_legend(dict.fromkeys(kinds), width),
    ]
    return "\n".join(lines) + "\n"


def _marks(told: Explanation) -> list[_Mark]:
    """In the order of time; of a clock that has ended none that lies beyond its end."""
    course, breach = told.course, told.breach
    end = _("now") if course.ended is None else _("cancelled") if course.stop is None else _("stopped")
    found = [
        _Mark(told.warn_at, _("at risk"), "warning") if told.warn_at is not None else None,
        _Mark(told.due_at, _("due"), "title") if told.due_at is not None else None,
        _Mark(breach.at, _("breached"), "bad") if breach is not None else None,
    ]
    reached = [mark for mark in found if mark and (course.ended is None or mark.second <= course.end)]
    return sorted([*reached, _Mark(course.end, end, "")], key=lambda mark: mark.second)


def _cell(second: int, life: Span, width: int) -> int:
    return min((second - life.start) * width // life.seconds, width - 1)


def _kinds(told: Explanation, life: Span, width: int) -> list[str]:
    """What each cell shows: that which fills most of it."""
    filled: list[dict[str, int]] = [{} for _cell in range(width)]
    parts = [(one.span, one.kind) for one in told.account.intervals]
    if told.course.end < life.end:
        parts.append((Span(told.course.end, life.end), "ahead"))
    for span, kind in parts:
        for cell in range(_cell(span.start, life, width), _cell(span.end - 1, life, width) + 1):
            # In parts of a second as small as the division asks for, so that no rounding favours one over another.
            begins, ends = cell * life.seconds, (cell + 1) * life.seconds
            start, end = (span.start - life.start) * width, (span.end - life.start) * width
            within = min(end, ends) - max(start, begins)
            filled[cell][kind] = filled[cell].get(kind, 0) + within
    shown: list[str] = []
    for kinds in filled:
        # A cell in which nothing begins, on a line of fewer seconds than cells, goes on as the one before.
        shown.append(max(kinds, key=lambda kind: kinds[kind]) if kinds else shown[-1])
    return shown


def _painted(kinds: Sequence[str], told: Explanation, life: Span, color: bool) -> Iterator[str]:
    width = len(kinds)
    tones = []
    for cell, kind in enumerate(kinds):
        if kind not in COUNTED:
            tones.append("quiet")
        elif told.breach is not None and cell >= _cell(told.breach.at, life, width):
            tones.append("bad")
        elif told.warn_at is not None and cell >= _cell(told.warn_at, life, width):
            tones.append("warning")
        else:
            tones.append("good")
    for tone, cells in groupby(zip(kinds, tones, strict=True), key=lambda one: one[1]):
        yield painted("".join(_SIGNS[kind] for kind, _tone in cells), tone, color)


def _ends(first: str, last: str, width: int) -> str:
    return first + " " * max(1, width - width_of(first) - width_of(last)) + last


def _pointing(mark: _Mark, life: Span, zone: tzinfo, width: int, color: bool) -> Iterator[str]:
    """`↑ due 2026-01-15 13:15` under its cell, to the left of it where there is no room to the right."""
    cell = _cell(mark.second, life, width)
    label = f"{mark.label} {moment(mark.second, zone)}"
    room = width_of(label) + 1
    if cell + 1 + room <= width:
        yield " " * cell + painted(f"↑ {label}", mark.tone, color)
    elif room <= cell:
        yield " " * (cell - room) + painted(f"{label} ↑", mark.tone, color)
    else:
        yield " " * cell + painted("↑", mark.tone, color)
        yield " " * max(0, width - room) + painted(label, mark.tone, color)


def _legend(kinds: dict[str, None], width: int) -> Iterator[str]:
    line = ""
    for kind in kinds:
        part = f"{_SIGNS[kind]} {pgettext(*_NAMES[kind])}"
        if line and width_of(line + _BETWEEN + part) > width:
            yield line
            line = ""
        line = line + _BETWEEN + part if line else part
    yield line
