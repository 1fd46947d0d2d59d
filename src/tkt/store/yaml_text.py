"""The one door to YAML's syntax: nodes with their places in the text, and scalars written so that they read back."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

import yaml

from tkt.language import _
from tkt.store.yaml_tree import BrokenYaml
from tkt.store.yaml_trouble import explain

# libyaml where PyYAML was built with it: ten times faster, the same marks.
_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
# Deeper than any front matter nests. libyaml's own composer overflows its stack on a text of brackets; events do not.
_DEEPEST = 20
_NOT_TEXT = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufeff\ufffe\uffff]")
_KEEPS = re.compile(r"[|>][1-9]?\+")
_LINE_END = re.compile(r"\r?\n\Z")
_NOTHING = frozenset({"", "~", "null", "Null", "NULL"})

_IMPLICIT = yaml.SafeLoader.yaml_implicit_resolvers
# What PyYAML takes for text and other readers do not: YAML 1.2's numbers, YAML 1.1's shortest booleans.
_NOT_TEXT_ELSEWHERE = re.compile(r"[-+]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][-+]?[0-9]+)?|0o[0-7]+|[yYnN]")
_INDICATORS = frozenset("-?:,[]{}#&*!|>'\"%@` ")
_UNSAFE_BLOCK = re.compile(
    r": |:$| #|\s$|[^\x20-\x7e\xa0-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]|[\u2028\u2029]"
)
_UNSAFE_FLOW = re.compile(r"[,\[\]{}:?]")
_ESCAPED = re.compile(r"[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")


class ScalarNode(NamedTuple):
    """A single value from `start` to `end` of the source.

    `text` is "" for YAML's ways of saying nothing. `style` is the sign that it begins with (', ", | or >), "" for none.
    """

    start: int
    end: int
    text: str
    style: str


class MappingNode(NamedTuple):
    """Keys and their values; `end` is where the last of them ends, without what follows it on its line."""

    start: int
    end: int
    column: int
    flow: bool
    pairs: tuple[tuple[Node, Node], ...]


class SequenceNode(NamedTuple):
    """A list; `end` as for a mapping."""

    start: int
    end: int
    column: int
    flow: bool
    items: tuple[Node, ...]


Node = ScalarNode | MappingNode | SequenceNode


def compose(source: str) -> Node | None:
    """The node tree of one YAML document, None when it is empty.

    Raises BrokenYaml, also for what is not taken here: anchors and aliases, more than one document, deep nesting.
    """
    stray = _NOT_TEXT.search(source)
    if stray:
        raise BrokenYaml(_line(source, stray.start()), _("a control character stands here."), _("Take it out."))
    try:
        return _only_document(source, yaml.parse(source, Loader=_LOADER))
    except yaml.MarkedYAMLError as error:
        raise explain(error, source) from None


def _only_document(source: str, events: Iterator[Any]) -> Node | None:
    root: Node | None = None
    for event in events:
        mark = event.start_mark
        if not isinstance(event, yaml.DocumentStartEvent):
            continue
        if root is not None:
            mend = _("Take out the line “...” above it.")
            raise BrokenYaml(_line(source, mark.index), _("a second document begins here."), mend)
        root = _node(source, next(events), events, _DEEPEST)
    return None if isinstance(root, ScalarNode) and not root.text else root


def _node(source: str, event: Any, events: Iterator[Any], depth: int) -> Node:
    start = event.start_mark.index
    if event.anchor is not None:
        sign = "*" if isinstance(event, yaml.AliasEvent) else "&"
        message = _("“{text}”: anchors (&) and aliases (*) are not taken here.").format(text=sign + event.anchor)
        mend = _("Write the value out, or put quotes round a text that begins so.")
        raise BrokenYaml(_line(source, start), message, mend)
    if depth == 0:
        raise BrokenYaml(_line(source, start), _("values are nested too deep here."), _("Take brackets out."))
    if isinstance(event, yaml.ScalarEvent):
        return _scalar(source, event, start)
    is_list = isinstance(event, yaml.SequenceStartEvent)
    nodes = []
    for inner in events:
        if isinstance(inner, yaml.CollectionEndEvent):
            break
        nodes.append(_node(source, inner, events, depth - 1))
    flow = bool(event.flow_style)
    end = inner.end_mark.index if flow else nodes[-1].end if nodes else start
    if is_list:
        return SequenceNode(start, end, event.start_mark.column, flow, tuple(nodes))
    pairs = tuple(zip(nodes[::2], nodes[1::2], strict=True))
    return MappingNode(start, end, event.start_mark.column, flow, pairs)


def _scalar(source: str, event: Any, start: int) -> ScalarNode:
    style, end = event.style or "", event.end_mark.index
    if style in ("|", ">"):
        # Its own end mark lies past the blank lines behind it, which are its text only where a + keeps them.
        block = source[start:end]
        text = _LINE_END.sub("", block) if _KEEPS.match(block) else block.rstrip(" \t\r\n")
        return ScalarNode(start, start + len(text), event.value, style)
    is_nothing = not style and event.tag is None and event.value in _NOTHING
    return ScalarNode(start, end, "" if is_nothing else event.value, style)


def _line(source: str, index: int) -> int:
    return source.count("\n", 0, index) + 1


def is_nothing(node: Node) -> bool:
    """Whether a node stands for no value at all."""
    return isinstance(node, ScalarNode) and not node.text and not node.style


def reads_as_text(value: str) -> bool:
    """Whether every YAML reader takes a plain `value` for text: `0612345670`, `1:30`, `no` and `1e3` some do not."""
    patterns = _IMPLICIT.get(value[:1], []) + _IMPLICIT.get(None, [])
    return not (any(pattern.match(value) for _tag, pattern in patterns) or _NOT_TEXT_ELSEWHERE.fullmatch(value))


def is_plain(value: str, *, flow: bool = False) -> bool:
    """Whether `value` may stand without quotes, whatever YAML makes of its type."""
    if not value or value[0] in _INDICATORS or value in ("---", "...") or _UNSAFE_BLOCK.search(value):
        return False
    return not (flow and _UNSAFE_FLOW.search(value))


def write_scalar(value: str, *, style: str = "", flow: bool = False, any_type: bool = False) -> str:
    """`value` as one line of YAML that reads back as the same text.

    `style` is the quoting that stood there before and is kept where it can be; `any_type` allows what
    other readers take for a number or a date (`opened_at`).
    """
    if style == "'" and _is_one_clean_line(value):
        return "'" + value.replace("'", "''") + "'"
    if style != '"' and is_plain(value, flow=flow) and (reads_as_text(value) or (any_type and value not in _NOTHING)):
        return value
    import json

    return _ESCAPED.sub(lambda found: f"\\u{ord(found[0]):04x}", json.dumps(value, ensure_ascii=False))


def _is_one_clean_line(value: str) -> bool:
    return value.isprintable() and not _ESCAPED.search(value)
