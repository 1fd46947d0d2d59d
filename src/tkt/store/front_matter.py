"""The front matter of a ticket, lossless: values are read with their places, and an edit touches only its own."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from tkt.domain.keys import FRONT_MATTER, KEYS
from tkt.language import _
from tkt.store.journal_text import Flaw
from tkt.store.yaml_text import MappingNode, Node, ScalarNode, SequenceNode, YAMLError, compose, write_scalar


class UnreadableFrontMatter(ValueError):
    """The front matter is no YAML mapping; `line` counts from 1 within it."""

    def __init__(self, message: str, line: int) -> None:
        super().__init__(message)
        self.line = line


@dataclass(frozen=True, slots=True)
class Place:
    """Where a key and its value stand in the source, and the mapping that holds them."""

    key: ScalarNode
    value: Node
    within: MappingNode

    @property
    def line(self) -> int:
        """The line of the key, from 1."""
        return int(self.key.start_mark.line) + 1


@dataclass
class FrontMatter:
    """The text between a ticket's `---` lines. Immutable in use: an edit returns another one."""

    source: str
    eol: str = "\n"
    flaws: list[Flaw] = field(default_factory=list)

    @cached_property
    def root(self) -> MappingNode:
        """The mapping; raises UnreadableFrontMatter."""
        try:
            node = compose(self.source)
        except YAMLError as error:
            mark = getattr(error, "problem_mark", None)
            message = _("broken YAML: {problem}").format(problem=getattr(error, "problem", None) or error)
            raise UnreadableFrontMatter(message, mark.line + 1 if mark else 1) from error
        except RecursionError as error:
            raise UnreadableFrontMatter(_("broken YAML: nested too deeply"), 1) from error
        if node is None:
            return MappingNode("tag:yaml.org,2002:map", [], None, None, False)
        if not isinstance(node, MappingNode) or node.flow_style:
            raise UnreadableFrontMatter(_("the front matter must be a list of `key: value` lines"), 1)
        return node

    @cached_property
    def places(self) -> dict[str, Place]:
        """Every key by its full name (`requester.name`); nested mappings of ours and of x_ keys are opened."""
        places: dict[str, Place] = {}
        for name, place in self._pairs(self.root, ""):
            if name in places:
                message = _("the key “{key}” stands twice; the first is line {line}").format(
                    key=name, line=places[name].line + 1
                )
                self.flaws.append(Flaw(place.line, "error", "duplicate-key", message))
            else:
                places[name] = place
        return places

    def _pairs(self, mapping: MappingNode, prefix: str) -> Iterator[tuple[str, Place]]:
        for key, value in mapping.value:
            if not isinstance(key, ScalarNode):
                message = _("a key must be a word")
                self.flaws.append(Flaw(key.start_mark.line + 1, "error", "key", message))
                continue
            name = prefix + key.value
            yield name, Place(key, value, mapping)
            if isinstance(value, MappingNode) and not prefix and (name == "requester" or name.startswith("x_")):
                yield from self._pairs(value, f"{name}.")

    @cached_property
    def fields(self) -> dict[str, str]:
        """Every single value by its key, as the text that stands there ("" for none)."""
        return {
            name: scalar_text(place.value) for name, place in self.places.items() if isinstance(place.value, ScalarNode)
        }

    def members(self, key: str) -> tuple[str, ...]:
        """The members of a set, in the order in which they stand."""
        place = self.places.get(key)
        if place is None or not isinstance(place.value, SequenceNode):
            return ()
        return tuple(scalar_text(one) for one in place.value.value if isinstance(one, ScalarNode))

    def with_value(self, key: str, value: str) -> FrontMatter:
        """The front matter with `key` at `value`; "" takes the key out. All else is byte for byte as before."""
        if self.fields.get(key, "") == value:
            return self
        place = self.places.get(key)
        if place is None:
            return self._inserted(key, value)
        if not value:
            return self._without(place)
        return self._replaced(place.value, value, place)

    def with_members(self, key: str, added: tuple[str, ...], removed: tuple[str, ...]) -> FrontMatter:
        """The front matter with members joined to and taken from a set."""
        before = self.members(key)
        joined = [one for one in added if one not in before]
        place = self.places.get(key)
        if not joined and not set(removed) & set(before):
            return self
        if place is None:
            return self._inserted_line(key, f"{key}: {self._flow_list([], joined, removed)}")
        if isinstance(place.value, SequenceNode) and before and not place.value.flow_style:
            return self._with_items(place.value, joined, removed)
        items = place.value.value if isinstance(place.value, SequenceNode) else []
        text = self._padded(place, self._flow_list(items, joined, removed))
        return self._spliced(place.value.start_mark.index, leaf_end(self.source, place.value), text)

    def _flow_list(self, items: list[Node], added: list[str], removed: tuple[str, ...]) -> str:
        """`[a, b]`: the members that stay keep the quoting in which they stand."""
        kept = [one for one in items if not (isinstance(one, ScalarNode) and scalar_text(one) in removed)]
        texts = [self.source[one.start_mark.index : leaf_end(self.source, one)] for one in kept]
        return "[" + ", ".join([*texts, *(write_scalar(one, flow=True) for one in added)]) + "]"

    def _with_items(self, items: SequenceNode, added: list[str], removed: tuple[str, ...]) -> FrontMatter:
        """A set written one member a line: lines come and go, the others stay with their comments."""
        indent = " " * items.start_mark.column
        end = self._line_end(leaf_end(self.source, items.value[-1]))
        lines = "".join(f"{self.eol}{indent}- {write_scalar(one)}" for one in added)
        source = self.source[:end] + lines + self.source[end:]
        kept = [one for one in items.value if not (isinstance(one, ScalarNode) and scalar_text(one) in removed)]
        if not kept and not added:
            return self._without(next(place for place in self.places.values() if place.value is items))
        for one in reversed(items.value):
            if isinstance(one, ScalarNode) and scalar_text(one) in removed:
                start = self.source.rfind("\n", 0, one.start_mark.index) + 1
                source = source[:start] + source[self._next_line(leaf_end(self.source, one)) :]
        return FrontMatter(source, self.eol)

    def _replaced(self, node: Node, value: str, place: Place) -> FrontMatter:
        style = node.style if isinstance(node, ScalarNode) and node.style in ("'", '"') else None
        flow = bool(place.within.flow_style)
        text = write_scalar(value, style=style, flow=flow, any_type=_any_type(place.key.value, node))
        return self._spliced(node.start_mark.index, leaf_end(self.source, node), self._padded(place, text))

    def _padded(self, place: Place, text: str) -> str:
        """An empty value stands right behind its colon, where a blank must come first."""
        empty = place.value.start_mark.index == leaf_end(self.source, place.value)
        before = self.source[place.value.start_mark.index - 1 : place.value.start_mark.index]
        return f" {text}" if empty and before == ":" else text

    def _spliced(self, start: int, end: int, text: str) -> FrontMatter:
        return FrontMatter(self.source[:start] + text + self.source[end:], self.eol)

    def _without(self, place: Place) -> FrontMatter:
        """The line goes, unless something of somebody's stands on it: then the value alone goes."""
        start, end = place.key.start_mark.index, leaf_end(self.source, place.value)
        line_start, line_end = self.source.rfind("\n", 0, start) + 1, self._line_end(end)
        alone = not self.source[line_start:start].strip() and not self.source[end:line_end].strip()
        if alone and not place.within.flow_style and len(place.within.value) > 1:
            return self._spliced(line_start, self._next_line(end), "")
        empty = '""' if place.within.flow_style else ""
        return self._spliced(place.value.start_mark.index, end, empty)

    def _inserted(self, key: str, value: str) -> FrontMatter:
        """A new key takes its place after the nearest of ours that goes before it."""
        if not value:
            return self
        parent, _dot, child = key.partition(".")
        if not child:
            return self._inserted_line(key, f"{key}: {write_scalar(value, any_type=_any_type(key, None))}")
        place = self.places.get(parent)
        if place is None:
            return self._inserted_line(parent, f"{parent}:{self.eol}  {child}: {write_scalar(value)}")
        if not isinstance(place.value, MappingNode) or (not place.value.value and not place.value.flow_style):
            end = self._line_end(leaf_end(self.source, place.value))
            return self._spliced(end, end, f"{self.eol}  {child}: {write_scalar(value)}")
        if place.value.flow_style:
            comma = ", " if place.value.value else ""
            end = leaf_end(self.source, place.value) - 1
            return self._spliced(end, end, f"{comma}{child}: {write_scalar(value, flow=True)}")
        indent = " " * place.value.start_mark.column
        end = self._line_end(leaf_end(self.source, place.value))
        return self._spliced(end, end, f"{self.eol}{indent}{child}: {write_scalar(value)}")

    def _inserted_line(self, key: str, line: str) -> FrontMatter:
        before = [name for name in self._going_before(key) if name in self.places]
        if not before:
            return FrontMatter(line + self.eol + self.source, self.eol)
        end = self._line_end(max(leaf_end(self.source, self.places[name].value) for name in before[-1:]))
        return self._spliced(end, end, self.eol + line)

    def _going_before(self, key: str) -> list[str]:
        order = list(dict.fromkeys(name.partition(".")[0] for name in FRONT_MATTER))
        if key in order:
            return order[: order.index(key)]
        return [name for name in self.places if "." not in name]

    def _line_end(self, index: int) -> int:
        end = self.source.find("\n", index)
        end = len(self.source) if end < 0 else end
        return end - 1 if end > index and self.source[end - 1] == "\r" else end

    def _next_line(self, index: int) -> int:
        end = self.source.find("\n", index)
        return len(self.source) if end < 0 else end + 1


