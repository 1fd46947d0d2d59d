"""tkt new: from the ringing phone to the printed id."""

from __future__ import annotations

import pytest

from tests.cli.conftest import IN_STATE, Clock
from tests.cli.front_door import FrontDoor

WHO = ("-r", "Marie MARTIN")


def opened(tkt: FrontDoor, *arguments: str, stdin: str | bytes = b"") -> str:
    """The id that `tkt new` prints."""
    return tkt("new", *arguments, stdin=stdin).out.removesuffix("\n")


def test_new_prints_the_id_alone_and_says_the_rest_beside_it(tkt: FrontDoor) -> None:
    answer = tkt("new", "Écran noir au démarrage", *WHO)

    assert answer.out == "INC0000001\n"
    assert answer.err == "INC0000001: New\n"


def test_a_new_ticket_is_an_incident_of_medium_impact_and_urgency(tkt: FrontDoor) -> None:
    ticket = tkt.ticket(opened(tkt, "Écran noir au démarrage", *WHO))

    expected = {"type": "incident", "state": "new", "impact": "medium", "urgency": "medium", "priority": "P3"}
    assert expected.items() <= ticket.items()
    assert ticket["opened_at"] == "2026-01-15T09:15:00+01:00"
    (entry,) = ticket["entries"]
    assert {change["key"]: change["new"] for change in entry["changes"]} == {
        "state": "new",
        "impact": "medium",
        "urgency": "medium",
        "priority": "P3",
        "level": "N1",
    }
    assert tkt.subject() == "INC0000001: new"
    assert "Écran noir au démarrage" in tkt.git("log", "-1", "--format=%b")


def test_every_field_may_be_said(tkt: FrontDoor) -> None:
    fields = ("--department", "Compta", "--email", "m@x.fr", "--phone", "12", "--via", "phone", "--asset", "PC-7")
    about = ("-c", "Word", "--impact", "high", "--urgency", "low", "--description", "Plus rien.", "--tag", "vip")

    ticket = tkt.ticket(opened(tkt, "Word 365 - Plantage", *WHO, *fields, *about, "--tag", "direction"))

    assert ticket["requester"] == {
        "name": "Marie MARTIN",
        "department": "Compta",
        "email": "m@x.fr",
        "phone": "12",
        "location": "Bâtiment A",
    }
    expected = {"via": "phone", "asset": "PC-7", "category": "Bureautique > Microsoft Office > Word", "priority": "P3"}
    assert expected.items() <= ticket.items()
    assert ticket["description"] == "Plus rien."
    assert ticket["tags"] == ["vip", "direction"]


@pytest.mark.parametrize(
    "who", ["Marie MARTIN", "marie", "MARIE.MARTIN@entreprise.fr", "Marie M <marie.martin@entreprise.fr>"]
)
def test_the_requester_is_completed_from_the_directory(tkt: FrontDoor, who: str) -> None:
    ticket = tkt.ticket(opened(tkt, "Écran noir au démarrage", "-r", who))

    assert ticket["requester"] == {
        "name": "Marie MARTIN",
        "department": "Comptabilité",
        "email": "marie.martin@entreprise.fr",
        "phone": "Poste 1234",
        "location": "Bâtiment A",
    }
    assert ticket["asset"] == "PC-COMPTA-015"


def test_a_requester_of_whom_several_may_be_meant_is_refused_with_all_of_them(tkt: FrontDoor) -> None:
    said = tkt.refuses("new", "Écran noir", "-r", "duran", code=4)

    assert "Paul DURAND <paul.durand@entreprise.fr>; Paule DURANT <paule.durant@entreprise.fr>" in said


def test_a_whole_name_is_that_person_though_others_are_named_likewise(tkt: FrontDoor) -> None:
    assert tkt.ticket(opened(tkt, "Écran noir", "-r", "paul durand"))["requester"]["name"] == "Paul DURAND"


@pytest.mark.parametrize(
    ("who", "name", "email"), [("Ana LIMA", "Ana LIMA", None), ("Ana LIMA <ana@x.pt>", "Ana LIMA", "ana@x.pt")]
)
def test_somebody_whom_the_directory_does_not_know_is_taken_as_named(
    tkt: FrontDoor, who: str, name: str, email: str | None
) -> None:
    requester = tkt.ticket(opened(tkt, "Écran noir", "-r", who))["requester"]

    assert (requester["name"], requester["email"]) == (name, email)


@pytest.mark.parametrize("part", ["Envoi/Réception", "envoi", "Messagerie > Outlook > Envoi/Réception"])
def test_a_category_is_named_by_any_unambiguous_part(tkt: FrontDoor, part: str) -> None:
    ticket = tkt.ticket(opened(tkt, "Écran noir", *WHO, "-c", part))

    assert ticket["category"] == "Messagerie > Outlook > Envoi/Réception"


