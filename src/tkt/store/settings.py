"""The desk's settings, `tkt.yaml`: read whole, with everything that is wrong with them said at once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any, TypeVar

from tkt.domain import words
from tkt.domain.finding import Finding
from tkt.domain.priority import DEFAULT_MATRIX
from tkt.domain.settings import DEFAULT_WORKFLOW, FORMAT, MEBIBYTE, Agent, Settings
from tkt.domain.words import fold
from tkt.errors import Unreadable
from tkt.language import _, reason_of
from tkt.store import settings_promises as promises
from tkt.store.bounded_file import read_file
from tkt.store.settings_text import (
    Unfit,
    agent_name,
    block_size,
    business_days,
    clock_time,
    code_word,
    language,
    patience,
    size,
    time_zone,
    whole_number,
    yes_or_no,
)
from tkt.store.settings_value import Problems, TooManyProblems, Value
from tkt.store.yaml_tree import BrokenYaml, Node

T = TypeVar("T")
# Makes of a value the fields of Settings that it sets.
Section = Callable[[Value], dict[str, Any]]
AGENT_KEYS = ("name", "email", "level", "group")
_LARGEST = MEBIBYTE


class BadSettings(Unreadable):
    """A settings file that does not say what it should; `problems` are all there are, in the file's order."""

    def __init__(self, problems: Iterable[Finding]) -> None:
        self.problems = tuple(sorted(problems, key=lambda problem: problem.line))
        super().__init__("\n".join(_line_about(problem) for problem in self.problems))


def _line_about(problem: Finding) -> str:
    place = f"{problem.path}:{problem.line}" if problem.line else problem.path
    return f"{place}: {problem.message} {problem.mend}".rstrip()


def read_settings(path: Path) -> Settings:
    """The settings that a file holds; an absent or an empty one gives the defaults.

    Raises BadSettings. Of a file of a newer format, what this tkt understands counts and the rest is
    left aside: such a desk is only read (design.md, section 4).
    """
    return _settings_of(path.name, lambda: _read(path))


def parse_settings(name: str, data: bytes) -> Settings:
    """The settings that a file held, as `read_settings` has them; `name` is what its problems call it."""
    return _settings_of(name, lambda: data)


def _settings_of(name: str, read: Callable[[], bytes]) -> Settings:
    problems = Problems(name)
    try:
        found = _found(read, problems)
    except TooManyProblems:
        raise BadSettings(problems.found) from None
    if problems.found and found.get("format", FORMAT) <= FORMAT:
        raise BadSettings(problems.found)
    return Settings(**found)


def _found(read: Callable[[], bytes], problems: Problems) -> dict[str, Any]:
    """The fields of Settings that a file sets."""
    try:
        root = _tree(_text(read()), problems)
    except BrokenYaml as broken:
        problems.add(broken.line, broken.message, broken.mend)
        return {}
    found: dict[str, Any] = {}
    for name, value in Value("", root.line, root, problems).parts(SECTIONS).items() if root else ():
        found |= SECTIONS[name](value)
    return found


def _tree(source: str, problems: Problems) -> Node | None:
    if not source.strip():
        return None
    # Here, since the yaml library takes longer to load than most commands to run.
    from tkt.store.yaml_reader import read_tree

    return read_tree(source, problems.add)


def _read(path: Path) -> bytes:
    try:
        return read_file(path, _LARGEST)
    except FileNotFoundError:
        return b""
    except OSError as error:
        reason = reason_of(error)
        raise BrokenYaml(0, _("cannot be read: {reason}.").format(reason=reason), "") from None


def _text(data: bytes) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise BrokenYaml(line, _("this line is not UTF-8."), _("Save the file as UTF-8.")) from None


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
        category = item.read(_category)
        if category is not None:
            _refuse_second(item, fold(category), taken)
            categories.append(category)
    return {"categories": tuple(categories)}


def _category(text: str) -> str:
    if not all(level.strip() for level in text.split(">")):
        raise Unfit(_("“{text}”: a level of the category is empty.").format(text=text), _("Write “A > B > C”."))
    return " > ".join(level.strip() for level in text.split(">"))


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


SECTIONS: Mapping[str, Section] = {
    "format": _field("format", whole_number),
    "language": _field("language", language),
    "timezone": _field("timezone", time_zone),
    "agents": _agents,
    "categories": _categories,
    "matrix": _matrix,
    "workflow": _workflow,
    "calendars": promises.calendars,
    "sla": promises.sla,
    "kpi": promises.kpi,
    "backdate_limit": _field("backdate_limit", clock_time),
    "reopen_within": _field("reopen_within", business_days),
    "stale_after": _field("stale_after", business_days),
    "attachment_limit": _field("attachment_limit", size),
    "first_number": _field("first_number", whole_number),
    "number_block": _field("number_block", block_size),
    "commit": _field("commit", yes_or_no),
    "commit_patience": _field("commit_patience", patience),
}
