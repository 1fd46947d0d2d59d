"""Descriptions: the four questions, answered by labels and by prose, in French and English."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import tkt
from tests.domain.tickets import COURSE_DESCRIPTION, WORD_DESCRIPTION
from tkt.domain.description import PARTS, answered

TEMPLATES = sorted((Path(tkt.__file__).parent / "templates").glob("*/*.md"))


@pytest.mark.parametrize("description", [COURSE_DESCRIPTION, WORD_DESCRIPTION])
def test_the_courses_descriptions_answer_everything(description: str) -> None:
    assert answered(description) == set(PARTS)


def test_the_courses_phone_call_says_the_symptom_alone() -> None:
    assert answered("Mon Word plante à chaque fois que j'ouvre un gros document avec des images") == {"symptom"}


@pytest.mark.parametrize("description", ["Outlook ne marche plus.", "Ça marche pas", "It does not work, please help."])
def test_that_something_does_not_work_is_no_symptom(description: str) -> None:
    assert answered(description) == set()


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_an_empty_template_answers_nothing(template: Path) -> None:
    section = template.read_text(encoding="utf-8").partition("## Description")[2].partition("## Actions")[0]
    assert section.strip()
    assert answered(section) == set()


@pytest.mark.parametrize(
    ("line", "part"),
    [
        *(("Symptôme : écran figé", "symptom"), ("- **Symptom:** the lid rattles", "symptom")),
        *(("* Message d’erreur : aucun", "message"), ("Error message: none", "message"), ("Code : 550", "message")),
        *(("Depuis quand : la rentrée", "since"), ("Since when: the move", "since"), ("Début : 12/01", "since")),
        *(("[x] Impact : paie", "impact"), ("Business impact: invoices", "impact"), ("Conséquences : peu", "impact")),
    ],
)
def test_a_label_with_something_behind_its_colon_answers(line: str, part: str) -> None:
    assert part in answered(line)


@pytest.mark.parametrize("value", ["", "?", "…", "-", "[à compléter]", "à préciser", "TODO", "<texte>"])
@pytest.mark.parametrize("label", ["Symptôme", "Message d'erreur", "Depuis quand", "Impact"])
def test_a_label_with_a_placeholder_answers_nothing(label: str, value: str) -> None:
    assert answered(f"- Contexte :\n- {label} : {value}\n- Autre :") == set()


@pytest.mark.parametrize(
    "description",
    [
        "- Message d'erreur :\n  Relay denied",
        "- Message d'erreur :\n    - Relay denied",
        "Message d'erreur :\nRelay denied",
        "Error message:\n\n```\nRelay denied\n```",
        "#### Error message\n\n> Relay denied",
        "**Message d'erreur**\n\nRelay denied",
    ],
)
def test_what_a_label_announces_may_stand_below_it(description: str) -> None:
    assert "message" in answered(description)


def test_the_next_label_is_not_what_a_label_announces() -> None:
    assert answered("- Message d'erreur :\n- Depuis quand : hier\n") == {"since"}
    assert "message" not in answered("- Message d'erreur :\n\nMerci de rappeler après 14h.")


@pytest.mark.parametrize(
    ("prose", "part"),
    [
        *(("Le compte n'arrive pas à ouvrir la boîte partagée", "symptom"), ("The laptop no longer boots", "symptom")),
        *(("L'écran affiche « No signal »", "message"), ("Word ferme sans message d'erreur", "message")),
        *(("Windows dit : erreur 0x80070005", "message"), ("Screenshot attached", "message")),
        *(("Lent depuis lundi", "since"), ("Since the update", "since"), ("Panne apparue le 12/01/2026", "since")),
        *(("Toute l'équipe attend", "impact"), ("Nobody can bill customers", "impact"), ("Paie bloquée", "impact")),
    ],
)
def test_prose_answers_too(prose: str, part: str) -> None:
    assert part in answered(prose)


def test_a_place_is_no_time() -> None:
    assert "since" not in answered("Je travaille depuis la maison et depuis mon PC.")


def test_a_sentence_that_ends_in_a_colon_is_prose() -> None:
    found = answered("L'utilisatrice ne peut plus imprimer depuis hier :\n- bac 1\n- bac 2")
    assert found >= {"symptom", "since"}


@settings(deadline=None)
@given(st.text(st.sampled_from("ab :é-*#>`[]\n\t'’“\"0: ")))
def test_any_text_is_read(text: str) -> None:
    assert answered(text) <= set(PARTS)


@pytest.mark.parametrize("unit", [" ", "ne ", "message “ ", "- Impact :\n", "# ", "travail ", "[", "a: ", "**", "- "])
def test_a_long_text_is_read_to_its_end(unit: str) -> None:
    """A pattern that goes back over what it read would not come to the end of these in a lifetime."""
    assert answered(unit * (100_000 // len(unit))) <= set(PARTS)
