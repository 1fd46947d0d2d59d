"""A clock in trouble is one line that says all there is to know."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from tests.presentation.course import HOUR, at, make_ticket, running
from tkt.domain.ticket import Ticket
from tkt.presentation.clocks.sla_lines import trouble_lines
from tkt.service_level.reading import ClockReading

PARIS = ZoneInfo("Europe/Paris")
NOW = at("16T10:25")


def lines(ticket: Ticket, *readings: ClockReading, color: bool = False) -> list[str]:
    return trouble_lines([(ticket, reading) for reading in readings], PARIS, NOW, color=color).splitlines()


def over(clock: str = "resolution", **others: object) -> ClockReading:
    given = {"verdict": "breached", "breached": True, "breached_at": at("16T09:15")} | others
    return running(clock, 25 * HOUR + 600, 24 * HOUR, **given)


def test_a_breach_says_which_clock_by_how_much_since_when_and_who_holds_the_ticket() -> None:
    ticket = make_ticket(state="in_progress", assignee="Pierre MARTIN", group="Messagerie")
    assert lines(ticket, over()) == [
        "INC0012345: P3 resolution 25h10 / 24h (breached, 1h10 over target, since 2026-01-16 09:15, 1h10 ago), "
        "Pierre MARTIN / Messagerie: Outlook 365 - Impossible d'envoyer des emails externes"
    ]


def test_a_clock_that_stopped_is_told_with_the_priority_that_judged_it() -> None:
    (line,) = lines(make_ticket(priority="P1"), over("response", priority="P3"))
    assert line.startswith("INC0012345: P3 response 25h10 / 24h ")


def test_in_french(french: None) -> None:
    (line,) = lines(make_ticket(title="Panne"), over())
    assert line == (
        "INC0012345: P3 résolution 25h10 / 24h (dépassé, cible dépassée de 1h10, depuis le 16/01/2026 09:15, "
        "il y a 1h10), personne: Panne"
    )


def test_each_breached_clock_has_its_line() -> None:
    assert len(lines(make_ticket(), over("response"), over())) == 2


def test_nothing_in_trouble_is_no_line() -> None:
    assert trouble_lines([], PARIS, NOW) == ""


def test_a_clock_at_risk_says_when_it_is_due_and_how_soon_that_is() -> None:
    risky = running("resolution", 23 * HOUR, 24 * HOUR, verdict="at_risk", due=at("16T11:25"))
    assert lines(make_ticket(title="Panne"), risky) == [
        "INC0012345: P3 resolution 23h / 24h (at risk, due 2026-01-16 11:25, in 1h), nobody: Panne"
    ]


def test_what_is_over_by_seconds_says_so() -> None:
    (line,) = lines(make_ticket(), running("response", 7201, 7200, verdict="breached", breached=True))
    assert "response 2h00m01s / 2h (breached, 1s over target)" in line


def test_a_verdict_that_rests_on_a_late_entry_is_marked() -> None:
    assert "(breached (recorded late), " in lines(make_ticket(), over(late=True))[0]


def test_a_stopped_clock_says_since_when_but_not_how_long_ago() -> None:
    (line,) = lines(make_ticket(), over(stopped_at=at("16T10:25")))
    assert "since 2026-01-16 09:15), nobody" in line


def test_a_breach_of_a_priority_since_lowered_is_not_said_to_be_over_the_target_of_now() -> None:
    lowered = running("resolution", 9 * HOUR, 48 * HOUR, verdict="breached", breached=True, breached_at=at("13:15"))
    assert "9h / 48h (breached, since 2026-01-15 13:15" in lines(make_ticket(), lowered)[0]


def test_a_ticket_cancelled_after_a_breach_is_listed_as_cancelled() -> None:
    assert "(cancelled, 1h10 over target" in lines(make_ticket(), over(verdict="cancelled"))[0]


def test_a_breach_is_one_line_whatever_the_ticket_holds() -> None:
    evil = make_ticket(title="a\nb\x1b[2J", assignee="x\ny", priority="P\n3")
    (line,) = lines(evil, over())
    assert line.endswith("x y: a b\\x1b[2J")


def test_colour_paints_the_verdict_alone() -> None:
    assert "(\x1b[31mbreached\x1b[0m, 1h10" in lines(make_ticket(), over(), color=True)[0]
