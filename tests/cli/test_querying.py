"""Queries at the front door: list, kpi and sla take the same language, and the shell completes it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import OPENING, Clock, as_jean, copied
from tests.cli.front_door import FrontDoor
from tests.cli.test_completion import completed


@pytest.fixture(scope="module")
def asked(founded: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Four tickets: 1 closed, 2 a VIP's in the messaging group, 3 waiting for a vendor, 4 a request of nobody's."""
    with as_jean(tmp_path_factory) as patch:
        patch.setenv("TKT_NOW", OPENING)
        tkt = FrontDoor(copied(founded, tmp_path_factory.mktemp("asked") / "desk"))
        solved = ("--resolve", "--cause", "unknown", "--action", "x", "--close")
        tkt("new", "Écran noir", "-r", "Marie MARTIN", *solved)
        tkt("new", "Relay denied", "-r", "Paul DURAND", "--priority", "P2", "--to", "Pierre", "--tag", "vip")
        tkt("new", "Réseau lent", "-r", "Ana LIMA", "--to", "me")
        tkt("hold", "3", "--reason", "vendor", "La relève du relais est demandée")
        tkt("new", "Nouvelle souris", "-r", "Marie MARTIN", "--type", "request", "--priority", "P4")
    return tkt.root


@pytest.fixture
def desk(asked: Path, clock: Clock) -> FrontDoor:
    """tkt on that desk, which is only looked at, at 10:00."""
    clock("2026-01-15T10:00:00+01:00")
    return FrontDoor(asked)


def numbers(tkt: FrontDoor, *line: str) -> list[int]:
    """The numbers of the tickets that a command's document shows, in order."""
    return sorted(int(one["id"][3:]) for one in tkt(line[0], "--json", *line[1:]).json["tickets"])


def clocked(tkt: FrontDoor, *asked: str) -> list[int]:
    """The numbers of the tickets whose clocks are shown."""
    return sorted(int(one["id"][3:]) for one in tkt("sla", "status", *asked, "--json").json["tickets"])


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ((), [2, 3, 4]),
        (("-tag:vip",), [3, 4]),
        (("-étiquettes:vip", "priority:P3"), [3]),
        (("-category:x", "-requester:lima"), [2, 4]),
        (("state:en attente",), [3]),
        (("état:en attente", "motif:fournisseur"), [3]),
        (("relay denied",), [2]),
        (("relay", "denied", "tag:vip"), [2]),
        (('(tag:vip OR type:request) -"souris"',), [2]),
        (("resolved:today",), [1]),
        (("priority:P2 OR assignee:me",), [2, 3]),
        (("--mine", "priority:P3"), [3]),
        (("--all", "-priority:P2"), [1, 3, 4]),
        (("--", "-noir", "-souris"), [2, 3]),
        (("-(tag:vip OR priority:P4)",), [3]),
    ],
)
def test_a_list_shows_what_a_query_asks_for(desk: FrontDoor, query: tuple[str, ...], found: list[int]) -> None:
    assert numbers(desk, "list", *query) == found


def test_a_wrong_word_is_pointed_at_and_the_nearest_offered(desk: FrontDoor) -> None:
    said = desk.refuses("list", "state:open", "priorty:P1", code=2)

    assert "at “priorty:P1” (column 12)" in said
    assert "Did you mean priority?" in said


def test_the_clocks_are_those_of_what_a_query_asks_for(desk: FrontDoor) -> None:
    assert clocked(desk, "priority:P2,P3", "-sla:paused") == [2]
    assert clocked(desk, "3", "4", "type:request") == [4]
    assert desk("sla", "check", "tag:vip", code=1).out.count("INC") == 1
    assert desk("sla", "check", "-tag:vip").out == ""
    assert "There is no ticket 99" in desk.refuses("sla", "status", "99", code=4)


def test_the_figures_are_of_what_holds_the_query_at_the_end_of_the_period(desk: FrontDoor, clock: Clock) -> None:
    """Ticket 3 waited at the end of January, though it is resolved since."""
    january = ("kpi", "--month", "2026-01", "--json")
    assert desk(*january, "tag:vip").json["kpi"]["created"]["value"] == 1
    assert desk(*january, "tag:vip").json["query"] == "tag:vip"
    assert desk(*january).json["query"] is None
    assert desk(*january, "type:request").json["kpi"]["created"]["value"] == 1
    assert desk(*january, "state:open").json["kpi"]["created"]["value"] == 3
    assert "Tickets: tag:vip" in desk("kpi", "tag:vip").out


def test_a_later_move_changes_no_figure_of_a_query(asked: Path, tmp_path: Path, clock: Clock) -> None:
    tkt = FrontDoor(copied(asked, tmp_path / "desk"))
    clock("2026-02-01T00:00:00+01:00")
    then = tkt("kpi", "--month", "2026-01", "state:open assignee:me", "--json").out
    tkt("resolve", "3", "--cause", "unknown", "--action", "x")
    clock("2026-02-10T09:00:00+01:00")

    assert tkt("kpi", "--month", "2026-01", "state:open assignee:me", "--json").out == then
    assert '"query": "state:open assignee:me"' in then


def test_a_negated_term_is_no_option_and_an_option_no_term(desk: FrontDoor) -> None:
    """`-c` is the category's option, and `-C` that of the folder."""
    assert numbers(desk, "list", "-category:Outlook") == [2, 3, 4]
    assert "No such option" in desk("list", "-zzz:1", code=2).err
    assert "goes behind --: tkt list -- -word." in desk("list", "-noir", code=2).err
    assert "goes behind" not in desk("list", "--noir", code=2).err


@pytest.mark.parametrize(
    ("words", "offered"),
    [
        (("list", "prio"), ["priority:"]),
        (("list", "state:p"), ["state:pending"]),
        (("list", "state:new,clo"), ["state:new,closed"]),
        (("list", "-pri"), ["-priority:"]),
        (("list", "-state:pen"), ["-state:pending"]),
        (("list", "état:ass"), ["état:assigned"]),
        (("list", "state", ":", "res"), ["resolved"]),
        (("list", "group:R"), ["group:Réseau"]),
        (("list", "no:ass"), ["no:assignee", "no:asset"]),
        (("list", "nokey:x"), []),
        (("sla", "check", "INC00000"), [f"INC000000{number}" for number in range(1, 4)]),
        (("kpi", "sla:bre"), ["sla:breached"]),
    ],
)
def test_the_shell_is_offered_keys_and_their_words(desk: FrontDoor, words: tuple[str, ...], offered: list[str]) -> None:
    assert sorted(completed(desk, *words)) == sorted(offered)
