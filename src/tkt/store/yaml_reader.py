"""From YAML text to a tree with lines, event by event: no anchor, alias or tag is followed, no type is guessed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import yaml

from tkt.language import _
from tkt.store.yaml_tree import BrokenYaml, Complain, Listing, Node, Refused, Scalar, Table, bounded
from tkt.store.yaml_trouble import explain

_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
# Deeper than any settings nest. libyaml's own composer overflows its stack on a text of brackets; events do not.
_DEEPEST = 20
# Values and brackets: some 3,000 agents, or 20,000 categories.
_MOST_EVENTS = 30_000
_NOT_TEXT = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufeff\ufffe\uffff]")


def read_tree(source: str, complain: Complain, loader: Any = _LOADER) -> Node | None:
    """The tree of a text of one YAML document, None when it holds nothing.

    Anchors, aliases and tags are complained of, each with its line. Raises BrokenYaml where nothing
    after the trouble can be made out.
    """
    stray = _NOT_TEXT.search(source)
    if stray:
        line = source.count("\n", 0, stray.start()) + 1
        raise BrokenYaml(line, _("a control character stands here."), _("Take it out."))
    try:
        return _only_document(bounded(yaml.parse(source, Loader=loader), _MOST_EVENTS), complain)
    except yaml.MarkedYAMLError as error:
        raise explain(error, source) from None


def _only_document(events: Iterator[Any], complain: Complain) -> Node | None:
    root: Node | None = None
    for event in events:
        if not isinstance(event, yaml.DocumentStartEvent):
            continue
        node = _node(next(events), events, complain, _DEEPEST)
        if root is not None:
            mend = _("Take out the line “---” above it: the file is one document.")
            raise BrokenYaml(node.line, _("a second document begins here."), mend)
        root = node
    return None if isinstance(root, Scalar) and root.is_nothing else root


def _node(event: Any, events: Iterator[Any], complain: Complain, depth: int) -> Node:
    line = event.start_mark.line + 1
    if depth == 0:
        raise BrokenYaml(line, _("values are nested too deep here."), _("Take brackets out."))
    _complain_of_anchor_and_tag(event, line, complain)
    if isinstance(event, yaml.AliasEvent):
        return Refused(line)
    if isinstance(event, yaml.ScalarEvent):
        return Scalar(line, event.value, not event.style)
    if isinstance(event, yaml.SequenceStartEvent):
        return Listing(line, tuple(_until(yaml.SequenceEndEvent, events, complain, depth)))
    nodes = _until(yaml.MappingEndEvent, events, complain, depth)
    return Table(line, tuple((_name(key), value) for key, value in zip(nodes, nodes, strict=True)))


def _until(end: type, events: Iterator[Any], complain: Complain, depth: int) -> Iterator[Node]:
    for event in events:
        if isinstance(event, end):
            return
        yield _node(event, events, complain, depth - 1)


def _name(key: Node) -> Scalar:
    if isinstance(key, Scalar):
        return key
    raise BrokenYaml(key.line, _("a name before “:” must be a plain text."), _("Check the brackets and braces."))


def _complain_of_anchor_and_tag(event: Any, line: int, complain: Complain) -> None:
    if event.anchor is not None:
        sign = "*" if isinstance(event, yaml.AliasEvent) else "&"
        message = _("“{text}”: anchors (&) and aliases (*) are not taken here.").format(text=sign + event.anchor)
        complain(line, message, _("Write the value out, or put quotes round a text that begins so."))
    tag = getattr(event, "tag", None)
    if tag is not None:
        message = _("“{tag}”: tags are not taken here.").format(tag=tag)
        complain(line, message, _("Take it out, or put quotes round a text that begins with “!”."))
