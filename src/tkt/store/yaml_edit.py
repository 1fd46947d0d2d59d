"""Edits of a YAML text: a value, a key or a member of a list comes, changes or goes, and nothing else moves."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from tkt.store.yaml_nodes import MappingNode, Node, ScalarNode, SequenceNode
from tkt.store.yaml_scalar import write_scalar

# Up to a comma between two members of a flow collection; one inside a comment does not part them.
_COMMA = re.compile(r"(?P<before>(?:[^,#]|#[^\n]*+)*+),")
_HEADER_COMMENT = re.compile(r"[|>][-+0-9]*(?P<comment>[ \t]+#[^\r\n]*)")


class Place(NamedTuple):
    """Where a key and its value stand in the source, and the mapping that holds them."""

    key: Node
    value: Node
    within: MappingNode


class YamlSource(NamedTuple):
    """A YAML text and its line end; every edit gives the text as it is then."""

    text: str
    eol: str

    def with_value(self, place: Place, value: str, *, any_type: bool = False) -> str:
        """The value of a key replaced, in the quoting that stood there where that can hold it."""
        return self.replaced(place, self.written(place.value, value, place.within.flow, any_type=any_type))

    def written(self, node: Node, value: str, flow: bool, *, any_type: bool = False) -> str:
        """What stands for `value` in a node's place, in its quoting where that can hold it; its comment stays."""
        style = node.style if isinstance(node, ScalarNode) and node.style in ("'", '"') else ""
        return write_scalar(value, style=style, flow=flow, any_type=any_type) + self._header_comment(node)

    def replaced(self, place: Place, written: str) -> str:
        """`written` where a value stands; where nothing stands, a colon and a blank may have to come first."""
        start, end = place.value.start, place.value.end
        if start < end:
            return self._splice(start, end, written)
        if ":" not in self.text[place.key.end : start]:
            return self._splice(place.key.end, place.key.end, f": {written}")
        return self._splice(start, start, f" {written}" if self.text[start - 1] == ":" else written)

    def without(self, place: Place) -> str:
        """The key's lines taken out, unless something of somebody's stands on them: then the value alone goes."""
        if place.within.flow:
            spans = [(key.start, max(key.end, value.end)) for key, value in place.within.pairs]
            return self._without_span(spans, spans.index((place.key.start, max(place.key.end, place.value.end))))
        start, end = self.line_start(place.key.start), self.line_end(place.value.end)
        comment = self._header_comment(place.value)
        alone = not (self.text[start : place.key.start] + comment + self.text[place.value.end : end]).strip()
        if alone and len(place.within.pairs) > 1:
            return self._splice(start, self.next_line(place.value.end), "")
        return self.emptied(place)

    def emptied(self, place: Place) -> str:
        """The value of a key taken away, and the key left."""
        return self._splice(place.value.start, place.value.end, self._header_comment(place.value))

    def with_pair(self, mapping: MappingNode, key: str, value: str) -> str:
        """One more key at the end of a mapping."""
        pair = f"{write_scalar(key, flow=mapping.flow)}: {write_scalar(value, flow=mapping.flow)}"
        last = mapping.pairs[-1][1].end if mapping.pairs else None
        return self._with_last(mapping, last, pair)

    def with_first_pair(self, place: Place, indent: str, key: str, value: str) -> str:
        """A mapping of one pair under a key that stands for nothing."""
        start, end = place.value.start, place.value.end
        rest = YamlSource(self._splice(start, end, ""), self.eol)
        return rest.with_lines(start, [f"{indent}{write_scalar(key)}: {write_scalar(value)}"])

    def with_member(self, items: SequenceNode, member: str) -> str:
        """One more member at the end of a list, on a line of its own where the others are."""
        last = items.items[-1].end if items.items else None
        dash = "" if items.flow else "- "
        return self._with_last(items, last, dash + write_scalar(member, flow=items.flow))

    def without_member(self, place: Place, items: SequenceNode, number: int) -> str:
        """One member taken out; a list that this empties goes with its key unless somebody's comment stands there."""
        one = items.items[number]
        if items.flow:
            return self._without_span([(item.start, item.end) for item in items.items], number)
        start, end = self.line_start(one.start), self.next_line(one.end)
        if len(items.items) > 1:
            return self._splice(start, end, "")
        if "#" not in self.text[place.key.end : items.start]:
            return self._splice(self.line_start(place.key.start), end, "")
        colon = self.text.index(":", place.key.end) + 1
        return self.text[:colon] + " []" + self.text[colon:start] + self.text[end:]

    def with_lines(self, after: int | None, lines: Sequence[str]) -> str:
        """More lines behind the one on which `after` lies, or before all others."""
        if after is None:
            return "".join(line + self.eol for line in lines) + self.text
        end = self.line_end(after)
        return self._splice(end, end, "".join(self.eol + line for line in lines))

    def line_end(self, index: int) -> int:
        """Where the line on which `index` lies ends, before its line end."""
        end = self.text.find("\n", index)
        end = len(self.text) if end < 0 else end
        return end - 1 if end > index and self.text[end - 1] == "\r" else end

    def _with_last(self, within: MappingNode | SequenceNode, last: int | None, text: str) -> str:
        if not within.flow:
            return self.with_lines(last, [" " * within.column + text])
        if last is None:
            return self._splice(within.start + 1, within.start + 1, text)
        return self._splice(last, last, f", {text}")

    def _without_span(self, spans: list[tuple[int, int]], number: int) -> str:
        """One of a flow collection's members taken out with the comma that parted it, comments left where they are."""
        start, end = spans[number]
        if number + 1 < len(spans):
            gap = self.text[end : spans[number + 1][0]]
            return self._splice(start, end + len(gap), _without_comma(gap) if "#" in gap else "")
        if number > 0:
            before = spans[number - 1][1]
            gap = self.text[before:start]
            return self._splice(before, end, _without_comma(gap) if "#" in gap else "")
        trailing = _COMMA.match(self.text, end)
        if trailing and not re.search(r"[\]}]", re.sub(r"#[^\n]*", "", trailing["before"])):
            return self._splice(start, trailing.end(), trailing["before"])
        return self._splice(start, end, "")

    def _header_comment(self, node: Node) -> str:
        """The comment behind the sign of a text written as a block, which is not part of the text."""
        found = _HEADER_COMMENT.match(self.text, node.start, node.end) if _is_block_text(node) else None
        return found["comment"] if found else ""

    def _splice(self, start: int, end: int, text: str) -> str:
        return self.text[:start] + text + self.text[end:]

    def line_start(self, index: int) -> int:
        """Where the line on which `index` lies begins."""
        return self.text.rfind("\n", 0, index) + 1

    def next_line(self, index: int) -> int:
        """Where the line behind the one on which `index` lies begins."""
        end = self.text.find("\n", index)
        return len(self.text) if end < 0 else end + 1


def _is_block_text(node: Node) -> bool:
    return isinstance(node, ScalarNode) and node.style in ("|", ">")


def _without_comma(gap: str) -> str:
    return _COMMA.sub(lambda found: found["before"], gap, count=1)
