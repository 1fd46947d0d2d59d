"""A front matter with what was personal made unreadable, its keys, its structure and all other values as they were."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import pairwise
from typing import NamedTuple

from tkt.domain.keys import kind_of
from tkt.domain.redaction import MARKER
from tkt.domain.sought import Sought
from tkt.store.front_matter import FrontMatter, UneditableFrontMatter, UnreadableFrontMatter
from tkt.store.redacted_journal import Edit, applied, redacted_member, redacted_value
from tkt.store.yaml_edit import YamlSource
from tkt.store.yaml_nodes import Node, ScalarNode, SequenceNode

# What an entry calls the parts of the front matter that no key of ours holds: comments.
COMMENTS = "front matter"


class _Held(NamedTuple):
    """A single value, the key that holds it, and whether it stands between brackets."""

    node: ScalarNode
    key: str
    flow: bool


def redacted_front_matter(front: FrontMatter, sought: Sought) -> FrontMatter:
    """The front matter with the marker where what is sought stood, in values and in comments.

    Raises UneditableFrontMatter where that cannot be without changing something else.
    """
    edits = list(_comment_edits(front, sought))
    held = [one for one in _held(front.root, "", flow=False) if _redacted(one, sought) != one.node.text]
    for write in (_in_place, _anew):
        changed = [(one.node.start, one.node.end, write(front, one, sought)) for one in held]
        after = replace(front, source=applied(front.source, sorted([*edits, *changed])))
        if _is_meant(front, after, sought):
            return after
    place = front.places.get(held[0].key) if held else None
    raise UneditableFrontMatter(held[0].key if held else COMMENTS, front.line_of(place) if place else 1)


def redacted_keys(before: FrontMatter, after: FrontMatter) -> list[str]:
    """The keys whose values are no longer the same, by their names in entries; COMMENTS where others' words are not."""
    old, new = (list(_held(one.root, "", flow=False)) for one in (before, after))
    keys = [one.key for one, other in zip(old, new, strict=True) if one.node.text != other.node.text]
    commented = list(_comments(before)) != list(_comments(after))
    return list(dict.fromkeys([*keys, *([COMMENTS] if commented else [])]))


def _held(node: Node, key: str, *, flow: bool) -> Iterator[_Held]:
    """Every single value below a node, in the order of the source."""
    if isinstance(node, ScalarNode):
        yield _Held(node, key, flow)
    elif isinstance(node, SequenceNode):
        for item in node.items:
            yield from _held(item, key, flow=flow or node.flow)
    else:
        opened = not key or key == "requester" or (key.startswith("x_") and "." not in key)
        for name, value in node.pairs:
            below = f"{key}.{name.text}" if key and opened and isinstance(name, ScalarNode) else key
            inner = name.text if not key and isinstance(name, ScalarNode) else below
            yield from _held(value, inner, flow=flow or node.flow)


def _redacted(held: _Held, sought: Sought) -> str:
    if kind_of(held.key) == "set":
        return redacted_member(held.node.text, sought) if held.key == "tags" else held.node.text
    return redacted_value(held.key, held.node.text, sought)


def _in_place(front: FrontMatter, held: _Held, sought: Sought) -> str:
    """The value's own source, with the marker in it."""
    if held.key in sought.fields:
        return MARKER
    return sought.in_text(front.source[held.node.start : held.node.end])


def _anew(front: FrontMatter, held: _Held, sought: Sought) -> str:
    """The value written anew, in the quotes that it had where those can hold it."""
    return sought.in_text(YamlSource(front.source, front.eol).written(held.node, _redacted(held, sought), held.flow))


def _is_meant(before: FrontMatter, after: FrontMatter, sought: Sought) -> bool:
    """Whether every value is the one that is meant, and everything else as it was."""
    meant = {id(one.node): _redacted(one, sought) for one in _held(before.root, "", flow=False)}
    wanted = _told(before.root, lambda node: meant.get(id(node), node.text))
    try:
        return wanted == _told(after.root, lambda node: node.text)
    except UnreadableFrontMatter:
        return False


def _told(node: Node, text: Callable[[ScalarNode], str]) -> object:
    if isinstance(node, ScalarNode):
        return text(node)
    if isinstance(node, SequenceNode):
        return [_told(item, text) for item in node.items]
    return [(_told(name, text), _told(value, text)) for name, value in node.pairs], "mapping"


def _comment_edits(front: FrontMatter, sought: Sought) -> Iterator[Edit]:
    for start, end in _between(front):
        for first, behind in sought.stretches(front.source[start:end]):
            yield start + first, start + behind, MARKER


def _comments(front: FrontMatter) -> Iterator[str]:
    return (front.source[start:end] for start, end in _between(front))


def _between(front: FrontMatter) -> Iterator[tuple[int, int]]:
    """The stretches of the source that belong to no key and no value."""
    spans = sorted(_spans(front.root))
    yield from ((before[1], after[0]) for before, after in pairwise([(0, 0), *spans, (len(front.source),) * 2]))


def _spans(node: Node) -> Iterator[tuple[int, int]]:
    if isinstance(node, ScalarNode):
        yield node.start, node.end
    elif isinstance(node, SequenceNode):
        for item in node.items:
            yield from _spans(item)
    else:
        for name, value in node.pairs:
            yield from _spans(name)
            yield from _spans(value)
