"""Who one person is: by an address, else by a name; and where they are meant."""

from __future__ import annotations

import pytest

from tkt.domain.person import Person
from tkt.domain.personal_data import Subject, one_by_one

MARIE = Subject(("Marie MARTIN", "M. Martin"), ("marie.martin@e.fr",), ("06 12 34 56 78", "Poste 12"))


@pytest.mark.parametrize(
    "text",
    ["voir MARIE   MARTIN.", "Marié martin", "marie.martin@e.fr", "au 0612345678", "au 06.12-34 56/78", "poste 12 !"],
)
def test_a_person_is_mentioned_whatever_the_capitals_accents_and_blanks(text: str) -> None:
    assert MARIE.is_mentioned(text)


@pytest.mark.parametrize(
    "text", ["Marie MARTINEZ", "Anne-Marie Martins", "marie.martin@e.france", "poste 123", "106123456789", ""]
)
def test_what_only_looks_alike_is_no_mention(text: str) -> None:
    assert not MARIE.is_mentioned(text)


def test_an_address_decides_where_there_is_one() -> None:
    assert MARIE.is_named("Marie Martin")
    assert MARIE.is_named("Somebody <MARIE.martin@e.fr>")
    assert not MARIE.is_named("Marie MARTIN <other@e.fr>")


def test_people_are_told_apart_by_addresses_and_names_alone_are_everybodys() -> None:
    one, other, alone = Person("Marie", "a@e.fr"), Person("Marie", "b@e.fr"), Person("marié")
    renamed, stranger = Person("Marie DUPUIS", "A@e.fr"), Person("Paul")
    groups = one_by_one([one, other, alone, renamed, stranger])
    assert [set(group) for group in groups] == [{one, renamed, alone}, {other, alone}, {stranger}]
