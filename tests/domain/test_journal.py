"""Replay: the last writer of a field wins, members come and go, concurrent moves are seen."""

from __future__ import annotations

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from tests.domain.tickets import at, opening, said
from tkt.domain.entry import Entry, FieldChange, SetChange
from tkt.domain.journal import next_position, replay

keys = st.sampled_from(["state", "priority", "assignee", "x_ours"])
words = st.sampled_from(["", "a", "b", "c"])
changes = st.one_of(
    st.builds(FieldChange, keys, words, words),
    st.builds(
        SetChange, st.just("tags"), st.lists(words, max_size=2).map(tuple), st.lists(words, max_size=2).map(tuple)
    ),
    st.builds(FieldChange, st.sampled_from(["spent", "reason", "id", "inconnu"]), words, words),
)
entries = st.builds(
    lambda minutes, ordinal, changes: Entry(
        at("09:15") + timedelta(minutes=minutes), "Jean", "", False, changes, "", ordinal
    ),
    st.integers(0, 3),
    st.integers(1, 2),
    st.lists(changes, max_size=3).map(tuple),
)


@given(st.lists(entries, max_size=6))
def test_a_field_has_the_value_that_was_written_last(journal: list[Entry]) -> None:
    values = {}
    for entry in journal:
        values |= {c.key: c.new for c in entry.field_changes() if c.key in ("state", "priority", "assignee", "x_ours")}
    assert replay(journal).values == values


@given(st.lists(entries, max_size=6))
def test_a_member_is_there_when_the_last_word_on_it_was_that_it_joined(journal: list[Entry]) -> None:
    members: set[str] = set()
    for change in (c for entry in journal for c in entry.changes if isinstance(c, SetChange)):
        members = (members - set(change.removed)) | set(change.added)
    assert {member for member, there in replay(journal).members.get("tags", {}).items() if there} == members


@given(st.lists(entries, max_size=6), st.lists(entries, max_size=3))
def test_replay_goes_on_where_it_stopped(journal: list[Entry], more: list[Entry]) -> None:
    stopped = replay(journal)
    for entry in more:
        stopped.apply(entry)
    assert stopped == replay([*journal, *more])


@given(st.lists(entries, max_size=5, unique_by=lambda entry: entry.position), st.randoms(use_true_random=False))
def test_what_a_journal_says_depends_on_the_set_of_its_entries_alone(journal: list[Entry], random: object) -> None:
    shuffled = list(journal)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    in_order = sorted(shuffled, key=lambda entry: entry.position)
    assert replay(in_order) == replay(sorted(journal, key=lambda entry: entry.position))


def test_facts_are_never_replayed() -> None:
    assert replay([said("09:30", spent="15m", rating="5", reason="user")]).values == {}


def test_a_move_from_a_value_that_does_not_stand_is_concurrent_and_wins_all_the_same() -> None:
    moves = [opening(), said("09:30", assignee="Jean"), said("09:40", assignee="Luc → Paul", author="Luc")]
    replayed = replay(moves)
    (move,) = replayed.concurrent
    assert (move.entry, move.change.old, move.replayed) == (moves[2], "Luc", "Jean")
    assert replayed.values["assignee"] == "Paul"


def test_the_first_word_on_a_field_is_never_concurrent() -> None:
    assert replay([opening(), said("09:30", title="a → b")]).concurrent == []


def test_a_new_entry_goes_behind_the_last_one() -> None:
    assert next_position((), at("09:30")) == (at("09:30"), 1)
    assert next_position((said("09:15"),), at("09:30")) == (at("09:30"), 1)
    assert next_position((said("09:30", n=2),), at("09:30")) == (at("09:30"), 3)
    assert next_position((said("09:45"),), at("09:30")) == (at("09:45"), 2)


def test_members_stand_in_the_order_in_which_they_joined_and_one_that_is_there_keeps_its_place() -> None:
    journal = [
        Entry(at("09:15"), "Jean", changes=(SetChange("tags", ("vip", "vpn")),)),
        Entry(at("09:20"), "Jean", changes=(SetChange("tags", ("réseau", "vip")),)),
        Entry(at("09:25"), "Jean", changes=(SetChange("tags", (), ("vpn",)),)),
        Entry(at("09:30"), "Jean", changes=(SetChange("tags", ("vpn",)),)),
    ]
    assert [one for one, present in replay(journal).members["tags"].items() if present] == ["vip", "réseau", "vpn"]
