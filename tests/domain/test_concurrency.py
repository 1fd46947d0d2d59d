"""Concurrent moves: which fields nobody has settled, what stands, and who moved them to what."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tests.domain.tickets import at, said, ticket
from tkt.domain.concurrency import unsettled, unsettled_among
from tkt.domain.entry import Entry, FieldChange
from tkt.domain.journal import replay

MINE = said("10:00", state="new → assigned")
THEIRS = said("10:01", state="new → in_progress", author="Pierre MARTIN")


def keys(*entries: Entry) -> list[str]:
    return [one.key for one in unsettled(ticket(*entries))]


def test_an_unsettled_field_names_what_stands_and_all_who_moved_it() -> None:
    [field] = unsettled(ticket(MINE, THEIRS))
    assert (field.key, field.value) == ("state", "in_progress")
    assert [(move.entry.author, move.change.new) for move in field.moves] == [
        ("Jean DUPONT", "assigned"),
        ("Pierre MARTIN", "in_progress"),
    ]


def test_a_rule_that_says_once_more_what_stands_is_nothing_to_settle() -> None:
    raised = said("10:00", author="tkt", level="N1 → N2", automatic="escalation half")
    again = said("10:20", author="tkt", level="N1 → N2", automatic="escalation half")
    assert keys(raised, again) == [] and not ticket(raised, again).replayed.concurrent
    by_hand = said("10:10", level="N1 → N3")
    assert keys(raised, by_hand) == keys(by_hand, again) == keys(raised, by_hand, again) == ["level"]
    assert keys(by_hand, said("10:30", level="N1 → N3")) == ["level"]


def test_an_entry_that_says_so_settles_its_field_alone() -> None:
    both = (MINE, THEIRS, said("10:02", priority="P3 → P2"), said("10:03", priority="P3 → P1"))
    assert keys(*both) == ["state", "priority"]
    assert keys(*both, said("10:05", settled="state")) == ["priority"]
    assert keys(*both, said("10:05", settled="priority"), said("10:06", settled="state")) == []


def test_an_entry_settles_what_came_before_it_and_nothing_later() -> None:
    third = said("10:03", state="assigned → pending", author="Zoé LENOIR")
    assert keys(MINE, said("10:00", n=2, settled="state"), THEIRS) == ["state"]
    assert keys(MINE, THEIRS, said("10:02", settled="state"), third) == ["state"]


def test_a_move_from_what_stands_settles() -> None:
    assert keys(MINE, THEIRS, said("10:02", state="in_progress → pending", reason="user")) == []


def test_a_ticket_whose_moves_saw_each_other_has_nothing_to_settle() -> None:
    assert keys(MINE, said("10:01", state="assigned → in_progress"), said("10:02", settled="state")) == []


_CHANGES = st.builds(
    FieldChange, st.sampled_from(["state", "asset", "settled"]), st.sampled_from("ab"), st.sampled_from(["a", "b", ""])
)


@given(st.lists(_CHANGES, max_size=8))
def test_what_is_unsettled_is_a_concurrent_move_and_settling_every_field_settles_all(
    changes: list[FieldChange],
) -> None:
    entries = tuple(Entry(at(f"10:{n:02d}"), "Jean DUPONT", changes=(one,)) for n, one in enumerate(changes))
    blind = {id(move.change) for move in replay(entries).concurrent}
    found = unsettled_among(entries)
    assert {id(move.change) for one in found for move in one.moves[1:]} <= blind
    settling = tuple(FieldChange("settled", one.key) for one in found)
    assert unsettled_among((*entries, Entry(at("11:00"), "Jean DUPONT", changes=settling))) == ()
