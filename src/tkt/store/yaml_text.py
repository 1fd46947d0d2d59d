"""The one door to YAML's syntax: nodes with their places in the text, and scalars written so that they read back."""

from __future__ import annotations

import json
import re
from typing import Any

import yaml

Node = yaml.Node
ScalarNode = yaml.ScalarNode
MappingNode = yaml.MappingNode
SequenceNode = yaml.SequenceNode
YAMLError = yaml.YAMLError

# libyaml where PyYAML was built with it: ten times faster, the same marks.
_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_IMPLICIT = yaml.SafeLoader.yaml_implicit_resolvers
_INDICATORS = frozenset("-?:,[]{}#&*!|>'\"%@` ")
_UNSAFE_BLOCK = re.compile(
    r": |:$| #|\s$|[^\x20-\x7e\xa0-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]|[\u2028\u2029]"
)
_UNSAFE_FLOW = re.compile(r"[,\[\]{}:]")
_ESCAPED = re.compile(r"[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")


def compose(source: str) -> Node | None:
    """The node tree of one YAML document (marks count characters); None when it is empty. Raises YAMLError."""
    node: Node | None = yaml.compose(source, Loader=_LOADER)
    return node


def reads_as_text(value: str) -> bool:
    """Whether YAML 1.1 reads a plain `value` as text: `0612345670` and `1:30` it does not."""
    return not any(pattern.match(value) for _tag, pattern in _IMPLICIT.get(value[:1], []) + _IMPLICIT.get(None, []))


def is_plain(value: str, *, flow: bool = False) -> bool:
    """Whether `value` may stand without quotes, whatever YAML makes of its type."""
    if not value or value[0] in _INDICATORS or value in ("---", "...") or _UNSAFE_BLOCK.search(value):
        return False
    return not (flow and _UNSAFE_FLOW.search(value))


def write_scalar(value: str, *, style: str | None = None, flow: bool = False, any_type: bool = False) -> str:
    """`value` as one line of YAML that reads back as the same text.

    `style` is the quoting that stood there before and is kept where it can be; `any_type` allows what
    other readers take for a number or a date (`opened_at`).
    """
    if style == "'" and _is_one_clean_line(value):
        return "'" + value.replace("'", "''") + "'"
    if style != '"' and is_plain(value, flow=flow) and (any_type or reads_as_text(value)):
        return value
    return _ESCAPED.sub(lambda found: f"\\u{ord(found[0]):04x}", json.dumps(value, ensure_ascii=False))


def _is_one_clean_line(value: str) -> bool:
    return value.isprintable() and not _ESCAPED.search(value)
