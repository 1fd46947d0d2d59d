"""The list: one line a ticket, with the clock that presses most."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from tests.presentation.course import make_ticket
from tkt.domain.ticket import Ticket
from tkt.presentation.listing import ticket_table
from tkt.presentation.tables import render
from tkt.service_level.reading import Clocks

PARIS = ZoneInfo("Europe/Paris")


def test_a_line_says_who_asked_who_holds_it_and_when_it_is_due(open_clocks: Clocks, french: None) -> None:
    held = make_ticket(state="in_progress", assignee="Pierre MARTIN", group="Messagerie", title="Envoi impossible")
    grouped = make_ticket(id="INC0012346", group="Messagerie", title="Word se ferme")
    table = ticket_table([(held, open_clocks), (grouped, open_clocks)], PARIS)
    assert render(table, "tsv").splitlines() == [
        "Ticket\tPriorité\tÉtat\tTitre\tDemandeur\tAssigné à\tÉchéance\tSLA",
        "INC0012345\tP3\tEn cours\tEnvoi impossible\tMarie MARTIN\tPierre MARTIN\t16/01/2026 09:15\ten cours",
        "INC0012346\tP3\tNouveau\tWord se ferme\tMarie MARTIN\tMessagerie\t16/01/2026 09:15\ten cours",
    ]


def test_a_ticket_that_is_done_is_due_no_more(course_ticket: Ticket, course_clocks: Clocks) -> None:
    table = ticket_table([(course_ticket, course_clocks)], PARIS)
    assert render(table, "csv").splitlines()[1].endswith(",Marie MARTIN,Pierre MARTIN,,met")


def test_an_empty_list_is_a_table_without_lines() -> None:
    assert ticket_table([], PARIS).rows == ()
