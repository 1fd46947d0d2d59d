"""Every field has a name, every code word a label, and what is not ours is shown as it is."""

from __future__ import annotations

import pytest

from tkt.domain.keys import KEYS
from tkt.presentation import labels


def test_every_field_and_set_that_can_move_has_a_name() -> None:
    assert set(labels.FIELDS) == {name for name, key in KEYS.items() if key.kind in ("field", "set")}


@pytest.mark.parametrize("language", ["english", "french"])
def test_no_two_fields_have_one_name(language: str, request: pytest.FixtureRequest) -> None:
    request.getfixturevalue(language)
    names = [labels.field(key) for key in labels.FIELDS]
    assert len(set(names)) == len(names)


def test_values_are_shown_by_their_labels_and_priorities_by_their_codes(french: None) -> None:
    assert labels.value("urgency", "high") == "élevée"
    assert labels.value("state", "in_progress") == "En cours"
    assert labels.value("priority", "P2") == "P2"
    assert labels.value("cause", "unknown") == "inconnue"
    assert labels.value("x_bail", "high") == "high"


def test_a_priority_in_full(french: None) -> None:
    assert labels.priority("P1") == "P1 - Critique"
    assert labels.priority("urgent") == "urgent"


@pytest.mark.parametrize(("level", "said"), [("N1", ""), ("N2", "N2"), ("N3", "N3"), ("", ""), ("N9", "N9")])
def test_levels_are_said_from_the_second_on(level: str, said: str) -> None:
    assert labels.raised_level(level) == said


def test_links_read_as_a_sentence() -> None:
    assert labels.link("caused-by:PRB0000007") == "caused by PRB0000007"
    assert labels.link("wherever:PRB0000007") == "wherever PRB0000007"
    assert labels.link("wherever") == "wherever"
