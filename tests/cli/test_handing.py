"""take, assign, escalate: who holds a ticket, at which level, in which group."""

from __future__ import annotations

import pytest

from tests.cli.conftest import IN_STATE, Clock
from tests.cli.front_door import FrontDoor


def held(tkt: FrontDoor, reference: str) -> tuple[str | None, str | None, str | None]:
    """Who holds a ticket: name, level, group."""
    ticket = tkt.ticket(reference)
    return ticket["assignee"], ticket["level"], ticket["group"]


def test_assigning_names_the_agent_with_their_group_and_higher_level(tkt: FrontDoor, ticket: str) -> None:
    answer = tkt("assign", ticket, "--to", "Pierre", "Vérification serveur mail")

    assert held(tkt, ticket) == ("Pierre MARTIN", "N2", "Messagerie")
    assert tkt.last_entry(ticket)["text"] == "Vérification serveur mail"
    assert answer.err == f"{ticket}: New → Assigned, Pierre MARTIN N2 Messagerie\n"


def test_a_ticket_given_to_a_lower_level_keeps_its_own(tkt: FrontDoor, ticket: str) -> None:
    tkt("assign", ticket, "--to", "Zoé LENOIR")
    tkt("assign", ticket, "--to", "jean.dupont@entreprise.fr")

    assert held(tkt, ticket) == ("Jean DUPONT", "N3", "Support")


def test_a_ticket_may_be_given_to_a_group_alone(tkt: FrontDoor, ticket: str) -> None:
    tkt("assign", ticket, "--to", "me")
    tkt("assign", ticket, "--group", "reseau", "--level", "n2")

    assert held(tkt, ticket) == (None, "N2", "Réseau")


def test_agent_group_and_level_may_all_be_said(tkt: FrontDoor, ticket: str) -> None:
    tkt("assign", ticket, "--to", "Zoé", "--group", "Support", "--level", "N1")

    assert held(tkt, ticket) == ("Zoé LENOIR", "N1", "Support")


@pytest.mark.parametrize("me", ["me", "moi"])
def test_me_is_who_sits_at_the_keyboard(tkt: FrontDoor, ticket: str, me: str) -> None:
    tkt("assign", ticket, "--to", me)

    assert held(tkt, ticket)[0] == "Jean DUPONT"


@pytest.mark.parametrize(("to", "name"), [("me", "Jean DUPONT"), ("Ana LIMA", "Ana LIMA")])
def test_a_desk_that_lists_no_agents_takes_any_name(tkt: FrontDoor, ticket: str, to: str, name: str) -> None:
    settings = (tkt.root / "tkt.yaml").read_text(encoding="utf-8").partition("agents:\n")[0]
    (tkt.root / "tkt.yaml").write_text(settings, encoding="utf-8")
    tkt.commit("no agents")

    tkt("assign", ticket, "--to", to)

    assert held(tkt, ticket)[0] == name


def test_an_unknown_agent_is_refused_with_the_nearest(tkt: FrontDoor, ticket: str) -> None:
    assert "Did you mean Pierre MARTIN?" in tkt.refuses("assign", ticket, "--to", "Piere MARTIN", code=4)


def test_a_name_that_several_agents_share_is_refused_with_all_of_them(tkt: FrontDoor, ticket: str) -> None:
    assert "Pierre MARTIN, Paula MARTINEZ" in tkt.refuses("assign", ticket, "--to", "martin", code=4)


def test_an_unknown_group_is_refused_with_the_nearest(tkt: FrontDoor, ticket: str) -> None:
    assert "Did you mean Messagerie?" in tkt.refuses("assign", ticket, "--group", "Mesagerie", code=4)


def test_an_unknown_level_is_refused(tkt: FrontDoor, ticket: str) -> None:
    assert "“N4” is not a known support level" in tkt.refuses("assign", ticket, "--to", "me", "--level", "N4", code=2)


def test_escalating_frees_the_ticket_at_the_next_level(tkt: FrontDoor, ticket: str) -> None:
    tkt("take", ticket)
    tkt("escalate", ticket)
    assert held(tkt, ticket) == (None, "N2", "Support")

    tkt("escalate", ticket)
    assert held(tkt, ticket) == (None, "N3", "Support")
    assert tkt.ticket(ticket)["state"] == "assigned"


def test_escalating_to_somebody_takes_their_level(tkt: FrontDoor, ticket: str) -> None:
    tkt("escalate", ticket, "--to", "Zoé LENOIR", "Au-delà de nos droits")

    assert held(tkt, ticket) == ("Zoé LENOIR", "N3", "Réseau")


def test_above_n3_there_is_nothing(tkt: FrontDoor, ticket: str) -> None:
    tkt("escalate", ticket, "--level", "N3")

    assert "highest level" in tkt.refuses("escalate", ticket, code=3)


@pytest.mark.parametrize("level", ["N1", "N2"])
def test_an_escalation_goes_up(tkt: FrontDoor, ticket: str, level: str) -> None:
    tkt("escalate", ticket)

    assert "is at N2 already" in tkt.refuses("escalate", ticket, "--level", level, code=3)


def test_taking_names_oneself(tkt: FrontDoor, ticket: str) -> None:
    answer = tkt("take", ticket)

    assert held(tkt, ticket) == ("Jean DUPONT", "N1", "Support")
    assert answer.out == ""


def test_another_agent_may_take_by_name(tkt: FrontDoor, ticket: str) -> None:
    tkt("take", ticket, "--as", "Pierre")

    assert held(tkt, ticket) == ("Pierre MARTIN", "N2", "Messagerie")
    assert tkt.last_entry(ticket)["author"] == "Pierre MARTIN"


def test_take_without_an_id_takes_the_next_one_due_and_prints_it(tkt: FrontDoor, clock: Clock) -> None:
    tkt("new", "Souris cassée au bureau 12", "-r", "Marie MARTIN", "--priority", "P4")
    tkt("new", "Écran noir au démarrage", "-r", "Marie MARTIN", "--priority", "P2")
    clock("2026-01-15T09:20:00+01:00")

    assert [tkt("take").out for _turn in range(2)] == ["INC0000002\n", "INC0000001\n"]

    answer = tkt("take")
    assert (answer.out, answer.err) == ("", "Nothing to take: no open ticket is nobody's.\n")


def test_take_leaves_what_another_holds_and_what_waits_at_a_higher_level(lives: FrontDoor) -> None:
    lives("assign", IN_STATE["new"], "--to", "Pierre MARTIN")
    lives("new", "Réseau coupé au deuxième étage", "-r", "Marie MARTIN")
    lives("escalate", "8")

    assert lives("take").out == ""
