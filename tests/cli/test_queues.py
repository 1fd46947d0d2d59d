"""queue: what waits in each queue of the desk, and one of them opened."""

from __future__ import annotations

import pytest

from tests.cli.conftest import IN_STATE, Clock
from tests.cli.front_door import FrontDoor
from tests.cli.test_completion import completed

LATE = "2026-01-15T11:30:00+01:00"


def counts(tkt: FrontDoor, *options: str) -> dict[str, tuple[int, int, int]]:
    """Of each queue how many tickets are in it, breached and at risk."""
    queues = tkt("queue", *options, "--json").json["queues"]
    return {one["name"]: (one["tickets"], one["breached"], one["at_risk"]) for one in queues}


def opened(tkt: FrontDoor, *arguments: str) -> list[str]:
    """The tickets of a queue, in order."""
    return [ticket["id"] for ticket in tkt("queue", *arguments, "--json").json["tickets"]]


def test_every_queue_is_counted(lives: FrontDoor, clock: Clock) -> None:
    lives("reopen", IN_STATE["closed"], "encore")
    assert counts(lives) == {
        "mine": (3, 0, 0),
        "unassigned": (2, 0, 0),
        "at-risk": (0, 0, 0),
        "waiting-for-user": (1, 0, 0),
        "breached": (0, 0, 0),
        "reopened": (1, 0, 0),
    }
    clock("2026-01-15T11:00:00+01:00")
    assert counts(lives)["at-risk"] == (2, 0, 2)
    clock(LATE)
    assert counts(lives)["breached"] == (2, 2, 0)


def test_the_count_of_a_queue_is_what_it_opens(lives: FrontDoor, clock: Clock) -> None:
    for moment in (None, LATE, "2026-01-17T12:00:00+01:00"):
        if moment:
            clock(moment)
        for name, (tickets, _breached, _at_risk) in counts(lives).items():
            assert len(opened(lives, name)) == tickets, name


def test_a_queue_is_opened_in_its_columns_and_its_order(lives: FrontDoor, clock: Clock) -> None:
    clock(LATE)
    lives("edit", IN_STATE["assigned"], "--urgency", "high")

    assert lives("queue", "breached", "--format", "tsv").lines == [
        "Ticket\tPriority\tState\tTitle\tAssigned to\tResponse\tResolution\tAge",
        "INC0000002\tP2\tAssigned\tImprimante bloquée (assigned)\tJean DUPONT\tbreached\trunning\t2h15",
        "INC0000001\tP3\tNew\tImprimante bloquée (new)\t\tbreached\trunning\t2h15",
    ]


def test_a_queue_is_opened_narrowed_down_and_laid_out_anew(lives: FrontDoor) -> None:
    assert opened(lives, "mine") == [IN_STATE["assigned"], IN_STATE["in_progress"]]
    assert (
        opened(lives, "mine", "state:assigned") == opened(lives, "mine", "-state:in_progress") == [IN_STATE["assigned"]]
    )
    assert opened(lives, "mine", "state:new") == []
    answer = lives("queue", "mine", "--by", "state", "--columns", "id,state", "--sort", "-id", "--limit", "1")
    assert answer.out == "Ticket\n\nAssigned (1)\nINC0000002\n"
    assert answer.err == "1 of 2 tickets; --limit 0 shows all.\n"


def test_a_queue_is_found_by_its_title_too(lives: FrontDoor) -> None:
    assert opened(lives, "--lang", "en", "assigned to me") == opened(lives, "MINE") == opened(lives, "mine")


@pytest.mark.parametrize(
    ("arguments", "said", "code"),
    [
        (("unasigned",), "There is no queue “unasigned” on this desk. Did you mean unassigned?", 4),
        (("zzz",), "Known: mine, unassigned, at-risk, waiting-for-user, breached, reopened.", 4),
        (("mine", "stat:new"), "stat", 2),
        (("mine", "--sort", "duee"), "Did you mean due?", 2),
        (("--by", "state"), "Name a queue to lay it out", 2),
        (("--limit", "0"), "Name a queue to lay it out", 2),
    ],
)
def test_a_wrong_word_is_refused_with_the_nearest(
    lives: FrontDoor, arguments: tuple[str, ...], said: str, code: int
) -> None:
    assert said in lives.refuses("queue", *arguments, code=code)


def test_a_queue_of_ones_own_counts_what_its_query_says_and_open_ones_unless_it_does(lives: FrontDoor) -> None:
    lives.setting("queues: {printers: {query: bloquée}, done: {query: 'state:resolved,closed', title: Terminés}}")

    assert counts(lives) == {"printers": (4, 0, 0), "done": (2, 0, 0)}
    assert "done      Terminés        2         0        0  state:resolved,closed" in lives("queue").out
    assert opened(lives, "terminés") == [IN_STATE["resolved"], IN_STATE["closed"]]


def test_a_desk_without_queues_says_so(lives: FrontDoor) -> None:
    lives.setting("queues: {}")

    assert "This desk has no queue" in lives("queue").err
    assert "no queue" in lives.refuses("queue", "mine", code=4)


def test_a_mistake_in_a_queue_is_said_with_its_line(lives: FrontDoor) -> None:
    lives.setting("queues: {mine: {query: 'state:opn', columns: [titel]}}")
    line = len((lives.root / "tkt.yaml").read_text(encoding="utf-8").splitlines())

    said = lives("queue", code=5).err.splitlines()
    assert len(said) == 2
    assert said[0].startswith(f"tkt: tkt.yaml:{line}: queues.mine.query: ")
    assert said[1].startswith(f"tkt.yaml:{line}: queues.mine.columns[0]: ")


def test_the_titles_of_every_desks_queues_are_in_the_language_spoken(lives: FrontDoor) -> None:
    english = [one["title"] for one in lives("queue", "--json").json["queues"]]

    assert english[:2] == ["Assigned to me", "Assigned to nobody"]


def test_queues_as_they_stood(lives: FrontDoor, clock: Clock) -> None:
    then = counts(lives)
    clock(LATE)
    lives("resolve", "1", "2", "--cause", "unknown", "--action", "x")

    assert counts(lives) != then
    assert counts(lives, "--as-of", "2026-01-15T10:00:00+01:00") == then


def test_one_bad_file_hides_no_queue(lives: FrontDoor) -> None:
    lives.put(IN_STATE["new"], b"---\nid: [\n---\n")

    answer = lives("queue")

    assert len(answer.lines) == 7
    assert "INC0000001.md:2: broken YAML" in answer.err


def test_the_shell_is_offered_queues_and_columns(lives: FrontDoor) -> None:
    assert completed(lives, "queue", "un") == ["unassigned"]
    assert completed(lives, "queue", "mine", "--columns", "id,respon") == [
        "id,response",
        "id,response.due",
        "id,response.remaining",
        "id,response.elapsed",
        "id,response.target",
    ]
    assert completed(lives, "list", "--sort", "id,-opene") == ["id,-opened"]
    assert completed(lives, "list", "--by", "prior") == ["priority"]
