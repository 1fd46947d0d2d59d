"""The front matter of a ticket, lossless: values are read with their places, and an edit touches only its own."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from tkt.domain.keys import FRONT_MATTER, KEYS, kind_of
from tkt.language import _
from tkt.store.journal_text import Flaw
from tkt.store.plain_yaml import compose_plainly
from tkt.store.yaml_edit import Place, YamlSource
from tkt.store.yaml_nodes import MappingNode, Node, ScalarNode, SequenceNode, is_nothing
from tkt.store.yaml_scalar import write_scalar

_NO_PAIRS = MappingNode(0, 0, 0, False, ())


class UnreadableFrontMatter(ValueError):
    """The front matter is no YAML mapping; `line` counts from 1 within it, `mend` says what to do."""

    def __init__(self, message: str, line: int, mend: str) -> None:
        super().__init__(message)
        self.line, self.mend = line, mend


class UneditableFrontMatter(ValueError):
    """A key stands in a form that cannot be edited without touching something else; `line` counts from 1 within it."""

    def __init__(self, key: str, line: int) -> None:
        super().__init__(_("“{key}” stands in a form that tkt cannot edit").format(key=key))
        self.line = line


@dataclass(frozen=True)
class FrontMatter:
    """The text between a ticket's `---` lines; an edit returns another one."""

    source: str
    eol: str = "\n"

    @cached_property
    def root(self) -> MappingNode:
        """The mapping; raises UnreadableFrontMatter."""
        node = compose_plainly(self.source) or _composed(self.source)
        if node is None:
            return _NO_PAIRS
        if not isinstance(node, MappingNode) or node.flow:
            message = _("the front matter must be a list of `key: value` lines")
            raise UnreadableFrontMatter(message, 1, _("Write each key on a line of its own."))
        return node

    @cached_property
    def places(self) -> dict[str, Place]:
        """Every key by its full name (`requester.name`); nested mappings of ours and of x_ keys are opened."""
        places: dict[str, Place] = {}
        for name, place in self._pairs(self.root, ""):
            places.setdefault(name, place)
        return places

    @cached_property
    def doubles(self) -> dict[str, list[Place]]:
        """The keys that stand more than once, with every place of each."""
        found: dict[str, list[Place]] = {}
        for name, place in self._pairs(self.root, ""):
            found.setdefault(name, []).append(place)
        return {name: places for name, places in found.items() if len(places) > 1}

    def flaws(self) -> Iterator[Flaw]:
        """Keys that stand twice, and keys that are no words; lines count from 1 within the front matter."""
        for name, place in self._pairs(self.root, ""):
            first = self.places[name]
            if first.key is not place.key:
                message = _("the key “{key}” stands twice; the first is line {line}").format(
                    key=name, line=self.line_of(first) + 1
                )
                mend = _("Take one of them out; after a merge, `tkt check --repair ID` knows which.")
                yield Flaw(self.line_of(place), "error", "duplicate-key", message, mend)
        requester = self.places.get("requester")
        for mapping in (self.root, requester.value if requester else None):
            for key, _value in mapping.pairs if isinstance(mapping, MappingNode) else ():
                if not isinstance(key, ScalarNode):
                    mend = _("Write it as text, without brackets.")
                    yield Flaw(self._line_at(key.start), "error", "key", _("a key must be a word"), mend)

    def line_of(self, place: Place) -> int:
        """The line of a key, from 1 within the front matter."""
        return self._line_at(place.key.start)

    def _line_at(self, index: int) -> int:
        return bisect_left(self._line_ends, index) + 1

    @cached_property
    def _line_ends(self) -> list[int]:
        return [index for index, char in enumerate(self.source) if char == "\n"]

    def _pairs(self, mapping: MappingNode, prefix: str) -> Iterator[tuple[str, Place]]:
        for key, value in mapping.pairs:
            if not isinstance(key, ScalarNode):
                continue
            name = prefix + key.text
            yield name, Place(key, value, mapping)
            if isinstance(value, MappingNode) and not prefix and (name == "requester" or name.startswith("x_")):
                yield from self._pairs(value, f"{name}.")

    @cached_property
    def fields(self) -> dict[str, str]:
        """Every single value by its key, as the text that stands there ("" for none)."""
        return {name: place.value.text for name, place in self.places.items() if isinstance(place.value, ScalarNode)}

    @cached_property
    def unread(self) -> dict[str, str]:
        """What stands behind a key that holds neither a value, nor pairs that are opened, nor a set: its source."""
        opened = {id(place.within) for place in self.places.values()}
        return {
            name: self.source[place.value.start : place.value.end]
            for name, place in self.places.items()
            if not isinstance(place.value, ScalarNode) and id(place.value) not in opened and kind_of(name) != "set"
        }

    def members(self, key: str) -> tuple[str, ...]:
        """The members of a set, in the order in which they stand."""
        place = self.places.get(key)
        if place is None or not isinstance(place.value, SequenceNode):
            return ()
        return tuple(one.text for one in place.value.items if isinstance(one, ScalarNode))

    def with_value(self, key: str, value: str) -> FrontMatter:
        """The front matter with `key` at `value`; "" takes the key out. All else is byte for byte as before.

        Raises UneditableFrontMatter.
        """
        if self.fields.get(key, "") == value:
            return self
        place = self.places.get(key)
        if place is None:
            edits = [self._inserted(key, value)]
        elif value:
            edits = [self._text.with_value(place, value, any_type=_any_type(key))]
        else:
            edits = [self._text.without(place), self._text.emptied(place)]
        return self._proven(key, lambda after: after.fields.get(key, "") == value, edits)

    def with_members(self, key: str, added: tuple[str, ...], removed: tuple[str, ...]) -> FrontMatter:
        """The front matter with members joined to and taken from a set; raises UneditableFrontMatter."""
        front = self
        for member in added:
            if member not in front.members(key):
                front = front._with_member(key, member)
        for member in removed:
            while member in front.members(key) and member not in added:
                front = front._without_member(key, member)
        return front

    def _with_member(self, key: str, member: str) -> FrontMatter:
        place = self.places.get(key)
        wanted = (*self.members(key), member)
        if place is None:
            edited = self._with_root_lines(key, [f"{key}: [{write_scalar(member, flow=True)}]"])
        elif isinstance(place.value, SequenceNode):
            edited = self._text.with_member(place.value, member)
        else:
            edited = self._text.replaced(place, f"[{write_scalar(member, flow=True)}]")
        return self._proven(key, lambda after: after.members(key) == wanted, [edited])

    def _without_member(self, key: str, member: str) -> FrontMatter:
        place = self.places[key]
        assert isinstance(place.value, SequenceNode)
        texts = [one.text if isinstance(one, ScalarNode) else None for one in place.value.items]
        number = texts.index(member)
        wanted = tuple(text for text in [*texts[:number], *texts[number + 1 :]] if text is not None)
        edited = self._text.without_member(place, place.value, number)
        return self._proven(key, lambda after: after.members(key) == wanted, [edited])

    @property
    def _text(self) -> YamlSource:
        return YamlSource(self.source, self.eol)

    def _inserted(self, key: str, value: str) -> str:
        """A new key takes its place after the nearest of ours that goes before it."""
        parent, _dot, child = key.partition(".")
        place = self.places.get(parent)
        if not child or (place and not isinstance(place.value, MappingNode) and not is_nothing(place.value)):
            return self._with_root_lines(key, [f"{key}: {write_scalar(value, any_type=_any_type(key))}"])
        if place is None:
            return self._with_root_lines(parent, [f"{parent}:", f"  {write_scalar(child)}: {write_scalar(value)}"])
        if isinstance(place.value, MappingNode):
            return self._text.with_pair(place.value, child, value)
        return self._text.with_first_pair(place, " " * (self.root.column + 2), child, value)

    def _with_root_lines(self, key: str, lines: list[str]) -> str:
        before = next((name for name in self._going_before(key) if name in self.places), None)
        indent = " " * self.root.column
        after = self.places[before].value.end if before is not None else None
        return self._text.with_lines(after, [indent + line for line in lines])

    def _going_before(self, key: str) -> Iterator[str]:
        """The names of the keys behind which a new one takes its place, the nearest first."""
        order = list(dict.fromkeys(name.partition(".")[0] for name in FRONT_MATTER))
        if key in order:
            return reversed(order[: order.index(key)])
        return (name for name, place in reversed(self.places.items()) if place.within is self.root)

    def _proven(self, key: str, holds: Callable[[FrontMatter], bool], edits: list[str]) -> FrontMatter:
        """The first edited text that says what was asked while everything else stands as before."""
        others = self._others(key)
        for source in edits:
            after = replace(self, source=source)
            try:
                if holds(after) and after._others(key) == others:
                    return after
            except UnreadableFrontMatter:
                continue
        place = self.places.get(key) or self.places.get(key.partition(".")[0])
        raise UneditableFrontMatter(key, self.line_of(place) if place else 1)

    def _others(self, key: str) -> dict[str, tuple[str, str | None]]:
        """What stands behind every key, and its text, but for one key and the mapping that holds it."""
        mine = (key, key.partition(".")[0])
        return {
            name: (self.source[place.value.start : place.value.end], self.fields.get(name))
            for name, place in self.places.items()
            if name not in mine
        }


