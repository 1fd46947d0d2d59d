"""flow: the times in states and with groups, the transitions and the paths, in every form."""

from __future__ import annotations

import csv
import io

import pytest

from tests.cli.conftest import IN_STATE, Clock
from tests.cli.front_door import FrontDoor


def test_the_report_tells_times_transitions_and_paths_of_the_month(lives: FrontDoor) -> None:
    told = lives("flow").lines

    assert told[0].startswith("From 2026-01-01 00:00 to 2026-01-15 10:00")
    assert told[1] == "7 tickets, of which 3 came to an end, on 2 paths."
    assert [line.split()[0] for line in told if line.startswith(("State", "Group", "From  ", "Tickets"))] == [
        "State",
        "Group",
        "From",
        "Tickets",
    ]
    assert any(line.startswith("New ") and "15 min" in line for line in told)
    assert any(line.startswith("Pending (user) ") for line in told)
    assert any(line.endswith("New → Resolved") for line in told)


def test_the_document_counts_each_move_once(lives: FrontDoor) -> None:
    document = lives("flow", "--json").json

    moves = {(one["from"], one["to"]): one["visits"]["count"] for one in document["transitions"]}
    assert moves == {
        (None, "new"): 7,
        ("new", "resolved"): 2,
        ("new", "assigned"): 1,
        ("new", "in_progress"): 1,
        ("new", "pending:user"): 1,
        ("new", "cancelled"): 1,
        ("resolved", "closed"): 1,
    }
    assert [(path["steps"], path["tickets"]["count"]) for path in document["paths"]] == [
        (["new", "resolved"], 2),
        (["new", "cancelled"], 1),
    ]
    [new] = [one for one in document["times"]["state"] if one["step"] == "new"]
    assert (new["visits"]["count"], new["visits"]["median_seconds"], new["now"]["count"]) == (6, 900, 1)
    assert new["oldest"] == IN_STATE["new"]


@pytest.mark.parametrize("by", ["state", "état", "group", "groupe", "level", "assignee"])
def test_a_step_may_be_a_state_a_group_a_level_or_a_person(lives: FrontDoor, by: str) -> None:
    document = lives("flow", "--by", by, "--json").json

    assert set(document["times"]) == {"state", "group", document["by"]}
    assert document["ended"] == 3


def test_what_no_step_can_be_is_refused_with_the_nearest(lives: FrontDoor) -> None:
    assert "assignee" in lives.refuses("flow", "--by", "asignee", code=2)


def test_a_query_and_types_choose_the_tickets(lives: FrontDoor) -> None:
    assert lives("flow", "state:resolved,closed", "--json").json["tickets"] == 2
    assert lives("flow", "type:problem", "--json").json["tickets"] == 0
    assert lives("flow", "--type", "problem", "--json").json["tickets"] == 0


def test_the_event_log_has_a_line_for_each_visit(lives: FrontDoor) -> None:
    rows = list(csv.DictReader(io.StringIO(lives("flow", "--format", "csv").out)))

    assert list(rows[0]) == ["Ticket", "Type", "Priority", "State", "Beginning", "End", "Seconds", "Next"]
    assert [list(row.values())[3:] for row in rows if row["Ticket"] == IN_STATE["closed"]] == [
        ["New", "2026-01-15T09:15:00+01:00", "2026-01-15T09:30:00+01:00", "900", "Resolved"],
        ["Resolved", "2026-01-15T09:30:00+01:00", "2026-01-15T09:30:00+01:00", "0", "Closed"],
    ]
    [waits] = [row for row in rows if row["State"] == "Pending (user)"]
    assert (waits["End"], waits["Seconds"], waits["Next"]) == ("", "1800", "")


def test_the_diagram_is_mermaids(lives: FrontDoor) -> None:
    told = lives("flow", "--format", "mermaid").lines

    assert told[0] == "flowchart LR"
    assert '    s0 -->|"7"| s1' in told


def test_time_is_counted_in_the_open_hours_of_a_calendar(lives: FrontDoor) -> None:
    lives.setting("calendars: {office: [{from: 2026-01-01, hours: {mon-fri: ['09:20-17:00']}}]}")

    document = lives("flow", "--calendar", "office", "--json").json
    [new] = [one for one in document["times"]["state"] if one["step"] == "new"]
    assert (document["calendar"], new["visits"]["median_seconds"]) == ("office", 600)
    assert "offce" in lives.refuses("flow", "--calendar", "offce", code=4)


def test_what_is_left_out_is_said(lives: FrontDoor) -> None:
    answer = lives("flow", "--limit", "1")

    assert answer.err == "Left out: 1 holder, 6 transitions, 1 path; --limit 0 shows all.\n"
    assert not lives("flow", "--limit", "0").err


@pytest.mark.parametrize("format", ["table", "plain", "markdown", "html"])
def test_every_format_tells_the_same(lives: FrontDoor, format: str) -> None:
    assert "Pending" in lives("flow", "--format", format).out


def test_an_unknown_format_is_refused(lives: FrontDoor) -> None:
    assert "“xes” is not a table format" in lives.refuses("flow", "--format", "xes", code=2)


def test_a_flow_of_the_past_is_the_one_that_was_seen_then(lives: FrontDoor, clock: Clock) -> None:
    then = lives("flow", "--json").out
    clock("2026-01-20T09:00:00+01:00")
    lives("resolve", IN_STATE["new"], "--cause", "unknown", "--action", "redémarrage", "Fait.")

    assert lives("flow", "--json").out != then
    assert lives("flow", "--as-of", "2026-01-15T10:00", "--json").out == then
    assert lives("flow", "--month", "2025-12", "--json").json["tickets"] == 0


def test_a_file_that_cannot_be_read_is_named(lives: FrontDoor) -> None:
    lives.put(IN_STATE["new"], b"no ticket\n")

    answer = lives("flow")
    assert "6 tickets" in answer.out
    assert f"{IN_STATE['new']}.md" in answer.err
