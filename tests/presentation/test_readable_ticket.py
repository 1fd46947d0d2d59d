"""A ticket as a diff shows it: a further entry adds its own lines, and no line of a person's acts on a terminal."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tests.presentation.course import course_entries, make_entry, opening
from tests.store.texts import entries as any_entry
from tkt.domain.entry import Entry, FieldChange, SetChange
from tkt.presentation.readable_ticket import readable_ticket
from tkt.presentation.safe_text import for_terminal


@given(st.lists(any_entry, max_size=4), any_entry)
def test_a_further_entry_adds_lines_and_changes_none(before: list[Entry], entry: Entry) -> None:
    first = readable_ticket({"id": "INC0000001"}, {}, "", before)
    assert readable_ticket({"id": "INC0000001"}, {}, "", [*before, entry]).startswith(first)


@given(st.lists(any_entry, max_size=3), st.text(max_size=30), st.text(max_size=30))
def test_nothing_acts_on_a_terminal(entries: list[Entry], value: str, body: str) -> None:
    told = readable_ticket({"title": value, "x_a": value}, {"tags": (value,)}, body, entries)
    assert told == for_terminal(told)


def test_fields_stand_in_one_order_however_the_file_has_them() -> None:
    told = readable_ticket(
        {"state": "new", "x_ours": "1", "title": "T", "id": "INC0000001"}, {"tags": ("vip",)}, "", ()
    )
    assert told.splitlines() == ["id: INC0000001", "title: T", "tags: vip", "state: New", "x_ours: 1"]


def test_every_change_of_an_entry_is_told(french: None) -> None:
    entry = make_entry(
        "09:30",
        "Zoé",
        FieldChange("assignee", "", "Jean DUPONT"),
        FieldChange("spent", "15m"),
        FieldChange("x_ours", "a", "b"),
        SetChange("links", ("caused-by:PRB0000007",), ("related-to:INC0000002",)),
        ordinal=2,
    )
    told = readable_ticket({}, {}, "", [entry]).replace("\xa0", " ").splitlines()
    assert told[2] == "15/01/2026 09:30:00 +01:00 #2 · Zoé"
    assert told[3] == "  assigné à : Jean DUPONT → aucun"
    assert told[5:] == ["  x_ours : b → a", "  liens : +causé par PRB0000007 -lié à INC0000002"]


def test_the_opening_entry_is_told_like_any_other() -> None:
    assert "  state: New\n  impact: medium" in readable_ticket({}, {}, "", [opening(), *course_entries()[1:]])
