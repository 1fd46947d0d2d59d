"""Putting a text right: each entry once and as its merge's sides have it, each key once, and the snapshot they give."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.store.texts import entries as any_entry
from tests.store.texts import fifty
from tkt.domain.entry import Entry, FieldChange
from tkt.domain.instant import read_instant
from tkt.store.journal_text import render_entry
from tkt.store.ticket_repair import MergedTexts, with_keys_once, with_snapshot, with_united_journal
from tkt.store.ticket_text import TicketText

FRONT = "id: INC0000001\nstate: new\ntitle: Écran noir\n"


def at(minute: int, words: str, *changes: FieldChange) -> Entry:
    return Entry(read_instant(f"2026-01-15T09:{minute:02d}:00+01:00"), "Zoé", changes=changes, text=words)


def text(*entries: Entry, front: str = FRONT) -> TicketText:
    """A ticket's text with these entries, in this order."""
    return TicketText.parse(f"---\n{front}---\n\n## Journal\n\n" + "\n".join(map(render_entry, entries)))


def merged(base: TicketText, ours: TicketText, theirs: TicketText, result: TicketText | None = None) -> MergedTexts:
    return MergedTexts(base, ours, theirs, result)


def said(entry: Entry) -> Entry:
    """An entry without the blank lines at its end, which tell none from another."""
    return replace(entry, text=entry.text.rstrip("\r\n"))


OPENING, OURS, THEIRS, LATER = at(15, "a"), at(20, "un"), at(30, "deux"), at(40, "trois")
BASE, SIDES = text(OPENING), (text(OPENING, OURS), text(OPENING, THEIRS))


@fifty
@given(st.lists(any_entry, max_size=4, unique=True).flatmap(st.permutations), st.data())
def test_each_entry_stands_once_in_order_and_a_second_time_nothing_changes(
    entries: list[Entry], data: st.DataObject
) -> None:
    twice = [*entries, *(data.draw(st.lists(st.sampled_from(entries), max_size=3)) if entries else [])]

    once = with_united_journal(text(*twice), [])

    assert {said(entry) for entry in once.entries} == {said(entry) for entry in entries}
    assert len(once.entries) == len({said(entry) for entry in entries})
    assert [entry.position for entry in once.entries] == sorted(entry.position for entry in once.entries)
    assert str(with_united_journal(once, [])) == str(once)


@pytest.mark.parametrize(
    "stands",
    [
        text(OPENING, OURS),
        text(OPENING, THEIRS),
        text(OPENING, THEIRS, OURS),
        text(OPENING, OURS, THEIRS, OURS),
        text(OPENING),
        text(OPENING, at(20, ""), at(30, "un\n\ndeux")),
        text(OPENING, at(20, "un\n\ndeux")),
        text(OPENING, at(20, "un\n=======\ndeux\n>>>>>>> side")),
    ],
)
def test_whatever_a_merge_made_of_two_journals_both_are_whole_again(stands: TicketText) -> None:
    for later in ((), (LATER,)):
        found = with_united_journal(text(*stands.entries, *later), [merged(BASE, *SIDES, stands if later else None)])
        assert found.entries == (OPENING, OURS, THEIRS, *later)


def test_what_a_person_added_to_a_mixed_entry_is_kept_beside_it() -> None:
    own = at(20, "un\n\nvu avec Marie")
    found = with_united_journal(text(OPENING, own), [merged(BASE, *SIDES)])
    assert set(found.entries) == {OPENING, OURS, own, THEIRS}


def test_a_mixed_entry_stays_out_though_a_later_merge_has_it_on_both_sides() -> None:
    mixed = text(OPENING, at(20, "un\n\ndeux"))
    later = merged(mixed, text(*mixed.entries, LATER), mixed, text(*mixed.entries, LATER))
    found = with_united_journal(text(*mixed.entries, LATER), [later, merged(BASE, *SIDES, mixed)])
    assert found.entries == (OPENING, OURS, THEIRS, LATER)


def test_what_was_redacted_since_stays_so() -> None:
    redacted, told = at(20, "[redacted]"), at(40, "", FieldChange("redacted", "2026-01-15T09:20:00+01:00"))
    found = with_united_journal(text(OPENING, redacted, told), [merged(BASE, *SIDES)])
    assert found.entries == (OPENING, redacted, THEIRS, told)


def test_the_snapshot_follows_the_journal() -> None:
    stands = text(at(15, "", FieldChange("state", "new")), at(20, "", FieldChange("state", "closed", "new")))
    assert with_snapshot(stands).front_matter.fields["state"] == "closed"


# Keys that stand twice


def keyed(
    front: str, *merges: MergedTexts, entries: tuple[Entry, ...] = (OPENING,)
) -> tuple[str, dict[str, str], tuple[str, ...]]:
    found = with_keys_once(text(*entries, front=front), merges)
    return found.text.front_matter.source, found.kept, found.disputed


def test_the_journal_says_which_value_stands() -> None:
    moved = (at(15, "", FieldChange("state", "new")), at(20, "", FieldChange("state", "closed", "new")))
    source, kept, disputed = keyed("state: new\nstate: closed\n", entries=moved)
    assert (source, kept, disputed) == ("state: closed\n", {"state": "closed"}, ())


def test_one_value_twice_is_one() -> None:
    assert keyed("title: A\nid: 1\ntitle: A\n")[0] == "title: A\nid: 1\n"


def test_else_the_side_that_changed_it_says_so() -> None:
    base, ours = text(OPENING, front="title: A\n"), text(OPENING, front="title: B\n")
    assert keyed("title: A\ntitle: B\n", merged(base, ours, base))[0] == "title: B\n"
    assert keyed("title: A\ntitle: B\n", merged(base, base, ours))[0] == "title: B\n"


def test_where_nobody_knows_both_stand_between_marks() -> None:
    source, kept, disputed = keyed("id: 1\ntitle: A\ntype: x\ntitle: B\n")
    assert source == "id: 1\n<<<<<<< ours\ntitle: A\n=======\ntitle: B\n>>>>>>> theirs\ntype: x\n"
    assert (kept, disputed) == ({}, ("title",))


def test_a_set_that_stands_twice_has_the_members_of_both() -> None:
    source, _kept, disputed = keyed("tags: [a, b]\nid: 1\ntags: [b, c]\n")
    assert text(front=source).front_matter.members("tags") == ("a", "b", "c")
    assert disputed == ()


def test_a_pair_below_a_key_stands_once_too() -> None:
    base = text(OPENING, front="requester:\n  name: A\n  phone: 1\n")
    ours = text(OPENING, front="requester:\n  name: A\n  phone: 2\n")
    source = keyed("requester:\n  name: A\n  phone: 1\n  phone: 2\n", merged(base, ours, base))[0]
    assert source == "requester:\n  name: A\n  phone: 2\n"
