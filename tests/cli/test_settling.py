"""Settling concurrent moves: kept and shown until a person says what holds."""

from __future__ import annotations

import pytest

from tests.cli.conftest import Clock
from tests.cli.front_door import FrontDoor

BLIND = "\n### 2026-01-15T09:40:00+01:00 · Pierre MARTIN · N2\n\n- state: new → assigned\n- assignee: Pierre MARTIN\n"


@pytest.fixture
def moved(tkt: FrontDoor, ticket: str, clock: Clock) -> str:
    """A ticket that Jean started at 09:30, and Pierre, who had not seen it, assigned to himself at 09:40."""
    clock("2026-01-15T09:30:00+01:00")
    tkt("start", ticket)
    data = tkt.data(ticket).decode()
    front, journal = data.split("## Journal", 1)
    front = front.replace("state: in_progress", "state: assigned").replace("Jean DUPONT", "Pierre MARTIN")
    tkt.put(ticket, f"{front}## Journal{journal}{BLIND}".encode())
    clock("2026-01-15T10:00:00+01:00")
    return ticket


def unsettled(tkt: FrontDoor, ticket: str) -> list[str]:
    return [one["key"] for one in tkt.ticket(ticket)["unsettled"]]


def test_what_stands_is_confirmed_by_an_entry_and_nothing_else_changes(tkt: FrontDoor, moved: str) -> None:
    assert unsettled(tkt, moved) == ["state", "assignee"]
    before = tkt.ticket(moved)
    assert tkt("settle", moved, "Vu avec Pierre.").err.splitlines() == [
        f"{moved}: state stays Assigned, assigned to stays Pierre MARTIN"
    ]
    entry = tkt.last_entry(moved)
    assert [(change["key"], change["new"]) for change in entry["changes"]] == [
        ("settled", "state"),
        ("settled", "assignee"),
    ]
    assert (entry["author"], entry["text"], entry["public"]) == ("Jean DUPONT", "Vu avec Pierre.", False)
    after = tkt.ticket(moved)
    assert after["unsettled"] == []
    assert {**after, "entries": 0, "unsettled": 0} == {**before, "entries": 0, "unsettled": 0}
    assert tkt.subject() == f"{moved}: settle"
    assert tkt("check", "--json").json["errors"] == 0
    assert "concurrent-move" not in tkt("check", "--json").out


def test_a_field_is_settled_alone(tkt: FrontDoor, moved: str) -> None:
    tkt("settle", moved, "--field", "assignee")
    assert unsettled(tkt, moved) == ["state"]
    tkt("settle", moved)
    assert tkt.facts(moved) == {"settled": "state"}


def test_another_value_than_the_standing_one_settles_by_its_own_verb(tkt: FrontDoor, moved: str) -> None:
    tkt("start", moved)
    assert unsettled(tkt, moved) == ["assignee"]


def test_the_finding_and_the_sheet_say_how_to_settle(tkt: FrontDoor, moved: str) -> None:
    assert f"`tkt settle {moved}`" in tkt("check").out + tkt("check").err
    assert f"`tkt settle {moved}` keeps it" in tkt("show", moved).out


def test_where_nothing_is_to_be_settled_nothing_is_written(tkt: FrontDoor, ticket: str, moved: str) -> None:
    assert "“priority” needs no settling; to be settled: state, assignee." in tkt.refuses(
        "settle", moved, "--field", "priority", code=2
    )
    assert "Did you mean state?" in tkt.refuses("settle", moved, "--field", "stat", code=2)
    tkt("settle", moved)
    assert "nothing to settle" in tkt.refuses("settle", moved, code=2)


def test_of_several_tickets_none_is_settled_when_one_cannot_be(tkt: FrontDoor, moved: str) -> None:
    other = tkt("new", "Écran noir", "-r", "Marie MARTIN").out.strip()
    assert f"{other}: nothing to settle" in tkt.refuses("settle", moved, other, code=2)
