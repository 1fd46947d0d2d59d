"""The one door to YAML's syntax: any YAML text as nodes with their places in it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import yaml

from tkt.language import _
from tkt.store.yaml_nodes import NOTHING, MappingNode, Node, ScalarNode, SequenceNode
from tkt.store.yaml_tree import BrokenYaml, bounded
from tkt.store.yaml_trouble import explain

# libyaml where PyYAML was built with it: ten times faster, the same marks.
_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
# Deeper than any front matter nests. libyaml's own composer overflows its stack on a text of brackets; events do not.
_DEEPEST = 20
# Values and brackets: a hundred times those of a long front matter. None takes less than a character.
_MOST_EVENTS = 25_000
_NOT_TEXT = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufeff\ufffe\uffff]")
_KEEPS = re.compile(r"[|>][1-9]?\+")
_LINE_END = re.compile(r"\r?\n\Z")


def compose(source: str) -> Node | None:
    """The node tree of one YAML document, None when it is empty.

    Raises BrokenYaml, also for what is not taken here: anchors and aliases, more than one document, deep nesting.
    """
    stray = _NOT_TEXT.search(source)
    if stray:
        raise BrokenYaml(_line(source, stray.start()), _("a control character stands here."), _("Take it out."))
    try:
        events = yaml.parse(source, Loader=_LOADER)
        return _only_document(source, bounded(events, _MOST_EVENTS) if len(source) > _MOST_EVENTS else events)
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
    is_nothing = not style and event.tag is None and event.value in NOTHING
    return ScalarNode(start, end, "" if is_nothing else event.value, style)


def _line(source: str, index: int) -> int:
    return source.count("\n", 0, index) + 1
