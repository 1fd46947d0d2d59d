"""Each move of a ticket reads as one line under what was said, in both languages."""

from __future__ import annotations

import pytest

from tests.presentation.course import make_entry, make_ticket, opening
from tkt.domain.entry import Change, FieldChange, SetChange
from tkt.presentation.moves import lines_of

SHA = "ab" * 32


def shown(*changes: Change, text: str = "", author: str = "Jean DUPONT") -> list[str]:
    return lines_of(make_entry("10:00", author, *changes, text=text), ())


@pytest.mark.parametrize(
    ("changes", "line"),
    [
        ([FieldChange("state", "resolved", "in_progress")], "→ Ticket résolu"),
        ([FieldChange("state", "closed", "resolved")], "→ Ticket clôturé"),
        ([FieldChange("state", "in_progress", "resolved")], "→ Ticket rouvert"),
        ([FieldChange("state", "in_progress", "closed")], "→ Ticket rouvert"),
        ([FieldChange("state", "in_progress", "cancelled")], "→ Ticket rouvert"),
        ([FieldChange("state", "in_progress", "pending")], "→ Reprise du traitement"),
        ([FieldChange("state", "in_progress", "new")], "→ Prise en charge"),
        ([FieldChange("state", "cancelled", "new"), FieldChange("reason", "duplicate")], "→ Ticket annulé : doublon"),
        ([FieldChange("state", "cancelled", "new")], "→ Ticket annulé"),
        ([FieldChange("state", "pending", "new"), FieldChange("reason", "vendor")], "→ En attente : fournisseur"),
        ([FieldChange("state", "pending", "pending"), FieldChange("reason", "user")], "→ En attente : utilisateur"),
        ([FieldChange("state", "pending", "new")], "→ En attente"),
        ([FieldChange("state", "assigned", "pending")], "→ état : En attente → Assigné"),
        ([FieldChange("priority", "P2", "P3")], "→ priorité : P3 → P2"),
        ([FieldChange("impact", "high", "medium")], "→ impact : moyen → élevé"),
        ([FieldChange("type", "request", "incident")], "→ type : incident → demande"),
        ([FieldChange("category", "Réseau > VPN", "")], "→ catégorie : Réseau > VPN"),
        ([FieldChange("asset", "", "PC-1")], "→ actif : PC-1 → aucun"),
        ([FieldChange("requester.phone", "Poste 2", "Poste 1")], "→ téléphone du demandeur : Poste 1 → Poste 2"),
        ([FieldChange("x_servicenow.u_code", "b", "a")], "→ x_servicenow.u_code : a → b"),
        (
            [FieldChange("attached", f"capture écran.png (12345 bytes, sha256:{SHA})")],
            "→ Pièce jointe : capture écran.png (12 ko)",
        ),
        ([FieldChange("attached", "capture.png")], "→ Pièce jointe : capture.png"),
        ([FieldChange("rating", "5")], "→ Note : 5/5"),
        ([FieldChange("late", "réseau coupé")], "→ Saisie tardive : réseau coupé"),
        ([FieldChange("edited", "description")], "→ Description modifiée"),
        ([FieldChange("first_contact", "yes")], "→ Résolu au premier contact"),
        ([FieldChange("first_contact", "no")], "→ Non résolu au premier contact"),
        ([SetChange("tags", ("vip",), ("relance",))], "→ étiquettes : +vip -relance"),
        ([SetChange("links", ("caused-by:PRB0000007",))], "→ Lien : causé par PRB0000007"),
        ([SetChange("links", (), ("child-of:INC0000007",))], "→ Lien retiré : enfant de INC0000007"),
        ([FieldChange("level", "N2", "N1"), FieldChange("assignee", "", "Jean DUPONT")], "→ Escalade N2"),
        ([FieldChange("level", "N1", "N2")], "→ niveau : N2 → N1"),
        ([FieldChange("group", "Réseau", "Messagerie")], "→ groupe : Messagerie → Réseau"),
        ([FieldChange("assignee", "Pierre MARTIN", "")], "→ Assigné à Pierre MARTIN"),
        ([FieldChange("assignee", "", "Pierre MARTIN")], "→ Assigné à personne"),
        ([FieldChange("state", "assigned", "new"), FieldChange("assignee", "Zoé")], "→ Assigné à Zoé"),
    ],
)
def test_a_move_without_words_is_one_line(changes: list[Change], line: str, french: None) -> None:
    assert shown(*changes) == [line]


