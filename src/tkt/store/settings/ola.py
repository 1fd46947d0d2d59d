"""The setting `ola`: how long a group or a level may hold a ticket, of which tickets, and from which day on."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from tkt.domain import words
from tkt.domain.policies import ANY_TICKET, HOLDERS, Conditions, Ola, Target
from tkt.language import _
from tkt.store.settings.policies import Calendars, agreements, conditions, named_calendar, policy_versions
from tkt.store.settings.text import code_word, promised_time
from tkt.store.settings.value import Value

OLA_KEYS = ("name", *HOLDERS, "when", "versions")
TARGET_KEYS = ("holding", "calendar")
_READERS: Mapping[str, Callable[[str], str]] = {"group": str, "level": code_word(words.LEVEL)}


def ola(value: Value, calendars: Calendars) -> dict[str, Any]:
    """`olas`: of those of one group or level, the first that matches a ticket judges what it holds."""
    taken = _("another OLA is named “{name}” already.")
    return {"olas": agreements(value, calendars, lambda item: _ola(item, calendars), taken)}


def _ola(value: Value, calendars: Calendars) -> Ola | None:
    """The OLA, or None where anything in it was complained of."""
    before = len(value.problems.found)
    parts = value.parts(OLA_KEYS, required=("name", "versions"))
    name = parts["name"].read(str) if "name" in parts else ""
    key, holder = _holder(value, parts)
    when = conditions(parts["when"]) if "when" in parts else ANY_TICKET
    _refuse_second_holder(parts, key, when)
    versions = policy_versions(parts["versions"], calendars, _target) if "versions" in parts else ()
    return Ola(name or "", key, holder, versions, when) if len(value.problems.found) == before else None


def _holder(value: Value, parts: Mapping[str, Value]) -> tuple[str, str]:
    said = [key for key in HOLDERS if key in parts]
    if len(said) != 1:
        value.refuse(_("an OLA is of one group or of one level."), _("Write “group: NAME” or “level: N2”."))
    return next(((key, parts[key].read(_READERS[key]) or "") for key in said), ("", ""))


def _refuse_second_holder(parts: Mapping[str, Value], key: str, when: Conditions) -> None:
    if key in when:
        parts["when"].refuse(
            _("the group is named already, beside “when”."), _("Take it out of “when”: an OLA is of one group.")
        )


def _target(value: Value, calendars: Calendars, since: date | None) -> Target:
    """How long one of a priority may be held: the time alone, or with a calendar of its own."""
    if value.is_text:
        return Target(None, None, holding=value.read(promised_time))
    parts = value.parts(TARGET_KEYS, required=("holding",))
    holding = parts["holding"].read(promised_time) if "holding" in parts else None
    own = named_calendar(parts["calendar"], calendars, since) if "calendar" in parts else ""
    return Target(None, None, own, holding)
