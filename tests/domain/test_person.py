"""A person, written and read."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tkt.domain.person import Person

plain = st.text(st.characters(exclude_characters="<>", exclude_categories=("C", "Z"))).map(str.strip)


@pytest.mark.parametrize(
    ("text", "person"),
    [
        ("Jean DUPONT <jean.dupont@entreprise.fr>", Person("Jean DUPONT", "jean.dupont@entreprise.fr")),
        ("  Jean DUPONT  < jean.dupont@entreprise.fr > ", Person("Jean DUPONT", "jean.dupont@entreprise.fr")),
        ("Jean DUPONT", Person("Jean DUPONT")),
        ("Jean DUPONT <>", Person("Jean DUPONT")),
        ("<jean.dupont@entreprise.fr>", Person("jean.dupont@entreprise.fr", "jean.dupont@entreprise.fr")),
        ("a < b", Person("a < b")),
    ],
)
def test_a_person_is_read_as_written(text: str, person: Person) -> None:
    assert Person.parse(text) == person


@given(plain.filter(bool), plain)
def test_what_is_written_reads_back(name: str, email: str) -> None:
    person = Person(name, email)
    assert Person.parse(str(person)) == person


@pytest.mark.parametrize(
    "text", ["a" + " " * 1_000_000 + "b", " " * 1_000_000, "<" * 1_000_000, "a <" + " " * 1_000_000]
)
def test_a_line_that_names_nobody_is_a_name_at_once(text: str) -> None:
    assert Person.parse(text) == Person(text.strip())
