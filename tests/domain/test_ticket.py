"""A ticket as it stands, and as it stood."""

from __future__ import annotations

from datetime import datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from tests.domain.tickets import at, opening, said, ticket
from tkt.domain.entry import Change, Entry, FieldChange, SetChange
from tkt.domain.ticket import Ticket

STEP = timedelta(minutes=5)
START = at("09:15")
KEYS = ["state", "assignee", "title", "x_ours"]
TAGS = ["a", "b", "c"]


@st.composite
def lives(draw: st.DrawFn) -> tuple[Ticket, dict[datetime, tuple[dict[str, str], set[str]]]]:
    """A ticket, and what its fields and tags were from each of its entries on."""
    fields = {key: draw(st.sampled_from(["", "u", "v"])) for key in KEYS} | {"state": "new"}
    tags = set(draw(st.lists(st.sampled_from(TAGS), unique=True)))
    entries = [Entry(START, "Jean", changes=(FieldChange("state", "new"),))]
    stood = {START: (dict(fields), set(tags))}
    for number in range(1, draw(st.integers(1, 6))):
        changes: list[Change] = []
        for key in draw(st.lists(st.sampled_from(KEYS), max_size=2, unique=True)):
            value = draw(st.sampled_from(["u", "v", "w"] if key == "state" else ["", "u", "v", "w"]))
            changes.append(FieldChange(key, value, fields[key]))
            fields[key] = value
        if draw(st.booleans()):
            one = draw(st.sampled_from(TAGS))
            changes.append(SetChange("tags", (), (one,)) if one in tags else SetChange("tags", (one,)))
            tags ^= {one}
        entries.append(Entry(START + number * STEP, "Jean", changes=tuple(changes)))
        stood[entries[-1].at] = (dict(fields), set(tags))
    return Ticket(fields, START, tuple(entries), tuple(sorted(tags))), stood


@given(lives())
def test_a_ticket_as_of_an_instant_is_the_ticket_as_it_stood_then(
    life: tuple[Ticket, dict[datetime, tuple[dict[str, str], set[str]]]],
) -> None:
    ticket, stood = life
    for since, (fields, tags) in stood.items():
        for then in (ticket.as_of(since), ticket.as_of(since + STEP, inclusive=False)):
            assert then is not None
            assert {key: then.get(key) for key in KEYS} == fields
            assert set(then.tags) == tags
            assert all(entry.at <= since for entry in then.entries)


@given(lives(), st.integers(0, 30), st.integers(0, 30))
def test_looking_back_twice_is_looking_back_to_the_earlier_instant(
    life: tuple[Ticket, dict[datetime, tuple[dict[str, str], set[str]]]], one: int, other: int
) -> None:
    ticket = life[0]
    first = ticket.as_of(START + timedelta(minutes=one))
    assert first is not None
    twice = first.as_of(START + timedelta(minutes=other))
    once = ticket.as_of(START + timedelta(minutes=min(one, other)))
    assert twice is not None and once is not None
    assert (twice.entries, set(twice.tags)) == (once.entries, set(once.tags))
    assert {key: twice.get(key) for key in KEYS} == {key: once.get(key) for key in KEYS}


@given(lives())
def test_the_values_of_a_field_over_a_life_end_with_the_one_that_stands(
    life: tuple[Ticket, dict[datetime, tuple[dict[str, str], set[str]]]],
) -> None:
    ticket, stood = life
    for key in KEYS:
        values = list(ticket.values_of(key))
        assert values[0] == (START, ticket.initial(key))
        assert [since for since, _value in values] == sorted(since for since, _value in values)
        assert values[-1][1] == ticket.get(key)
        for since, (fields, _tags) in stood.items():
            assert [value for then, value in values if then <= since][-1] == fields[key]


def test_before_it_was_opened_there_was_no_ticket() -> None:
    one = ticket()
    assert one.as_of(at("09:00")) is None
    assert one.as_of(at("09:15"), inclusive=False) is None
    assert one.as_of(at("09:15")) is one


def test_after_its_last_entry_a_ticket_stands_as_it_stands() -> None:
    one = ticket(said("09:30", state="new → in_progress"))
    assert one.as_of(at("09:30")) is one
    earlier = one.as_of(at("09:30"), inclusive=False)
    assert earlier is not None
    assert (earlier.state, len(earlier.entries)) == ("new", 1)


def test_a_ticket_answers_by_the_names_of_its_fields() -> None:
    one = ticket(group="Messagerie", requester__phone="Poste 1234")
    assert (one.id, one.title[:11], one.type) == ("INC0012345", "Outlook 365", "incident")
    assert (one.state, one.priority, one.assignee, one.level, one.group) == ("new", "P3", "", "N1", "Messagerie")
    assert (one.requester.name, one.requester.department, one.requester.phone) == ("Marie MARTIN", "", "Poste 1234")
    assert one.get("couleur") == ""


def test_a_ticket_is_open_until_it_is_resolved_closed_or_cancelled() -> None:
    states = ("new", "assigned", "in_progress", "pending", "resolved", "closed", "cancelled")
    assert [state for state in states if ticket(opened_by=opening(state=state)).is_open] == list(states[:4])


def test_the_last_word_on_a_key_counts_facts_included() -> None:
    one = ticket(said("09:30", spent="15m"), said("09:40", spent="20m"), said("09:50"))
    last = one.last_of("spent")
    assert last is not None
    assert last.new == "20m"
    assert one.last_of("rating") is None