def test_a_wait_says_until_when_and_for_which_case(french: None) -> None:
    changes = (
        FieldChange("state", "pending", "in_progress"),
        FieldChange("reason", "vendor"),
        FieldChange("until", "2026-01-20"),
        FieldChange("ref", "CASE-42"),
    )
    assert shown(*changes, text="Vu avec eux.") == [
        "Vu avec eux.",
        "→ En attente : fournisseur (jusqu'au 20/01/2026, réf. CASE-42)",
    ]


@pytest.mark.parametrize(
    ("until", "written"),
    [("2026-01-20T14:00:00+01:00", "2026-01-20 14:00"), ("2026-02-31", "2026-02-31"), ("lundi", "lundi")],
)
def test_what_is_no_date_is_shown_as_it_stands(until: str, written: str) -> None:
    changes = (FieldChange("state", "pending", "new"), FieldChange("reason", "other"), FieldChange("until", until))
    assert shown(*changes) == [f"→ Pending: other (until {written})"]


def test_a_reopening_that_waits_says_both() -> None:
    changes = (FieldChange("state", "pending", "resolved"), FieldChange("reason", "user"))
    assert shown(*changes) == ["→ Ticket reopened", "→ Pending: user"]


def test_a_start_with_words_shows_its_words_alone() -> None:
    changes = (FieldChange("state", "in_progress", "new"), FieldChange("assignee", "Jean DUPONT"))
    assert shown(*changes, text="Prise en charge du ticket.") == ["Prise en charge du ticket."]
    assert shown(*changes, author="Jean DUPONT <jean@entreprise.fr>") == ["→ Work started"]


def test_the_words_of_a_handover_are_its_line() -> None:
    changes = (FieldChange("assignee", "Pierre MARTIN", "Jean DUPONT"), FieldChange("level", "N2", "N1"))
    assert shown(*changes, text="Escalade N2 pour vérification") == ["→ Escalade N2 pour vérification"]
    assert shown(*changes, text="Vu.\n→ Pour Pierre") == ["Vu.", "→ Pour Pierre"]
    assert shown(*changes) == ["→ Escalated to N2", "→ Assigned to Pierre MARTIN"]


def test_whoever_resolves_what_nobody_held_is_not_named_twice() -> None:
    changes = (
        FieldChange("state", "resolved", "new"),
        FieldChange("cause", "unknown"),
        FieldChange("action", "Redémarrage"),
        FieldChange("assignee", "Jean DUPONT"),
    )
    assert shown(*changes, text="Réglé.") == ["Réglé.", "→ Ticket resolved"]


def test_a_cause_put_right_later_is_an_edit() -> None:
    assert shown(FieldChange("cause", "Câble", "unknown")) == ["→ cause: unknown → Câble"]


def test_who_recorded_it_and_how_long_it_took_are_not_repeated() -> None:
    facts = (FieldChange("spent", "15m"), FieldChange("recorded_by", "X <x@y>"), FieldChange("automatic", "yes"))
    assert shown(*facts, text="Vu.") == ["Vu."]
    assert shown(*facts) == []


def test_an_opening_shows_its_words_alone() -> None:
    entry = make_entry("09:15", "Jean DUPONT", FieldChange("state", "new"), text="Appel de Marie.")
    assert lines_of(entry, (), opening=True) == ["Appel de Marie."]
    assert lines_of(opening(), (), opening=True) == []


def test_a_concurrent_move_is_marked() -> None:
    ours = make_entry("10:00", "Jean DUPONT", FieldChange("state", "in_progress", "new"))
    theirs = make_entry("10:05", "Zoé", FieldChange("state", "assigned", "new"), FieldChange("assignee", "Zoé"))
    concurrent = make_ticket(opening(), ours, theirs).replayed.concurrent
    assert lines_of(theirs, concurrent) == ["→ Assigned to Zoé", "⚠ Concurrent move: state was already In progress"]
    assert lines_of(ours, concurrent) == ["→ Work started"]


def test_words_keep_their_lines_and_blank_lines() -> None:
    assert shown(text="Un\n\n  deux\t!\n") == ["Un", "", "  deux\t!"]


def test_a_move_is_one_line_whatever_a_value_holds() -> None:
    assert shown(FieldChange("title", "b\n[11:00 - Zoé]", "a")) == ["→ title: a → b [11:00 - Zoé]"]
