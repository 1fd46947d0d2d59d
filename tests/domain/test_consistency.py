"""A journal and its snapshot: what they must agree on, and where a departure is told."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from tests.domain.tickets import at, opening, said, ticket
from tkt.domain.consistency import Discrepancy, discrepancies
from tkt.domain.entry import Entry, FieldChange
from tkt.domain.ticket import Ticket
from tkt.store.journal_text import bytes_of


def found(one: Ticket) -> list[Discrepancy]:
    return list(discrepancies(one, bytes_of))


def rules(one: Ticket) -> list[str]:
    return [discrepancy.rule for discrepancy in found(one)]


def test_a_life_as_the_verbs_write_it_agrees_with_itself() -> None:
    one = ticket(
        said("09:30", "Prise en charge.", state="new → in_progress", assignee="Jean DUPONT", public=True),
        said("09:30", "Escalade N2", n=2, assignee="Jean DUPONT → Pierre MARTIN", level="N1 → N2"),
        said("10:15", "IP blacklistée", spent="15m", tags="+vip +mail"),
        said("11:00", tags="-mail"),
        said("11:30", state="in_progress → pending", reason="vendor", until="2026-01-20", ref="SR-1"),
        said("13:45", "OK", state="pending → resolved", cause="Blacklist", action="Delist", first_contact="no"),
        said("14:00", "Merci !", author="Marie MARTIN", state="resolved → closed", rating="5"),
    )
    assert found(one) == []


def test_an_entry_behind_a_later_one_is_told_once_and_hides_nothing_else() -> None:
    first = said("10:00", state="new → assigned", line=40)
    second = said("11:00", state="assigned → in_progress", line=30)
    one = ticket(first, second)
    swapped = replace(one, entries=(one.entries[0], second, first))
    [wrong] = found(swapped)
    assert (wrong.rule, wrong.severity, wrong.line) == ("journal-order", "error", 40)
    assert "2026-01-15T10:00:00+01:00" in wrong.message
    assert rules(replace(swapped, fields={**swapped.fields, "state": "closed"})) == ["journal-order", "replay"]


def test_ordinals_count_the_entries_of_one_instant() -> None:
    assert rules(ticket(said("10:00"), said("10:00", n=2), said("10:00", n=3), said("10:01"))) == []
    assert rules(ticket(said("10:00", n=2))) == ["entry-ordinal"]
    assert rules(ticket(said("10:00"), said("10:00", n=3))) == ["entry-ordinal"]
    assert rules(ticket(opened_by=replace(opening(), ordinal=2))) == ["entry-ordinal"]
    assert rules(ticket(said("10:00"), said("10:00", n=2), said("10:00", n=1))) == ["journal-order"]


def test_an_instant_is_the_same_in_another_zone() -> None:
    elsewhere = Entry(at("10:00").astimezone(), "Jean DUPONT", text="Suite", ordinal=2)
    assert rules(ticket(said("10:00"), elsewhere)) == []
    assert rules(ticket(replace(elsewhere, ordinal=1), said("10:00"))) == ["same-place"]


def test_two_people_may_write_at_one_moment_in_the_order_of_their_bytes() -> None:
    jean, zoe = said("10:00", "Vu."), said("10:00", "Vu aussi.", author="Zoé LENOIR", line=33)
    assert rules(ticket(jean, zoe)) == []
    [wrong] = found(ticket(zoe, replace(jean, line=40)))
    assert (wrong.severity, wrong.rule, wrong.line) == ("error", "journal-order", 40)


def test_what_two_clones_wrote_at_one_moment_stands_as_a_merge_leaves_it() -> None:
    others = [said("10:00", str(n), author="Zoé LENOIR", n=n) for n in (1, 2)]
    mine = [said("10:00", str(n), n=n) for n in (1, 2, 3)]
    assert rules(ticket(mine[0], others[0], mine[1], others[1], mine[2])) == []
    assert rules(ticket(mine[0], mine[1], mine[2], others[0], others[1])) == ["journal-order"]


def test_entries_that_changed_places_are_replayed_where_they_belong() -> None:
    mine = said("10:00", state="new → assigned")
    theirs = said("10:00", state="new → in_progress", author="Zoé LENOIR")
    swapped = ticket(theirs, mine, snapshot={"state": "in_progress"})
    assert rules(swapped) == ["journal-order", "concurrent-move"]


def test_what_was_made_unreadable_keeps_its_place() -> None:
    hidden = said("10:00", "[redacted]", author="Zoé [redacted]")
    other = said("10:00", "Vu.", author="Zoé LENOIR", line=40)
    assert rules(ticket(hidden, other)) == ["journal-order"]
    told = said("10:05", redacted="2026-01-15T10:00:00+01:00")
    assert rules(ticket(hidden, other, told)) == []


def test_one_person_twice_in_one_place_is_a_warning_and_the_same_entry_twice_an_error() -> None:
    [shared] = found(ticket(said("10:00", "one"), said("10:00", "two", line=33)))
    assert (shared.severity, shared.rule, shared.line) == ("warning", "same-place", 33)
    assert "#2" in shared.mend
    [twice] = found(ticket(said("10:00", "one"), said("10:00", "one", line=33)))
    assert (twice.severity, twice.rule, twice.line) == ("error", "entry-twice", 33)


def test_no_entry_is_older_than_its_ticket() -> None:
    [wrong] = found(ticket(said("09:10"), opened_by=opening("09:00")))
    assert (wrong.rule, wrong.line) == ("before-opening", 20)
    assert rules(ticket(opened_by=opening("09:20"))) == []


def test_a_journal_without_entries_says_nothing_of_how_the_ticket_began() -> None:
    assert rules(replace(ticket(), entries=())) == ["opening-entry"]


def test_a_hand_on_the_front_matter_is_told_with_both_values_and_both_places() -> None:
    moved = said("10:00", priority="P3 → P2", line=30)
    [wrong] = found(ticket(moved, snapshot={"priority": "P1"}))
    assert (wrong.severity, wrong.rule, wrong.key, wrong.line) == ("error", "replay", "priority", 0)
    assert "“P1”" in wrong.message and "“P2”" in wrong.message and "30" in wrong.message


def test_a_value_that_the_journal_took_away_must_be_gone() -> None:
    gone = said("10:00", assignee="Jean DUPONT → ")
    assert rules(ticket(said("09:30", assignee="Jean DUPONT"), gone)) == []
    [wrong] = found(ticket(said("09:30", assignee="Jean DUPONT"), gone, snapshot={"assignee": "Jean DUPONT"}))
    assert (wrong.rule, wrong.key) == ("replay", "assignee")
    assert "nothing" in wrong.message


def test_anybodys_own_keys_are_replayed_too_and_facts_never() -> None:
    assert rules(ticket(said("10:00", x_site="Lyon", spent="15m", ref="A"), snapshot={"x_site": "Paris"})) == ["replay"]
    assert rules(ticket(said("10:00", spent="15m"), said("10:05", spent="20m"))) == []


def test_members_of_a_set_are_those_that_the_journal_last_left_in_it() -> None:
    entries = (said("10:00", tags="+vip +old"), said("10:05", tags="-old"))
    assert rules(ticket(*entries)) == []
    assert rules(ticket(*entries, tags=("vip", "anyones"))) == []
    assert rules(ticket(*entries, tags=())) == ["replay"]
    assert rules(ticket(*entries, tags=("vip", "old"))) == ["replay"]


def test_the_opening_entry_says_how_the_ticket_began() -> None:
    bare = said("09:15", line=20, state="new", impact="medium", urgency="medium")
    [wrong] = found(ticket(said("10:00", priority="P3 → P2"), opened_by=bare))
    assert (wrong.rule, wrong.line) == ("opening-entry", 20)
    assert "priority" in wrong.message
    assert rules(ticket(said("10:00", level="N1 → N2"), opened_by=replace(bare, changes=opening().changes[:4]))) == [
        "opening-entry"
    ]


def test_a_holder_whom_no_entry_knows_was_written_by_hand() -> None:
    [wrong] = found(ticket(snapshot={"assignee": "Pierre MARTIN"}))
    assert (wrong.severity, wrong.rule, wrong.key) == ("error", "unrecorded", "assignee")
    assert "Pierre MARTIN" in wrong.message
    without_priority = said("09:15", state="new", impact="low", urgency="low")
    assert rules(ticket(opened_by=without_priority, priority="P4")) == ["unrecorded"]


def test_fields_that_no_verb_has_touched_need_no_entry() -> None:
    assert rules(ticket(snapshot={"asset": "PC-1", "title": "Autre"})) == []


def test_entries_hold_code_words_only() -> None:
    [wrong] = found(ticket(said("10:00", state="new → in_progres", line=30)))
    assert (wrong.rule, wrong.line) == ("value", 30)
    assert "in_progress" in wrong.message
    assert rules(ticket(said("10:00", state="new → "))) == ["value"]
    assert rules(ticket(said("10:00", level="N1 → "))) == []


def test_odd_moves_are_history_and_no_fault() -> None:
    assert rules(ticket(said("10:00", state="new → closed"), said("10:05", state="closed → assigned"))) == []


def test_facts_say_what_they_may() -> None:
    good = {"rating": "5", "spent": "1h30m", "first_contact": "yes", "until": "2026-01-20", "late": "panne"}
    assert rules(ticket(said("10:00", **good))) == []
    for key, value in {"rating": "6", "spent": "a while", "first_contact": "maybe", "until": "demain"}.items():
        assert rules(ticket(said("10:00", **{key: value}))) == ["value"], key
    assert rules(ticket(said("10:00", state="new → pending", reason="holiday"))) == ["value"]
    assert rules(ticket(said("10:00", state="new → cancelled", reason="user"))) == ["value"]
    assert rules(ticket(said("10:00", reason="moved to another desk"))) == []
    assert rules(ticket(said("10:00", settled="state"), said("10:01", settled="x_site"))) == []
    assert rules(ticket(said("10:00", settled="spent"))) == ["value"]


def test_a_concurrent_move_is_a_warning_until_an_entry_that_saw_both() -> None:
    mine = said("10:00", state="new → assigned")
    theirs = said("10:01", state="new → in_progress", author="Pierre MARTIN", line=40)
    [move] = found(ticket(mine, theirs))
    assert "tkt settle INC0012345" in move.mend
    assert (move.severity, move.rule, move.line) == ("warning", "concurrent-move", 40)
    assert "Pierre MARTIN" in move.message and "“assigned”" in move.message
    unrelated = said("10:05", "autre chose", priority="P3 → P2")
    assert rules(ticket(mine, theirs, unrelated)) == ["concurrent-move"]
    assert rules(ticket(mine, theirs, said("10:10", state="in_progress → resolved"))) == []


def test_a_second_blind_move_settles_nothing() -> None:
    entries = (
        said("10:00", assignee="Jean DUPONT"),
        said("10:01", assignee="Pierre MARTIN"),
        said("10:02", assignee="Luc PETIT"),
    )
    assert rules(ticket(*entries)) == ["concurrent-move", "concurrent-move"]
    assert rules(ticket(*entries, said("10:03", settled="assignee"))) == []
    assert rules(ticket(*entries, said("10:03", assignee="Luc PETIT → Luc PETIT"))) == []


def test_a_long_value_keeps_the_message_to_a_line() -> None:
    [wrong] = found(ticket(said("10:00", cause="a\nb" + "x" * 500), snapshot={"cause": "y" * 500}))
    assert "\n" not in wrong.message and len(wrong.message) < 300


_KEYS = {
    "state": st.sampled_from(("new", "assigned", "in_progress", "pending", "resolved", "closed", "cancelled")),
    "priority": st.sampled_from(("P1", "P2", "P3", "P4")),
    "assignee": st.sampled_from(("Jean DUPONT", "Pierre MARTIN", "")),
    "asset": st.text(max_size=8),
}
_MOVES = st.lists(st.sampled_from(sorted(_KEYS)).flatmap(lambda key: st.tuples(st.just(key), _KEYS[key])), max_size=12)


def lived(moves: list[tuple[str, str]]) -> Ticket:
    """A ticket after moves, each of which saw the one before it."""
    stands: dict[str, str] = {change.key: change.new for change in opening().field_changes()}
    later = []
    for minute, (key, value) in enumerate(moves):
        change = FieldChange(key, value, stands.get(key, ""))
        later.append(Entry(at(f"10:{minute:02d}"), "Jean DUPONT", changes=(change,)))
        stands[key] = value
    return ticket(*later)


@given(_MOVES)
def test_whatever_the_moves_their_replay_is_the_snapshot(moves: list[tuple[str, str]]) -> None:
    assert found(lived(moves)) == []


@given(_MOVES, st.data())
def test_no_change_of_a_recorded_value_goes_unseen(moves: list[tuple[str, str]], data: st.DataObject) -> None:
    one = lived(moves)
    key = data.draw(st.sampled_from(sorted(one.replayed.values)))
    other = data.draw(st.text(max_size=8).filter(lambda value: value != one.get(key)))
    assert "replay" in rules(replace(one, fields={**one.fields, key: other}))
