"""The desk's settings, `tkt.yaml`: read whole, with everything that is wrong with them said at once."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from tkt.domain import words
from tkt.domain.opening_hours import HolidayYears, ReadHolidays, no_holidays
from tkt.domain.priority import DEFAULT_MATRIX
from tkt.domain.settings import DEFAULT_WORKFLOW, FORMAT, Agent, Settings
from tkt.domain.words import fold
from tkt.language import _
from tkt.store.settings import kpi as figures
from tkt.store.settings import policies
from tkt.store.settings.file import BadFile, bytes_of, tree_of
from tkt.store.settings.policies import Calendars
from tkt.store.settings.text import (
    Unfit,
    agent_name,
    block_size,
    business_days,
    business_days_or_none,
    category,
    clock_time,
    code_word,
    language,
    patience,
    size,
    time_zone,
    whole_number,
    yes_or_no,
)
from tkt.store.settings.value import Problems, TooManyProblems, Value
from tkt.store.yaml_tree import BrokenYaml

T = TypeVar("T")
# Makes of a value the fields of Settings that it sets.
Section = Callable[[Value], dict[str, Any]]
_NOTHING: Mapping[str, Any] = MappingProxyType({})
AGENT_KEYS = ("name", "email", "level", "group")


class BadSettings(BadFile):
    """Settings that do not say what they should."""


def read_settings(
    path: Path, *, named: str = "", holidays: ReadHolidays | None = None, timezone: ZoneInfo | None = None
) -> Settings:
    """The settings that a file holds, and the holidays beside it; an absent or an empty one gives the defaults.

    `named` is what its problems call it, `timezone` counts where it names none. Raises BadSettings. Of a file of a
    newer format, what this tkt understands counts and the rest is left aside: such a desk is only read (design.md,
    section 4).
    """
    unless_said = {"timezone": timezone} if timezone else {}
    return _settings_of(named or path.name, lambda: bytes_of(path), holidays or _holidays_beside(path), unless_said)


def parse_settings(name: str, data: bytes, holidays: ReadHolidays = no_holidays) -> Settings:
    """The settings that a file held, as `read_settings` has them; `name` is what its problems call it."""
    return _settings_of(name, lambda: data, holidays)


def _holidays_beside(path: Path) -> ReadHolidays:
    """A reader of the holidays that lie beside the settings, each file once."""

    @cache
    def read(region: str) -> HolidayYears:
        from tkt.store.settings.holidays_file import read_holidays

        return read_holidays(path.parent, region)

    return read


def _settings_of(
    name: str, read: Callable[[], bytes], holidays: ReadHolidays, unless_said: Mapping[str, Any] = _NOTHING
) -> Settings:
    problems = Problems(name)
    try:
        found = _found(read, problems, unless_said)
    except TooManyProblems:
        raise BadSettings(problems.found) from None
    if problems.found and found.get("format", FORMAT) <= FORMAT:
        raise BadSettings(problems.found)
    return Settings(**found, holidays=holidays)


def _found(read: Callable[[], bytes], problems: Problems, unless_said: Mapping[str, Any]) -> dict[str, Any]:
    """The fields of Settings that a file sets, and those that count unless it says otherwise."""
    try:
        root = tree_of(read(), problems)
    except BrokenYaml as broken:
        problems.add(broken.line, broken.message, broken.mend)
        return {}
    parts = Value("", root.line, root, problems).parts(KEYS) if root else {}
    found = dict(unless_said)
    for name in [name for name in parts if name in SECTIONS]:
        found |= SECTIONS[name](parts[name])
    calendars = _calendars(parts["calendars"], found) if "calendars" in parts else {}
    found["calendars"] = tuple(one for one in calendars.values() if one is not None)
    if "queues" in parts:
        found |= _queues(parts["queues"], found)
    for name in [name for name in parts if name in NAMING_CALENDARS]:
        found |= NAMING_CALENDARS[name](parts[name], calendars)
    # Of agents that were complained of, nobody knows who is not among them.
    agents = () if problems.found else found.get("agents", ())
    for name in [name for name in parts if name in NAMING_AGENTS]:
        found |= NAMING_AGENTS[name](parts[name], agents)
    return found


def _calendars(value: Value, found: Mapping[str, Any]) -> Calendars:
    # Here, since most desks have none.
    from tkt.store.settings.calendars import calendars

    return calendars(value, found.get("timezone") or Settings().timezone)


def _queues(value: Value, found: Mapping[str, Any]) -> dict[str, Any]:
    from tkt.store.settings.queues import queues

    return queues(value, found.get("timezone") or Settings().timezone)


def _field(name: str, reader: Callable[[str], T]) -> Section:
    def section(value: Value) -> dict[str, Any]:
        found = value.read(reader)
        return {} if found is None else {name: found}

    return section


def _agents(value: Value) -> dict[str, Any]:
    taken: dict[str, str] = {}
    agents = [_agent(item, taken) for item in value.items()]
    return {"agents": tuple(agent for agent in agents if agent is not None)}


def _agent(value: Value, taken: dict[str, str]) -> Agent | None:
    parts = value.parts(AGENT_KEYS, required=("name",))
    readers: Mapping[str, Callable[[str], str]] = {
        "name": agent_name,
        "email": _email,
        "level": code_word(words.LEVEL),
        "group": str,
    }
    said = {key: part.read(readers[key]) or "" for key, part in parts.items()}
    if not said.get("name"):
        return None
    # Folded, as people type: "pierre martin" must mean one agent.
    _refuse_second(parts["name"], fold(said["name"]), taken)
    return Agent(**said)


def _refuse_second(value: Value, said: str, taken: dict[str, str]) -> None:
    if said in taken:
        value.refuse(_("the same as {other}.").format(other=taken[said]))
    taken.setdefault(said, value.name)


def _email(text: str) -> str:
    if "@" not in text or any(sign in text for sign in " <>"):
        raise Unfit(_("“{text}” is not an e-mail address.").format(text=text))
    return text


def _categories(value: Value) -> dict[str, Any]:
    taken: dict[str, str] = {}
    categories: list[str] = []
    for item in value.items():
        said = item.read(category)
        if said is not None:
            _refuse_second(item, fold(said), taken)
            categories.append(said)
    return {"categories": tuple(categories)}


def _matrix(value: Value) -> dict[str, Any]:
    rows = value.parts(words.IMPACT.codes, required=words.IMPACT.codes)
    cells = {
        (impact, urgency): priority
        for impact, row in rows.items()
        for urgency, cell in row.parts(words.URGENCY.codes, required=words.URGENCY.codes).items()
        if (priority := cell.read(code_word(words.PRIORITY))) is not None
    }
    return {"matrix": cells} if len(cells) == len(DEFAULT_MATRIX) else {}


def _workflow(value: Value) -> dict[str, Any]:
    """A state that is not named keeps the moves it has by default."""
    moves = {state: tuple(goals.read_all(_goal)) for state, goals in value.parts(words.STATE.codes).items()}
    return {"workflow": {**DEFAULT_WORKFLOW, **moves}}


def _goal(text: str) -> str:
    if text == "new":
        raise Unfit(_("no command leads to “{state}”.").format(state=text), _("Take it out."))
    return code_word(words.STATE)(text)


def _olas(value: Value, calendars: Calendars) -> dict[str, Any]:
    if not value.items():
        return {}
    # Here, since most desks have none.
    from tkt.store.settings.ola import ola

    return ola(value, calendars)


def _automatic_author(value: Value, agents: tuple[Agent, ...]) -> dict[str, Any]:
    def nobody(text: str) -> str:
        if fold(text) in {fold(agent.name) for agent in agents}:
            message = _("“{name}” is an agent of this desk.").format(name=text)
            raise Unfit(message, _("Give what no person writes a name of its own."))
        return agent_name(text)

    return _field("automatic_author", nobody)(value)


def _escalations(value: Value, agents: tuple[Agent, ...]) -> dict[str, Any]:
    if not value.items():
        return {}
    # Here, since most desks have none.
    from tkt.store.settings.escalation import escalation

    return escalation(value, agents)


SECTIONS: Mapping[str, Section] = {
    "format": _field("format", whole_number),
    "language": _field("language", language),
    "timezone": _field("timezone", time_zone),
    "agents": _agents,
    "categories": _categories,
    "matrix": _matrix,
    "workflow": _workflow,
    "kpi": figures.kpi,
    "backdate_limit": _field("backdate_limit", clock_time),
    "reopen_within": _field("reopen_within", business_days),
    "stale_after": _field("stale_after", business_days),
    "autoclose": _field("autoclose", business_days_or_none),
    "attachment_limit": _field("attachment_limit", size),
    "first_number": _field("first_number", whole_number),
    "number_block": _field("number_block", block_size),
    "commit": _field("commit", yes_or_no),
    "commit_patience": _field("commit_patience", patience),
}
# These are read once the calendars that they name are known.
NAMING_CALENDARS: Mapping[str, Callable[[Value, Calendars], dict[str, Any]]] = {
    "calendar": policies.calendar,
    "sla": policies.sla,
    "ola": _olas,
}
# These are read once the agents that they name are known.
NAMING_AGENTS: Mapping[str, Callable[[Value, tuple[Agent, ...]], dict[str, Any]]] = {
    "automatic_author": _automatic_author,
    "escalation": _escalations,
}
KEYS = (*SECTIONS, "calendars", "queues", *NAMING_CALENDARS, *NAMING_AGENTS)
