"""Both clocks of each ticket, one line per clock."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from tests.presentation.course import HOUR, at, make_ticket, running
from tkt.presentation.sla_table import sla_table
from tkt.presentation.tables import render
from tkt.service_level.reading import Clocks

PARIS = ZoneInfo("Europe/Paris")


def test_each_clock_has_its_line(open_clocks: Clocks, french: None) -> None:
    ticket = make_ticket(state="in_progress", assignee="Pierre MARTIN")
    assert render(sla_table([(ticket, open_clocks)], PARIS, at("10:30")), "tsv").splitlines() == [
        "Ticket\tPriorité\tÉtat\tAssigné à\tDélai\tÉcoulé\tCible\tÉchéance\tReste\tVerdict",
        "INC0012345\tP3\tEn cours\tPierre MARTIN\tprise en charge\t15 min\t2h\t\t\trespecté",
        "INC0012345\tP3\tEn cours\tPierre MARTIN\trésolution\t1h15\t24h\t16/01/2026 09:15\tdans 22h45\ten cours",
    ]


def test_a_breach_and_a_clock_without_a_target() -> None:
    breached = running("response", HOUR, 900, verdict="breached", breached=True, due=at("09:30"))
    clocks = Clocks(breached, running("resolution", HOUR, None, verdict="none"))
    lines = render(sla_table([(make_ticket(), clocks)], PARIS, at("10:15")), "csv").splitlines()
    assert lines[1].endswith(",response,1h,15 min,2026-01-15 09:30,overdue by 45 min,breached")
    assert lines[2].endswith(",resolution,1h,,,,no target")
