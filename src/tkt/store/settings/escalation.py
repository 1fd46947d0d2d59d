"""The setting `escalation`: the rules by which tickets are escalated when their clocks come to a point."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Any

from tkt.domain import words
from tkt.domain.escalation import BREACH, PLACEHOLDER, PLACEHOLDERS, Escalation, Measures, Threshold
from tkt.domain.policies import ANY_TICKET
from tkt.domain.settings import Agent
from tkt.domain.words import did_you_mean, fold
from tkt.language import _
from tkt.store.settings.policies import conditions
from tkt.store.settings.text import Unfit, agent_name, code_word, promised_time, yes_or_no
from tkt.store.settings.value import Value

ESCALATION_KEYS = ("name", "clock", "at", "when", "do")
MEASURE_KEYS = ("level", "assign", "group", "tags", "say", "public")
CLOCKS = ("response", "resolution")
_LONGEST_NAME = 60
_SHARE = re.compile(r"(\d{1,3}(?:\.\d{1,3})?)\s*%", re.ASCII)
_BEFORE = re.compile(r"(.+?)\s+before\s+due", re.ASCII)


def escalation(value: Value, agents: Sequence[Agent]) -> dict[str, Any]:
    """`escalations`, in their order; `agents` are the desk's, none where anyone may be one."""
    rules: list[Escalation] = []
    for item in value.items():
        rule = _rule(item, agents)
        if rule is None:
            continue
        if fold(rule.name) in {fold(one.name) for one in rules}:
            item.refuse(_("another rule is named “{name}” already.").format(name=rule.name))
        rules.append(rule)
    return {"escalations": tuple(rules)}


def _rule(value: Value, agents: Sequence[Agent]) -> Escalation | None:
    """The rule, or None where anything in it was complained of: half a rule does what nobody wants."""
    before = len(value.problems.found)
    parts = value.parts(ESCALATION_KEYS, required=("name", "clock", "at", "do"))
    name = parts["name"].read(_name) if "name" in parts else None
    clock = parts["clock"].read(_clock) if "clock" in parts else None
    at = parts["at"].read(threshold) if "at" in parts else None
    when = conditions(parts["when"]) if "when" in parts else ANY_TICKET
    do = _measures(parts["do"], agents) if "do" in parts else Measures()
    if len(value.problems.found) > before:
        return None
    return Escalation(name or "", clock or "", at or BREACH, do, when)


def _name(text: str) -> str:
    if len(text) > _LONGEST_NAME:
        message = _("“{name}” is longer than {limit} characters.")
        raise Unfit(message.format(name=text, limit=_LONGEST_NAME), _("The journal remembers the rule by it."))
    return text


def _clock(text: str) -> str:
    if text not in CLOCKS:
        message = _("“{word}” is no clock.").format(word=text)
        raise Unfit(message, did_you_mean(text, CLOCKS).strip())
    return text


def threshold(text: str) -> Threshold:
    """A point of a clock: `80%`, `breach`, `2h before due`."""
    share, before = _SHARE.fullmatch(text), _BEFORE.fullmatch(text)
    if text == "breach":
        return BREACH
    if share and float(share[1]):
        return Threshold(share=float(share[1]) / 100)
    if before:
        return Threshold(left=promised_time(before[1]))
    message = _("“{text}” is no point of a clock.").format(text=text)
    raise Unfit(message, _("Write 80%, breach or 2h before due."))


def _measures(value: Value, agents: Sequence[Agent]) -> Measures:
    parts = value.parts(MEASURE_KEYS)
    readers: dict[str, Callable[[str], str]] = {
        "level": code_word(words.LEVEL),
        "assign": _agent_among(agents),
        "group": str,
        "say": _words,
    }
    said: dict[str, Any] = {key: parts[key].read(reader) or "" for key, reader in readers.items() if key in parts}
    if "tags" in parts:
        said["tags"] = tuple(dict.fromkeys(parts["tags"].read_each(tag)))
    if "public" in parts:
        said["public"] = parts["public"].read(yes_or_no) or False
    if not set(parts) - {"public"}:
        value.refuse(_("nothing is done."), _("Name at least one of level, assign, group, tags and say."))
    elif said.get("public") and "say" not in parts:
        parts["public"].refuse(_("there are no words to say to the requester."), _("Write them under “say”."))
    return Measures(**said)


def _agent_among(agents: Sequence[Agent]) -> Callable[[str], str]:
    """A reader of an agent's name; where the desk lists its agents, of one of theirs."""

    def read(text: str) -> str:
        if agents and text not in (names := [one.name for one in agents]):
            raise Unfit(_("“{name}” is no agent of this desk.").format(name=text), did_you_mean(text, names).strip())
        return agent_name(text)

    return read


def tag(text: str) -> str:
    """A tag: one word."""
    if any(char.isspace() or char in ',"' for char in text) or text[0] in "+-":
        raise Unfit(_("“{tag}” is no tag: one word without blanks, quotes or commas is.").format(tag=text))
    return text


def _words(text: str) -> str:
    """The words of an entry, which hold a place for nothing but what is known."""
    for found in PLACEHOLDER.finditer(text):
        if found[1] not in PLACEHOLDERS:
            message = _("nothing is known as “{place}”.").format(place=found[0])
            raise Unfit(message, did_you_mean(found[1], PLACEHOLDERS).strip())
    return text