def test_an_ambiguous_category_is_refused_with_all_that_are_meant(tkt: FrontDoor) -> None:
    said = tkt.refuses("new", "Écran noir", *WHO, "-c", "outlook", code=4)

    assert "Messagerie > Outlook > Envoi/Réception; Messagerie > Outlook > Calendrier" in said


@pytest.mark.parametrize(
    ("impact", "urgency", "priority"),
    [
        ("high", "high", "P1"),
        ("high", "medium", "P2"),
        ("medium", "high", "P2"),
        ("high", "low", "P3"),
        ("medium", "medium", "P3"),
        ("low", "high", "P3"),
        ("medium", "low", "P4"),
        ("low", "medium", "P4"),
        ("faible", "Faible", "P4"),
        ("élevé", "élevée", "P1"),
    ],
)
def test_the_matrix_gives_the_priority(tkt: FrontDoor, impact: str, urgency: str, priority: str) -> None:
    ticket_id = opened(tkt, "Écran noir", *WHO, "--impact", impact, "--urgency", urgency)

    assert tkt.ticket(ticket_id)["priority"] == priority


@pytest.mark.parametrize("said", ["P1", "p1", "Critique"])
def test_a_priority_that_is_given_stands(tkt: FrontDoor, said: str) -> None:
    assert tkt.ticket(opened(tkt, "Écran noir", *WHO, "--priority", said))["priority"] == "P1"


@pytest.mark.parametrize(
    ("kind", "prefix"),
    [("incident", "INC"), ("request", "REQ"), ("demande", "REQ"), ("problem", "PRB"), ("change", "CHG")],
)
def test_each_kind_has_its_prefix_and_all_share_one_series(tkt: FrontDoor, kind: str, prefix: str) -> None:
    opened(tkt, "Écran noir", *WHO)

    assert opened(tkt, "Nouvelle souris", *WHO, "--type", kind) == f"{prefix}0000002"


def test_a_desk_may_begin_at_another_number(tkt: FrontDoor) -> None:
    tkt.setting("first_number: 12345")

    assert [opened(tkt, "Écran noir", *WHO), opened(tkt, "Écran bleu", *WHO)] == ["INC0012345", "INC0012346"]
    assert tkt.path("INC0012345") == tkt.root / "tickets" / "INC0012xxx" / "INC0012345.md"


def test_a_template_gives_defaults_and_text(tkt: FrontDoor) -> None:
    (tkt.root / "templates").mkdir()
    (tkt.root / "templates" / "printer.md").write_text(
        "---\ntemplate: printers\nimpact: low\nurgency: low\ncategory: Word\ntags: [papier]\nasset: IMP-3\n---\n\n"
        "## Description\n\n**Contexte** :\n\n## Actions\n\n- [ ] Bac à papier\n",
        encoding="utf-8",
    )
    tkt.commit("a template of our own")

    ticket = tkt.ticket(opened(tkt, "Bourrage", "-r", "Ana LIMA", "-t", "printer", "--urgency", "high"))

    expected = {"impact": "low", "urgency": "high", "priority": "P3", "asset": "IMP-3", "tags": ["papier"]}
    assert expected.items() <= ticket.items()
    assert ticket["category"] == "Bureautique > Microsoft Office > Word"
    assert (ticket["description"], ticket["actions"]) == ("**Contexte** :", "- [ ] Bac à papier")


def test_a_description_takes_the_place_of_the_templates(tkt: FrontDoor) -> None:
    ticket = tkt.ticket(opened(tkt, "Bourrage", *WHO, "-t", "incident", "--description", "Plus rien ne sort."))

    assert ticket["description"] == "Plus rien ne sort."
    assert "- [ ]" in ticket["actions"]


def test_a_wrong_word_in_a_template_is_refused_like_any_other(tkt: FrontDoor) -> None:
    (tkt.root / "templates").mkdir()
    (tkt.root / "templates" / "odd.md").write_text("---\nimpact: hihg\n---\n", encoding="utf-8")
    tkt.commit("a slip")

    said = tkt.refuses("new", "Écran noir", *WHO, "-t", "odd", code=5)

    assert "templates/odd.md: “hihg” is not a known impact. Did you mean high?" in said


def test_an_unknown_template_is_refused_with_the_nearest(tkt: FrontDoor) -> None:
    assert "Did you mean incident?" in tkt.refuses("new", "Écran noir", *WHO, "-t", "incidnet", code=4)


@pytest.mark.parametrize(
    "line", [("--description-file", "notes.txt"), ("--description-file", "-"), ("--description", "-")]
)
def test_a_description_is_read_from_a_file_or_standard_input(tkt: FrontDoor, line: tuple[str, str]) -> None:
    text = "Depuis 8h30 :\n\n## Journal\n\n- state: closed"
    (tkt.root.parent / "notes.txt").write_text(text + "\n", encoding="utf-8")
    option, name = line
    name = name if name == "-" else str(tkt.root.parent / name)

    assert tkt.ticket(opened(tkt, "Écran noir", *WHO, option, name, stdin=text + "\n"))["description"] == text


