"""Who works at the desks of the benchmarks, who asks, and what for: the demonstration's company, grown."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from functools import cache
from itertools import accumulate
from typing import NamedTuple

from tkt.demo.company import AGENTS, Case, cases, people
from tkt.domain.settings import Agent
from tkt.domain.words import LEVEL

_FIRST_LINE = "Support"
_MATES = ("Julie", "Marc", "Nadia")
_NAMES = ("ROUSSEAU", "BLANC", "GUERIN", "MULLER", "FAURE", "ANDRE", "MERCIER", "DUPUIS")
_REQUESTERS = 2000


class Requester(NamedTuple):
    """Someone who asks for help."""

    name: str
    department: str
    email: str
    asset: str


@cache
def agents() -> tuple[Agent, ...]:
    """Who works at the desk: those of the demonstration, each with three mates, and everybody in a group."""
    known = [agent._replace(group=agent.group or _FIRST_LINE) for agent in AGENTS]
    names = (f"{mate} {name}" for name in _NAMES for mate in _MATES)
    mates = (agent._replace(name=next(names)) for agent in known for _mate in _MATES)
    return (*known, *(mate._replace(email=_address(mate.name)) for mate in mates))


@cache
def lines() -> Mapping[str, tuple[Agent, ...]]:
    """Who works at each level."""
    return {level: tuple(one for one in agents() if one.level == level) for level in LEVEL.codes}


@cache
def requesters() -> tuple[Requester, ...]:
    """Two thousand people, of the first names, names and departments of the demonstration's."""
    first, last = zip(*(person.name.split(" ", 1) for person in people()), strict=True)
    departments = [person.department for person in people()]

    def one(at: int) -> Requester:
        name = f"{first[at % len(first)]} {last[(at // len(first) + at) % len(last)]}"
        department = departments[at * 7 % len(departments)]
        return Requester(name, department, _address(name), f"PC-{department[:3].upper()}-{at:04d}")

    return tuple(map(one, range(_REQUESTERS)))


@cache
def cases_of(kind: str) -> tuple[tuple[Case, ...], tuple[int, ...]]:
    """What tickets of a kind are about, and how often, added up.

    A change is asked for as a request is, a problem has the face of an incident.
    """
    like = "request" if kind in ("request", "change") else "incident"
    fitting = tuple(case for case in cases() if case.type == like)
    return fitting, tuple(accumulate(case.weight for case in fitting))


def categories() -> tuple[str, ...]:
    """What the desk's tickets are about."""
    return tuple(sorted({case.category for case in cases()}))


def _address(name: str) -> str:
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return f"{plain.replace(' ', '.')}@entreprise.fr"
