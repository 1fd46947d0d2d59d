"""A piece of a text about the words that it was found by: on one line, cut between words, with its marks."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from typing import NamedTuple

from tkt.domain.passages import Marks

# A word, or a part of one that is too long for any line.
_PIECE = re.compile(r"\S{1,30}")
_ELLIPSIS = "…"
# Of a text that holds nothing else, the first so many marks are as good as the others.
_MOST_MARKS = 200


class Snippet(NamedTuple):
    """A piece of a text, and from where to where in it the marks stand."""

    text: str
    marks: Marks


def snippet(text: str, marks: Marks, room: int) -> Snippet:
    """About `room` characters of `text`, blanks and line ends made one blank each; where not all marks fit, where most
    of them stand together, the first place of several.
    """
    pieces = [found.span() for found in _PIECE.finditer(text)]
    if not pieces:
        return Snippet("", ())
    starts = [start for start, _end in pieces]
    marked = [(_piece_at(starts, start), _piece_at(starts, end - 1)) for start, end in marks]
    first, last = _window(pieces, marked[:_MOST_MARKS], room - 2 * len(_ELLIPSIS))
    line, places = _on_one_line(text, pieces[first : last + 1], _ELLIPSIS * (first > 0))
    inside = tuple(
        (places[begin - first] + start - starts[begin], places[end - first] + stop - starts[end])
        for (start, stop), (begin, end) in zip(marks, marked, strict=True)
        if first <= begin and end <= last
    )
    return Snippet(line + _ELLIPSIS * (last < len(pieces) - 1), inside)


def _piece_at(starts: Sequence[int], place: int) -> int:
    return max(bisect_right(starts, place) - 1, 0)


def _window(pieces: Sequence[tuple[int, int]], marked: Sequence[tuple[int, int]], room: int) -> tuple[int, int]:
    """The first and the last piece that are shown: a third of the room is for what stands before the marks."""
    first = max((begin for begin, _end in marked), key=lambda begin: _fitting(pieces, marked, begin, room), default=0)
    last = _furthest(pieces, first, room * 2 // 3)
    while first > 0 and pieces[last][1] - pieces[first - 1][0] <= room:
        first -= 1
    return first, _furthest(pieces, first, room)


def _fitting(pieces: Sequence[tuple[int, int]], marked: Sequence[tuple[int, int]], first: int, room: int) -> int:
    """How many marks are shown from a piece on."""
    last = _furthest(pieces, first, room * 2 // 3)
    return sum(first <= begin and end <= last for begin, end in marked)


def _furthest(pieces: Sequence[tuple[int, int]], first: int, room: int) -> int:
    """The last piece that fits behind the first one."""
    return max(bisect_right(pieces, pieces[first][0] + room, lo=first, key=lambda piece: piece[1]) - 1, first)


def _on_one_line(text: str, pieces: Sequence[tuple[int, int]], line: str) -> tuple[str, list[int]]:
    """The pieces behind `line`, and where each begins."""
    places: list[int] = []
    before = pieces[0][0]
    for start, end in pieces:
        line += " " if start > before else ""
        places.append(len(line))
        line += text[start:end]
        before = end
    return line, places
