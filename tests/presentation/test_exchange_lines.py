"""What a sync tells: a line for each ticket, and each thing that is left to do with the way to do it."""

from __future__ import annotations

from dataclasses import replace

from tkt.domain.exchange import Exchange, Passage, Waiting
from tkt.presentation.exchange_lines import exchange_lines, waiting_words

QUIET = Exchange("main", Waiting(0), "origin", "main")


def passage(number: int, before: str = "new", after: str = "new", entries: int | None = 1, title: str = "x") -> Passage:
    return Passage(f"INC{number:07d}", title, before, after, entries)


def lines(exchange: Exchange) -> list[str]:
    return exchange_lines(exchange).splitlines()


def test_each_ticket_has_its_line() -> None:
    incoming = (passage(1, "", "assigned"), passage(2, "new", "resolved", 3), passage(3), passage(4, entries=0))
    assert lines(replace(QUIET, incoming=incoming, outgoing=(passage(5, entries=None),), pushed=1)) == [
        "In: INC0000001: opened, Assigned - x",
        "In: INC0000002: New → Resolved, 3 entries - x",
        "In: INC0000003: 1 entry - x",
        "In: INC0000004: edited - x",
        "Out: INC0000005: cannot be read - x",
        "1 commit pushed to origin/main.",
    ]


def test_many_tickets_are_counted_past_a_screenful() -> None:
    told = lines(replace(QUIET, incoming=tuple(passage(number) for number in range(1, 26))))
    assert len(told) == 21 and told[-1] == "In: … and 5 more tickets"


def test_nothing_of_a_ticket_reaches_the_terminal_raw() -> None:
    exchange = replace(QUIET, incoming=(passage(1, title="\x1b[2J\nnew line"),), addresses=("https://x/\x9b",))
    told = exchange_lines(replace(exchange, review_branch="tkt/x-1", unreserved="\x1b]0;\x07"))
    assert not {"\x1b", "\x9b", "\x07"} & set(told)
    assert "new line" in told.splitlines()[0]


def test_what_is_left_to_do_is_said_with_the_command() -> None:
    told = lines(replace(QUIET, unsettled=(("INC0000007", ("state", "assignee")),), unreserved="no such refs"))
    assert "`tkt settle INC0000007`" in told[0] and "state, assigned to" in told[0]
    assert told[1] == "No numbers could be reserved (no such refs)."


def test_a_branch_to_review_is_named_with_where_to_open_it() -> None:
    told = lines(replace(QUIET, waiting=Waiting(2), review_branch="tkt/jean-1", addresses=("https://git.example/new",)))
    assert told == [
        "origin/main takes no push: 2 commits went to tkt/jean-1 there. Open a pull request from it into main.",
        "https://git.example/new",
    ]


def test_what_waits_names_a_few_tickets() -> None:
    assert waiting_words(Waiting(0)) == "Nothing waits here."
    assert waiting_words(Waiting(1)) == "1 commit waits here."
    ids = tuple(f"INC000000{number}" for number in range(1, 6))
    assert waiting_words(Waiting(9, ids)) == "9 commits wait here, of INC0000001, INC0000002, INC0000003 (+2)."
