"""Breaking figures down."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.metrics.months import JANUARY, SETTINGS, card, local
from tests.service_level.lives import at, life, said
from tkt.domain.policies import DEFAULT_POLICY, Policy
from tkt.metrics.grouping import BY
from tkt.metrics.period import Period
from tkt.metrics.scorecard import UnknownGrouping, score

SOLVED = said("10:00", state="new → resolved")
TICKETS = (
    life(SOLVED, category="Réseau > VPN", assignee="Luc PETIT", group="Réseau", level="N2", priority="P2"),
    life(SOLVED, category="Messagerie > Outlook", assignee="Jean DUPONT", group="Bureautique", level="N1"),
    life(category="Messagerie", kind="request", priority="P1"),
)


@pytest.mark.parametrize(
    ("by", "created"),
    [
        ("priority", {"P1": 1, "P2": 1, "P3": 1}),
        ("category", {"Messagerie": 2, "Réseau": 1}),
        ("assignee", {"Jean DUPONT": 1, "Luc PETIT": 1, "": 1}),
        ("group", {"Bureautique": 1, "Réseau": 1, "": 1}),
        ("level", {"N1": 1, "N2": 1, "": 1}),
        ("type", {"incident": 2, "request": 1}),
        ("policy", {"standard": 3}),
        ("month", {"2026-01": 3}),
    ],
)
def test_figures_by(by: str, created: dict[str, int]) -> None:
    groups = card(*TICKETS, by=by).groups
    assert {name: figures["created"].value for name, figures in groups.items()} == created
    assert list(groups) == list(created)


def test_every_way_to_break_down_is_tried_above_and_another_is_refused_with_the_nearest() -> None:
    assert set(BY) == {"priority", "category", "assignee", "group", "level", "type", "policy", "month"}
    with pytest.raises(UnknownGrouping, match="category"):
        score(TICKETS, JANUARY, SETTINGS, "categorie")


def test_every_priority_has_its_figures_even_without_a_ticket() -> None:
    by_priority = card(*TICKETS).by_priority
    assert {name: figures["created"].value for name, figures in by_priority.items()} == {
        "P1": 1,
        "P2": 1,
        "P3": 1,
        "P4": 0,
    }


def test_the_group_of_a_ticket_is_the_one_it_is_in_at_the_end_of_the_period() -> None:
    moved = life(
        said("10:00", priority="P3 → P2", assignee="Luc PETIT", category="Poste > Écran → Réseau > VPN"),
        said("10:00", day=31, priority="P2 → P1"),
        category="Réseau > VPN",
    )
    until = Period(None, at("12:00"), "Europe/Paris")
    assert card(moved, period=until).by_priority["P2"]["created"].value == 1
    assert list(card(moved, period=until, by="category").groups) == ["Réseau"]
    assert list(card(moved, period=Period(None, at("09:45"), "Europe/Paris"), by="category").groups) == ["Poste"]


def test_priorities_have_their_own_targets_and_other_groups_none() -> None:
    one = card(*TICKETS, by="priority")
    assert (one.indicators["mttr_seconds"].target, one.indicators["sla_resolution"].target) == ("<4h", ">95%")
    assert [one.groups[name]["mttr_seconds"].target for name in ("P1", "P2")] == [None, "<4h"]
    assert one.by_priority["P1"]["sla_resolution"].target == ">95%"
    assert card(*TICKETS, by="category").groups["Réseau"]["sla_resolution"].target is None


# Months


def test_each_month_is_seen_as_of_its_own_end_and_held_against_the_desks_targets() -> None:
    ticket = life(
        said("10:00", day=16, state="new → resolved"),
        said(local(2026, 2, 3, 9), state="resolved → in_progress"),
        said(local(2026, 2, 3, 10), state="in_progress → resolved"),
    )
    months = card(ticket, period=Period(None, local(2026, 4), "Europe/Paris"), by="month").groups
    assert list(months) == ["2026-01", "2026-02", "2026-03"]
    assert [figures["resolved"].value for figures in months.values()] == [1, 1, 0]
    assert [figures["reopened"].value for figures in months.values()] == [0, 1, 0]
    assert months["2026-01"]["sla_resolution"].target == ">95%"


def test_a_clock_that_runs_is_read_at_the_end_of_each_month() -> None:
    fresh = life(opened=local(2026, 1, 31, 23, 50), priority="P1")
    months = card(fresh, period=Period(None, local(2026, 3), "Europe/Paris"), by="month").groups
    assert [figures["open_breached"].value for figures in months.values()] == [0, 1]


def test_a_desk_without_tickets_has_no_months_but_those_it_is_asked_for() -> None:
    assert card(by="month").groups["2026-01"]["created"].value == 0
    assert card(period=Period(None, local(2026, 4), "Europe/Paris"), by="month").groups == {}


def test_a_ticket_is_of_the_policy_that_judges_its_resolution() -> None:
    course = DEFAULT_POLICY.versions
    vip = Policy("vip", course, {"asset": ("SRV-*",)})
    requests = Policy("requests", course, {"type": ("request",)})
    settings = replace(SETTINGS, policies=(vip, requests))
    tickets = (life(asset="SRV-MAIL"), life(kind="request"), life())
    groups = score(tickets, JANUARY, settings, "policy").groups
    assert {name: figures["created"].value for name, figures in groups.items()} == {"requests": 1, "vip": 1, "": 1}
    assert list(groups) == ["requests", "vip", ""]
