"""sla check in every form: what a person, a script and a hosting site read of the same breach."""

from __future__ import annotations

import json
import shutil

import pytest

from tests.cli.conftest import IN_STATE, Clock
from tests.cli.front_door import FrontDoor

LATE = "2026-01-15T11:15:01+01:00"
# Of two hours to answer, 80 % are over.
RISKY = "2026-01-15T10:51:00+01:00"
PATH = "tickets/INC0000xxx/INC0000001.md"


def line_of(tkt: FrontDoor, ticket_id: str, key: bytes) -> int:
    return next(n for n, line in enumerate(tkt.data(ticket_id).splitlines(), 1) if line.startswith(key + b":"))


def test_what_is_at_risk_fails_only_where_that_is_asked(lives: FrontDoor, clock: Clock) -> None:
    clock(RISKY)

    lives("sla", "check")
    answer = lives("sla", "check", "--fail-on", "at_risk", code=1)

    assert [line[:10] for line in answer.lines] == [IN_STATE["new"], IN_STATE["assigned"]]
    assert "(at risk, due 2026-01-15 11:15, in 24 min)" in answer.lines[0]
    assert answer.err == "0 tickets of 4 breached. 2 tickets at risk.\n"


def test_what_is_breached_longest_comes_first_then_what_is_due_soonest(lives: FrontDoor, clock: Clock) -> None:
    clock("2026-01-15T10:00:00+01:00")
    lives("new", "Serveur à terre", "-r", "Marie MARTIN", "--impact", "high", "--urgency", "high")
    clock(LATE)

    answer = lives("sla", "check", "--fail-on", "at_risk", code=1)

    assert [line[:10] for line in answer.lines] == ["INC0000008", IN_STATE["new"], IN_STATE["assigned"]]
    listed = [row["id"] for row in lives("sla", "status", "--json").json["tickets"]]
    assert listed == ["INC0000008", *(IN_STATE[state] for state in ("new", "assigned", "in_progress", "pending"))]


def test_a_table_names_each_breached_clock(lives: FrontDoor, clock: Clock) -> None:
    clock(LATE)

    assert len(lives("sla", "check", "--format", "csv", code=1).lines) == 3
    markdown = lives("sla", "check", "--format", "markdown", code=1)
    assert "breached by 1s" in markdown.lines[2]
    assert lives("sla", "check", "--format", "json", code=1).json == lives("sla", "check", "--json", code=1).json


def test_an_unknown_form_is_refused(lives: FrontDoor) -> None:
    assert "'githib'" in lives("sla", "check", "--format", "githib", code=2).err


def test_github_marks_the_line_of_the_priority_from_the_repositorys_top(lives: FrontDoor, clock: Clock) -> None:
    clock(LATE)

    answer = lives("sla", "check", "--format", "github", code=1)

    line = line_of(lives, IN_STATE["new"], b"priority")
    assert answer.lines[0].startswith(
        f"::error file={PATH},line={line},title=INC0000001%3A response breached::INC0000001"
    )
    assert answer.err == "2 tickets of 4 breached.\n"


def test_a_desk_in_a_folder_of_a_larger_repository_is_named_from_the_top(
    lives: FrontDoor, clock: Clock, elsewhere: FrontDoor
) -> None:
    clock(LATE)
    elsewhere.git("init", "--quiet")
    shutil.copytree(lives.root, elsewhere.root / "it, desk", ignore=shutil.ignore_patterns(".git"))
    inside = FrontDoor(elsewhere.root / "it, desk")

    assert f"file=it%2C desk/{PATH}," in inside("sla", "check", "--format", "github", code=1).lines[0]
    report = json.loads(inside("sla", "check", "--format", "gitlab", code=1).out)
    assert report[0]["location"]["path"] == f"it, desk/{PATH}"


def test_a_desk_in_no_repository_is_named_from_itself(lives: FrontDoor, clock: Clock) -> None:
    clock(LATE)
    shutil.rmtree(lives.root / ".git")

    assert f"::error file={PATH}," in lives("sla", "check", "--format", "github", code=1).lines[0]


def test_no_ticket_smuggles_a_command_into_githubs_log(lives: FrontDoor, clock: Clock) -> None:
    evil = "x%0A::add-mask::y ##[error]z"
    for number, state in ((1, b"state: new"), (2, b"state: ##[set-output name=x]::stop-commands::y")):
        before = lives.data(f"INC{number:07d}")
        title = before.splitlines()[next(n for n, line in enumerate(before.splitlines()) if line.startswith(b"title:"))]
        after = before.replace(title, f"title: {json.dumps(evil)}".encode())
        lives.put(f"INC{number:07d}", after.replace(b"state: assigned", state))
    lives.put("INC0000003", b"---\n::error::x\n---\n")
    clock(LATE)

    answer = lives("sla", "check", "--format", "github", code=1)

    assert evil.replace("%", "%25") in answer.out
    assert all(line.startswith(("::error file=tickets/", "::warning file=tickets/")) for line in answer.lines)
    assert "##[" not in answer.err and "::" not in answer.err


def test_gitlab_tells_the_same_breach_again_while_the_ticket_goes_on(lives: FrontDoor, clock: Clock) -> None:
    clock(LATE)
    before = json.loads(lives("sla", "check", "--format", "gitlab", code=1).out)
    lives("log", "1", "nouvelles paroles")
    lives("edit", "1", "--title", "Autre titre")
    clock("2026-01-15T12:00:00+01:00")

    after = json.loads(lives("sla", "check", "--format", "gitlab", code=1).out)

    assert [one["fingerprint"] for one in before] == [one["fingerprint"] for one in after]
    assert before[0]["description"] != after[0]["description"]
    assert before[0]["location"]["lines"]["begin"] == line_of(lives, IN_STATE["new"], b"priority")


def test_nothing_breached_is_an_empty_report(lives: FrontDoor) -> None:
    assert json.loads(lives("sla", "check", "--format", "gitlab").out) == []
    assert lives("sla", "check", "--format", "github").out == ""


@pytest.mark.parametrize("format", ["lines", "table", "markdown", "csv", "github", "gitlab"])
def test_a_verdict_that_rests_on_a_late_entry_is_marked_in_every_form(
    lives: FrontDoor, clock: Clock, format: str
) -> None:
    clock("2026-01-15T12:15:00+01:00")
    lives("start", "1", "--at", "2026-01-15T11:30", "--late", "oublié")

    assert "recorded late" in lives("sla", "check", "1", "--format", format, code=1).out
    assert lives("sla", "check", "1", "--json", code=1).json["tickets"][0]["clocks"]["response"]["late"] is True
