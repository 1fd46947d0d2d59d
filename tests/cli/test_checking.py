"""check and sla: looking for trouble, with an exit code that a script can trust."""

from __future__ import annotations

import pytest

from tests.cli.conftest import IN_STATE, Clock
from tests.cli.front_door import FrontDoor


def test_a_sound_desk_passes(lives: FrontDoor) -> None:
    answer = lives("check")

    assert "error:" not in answer.out
    assert answer.err.startswith("0 errors, ")
    assert answer.err.endswith(" in 7 files\n")


def test_errors_exit_1_and_warnings_only_when_strict(lives: FrontDoor) -> None:
    assert lives("check", "--json").json["warnings"] > 0
    lives("check", "--strict", code=1)

    lives.put("INC0000001", lives.data("INC0000001").replace(b"state: new", b"state: closed", 1))
    line = lives.data("INC0000001").splitlines().index(b"state: closed") + 1

    answer = lives("check", code=1)
    assert f"tickets/INC0000xxx/INC0000001.md:{line}: error: " in answer.out
    document = lives("check", "--json", code=1).json
    assert document["errors"] == 1
    assert [(one["path"], one["line"], one["rule"]) for one in document["findings"] if one["severity"] == "error"] == [
        ("tickets/INC0000xxx/INC0000001.md", line, "replay")
    ]


def test_only_the_paths_named_are_looked_at_from_where_one_stands(lives: FrontDoor) -> None:
    lives.put("INC0000001", b"rien")
    below = FrontDoor(lives.path("INC0000001").parent)

    below("check", "INC0000002.md")
    below("check", "INC0000001.md", code=1)
    lives("check", "tickets", code=1)
    assert "absent.md" in lives.refuses("check", "absent.md", code=4)


def test_no_clock_breached_is_exit_0(lives: FrontDoor) -> None:
    answer = lives("sla", "check")

    assert (answer.out, answer.err) == ("", "0 tickets of 4 breached.\n")


def test_a_breached_clock_is_exit_1_and_named(lives: FrontDoor, clock: Clock) -> None:
    clock("2026-01-15T11:15:01+01:00")

    answer = lives("sla", "check", code=1)

    assert [line[:10] for line in answer.lines] == [IN_STATE["new"], IN_STATE["assigned"]]
    assert "response" in answer.lines[0]
    assert answer.err == "2 tickets of 4 breached.\n"


def test_a_target_that_is_just_reached_is_not_breached(lives: FrontDoor, clock: Clock) -> None:
    clock("2026-01-15T11:15:00+01:00")

    lives("sla", "check")


def test_named_tickets_alone_are_judged_closed_ones_too(lives: FrontDoor, clock: Clock) -> None:
    clock("2026-01-15T11:15:01+01:00")

    lives("sla", "check", "3", "6")
    document = lives("sla", "check", "1", "6", "--json", code=1).json
    assert document["breached"] == 1
    assert {ticket["id"]: ticket["clocks"]["response"]["verdict"] for ticket in document["tickets"]} == {
        "INC0000001": "breached",
        "INC0000006": "met",
    }
    assert len(lives("sla", "check", "--all", "--json", code=1).json["tickets"]) == 7


def test_the_status_shows_both_clocks_and_pauses(lives: FrontDoor, clock: Clock) -> None:
    clock("2026-01-15T12:15:00+01:00")

    rows = lives("sla", "status", "--json").json["tickets"]
    waiting = next(row for row in rows if row["id"] == IN_STATE["pending"])
    assert waiting["clocks"]["resolution"]["verdict"] == "paused"
    assert waiting["clocks"]["resolution"]["elapsed_seconds"] == 15 * 60

    table = lives("sla", "status", IN_STATE["pending"])
    assert len(table.lines) == 2
    assert "paused, 23h45 left" in table.out
    assert lives("sla", "status", "--format", "csv").out.startswith("Ticket,")


@pytest.mark.parametrize("verb", ["check", "status"])
def test_an_unknown_ticket_is_no_clean_bill(lives: FrontDoor, verb: str) -> None:
    lives.refuses("sla", verb, "99", code=4)


def test_what_cannot_be_read_is_told_beside_the_verdicts(lives: FrontDoor) -> None:
    lives.put("INC0000001", b"rien")

    assert "tickets/INC0000xxx/INC0000001.md:1" in lives("sla", "check").err
