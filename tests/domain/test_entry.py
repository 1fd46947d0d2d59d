"""One entry: what it says of a key, and what its value is."""

from __future__ import annotations

from dataclasses import replace

from tests.domain.tickets import at
from tkt.domain.entry import Entry, FieldChange, SetChange

TWICE = (
    FieldChange("state", "pending", "new"),
    FieldChange("reason", "user"),
    SetChange("tags", ("vip",)),
    FieldChange("state", "resolved", "pending"),
)
ENTRY = Entry(at("09:30"), "Jean DUPONT", changes=TWICE, ordinal=2)


def test_the_last_change_of_a_key_is_what_an_entry_says_of_it() -> None:
    assert ENTRY.change("state") == FieldChange("state", "resolved", "pending")
    assert ENTRY.value("state") == "resolved"
    assert ENTRY.latest() == {"state": TWICE[3], "reason": TWICE[1]}


def test_an_entry_says_nothing_of_what_it_does_not_mention_nor_a_value_of_a_set() -> None:
    for key in ("priority", "tags"):
        assert ENTRY.change(key) is None
        assert ENTRY.value(key) == ""


def test_changes_of_single_values_come_in_order() -> None:
    assert list(ENTRY.field_changes()) == [TWICE[0], TWICE[1], TWICE[3]]


def test_where_an_entry_stands_is_its_instant_and_ordinal_and_its_line_is_no_part_of_it() -> None:
    assert ENTRY.position == (at("09:30"), 2)
    assert replace(ENTRY, line=12) == ENTRY
    assert replace(ENTRY, ordinal=3) != ENTRY
