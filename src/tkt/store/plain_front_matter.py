"""A front matter read without YAML, where each of its lines can mean but one thing."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from tkt.domain.growth import Snapshot
from tkt.domain.keys import KEYS

# What YAML can hold in a line, and every reader takes for part of it.
_CHAR = "[ -~\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]"
_LINE = re.compile(rf"(?P<indent>|  )(?P<key>[a-z][a-z0-9_]{{0,60}}):(?: (?P<value>{_CHAR}+))?")
_QUOTED = r"\"[^\"\\]*\""
_MEMBER = rf"(?:{_QUOTED}|[^\W_](?:[-._/]?\w)*)"
_IN_QUOTES = re.compile(rf"{_QUOTED}|'[^']*'")
_LIST = re.compile(rf"\[(?:{_MEMBER}(?:, {_MEMBER})*)?\]")
_MEMBERS = re.compile(_MEMBER)
# A sign of YAML's own at the beginning, a colon or # that would end the value, a blank that is no part of it.
_DOUBTFUL = re.compile(r"[-?:,\[\]{}#&*!|>'\"%@`~ ]|.*(?:: | #|[: ]$)")
_NOTHING = frozenset({"null", "Null", "NULL"})
_SETS = tuple(name for name, key in KEYS.items() if key.kind == "set")
# More than any ticket has: what is longer is left to the reader that knows its limits.
_MOST_LINES = 200


class _Doubt(Exception):
    """A line that it takes YAML to understand."""


class _Line(NamedTuple):
    """A line's key, below another where it is indented, with its single value, or with its members."""

    indented: bool
    key: str
    value: str
    members: tuple[str, ...] | None


def read_plainly(source: str) -> Snapshot | None:
    """What a front matter says, exactly as the YAML reader has it; None wherever there is any doubt."""
    pairs = read_pairs(source)
    return None if pairs is None else Snapshot(pairs.fields, {key: pairs.lists.get(key, ()) for key in _SETS})


class Pairs(NamedTuple):
    """Every single value by its full key (`requester.name`), and the members of every list by its own."""

    fields: dict[str, str]
    lists: dict[str, tuple[str, ...]]


def read_pairs(source: str) -> Pairs | None:
    """The pairs of a front matter, as `read_plainly` has them; None wherever there is any doubt."""
    lines = source.split("\n")
    if lines.pop() or len(lines) > _MOST_LINES:
        return None
    fields: dict[str, str] = {}
    lists: dict[str, tuple[str, ...]] = {}
    parent = ""
    for line in lines:
        read = _read(line)
        if read is None:
            return None
        indented, key, value, members = read
        if not indented:
            parent = "" if value or members is not None else key
        elif not parent or not _opens(parent):
            return None
        else:
            fields.pop(parent, None)
            key = f"{parent}.{key}"
        if key in fields or key in lists:
            return None
        if members is None:
            fields[key] = value
        else:
            lists[key] = members
    return Pairs(fields, lists)


@lru_cache(maxsize=8192)
def _read(line: str) -> _Line | None:
    """What a line says; None where it takes YAML to understand it. Most lines stand in many tickets."""
    found = _LINE.fullmatch(line)
    if found is None or found["key"] in _NOTHING:
        return None
    value, indented = found["value"] or "", bool(found["indent"])
    try:
        if value.startswith("[") and not indented:
            return _Line(indented, found["key"], "", _members(value))
        return _Line(indented, found["key"], _single(value), None)
    except _Doubt:
        return None


def _opens(key: str) -> bool:
    """Whether the pairs below a key are read one by one."""
    return key == "requester" or key.startswith("x_")


def _members(value: str) -> tuple[str, ...]:
    if not _LIST.fullmatch(value):
        raise _Doubt
    members = [one.strip('"') for one in _MEMBERS.findall(value)]
    if not _NOTHING.isdisjoint(members):
        raise _Doubt
    return tuple(members)


def _single(value: str) -> str:
    if value[:1] in ('"', "'"):
        if not _IN_QUOTES.fullmatch(value):
            raise _Doubt
        return value[1:-1]
    if value in _NOTHING or _DOUBTFUL.match(value):
        raise _Doubt
    return value
