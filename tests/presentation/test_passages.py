"""What a search shows of a ticket: why it was found, safely, in every form."""

from __future__ import annotations

from datetime import UTC

import pytest

from tests.presentation.course import make_entry, make_ticket
from tkt.domain.passages import Marked, TicketPassage
from tkt.domain.ticket import Ticket
from tkt.presentation.passages import hit_lines, hit_table, search_json

ENTRY = make_entry("10:15", "Pierre MARTIN <pierre@entreprise.fr>", text="IP sortante dans blacklist Spamhaus")


def journal(text: str = ENTRY.text, *marks: tuple[int, int]) -> Marked:
    return Marked(TicketPassage("journal", text, ENTRY), marks)


def title(ticket: Ticket, *marks: tuple[int, int]) -> Marked:
    return Marked(TicketPassage("title", ticket.title), marks)


def test_a_ticket_stands_above_the_passages_that_say_why_it_was_found() -> None:
    ticket = make_ticket(state="in_progress")
    action = Marked(TicketPassage("action", "Demande de delist effectuée"), ((0, 7),))
    assert list(hit_lines([(ticket, [title(ticket, (0, 7)), journal(ENTRY.text, (17, 26)), action])], UTC)) == [
        "INC0012345  P3  In progress  Outlook 365 - Impossible d'envoyer des emails externes",
        "    2026-01-15 09:15 Pierre MARTIN: IP sortante dans blacklist Spamhaus",
        "    action: Demande de delist effectuée",
    ]


def test_on_a_terminal_the_words_are_bold_and_lines_fit() -> None:
    ticket = make_ticket()
    [head, line] = hit_lines(
        [(ticket, [title(ticket, (0, 7)), journal(ENTRY.text, (17, 26))])], UTC, width=60, color=True
    )
    assert "\x1b[1mOutlook\x1b[0m" in head
    assert "dans \x1b[1mblacklist\x1b[0m" in line
    assert all(len(one.replace("\x1b[1m", "").replace("\x1b[0m", "")) <= 80 for one in (head, line))


def test_nothing_of_a_ticket_acts_on_a_terminal() -> None:
    text = "\x1b[2J clé \u202e \x9b"
    ticket = make_ticket(title=text, id="INC0012345")
    lines = list(hit_lines([(ticket, [title(ticket, (5, 8)), journal(text, (5, 8))])], UTC, color=True))
    assert all("\x1b[1mclé\x1b[0m" in line and "\\x1b[2J" in line and "\\u202e" in line for line in lines)
    assert not any(char in "".join(lines) for char in "\u202e\x9b")


def test_a_table_has_a_line_for_each_passage_and_one_for_a_ticket_without_any() -> None:
    ticket = make_ticket()
    found = [(ticket, [title(ticket, (0, 7)), journal()]), (ticket, [title(ticket, (0, 7))]), (ticket, [])]
    rows = hit_table(found, UTC).rows
    assert [row[4:] for row in rows] == [
        ("2026-01-15 09:15 Pierre MARTIN", ENTRY.text),
        ("title", ticket.title),
        (None, None),
    ]


@pytest.mark.parametrize("where", ["title", "description", "actions", "cause", "action"])
def test_every_place_of_a_passage_has_a_name(where: str, french: None) -> None:
    [row] = hit_table([(make_ticket(), [Marked(TicketPassage(where, "x"), ())])], UTC).rows
    assert row[4]


def test_marks_in_json_are_places_in_the_text_that_is_shown() -> None:
    text = "x " * 500 + "clé"
    document = search_json([(make_ticket(), [journal(text, (1000, 1003))])], 1, [("clef", "cle"), ("zz", "")])
    [passage] = document["hits"][0]["passages"]
    assert [passage["text"][start:end] for start, end in passage["marks"]] == ["clé"]
    assert (passage["at"], passage["author"]) == ("2026-01-15T10:15:00+01:00", ENTRY.author)
    assert document["missing"] == [{"word": "clef", "nearest": "cle"}, {"word": "zz", "nearest": None}]
