"""YAML read without a YAML parser, where each of its lines can mean but one thing: as tkt writes a front matter."""

from __future__ import annotations

import re

from tkt.store.yaml_nodes import NOTHING, MappingNode, Node, ScalarNode, SequenceNode

# Nothing that YAML takes for a line end, refuses, or reads as anything but a character.
_CHAR = r"[^\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]"
_LINE = re.compile(rf"(?P<indent>|  )(?P<key>[a-z][a-z0-9_]{{0,60}}):(?: (?P<value>{_CHAR}+))?\r?\n")
_QUOTED = r"\"[^\"\\]*\"|'[^']*'"
_IN_QUOTES = re.compile(_QUOTED)
_MEMBERS = re.compile(rf"{_QUOTED}|[^\W_](?:[-._/ ]?\w)*")
_LIST = re.compile(rf"\[(?:(?:{_MEMBERS.pattern})(?:, (?:{_MEMBERS.pattern}))*)?\]")
# A sign of YAML's own at the beginning, a colon or # that would end the value, a blank that is no part of it.
_DOUBTFUL = re.compile(r"[-?:,\[\]{}#&*!|>'\"%@`~ ]|.*(?:: | #|[: ]$)")
# More than any ticket has: what is longer is left to the parser that knows its limits.
_LONGEST = 20_000

_Pairs = list[tuple[Node, Node]]


class _Doubt(Exception):
    """A line that it takes YAML to understand."""


def compose_plainly(source: str) -> MappingNode | None:
    """The node tree exactly as the YAML parser has it; None wherever there is any doubt."""
    if not source or len(source) > _LONGEST:
        return None
    try:
        return _mapping(_pairs(source), 0)
    except _Doubt:
        return None


def _pairs(source: str) -> _Pairs:
    pairs: _Pairs = []
    below: _Pairs = []
    at, end = 0, len(source)
    while at < end:
        found = _LINE.match(source, at)
        if found is None or found["key"] in NOTHING:
            raise _Doubt
        at = found.end()
        key = ScalarNode(*found.span("key"), found["key"], "")
        value = _value(found, found["value"]) if found["value"] else _nothing_at(key.end + 1)
        if not found["indent"]:
            _close(pairs, below)
            pairs.append((key, value))
        elif pairs and pairs[-1][1] == _nothing_at(pairs[-1][0].end + 1):
            below.append((key, value))
        else:
            raise _Doubt
    _close(pairs, below)
    return pairs


def _close(pairs: _Pairs, below: _Pairs) -> None:
    """Give the last key the pairs that stand below it."""
    if below:
        pairs[-1] = (pairs[-1][0], _mapping(list(below), 2))
        below.clear()


def _mapping(pairs: _Pairs, column: int) -> MappingNode:
    return MappingNode(pairs[0][0].start, pairs[-1][1].end, column, False, tuple(pairs))


def _nothing_at(index: int) -> ScalarNode:
    return ScalarNode(index, index, "", "")


def _value(line: re.Match[str], text: str) -> Node:
    start, end = line.span("value")
    if text.startswith("["):
        if not _LIST.fullmatch(text):
            raise _Doubt
        members = tuple(_member(found, start) for found in _MEMBERS.finditer(text))
        return SequenceNode(start, end, start - line.start(), True, members)
    if text[0] in "\"'":
        if not _IN_QUOTES.fullmatch(text):
            raise _Doubt
        return ScalarNode(start, end, text[1:-1], text[0])
    if text in NOTHING or _DOUBTFUL.match(text):
        raise _Doubt
    return ScalarNode(start, end, text, "")


def _member(found: re.Match[str], start: int) -> ScalarNode:
    text = found[0]
    if text in NOTHING:
        raise _Doubt
    style = text[0] if text[0] in "\"'" else ""
    return ScalarNode(start + found.start(), start + found.end(), text[1:-1] if style else text, style)
