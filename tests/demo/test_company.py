"""The company's people, cases and categories fit each other."""

from __future__ import annotations

from pathlib import Path

import pytest

from tkt.demo.company import AGENTS, beginnings, cases, people
from tkt.domain.words import IMPACT, URGENCY
from tkt.store.people import find_people
from tkt.store.settings.settings import read_settings
from tkt.store.templates import SHIPPED, read_template


def test_every_case_can_be_a_ticket() -> None:
    for case in cases():
        assert case.impact in IMPACT and case.urgency in URGENCY and case.weight > 0
        assert not case.group or case.second_line.group == case.group
        assert case.cause or case.type == "request"


def test_the_address_book_names_everybody_once(tmp_path: Path) -> None:
    book = tmp_path / "people.csv"
    book.write_text(beginnings(1).people, encoding="utf-8")
    assert all(len(find_people(book, person.name)) == 1 for person in people())
    (marie,) = find_people(book, "marie.martin@entreprise.fr")
    assert (marie.name, marie.department, marie.phone, marie.asset, marie.location) == (
        "Marie MARTIN",
        "Comptabilité",
        "Poste 1234",
        "PC-COMPTA-015",
        "",
    )
    assert not {agent.name for agent in AGENTS} & {person.name for person in people()}


@pytest.mark.parametrize("desk", ["the demonstration", "the project's root"])
def test_the_desk_knows_the_categories_of_the_templates(desk: str) -> None:
    root = Path(__file__).parent.parent.parent / "tkt.yaml"
    known = beginnings(1).categories if desk == "the demonstration" else read_settings(root).categories
    named = {read_template(path).fields.get("category", "") for path in (SHIPPED / "fr").glob("*.md")} - {""}
    assert named <= set(known)
