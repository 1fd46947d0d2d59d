"""What a person typed, inside a file of ours: one backslash keeps a line from being read as structure."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable
from itertools import accumulate

from tkt.domain.keys import KEY

# A heading of level 1 to 3, or the line with which git opens a conflict.
_STRUCTURE = r"(?:#{1,3}(?:[ \t]|$)|<{7} )"
_LIKE_STRUCTURE = re.compile(rf"^(\\*{_STRUCTURE})", re.MULTILINE)
_ESCAPED_STRUCTURE = re.compile(rf"^\\(\\*{_STRUCTURE})", re.MULTILINE)
_LIKE_A_CHANGE = re.compile(rf"\\*- {KEY}:(?:\s|$)")
_ESCAPED_CHANGE = re.compile(rf"\\+- {KEY}:(?:\s|$)")


def escape(text: str) -> str:
    """`text` as a file holds it: lines that could be read as ours get one more backslash (docs/format.md)."""
    escaped = _LIKE_STRUCTURE.sub(r"\\\1", text)
    return _on_leading_lines(escaped, _LIKE_A_CHANGE, lambda line: "\\" + line)


def unescape(source: str) -> str:
    """The text that a file's `source` stands for; the inverse of `escape`."""
    text = _on_leading_lines(source, _ESCAPED_CHANGE, lambda line: line[1:])
    return _ESCAPED_STRUCTURE.sub(r"\1", text)


def _on_leading_lines(text: str, shape: re.Pattern[str], change: Callable[[str], str]) -> str:
    if not shape.match(text):
        return text
    lines = text.split("\n")
    for number, line in enumerate(lines):
        if not shape.match(line):
            break
        lines[number] = change(line)
    return "\n".join(lines)


def source_stretches(source: str, shown: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Where stretches of the text that `source` stands for stand in it, in order.

    A stretch that touches what makes a line look like ours takes the line's beginning with it, backslashes included:
    nothing is left there to be guarded, and all else of the source may stay as it is.
    """
    text, lines = unescape(source).split("\n"), source.split("\n")
    texts_at, lines_at = _starts(text), _starts(lines)
    leading = next((number for number, line in enumerate(text) if not _LIKE_A_CHANGE.match(line)), len(text))

    def begins(place: int) -> int:
        number = bisect_right(texts_at, place) - 1
        like_ours = _LIKE_STRUCTURE.match(text[number]) or (number < leading and _LIKE_A_CHANGE.match(text[number]))
        guarded = like_ours.end() if like_ours else 1
        return lines_at[number] if place - texts_at[number] < guarded else ends(place)

    def ends(place: int) -> int:
        number = bisect_right(texts_at, place) - 1
        return lines_at[number] + len(lines[number]) - len(text[number]) + place - texts_at[number]

    return [(begins(start), ends(end)) for start, end in shown]


def _starts(lines: list[str]) -> list[int]:
    return list(accumulate((len(line) + 1 for line in lines[:-1]), initial=0))


def open_block(text: str) -> str:
    """The lines that a block of free text takes under its heading: a blank line, the text, its end of line."""
    return f"\n{escape(text)}\n" if text else ""


def close_block(block: str, *, last: bool) -> str:
    """The source of the text in a block that `open_block` wrote, without the blank line that parts it from the next."""
    for blank in () if last else ("\r\n", "\n"):
        before = block.removesuffix(blank)
        if before != block and (not before or before.endswith("\n")):
            block = before
            break
    return block.removesuffix("\n")
