"""Snapshots: what changes in a front matter is what its journal says, or it is named."""

from __future__ import annotations

import pytest

from tests.domain.tickets import said
from tkt.domain.entry import Entry
from tkt.domain.growth import Snapshot
from tkt.domain.journal import replay
from tkt.domain.snapshots import opening_faults, silent_changes

SETS: dict[str, tuple[str, ...]] = {"tags": (), "links": (), "aliases": ()}


def snapshot(tags: tuple[str, ...] = (), **fields: str) -> Snapshot:
    return Snapshot({key.replace("__", "."): value for key, value in fields.items()}, {**SETS, "tags": tags})


def faults(
    parents: list[Snapshot], after: Snapshot, new: list[Entry], journal: list[Entry] | None = None
) -> list[tuple[str, str]]:
    found = silent_changes(parents, after, replay(new if journal is None else journal), new)
    return [(one.rule, one.key) for one in found]


def test_a_change_with_its_entry_is_right() -> None:
    before, after = snapshot(state="new", title="A"), snapshot(state="closed", title="A")
    assert faults([before], after, [said("09:30", state="new → closed")]) == []


@pytest.mark.parametrize(
    ("before", "after", "rule"),
    [
        (snapshot(title="A"), snapshot(title="B"), ("silent-change", "title")),
        (snapshot(), snapshot(cause="unknown"), ("silent-change", "cause")),
        (snapshot(cause="unknown"), snapshot(), ("silent-change", "cause")),
        (snapshot(requester__phone="1"), snapshot(requester__phone="2"), ("silent-change", "requester.phone")),
        (snapshot(x_ours="1"), snapshot(x_ours="2"), ("silent-change", "x_ours")),
        (snapshot(("vip",)), snapshot(), ("silent-change", "tags")),
        (snapshot(), snapshot(("vip",)), ("silent-change", "tags")),
        (snapshot(uid="a"), snapshot(uid="b"), ("identity", "uid")),
        (snapshot(opened_at="a"), snapshot(opened_at="b"), ("identity", "opened_at")),
        (snapshot(state="new"), snapshot(state="closed"), ("silent-change", "state")),
    ],
)
def test_a_change_without_its_entry_is_named(before: Snapshot, after: Snapshot, rule: tuple[str, str]) -> None:
    assert faults([before], after, []) == [rule]


def test_keys_that_nobody_knows_are_nobody_s_business() -> None:
    assert faults([snapshot(couleur="bleu")], snapshot(couleur="rouge"), []) == []


def test_what_entries_mention_must_stand_as_they_say() -> None:
    entry = said("09:30", state="new → pending", tags="+vip")
    assert faults([snapshot(state="new")], snapshot(state="new"), [entry]) == [
        ("snapshot", "state"),
        ("snapshot", "tags"),
    ]
    assert faults([snapshot(state="new")], snapshot(("vip",), state="closed"), [entry]) == [("snapshot", "state")]


def test_going_back_to_what_the_journal_says_needs_no_entry() -> None:
    journal = [said("09:15", state="new"), said("09:30", tags="+vip")]
    assert faults([snapshot(state="closed")], snapshot(("vip",), state="new"), [], journal) == []


def test_a_merge_takes_what_no_entry_mentions_from_either_side_and_from_nowhere_else() -> None:
    ours, theirs = snapshot(("a",), title="A"), snapshot(("b",), title="B")
    assert faults([ours, theirs], snapshot(("a", "b"), title="B"), []) == []
    assert faults([ours, theirs], snapshot(("a", "c"), title="C"), []) == [
        ("silent-change", "title"),
        ("silent-change", "tags"),
    ]


def test_a_redaction_that_is_told_may_take_a_value_away() -> None:
    before, after = snapshot(requester__phone="0612"), snapshot(requester__phone="[redacted]")
    assert faults([before], after, [said("09:30", redacted="requester.phone")]) == []
    assert faults([before], after, [said("09:30", redacted="title")]) == [("silent-change", "requester.phone")]
    assert faults([before], snapshot(requester__phone="0700"), [said("09:30", redacted="requester.phone")]) != []


def test_a_new_ticket_says_in_its_journal_what_its_life_moves() -> None:
    opening = said("09:15", state="new", priority="P3")
    assert faults([], snapshot(("vip",), state="new", priority="P3", title="A"), [opening]) == []
    assert faults([], snapshot(state="new", priority="P1", assignee="Zoé"), [opening]) == [
        ("silent-change", "assignee"),
        ("snapshot", "priority"),
    ]


def test_a_new_ticket_begins_with_its_opening_entry() -> None:
    assert [one.rule for one in opening_faults([])] == ["opening-entry"]
    assert [(one.rule, one.line) for one in opening_faults([said("09:15", "Bonjour", line=9)])] == [
        ("opening-entry", 9)
    ]
    assert list(opening_faults([said("09:15", state="new")])) == []
