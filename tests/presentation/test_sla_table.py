"""Clocks as tables: a line for each ticket to be looked at, a line for each clock to be computed with."""

from __future__ import annotations

from zoneinfo import ZoneInfo

import pytest

from tests.presentation.course import HOUR, at, holding, make_ticket, running
from tkt.presentation.clocks.sla_table import clock_table, sla_table, status_table, trouble_table
from tkt.presentation.table import Table, Toned, text_of
from tkt.presentation.tables import FORMATS, render
from tkt.service_level.reading import ClockReading, Clocks

PARIS = ZoneInfo("Europe/Paris")


def breached(clock: str = "response", **others: object) -> ClockReading:
    given = {"verdict": "breached", "breached": True, "breached_at": at("09:30"), "due": at("09:30")} | others
    return running(clock, HOUR, 900, **given)


def cells(table: Table) -> list[list[str]]:
    """What a person reads, line by line."""
    return [[text_of(cell) for cell in row] for row in table.rows]


def test_a_ticket_is_a_line_with_both_clocks_and_when_the_next_is_due(open_clocks: Clocks) -> None:
    ticket = make_ticket(title="Panne", assignee="Pierre MARTIN", group="Messagerie")
    assert cells(status_table([(ticket, open_clocks)], PARIS, at("10:30"))) == [
        ["INC0012345", "P3", "Panne", "Pierre MARTIN", "met in 15 min", "22h45 left", "2026-01-16 09:15", "in 22h45"]
    ]


def test_verdicts_are_told_in_words_and_coloured() -> None:
    clocks = Clocks(breached(), running("resolution", 20 * HOUR, 24 * HOUR, verdict="at_risk", due=at("14:15")))
    drawn = render(status_table([(make_ticket(), clocks)], PARIS, at("10:15")), "table", color=True)
    assert "\x1b[31mbreached by 45 min" in drawn
    assert "\x1b[33mat risk, 4h left" in drawn
    assert "overdue by 45 min" in drawn


def test_a_line_fits_a_narrow_terminal(open_clocks: Clocks) -> None:
    ticket = make_ticket(title="Impossible d'envoyer des emails externes " * 3, assignee="Pierre MARTIN")
    drawn = render(status_table([(ticket, open_clocks)], PARIS, at("10:30")), "table", width=80)
    assert all(len(line) <= 80 for line in drawn.splitlines())
    assert "22h45 left" in drawn


@pytest.mark.parametrize("format", FORMATS)
def test_what_goes_to_a_program_is_complete_and_what_goes_to_a_person_is_short(
    format: str, open_clocks: Clocks
) -> None:
    rows = len(sla_table([(make_ticket(), open_clocks)], PARIS, at("10:30"), format).rows)
    assert rows == (2 if format in ("csv", "tsv") else 1)


def test_each_clock_has_its_line(open_clocks: Clocks, french: None) -> None:
    ticket = make_ticket(state="in_progress", assignee="Pierre MARTIN", title="Panne")
    titles, response, resolution = render(clock_table([(ticket, open_clocks)], PARIS, at("10:30")), "tsv").splitlines()
    assert titles.split("\t")[:7] == ["Ticket", "Priorité", "État", "Assigné à", "Délai", "Écoulé", "Cible"]
    assert response.split("\t") == [
        *("INC0012345", "P3", "En cours", "Pierre MARTIN", "prise en charge"),
        *("15 min", "2h", "", "", "", "standard", "Panne", "respecté"),
    ]
    assert resolution.split("\t") == [
        *("INC0012345", "P3", "En cours", "Pierre MARTIN", "résolution", "1h15", "24h"),
        *("22h45", "16/01/2026 09:15", "dans 22h45", "standard", "Panne", "en cours"),
    ]


def test_a_breach_and_a_clock_without_a_target() -> None:
    clocks = Clocks(breached(), running("resolution", HOUR, None, verdict="none"))
    response, resolution = cells(clock_table([(make_ticket(), clocks)], PARIS, at("10:15")))
    assert response[4:10] == ["response", "1h", "15 min", "-45 min", "2026-01-15 09:30", "overdue by 45 min"]
    assert response[-1] == "breached"
    assert resolution[4:10] == ["resolution", "1h", "", "", "", ""]
    assert resolution[-1] == "no target"


def test_trouble_says_by_how_much_since_when_and_what_is_due() -> None:
    risky = running("resolution", 20 * HOUR, 24 * HOUR, verdict="at_risk", due=at("14:15"), late=True)
    ticket = make_ticket(title="Panne", group="Réseau")
    held = ("INC0012345", "P3", "Panne", "Réseau")
    table = trouble_table([(ticket, breached(due=None, stopped_at=at("10:15"))), (ticket, risky)], PARIS, at("10:15"))
    assert cells(table) == [
        [*held, "response", "1h", "15 min", "breached by 45 min", "2026-01-15 09:30", "", ""],
        [*held, "resolution", "20h", "24h", "at risk, 4h left (recorded late)", "", "2026-01-15 14:15", "in 4h"],
    ]


def test_olas_stand_beside_both_clocks_as_far_as_they_run_or_were_too_long(open_clocks: Clocks) -> None:
    over = holding("Réseau", until="10:00", elapsed=3 * HOUR, verdict="breached", breached=True)
    olas = {"INC0012345": [holding("Poste", until="09:40", verdict="met"), over, holding("Messagerie")]}
    rows = [(make_ticket(), open_clocks), (make_ticket(id="INC0000002"), open_clocks)]
    told, nothing = (row[-1] for row in status_table(rows, PARIS, at("10:30"), olas).rows)
    assert (text_of(told), text_of(nothing)) == ("breached by 1h (Réseau) | 1h left (Messagerie)", "")
    assert isinstance(told, Toned)
    assert told.tone == "bad"
    drawn = render(status_table(rows, PARIS, at("10:30"), olas), "table", width=80)
    assert all(len(line) <= 80 for line in drawn.splitlines())


def test_a_program_gets_a_line_for_each_ola(open_clocks: Clocks) -> None:
    olas = {"INC0012345": [holding("Poste", until="09:40", verdict="met"), holding("\x1b[2JMessagerie")]}
    lines = cells(sla_table([(make_ticket(), open_clocks)], PARIS, at("10:30"), "csv", olas))
    assert [line[4].replace("\ufffd", "") for line in lines][2] == "OLA Poste"
    assert len(lines) == 4
    assert all("\x1b" not in cell for line in lines for cell in line)
