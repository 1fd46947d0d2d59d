"""The table of keys: of what kind each is, and where it may stand."""

from __future__ import annotations

from typing import get_type_hints

import pytest

from tkt.domain.keys import FRONT_MATTER, KEYS, MOVED, REQUIRED, is_key, kind_of
from tkt.domain.ticket import Requester


def test_every_key_is_a_field_a_set_a_fact_or_an_identity_and_looks_like_a_key() -> None:
    assert {key.kind for key in KEYS.values()} == {"field", "set", "fact", "identity"}
    assert all(is_key(name) and KEYS[name].name == name for name in KEYS)


def test_the_front_matter_holds_all_but_facts() -> None:
    assert set(FRONT_MATTER) == {name for name in KEYS if kind_of(name) != "fact"}


def test_what_a_ticket_needs_and_what_its_life_moves_are_keys_of_the_front_matter() -> None:
    assert set(REQUIRED) <= set(FRONT_MATTER)
    assert all(kind_of(name) == "field" for name in MOVED)


def test_the_parts_of_a_requester_are_keys() -> None:
    parts = {f"requester.{part}" for part in get_type_hints(Requester)}
    assert parts == {name for name in KEYS if name.startswith("requester.")}


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("state", "field"),
        ("tags", "set"),
        ("spent", "fact"),
        ("uid", "identity"),
        ("x_servicenow.sys_id", "field"),
        ("x_", "field"),
        ("requester", None),
        ("couleur", None),
        ("State", None),
    ],
)
def test_a_key_is_of_the_kind_that_the_table_says_and_x_keys_are_anybody_s_fields(name: str, kind: str | None) -> None:
    assert kind_of(name) == kind


@pytest.mark.parametrize("text", ["", "State", "é", "a b", "a.", ".a", "a..b", "1a", "a:", "a-b", "a\n"])
def test_what_does_not_look_like_a_key_is_none(text: str) -> None:
    assert not is_key(text)
