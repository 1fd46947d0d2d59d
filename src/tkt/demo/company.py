"""The demonstration's company: who works at its desk, who asks, what for, and under which categories."""

from __future__ import annotations

import csv
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from tkt.desk.founding import Beginnings
from tkt.domain.settings import Agent

_DATA = Path(__file__).parent
_MAIL = "entreprise.fr"

JEAN = Agent("Jean DUPONT", f"jean.dupont@{_MAIL}", "N1")
PIERRE = Agent("Pierre MARTIN", f"pierre.martin@{_MAIL}", "N2", "Messagerie")
AGENTS = (
    JEAN,
    Agent("Sophie LAMBERT", f"sophie.lambert@{_MAIL}", "N1"),
    Agent("Karim BENALI", f"karim.benali@{_MAIL}", "N1"),
    PIERRE,
    Agent("Nathalie ROUX", f"nathalie.roux@{_MAIL}", "N2", "Poste de travail"),
    Agent("Thomas GIRARD", f"thomas.girard@{_MAIL}", "N2", "Réseau"),
    Agent("Isabelle FONTAINE", f"isabelle.fontaine@{_MAIL}", "N2", "Applications"),
    Agent("Olivier MERCIER", f"olivier.mercier@{_MAIL}", "N3", "Infrastructure"),
)
FIRST_LINE = tuple(agent for agent in AGENTS if agent.level == "N1")
THIRD_LINE = next(agent for agent in AGENTS if agent.level == "N3")
# Of the course's exercise 1; the other categories are those of the month's cases.
WORD = "Bureautique > Microsoft Office > Word"
_TOP = ("Messagerie", "Poste de travail", "Réseau", "Applications", "Bureautique")


@dataclass(frozen=True, slots=True)
class Person:
    """Someone who asks for help."""

    name: str
    department: str


@dataclass(frozen=True, slots=True)
class Case:
    """What a ticket of the month is about, how often it comes (`weight`), and what the desk does about it.

    `group` takes it over when the first line cannot solve it, "" where the first line always can.
    """

    type: str
    title: str
    category: str
    group: str
    weight: int
    impact: str
    urgency: str
    said: tuple[tuple[str, str], ...]
    cause: str
    action: str
    taken: str
    found: str
    told: str

    @property
    def second_line(self) -> Agent:
        """Who takes it over when the first line cannot solve it; only for a case with a group."""
        return next(agent for agent in AGENTS if agent.level == "N2" and agent.group == self.group)

    @property
    def is_outage(self) -> bool:
        """Whether a whole service is down."""
        return self.impact == self.urgency == "high"


@cache
def cases() -> tuple[Case, ...]:
    """Every case of the month: incidents, then service requests."""
    return (*map(_incident, _read("incident")), *map(_request, _read("request")))


@cache
def people() -> tuple[Person, ...]:
    """Everybody of the address book."""
    return tuple(Person(row["name"], row["department"]) for row in csv.DictReader(people_csv().splitlines()))


def people_csv() -> str:
    """The address book as the desk holds it."""
    return (_DATA / "people.csv").read_text(encoding="utf-8")


def beginnings(first_number: int) -> Beginnings:
    """What the company's desk begins with."""
    named = {WORD, *(case.category for case in cases())}
    in_order = sorted(named, key=lambda name: (_rank(name), name))
    return Beginnings(AGENTS, tuple(in_order), first_number, people_csv())


def _rank(category: str) -> int:
    top = category.partition(" > ")[0]
    return _TOP.index(top) if top in _TOP else len(_TOP)


def _read(kind: str) -> list[dict[str, str]]:
    text = (_DATA / f"{kind}s.toml").read_text(encoding="utf-8")
    found: list[dict[str, str]] = tomllib.loads(text)[kind]
    return found


def _incident(row: Mapping[str, str]) -> Case:
    labels = {"context": "Contexte", "symptom": "Symptôme", "message": "Message d'erreur", "effect": "Impact"}
    return _case("incident", row, labels, row["impact"], row["urgency"], row["cause"], row["taken"], row["found"])


def _request(row: Mapping[str, str]) -> Case:
    labels = {"wish": "Demande", "reason": "Justification", "approval": "Approbation"}
    return _case("request", row, labels, "low", "medium", "", "Demande vérifiée et complète.", "Réalisation planifiée.")


def _case(
    type: str,
    row: Mapping[str, str],
    labels: Mapping[str, str],
    impact: str,
    urgency: str,
    cause: str,
    taken: str,
    found: str,
) -> Case:
    said = tuple((label, row[key]) for key, label in labels.items() if row[key])
    return Case(
        type=type,
        title=row["title"],
        category=row["category"],
        group=row["group"],
        weight=int(row["weight"]),
        impact=impact,
        urgency=urgency,
        said=said,
        cause=cause,
        action=row["action"],
        taken=taken,
        found=found,
        told=row["told"],
    )
