"""Nodes of a YAML text that know where they stand in it."""

from __future__ import annotations

from typing import NamedTuple

# How YAML says nothing without a quote.
NOTHING = frozenset({"", "~", "null", "Null", "NULL"})


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


def is_nothing(node: Node) -> bool:
    """Whether a node stands for no value at all."""
    return isinstance(node, ScalarNode) and not node.text and not node.style
