"""The commented `tkt.yaml` that a new desk begins with: every default written out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from pathlib import Path

from tkt.domain.settings import Agent

_DEFAULTS = Path(__file__).with_name("defaults")


def default_settings_text(
    language: str,
    timezone: str,
    agents: Sequence[Agent] = (),
    categories: Sequence[str] = (),
    first_number: int = 1,
) -> str:
    """The file's text, with comments in `language` ("en" or "fr"), for a desk in the zone `timezone`.

    What else is given stands in the place of its default.
    """
    said = {"timezone": timezone, "agents": _list(map(_agent, agents)), "categories": _list(map(_text, categories))}
    text = (_DEFAULTS / f"tkt.{language}.yaml").read_text(encoding="utf-8")
    for key, value in {**said, "first_number": str(first_number)}.items():
        text = _with(text, key, value)
    return text


def _with(text: str, key: str, value: str) -> str:
    """The text in which another value stands behind `key:`; "" leaves what stands there."""
    line = re.compile(rf"^{key}: .*$", re.MULTILINE)
    glue = "" if value.startswith("\n") else " "
    return line.sub(lambda _line: f"{key}:{glue}{value}", text) if value else text


def _list(items: Iterable[str]) -> str:
    return "".join(f"\n  - {item}" for item in items)


def _agent(agent: Agent) -> str:
    said = {key: value for key, value in agent._asdict().items() if value}
    return "{" + ", ".join(f"{key}: {_text(value, flow=True)}" for key, value in said.items()) + "}"


def _text(value: str, *, flow: bool = False) -> str:
    from tkt.store.yaml_scalar import write_scalar

    return write_scalar(value, flow=flow)