def test_a_call_solved_at_once_is_one_command_and_one_commit(tkt: FrontDoor) -> None:
    before = tkt.commits()
    solved = ("--resolve", "--cause", "unknown", "--action", "Réinitialisation", "--close")

    ticket_id = opened(tkt, "Mot de passe oublié", *WHO, *solved, "--spent", "5m", "-m", "Appel de 9h10.")

    ticket = tkt.ticket(ticket_id)
    assert ticket["state"] == "closed"
    assert (ticket["cause"], ticket["action"], ticket["assignee"]) == ("unknown", "Réinitialisation", "Jean DUPONT")
    assert [(entry["ordinal"], entry["public"], entry["text"]) for entry in ticket["entries"]] == [
        (1, False, "Appel de 9h10."),
        (2, True, ""),
        (3, True, ""),
    ]
    assert tkt.commits() == before + 1
    assert tkt.subject() == f"{ticket_id}: new → resolved → closed"
    assert tkt("check", "--json").json["errors"] == 0


def test_a_new_ticket_may_be_assigned_at_once(tkt: FrontDoor) -> None:
    ticket = tkt.ticket(opened(tkt, "Écran noir", *WHO, "--to", "Pierre"))

    assert (ticket["state"], ticket["assignee"], ticket["level"], ticket["group"]) == (
        "assigned",
        "Pierre MARTIN",
        "N2",
        "Messagerie",
    )


def test_a_new_ticket_may_go_to_a_group(tkt: FrontDoor) -> None:
    ticket = tkt.ticket(opened(tkt, "Écran noir", *WHO, "--group", "réseau"))

    assert (ticket["state"], ticket["assignee"], ticket["group"]) == ("assigned", None, "Réseau")


def test_a_new_ticket_may_be_linked_and_both_ends_show_it(lives: FrontDoor) -> None:
    links = ("--link", "caused-by:1", "--link", "related-to:1", "--link", "related-to:2")

    ticket_id = opened(lives, "Écran noir", *WHO, *links)

    def linked(reference: str) -> list[tuple[str, str]]:
        return [(link["kind"], link["id"]) for link in lives.ticket(reference)["links"]]

    assert linked(ticket_id) == [
        ("caused-by", "INC0000001"),
        ("related-to", "INC0000001"),
        ("related-to", "INC0000002"),
    ]
    assert linked("1") == [("causes", ticket_id), ("related-to", ticket_id)]
    assert linked("2") == [("related-to", ticket_id)]
    assert lives.subject() == f"{ticket_id}: new; INC0000001, INC0000002: link"
    assert [commit["transition"] for commit in lives("history", ticket_id, "--json").json["commits"]] == ["new"]
    assert lives("history", "1", "--json").json["commits"][-1]["transition"] is None
    assert lives("show", "@", "--json").json["ticket"]["id"] == ticket_id
    assert lives("check", "--json").json["errors"] == 0


def test_a_call_may_be_recorded_a_little_later(tkt: FrontDoor, clock: Clock) -> None:
    ticket = tkt.ticket(opened(tkt, "Écran noir", *WHO, "--at", "-10m", "--to", "me"))

    assert ticket["opened_at"] == "2026-01-15T09:05:00+01:00"
    assert [entry["at"] for entry in ticket["entries"]] == ["2026-01-15T09:05:00+01:00"] * 2


def test_all_that_a_new_ticket_lacks_is_listed_at_once(tkt: FrontDoor) -> None:
    said = tkt.refuses("new", "--resolve", code=2)

    assert [said.find(option) > 0 for option in ("TITLE", "--requester", "--cause", "--action")] == [True] * 4


@pytest.mark.parametrize(
    "line",
    [
        ("Écran noir", "--title", "Écran bleu"),
        ("Écran noir", "--description", "x", "--description-file", "notes.txt"),
    ],
)
def test_what_is_said_twice_is_refused(tkt: FrontDoor, line: tuple[str, ...]) -> None:
    assert "given twice" in tkt.refuses("new", *WHO, *line, code=2)


def test_a_title_may_be_an_option(tkt: FrontDoor) -> None:
    assert tkt.ticket(opened(tkt, "--title", "  Écran noir ", *WHO))["title"] == "Écran noir"


def test_a_link_to_nowhere_opens_nothing(lives: FrontDoor) -> None:
    assert "no ticket 99" in lives.refuses("new", "Écran noir", *WHO, "--link", "related-to:99", code=4)
    assert "kind:ticket" in lives.refuses("new", "Écran noir", *WHO, "--link", IN_STATE["new"], code=2)
