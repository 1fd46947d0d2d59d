"""The figures of the OLAs: what groups and levels had, kept, and went over."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

from hypothesis import given, settings

from tests.metrics.months import JANUARY, local
from tests.service_level.lives import life, said
from tests.service_level.test_holding_laws import OLAS, Step, lives, minute, ticket_of
from tests.torture import scaled
from tkt.domain.duration import write_duration
from tkt.domain.policies import Ola, PolicyVersion, Target
from tkt.domain.settings import Settings
from tkt.domain.ticket import Ticket
from tkt.metrics.indicator import Indicator
from tkt.metrics.ola import FORMULAS
from tkt.metrics.period import Period
from tkt.metrics.scorecard import OlaFigures, score
from tkt.service_level.agreements import Agreements
from tkt.service_level.holding import read_holdings

PAGE = (Path(__file__).parents[2] / "docs" / "kpi.md").read_text(encoding="utf-8")
HOUR = 3600
VERSION = PolicyVersion(date(2026, 1, 1), {"P3": Target(None, None, holding=8 * HOUR)})
MESSAGING = Ola("messaging", "group", "Messagerie", (VERSION,))
NETWORK = Ola("network", "group", "Réseau", (VERSION,))
SECOND_LINE = Ola("second line", "level", "N2", (VERSION,))


def olas(*tickets: Ticket, of: tuple[Ola, ...] = (MESSAGING, NETWORK), period: Period = JANUARY) -> list[OlaFigures]:
    return list(score(tickets, period, Settings(olas=of)).olas)


def figures(*tickets: Ticket, period: Period = JANUARY) -> dict[str, Indicator]:
    (one,) = olas(*tickets, of=(MESSAGING,), period=period)
    return dict(one.figures)


def held(day: int, hour: int, until: int | None = None, *, by: str = "handed", month: int = 1) -> Ticket:
    """A ticket that Messagerie had on a day from one hour to another, or has had ever since."""
    endings = {
        "handed": {"group": "Messagerie → Réseau"},
        "resolved": {"state": "new → resolved"},
        "cancelled": {"state": "new → cancelled", "reason": "spam"},
    }
    opened = local(2026, month, day, hour)
    ends = [said(local(2026, month, day, until), **endings[by])] if until else []
    return life(said(opened, group="Messagerie"), *ends, opened=opened)


def test_a_desk_without_olas_has_no_figures_of_them() -> None:
    assert olas(held(5, 9, 13), of=()) == []


def test_met_and_breached_holdings_that_ended_in_the_period_are_judged() -> None:
    found = figures(held(5, 9, 13), held(6, 9, 19, by="resolved"), held(7, 9, 10))
    assert (found["met"].numerator, found["met"].denominator, found["met"].unit) == (2, 3, "rate")


def test_a_holding_counts_in_the_period_in_which_it_ends() -> None:
    night = Period(local(2026, 1, 5), local(2026, 1, 5, 13), "Europe/Paris")
    assert olas(held(5, 9, 13), of=(MESSAGING,), period=night) == []
    assert figures(held(5, 9, 13))["met"].denominator == 1


def test_later_entries_do_not_count_and_a_holding_that_goes_on_is_read_at_the_end() -> None:
    over = figures(held(31, 9), held(5, 9, 10))
    assert (over["open_breached"].value, over["met"].denominator) == (1, 1)
    morning = Period(local(2026, 1, 1), local(2026, 1, 6, 18), "Europe/Paris")
    assert figures(held(6, 9, 19), held(5, 9, 10), held(6, 9), period=morning)["open_breached"].value == 2


def test_each_time_that_a_ticket_comes_back_counts() -> None:
    ticket = life(
        said(local(2026, 1, 5, 9), group="Messagerie"),
        said(local(2026, 1, 5, 10), group="Messagerie → Réseau"),
        said(local(2026, 1, 5, 13), group="Réseau → Messagerie"),
        said(local(2026, 1, 5, 16), state="new → resolved"),
        opened=local(2026, 1, 5, 9),
    )
    messaging, network = olas(ticket)
    assert (messaging.holder, messaging.figures["held_seconds"].numerator) == ("Messagerie", 4 * HOUR)
    assert (network.holder, network.figures["held_seconds"].value) == ("Réseau", 3 * HOUR)
    assert messaging.figures["met"].denominator == 2


def test_a_pause_is_in_the_time_held_and_not_in_that_of_the_clock() -> None:
    ticket = life(
        said(local(2026, 1, 5, 9), group="Messagerie", state="new → in_progress"),
        said(local(2026, 1, 5, 10), state="in_progress → pending", reason="vendor"),
        said(local(2026, 1, 6, 10), state="pending → in_progress"),
        said(local(2026, 1, 6, 11), state="in_progress → resolved"),
        opened=local(2026, 1, 5, 9),
    )
    found = figures(ticket)
    assert (found["held_seconds"].value, found["held_business_seconds"].value) == (26 * HOUR, 2 * HOUR)


def test_what_a_cancellation_ended_is_judged_nowhere_and_its_breach_is_counted_apart() -> None:
    found = figures(held(5, 9, 19, by="cancelled"), held(5, 9, 10, by="cancelled"), held(5, 9, 10))
    assert (found["met"].denominator, found["held_seconds"].denominator) == (1, 1)
    assert found["cancelled_breached"].value == 1


def test_nothing_that_ended_is_no_data() -> None:
    found = figures(held(31, 9))
    assert (found["met"].value, found["held_seconds"].value) == (None, None)


def test_groups_stand_before_levels_and_both_in_the_order_of_the_settings_then_of_names() -> None:
    every = Ola("all", "group", "*", (VERSION,))
    tickets = [
        life(
            said(local(2026, 1, 5, 9), group=group, level="N2"),
            said(local(2026, 1, 5, 10), state="new → resolved"),
            opened=local(2026, 1, 5, 9),
        )
        for group in ("Poste", "Messagerie", "Bases")
    ]
    found = olas(*tickets, of=(SECOND_LINE, MESSAGING, every))
    assert [(one.ola, one.holder) for one in found] == [
        ("messaging", "Messagerie"),
        ("all", "Bases"),
        ("all", "Poste"),
        ("second line", "N2"),
    ]


@settings(max_examples=scaled(40, 1_000), deadline=None)
@given(lives())
def test_the_figures_add_up_to_the_holdings_of_the_tickets(drawn: tuple[list[Step], int]) -> None:
    steps, number = drawn
    desk = Settings(olas=OLAS)
    ticket, now = ticket_of(steps), minute(number)
    found = score([ticket], Period(None, now, "Europe/Paris", open_end=True), desk).olas
    readings = read_holdings(ticket, Agreements.of(desk), now)
    over = [one for one in readings if one.until is not None and one.clock.verdict != "cancelled"]
    assert sum(one.figures["held_seconds"].denominator or 0 for one in found) == len(over)
    assert sum(one.figures["held_seconds"].numerator or 0 for one in found) == sum(one.clock.wall for one in over)
    breached = sum(
        (one.figures["met"].denominator or 0)
        - (one.figures["met"].numerator or 0)
        + (one.figures["open_breached"].value or 0)
        + (one.figures["cancelled_breached"].value or 0)
        for one in found
    )
    assert breached == sum(one.clock.breached for one in readings)


def rows() -> list[list[str]]:
    section = PAGE.split("\n## The OLAs", 1)[1].split("\n## ", 1)[0]
    lines = (line for line in section.splitlines() if re.match(r"\| (`|[A-Z] )", line))
    return [[cell.strip(" `") for cell in line.strip("|").split("|")] for line in lines]


def test_the_page_lists_the_figures_with_their_units() -> None:
    listed = [(row[0], row[3]) for row in rows() if row[3] in ("rate", "seconds", "count")]
    assert listed == [(key, unit) for key, (unit, _formula) in FORMULAS.items()]


def test_the_worked_example_of_the_page_reads_as_printed() -> None:
    told = {row[0]: row for row in rows() if len(row) == 5}
    given_at = {name: [int(number) for number in re.findall(r"\d+", row[1])] for name, row in told.items()}
    ends_at = {name: [int(number) for number in re.findall(r"\d+", row[2])] for name, row in told.items()}
    tickets = [
        held(given_at[name][0], given_at[name][1], ends_at[name][1] if ends_at[name] else None, by=how)
        for name, how in (("A", "handed"), ("B", "resolved"), ("C", "handed"))
    ]
    verdicts = [
        read_holdings(one, Agreements.of(Settings(olas=(MESSAGING,))), JANUARY.end)[0].clock.verdict for one in tickets
    ]
    assert verdicts == [row[4] for row in told.values()]
    found = figures(*tickets)
    printed = [row for row in rows() if len(row) == 4 and row[1].isdigit()]
    assert len(printed) == 3
    for key, numerator, denominator, reads in printed:
        one = found[key]
        assert (one.numerator, one.denominator) == (int(numerator), None if denominator == "–" else int(denominator))
        assert one.value is not None
        written = {
            "rate": f"{one.value * 100:.1f} %",
            "seconds": write_duration(round(one.value)),
            "count": str(one.value),
        }
        assert reads == written[one.unit]
