"""Single values written as YAML that reads back as the same text, whoever reads it."""

from __future__ import annotations

import re

from tkt.store.yaml_nodes import NOTHING

# Compiled when something is written: who only reads, or merges, need not wait for it.
# What PyYAML takes for text and other readers do not: YAML 1.2's numbers, YAML 1.1's shortest booleans.
_NOT_TEXT_ELSEWHERE = r"[-+]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][-+]?[0-9]+)?|0o[0-7]+|[yYnN]"
# A text to everybody, at a glance: it begins as no number, date or word of YAML's, or is longer than such a word.
_PLAINLY_TEXT = r"(?s:[^-+0-9.<~=yYnNtTfFoO\0]|[yYnNtTfFoO].{5})"
_INDICATORS = frozenset("-?:,[]{}#&*!|>'\"%@` ")
_UNSAFE_BLOCK = r": |:$| #|\s$|[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]"
_UNSAFE_FLOW = r"[,\[\]{}:?]"
_ESCAPED = r"[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]"


def reads_as_text(value: str) -> bool:
    """Whether every YAML reader takes a plain `value` for text: `0612345670`, `1:30`, `no` and `1e3` some do not."""
    if re.match(_PLAINLY_TEXT, value):
        return True
    import yaml

    implicit = yaml.SafeLoader.yaml_implicit_resolvers
    patterns = implicit.get(value[:1], []) + implicit.get(None, [])
    return not (any(pattern.match(value) for _tag, pattern in patterns) or re.fullmatch(_NOT_TEXT_ELSEWHERE, value))


def is_plain(value: str, *, flow: bool = False) -> bool:
    """Whether `value` may stand without quotes, whatever YAML makes of its type."""
    if not value or value[0] in _INDICATORS or value in ("---", "...") or re.search(_UNSAFE_BLOCK, value):
        return False
    return not (flow and re.search(_UNSAFE_FLOW, value))


def write_scalar(value: str, *, style: str = "", flow: bool = False, any_type: bool = False) -> str:
    """`value` as one line of YAML that reads back as the same text.

    `style` is the quoting that stood there before and is kept where it can be; `any_type` allows what
    other readers take for a number or a date (`opened_at`).
    """
    if style == "'" and _is_one_clean_line(value):
        return "'" + value.replace("'", "''") + "'"
    if style != '"' and is_plain(value, flow=flow) and (reads_as_text(value) or (any_type and value not in NOTHING)):
        return value
    import json

    return re.sub(_ESCAPED, lambda found: f"\\u{ord(found[0]):04x}", json.dumps(value, ensure_ascii=False))


def _is_one_clean_line(value: str) -> bool:
    return value.isprintable() and not re.search(_ESCAPED, value)