def _composed(source: str) -> Node | None:
    """What it takes YAML to read, which most front matters do not: loading it is a good part of a command's start."""
    from tkt.store.yaml_text import compose
    from tkt.store.yaml_tree import BrokenYaml

    try:
        return compose(source)
    except BrokenYaml as error:
        message = _("broken YAML: {problem}").format(problem=error.message.rstrip("."))
        raise UnreadableFrontMatter(message, error.line, error.mend) from error


def _any_type(key: str) -> bool:
    """Whether other readers may take the key's value for what it is, a date and a time."""
    return key in KEYS and KEYS[key].is_instant


def render_front_matter(fields: Mapping[str, str], sets: Mapping[str, tuple[str, ...]]) -> str:
    """A new front matter, keys in the order of docs/format.md, then anybody's own; what is empty is left out."""
    return _render({key: value for key, value in fields.items() if value}, sets)


def render_draft(fields: Mapping[str, str], tags: tuple[str, ...]) -> str:
    """A front matter for a person to complete: empty keys stand there, waiting."""
    return _render(fields, {"tags": tags})


def _render(fields: Mapping[str, str], sets: Mapping[str, tuple[str, ...]]) -> str:
    names: dict[str, list[str]] = {}
    for name in dict.fromkeys([*FRONT_MATTER, *fields]):
        if name in fields or sets.get(name):
            names.setdefault(name.partition(".")[0], []).append(name)
    return "".join(
        f"{line}\n" for parent, children in names.items() for line in _lines_of(parent, children, fields, sets)
    )


def _lines_of(
    parent: str, names: list[str], fields: Mapping[str, str], sets: Mapping[str, tuple[str, ...]]
) -> Iterator[str]:
    """The lines of a key, or of a mapping and its pairs."""
    if parent in names:
        yield from (f"{name}:{_behind_colon(name, fields, sets)}" for name in names)
        return
    yield f"{parent}:"
    for name in names:
        yield f"  {write_scalar(name.partition('.')[2])}:{_behind_colon(name, fields, sets)}"


def _behind_colon(name: str, fields: Mapping[str, str], sets: Mapping[str, tuple[str, ...]]) -> str:
    if members := sets.get(name):
        return f" [{', '.join(write_scalar(one, flow=True) for one in members)}]"
    return f" {write_scalar(fields[name], any_type=_any_type(name))}" if fields[name] else ""
