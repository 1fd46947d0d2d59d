"""The two sides of a file that a merge left with its marks in it, and what both grew from where the marks hold that."""

from __future__ import annotations

import re
from typing import NamedTuple

from tkt.errors import RuleRefuses
from tkt.language import _

_OPENING, _BASE, _PARTING, _CLOSING = "<<<<<<<", "|||||||", "=======", ">>>>>>>"
_LINE = re.compile(r"[^\n]*\n|[^\n]+\Z")
_MARK = re.compile(r"(?P<mark><{7}|\|{7}|={7}|>{7})(?P<label> [^\r\n]*)?\r?\n?\Z")


class UnclearMarkers(RuleRefuses):
    """Conflict marks out of which no two sides can be read."""

    def __init__(self, line: int) -> None:
        message = _(
            "line {line}: the marks of the merge do not stand as git writes them: take out what is not to stay."
        )
        super().__init__(message.format(line=line))


class Sides(NamedTuple):
    """Both sides as whole texts; `base` is None where a conflict does not say what it grew from."""

    base: str | None
    ours: str
    theirs: str


def sides_of(text: str) -> Sides:
    """Read both sides out of a text with conflict marks; raises UnclearMarkers where they do not pair up."""
    sides: dict[str, list[str]] = {_OPENING: [], _PARTING: [], _BASE: []}
    here, told_base = "", True
    for number, line in enumerate(_LINE.findall(text), 1):
        mark = _mark_in(line, here, number)
        if mark == _CLOSING:
            here = ""
        elif mark == _PARTING:
            told_base = told_base and here == _BASE
            here = mark
        elif mark:
            here = mark
        else:
            for side in [here] if here else sides:
                sides[side].append(line)
    if here:
        raise UnclearMarkers(text.count("\n") + 1)
    base = "".join(sides[_BASE]) if told_base else None
    return Sides(base, "".join(sides[_OPENING]), "".join(sides[_PARTING]))


def _mark_in(line: str, here: str, number: int) -> str:
    """The mark that a line is, "" for a line of text: outside of a conflict only an opening one counts."""
    found = _MARK.match(line)
    mark = found["mark"] if found else ""
    # Git names both sides and parts them without a word; what both grew from it may leave unnamed.
    if found is None or (mark != _BASE and bool(found["label"]) is (mark == _PARTING)):
        return ""
    if (mark == _BASE and here != _OPENING) or (not here and mark != _OPENING):
        return ""
    allowed = {"": (_OPENING,), _OPENING: (_BASE, _PARTING), _BASE: (_PARTING,), _PARTING: (_CLOSING,)}
    if mark not in allowed[here]:
        raise UnclearMarkers(number)
    return mark