def scalar_text(node: ScalarNode) -> str:
    """The text of a value: what stands there, "" for YAML's ways of saying nothing."""
    is_null = node.tag == "tag:yaml.org,2002:null"
    return "" if is_null else str(node.value)


def leaf_end(source: str, node: Node) -> int:
    """Where a value's last character ends: a block's own end mark lies past the blank lines and comments behind it."""
    if isinstance(node, ScalarNode):
        end = int(node.end_mark.index)
        if node.style not in ("|", ">"):
            return end
        return len(source[:end].rstrip())
    if not isinstance(node, MappingNode | SequenceNode) or node.flow_style:
        return int(node.end_mark.index)
    children = [part for pair in node.value for part in (pair if isinstance(pair, tuple) else (pair,))]
    return leaf_end(source, children[-1]) if children else int(node.start_mark.index)


def _any_type(key: str, node: Node | None) -> bool:
    """Whether a value may look like a number or a date to other readers: what stood plain stays plain."""
    was_plain = isinstance(node, ScalarNode) and node.style is None and node.tag != "tag:yaml.org,2002:str"
    return was_plain or (key in KEYS and KEYS[key].is_instant)


def render_front_matter(fields: Mapping[str, str], sets: Mapping[str, tuple[str, ...]]) -> str:
    """A new front matter, keys in the order of docs/format.md, then anybody's own; what is empty is left out."""
    return _render({key: value for key, value in fields.items() if value}, sets)


def render_draft(fields: Mapping[str, str], tags: tuple[str, ...]) -> str:
    """A front matter for a person to complete: empty keys stand there, waiting."""
    return _render(fields, {"tags": tags})


def _render(fields: Mapping[str, str], sets: Mapping[str, tuple[str, ...]]) -> str:
    lines: list[str] = []
    order = [*FRONT_MATTER, *(name for name in fields if name not in FRONT_MATTER)]
    opened = ""
    for name in order:
        if sets.get(name):
            lines.append(f"{name}: [{', '.join(write_scalar(one, flow=True) for one in sets[name])}]")
        if name not in fields:
            continue
        parent, _dot, child = name.partition(".")
        text = f" {write_scalar(fields[name], any_type=_any_type(name, None))}" if fields[name] else ""
        if child and parent != opened:
            lines.append(f"{parent}:")
        opened = parent if child else ""
        lines.append(f"  {child}:{text}" if child else f"{name}:{text}")
    return "".join(f"{line}\n" for line in lines)
