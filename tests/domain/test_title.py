"""Titles: which say something, and which could be any ticket's."""

from __future__ import annotations

import pytest

from tkt.domain.title import says_nothing


@pytest.mark.parametrize(
    "title",
    [
        *("Outlook bug", "Problème PC", "ça marche pas", "Urgent !!!", "Ça ne marche plus", "Outlook ne marche plus"),
        *("Besoin d'aide", "PC HS", "Office 365 problème", "Urgent : problème imprimante", "Problème avec mon PC"),
        *("Help", "It doesn't work", "Printer issue", "Email not working", "My computer is broken", "bug", "?"),
    ],
)
def test_a_title_that_could_be_any_tickets_says_nothing(title: str) -> None:
    assert says_nothing(title)


@pytest.mark.parametrize(
    "title",
    [
        "Outlook 365 - Impossible d'envoyer des emails externes",
        "Outlook - Impossible d'envoyer des emails - Erreur 550",
        "Word 365 - Plantage ouverture documents volumineux avec images",
        *("Demande d'une souris", "Besoin d'une souris", "J'ai besoin d'un accès VPN", "Mot de passe oublié"),
        *("Mon PC ne démarre plus", "Les PC du 3ème plantent souvent", "Mise à jour serveur", "Écran noir"),
        *("Category 55 > Subcategory 170: Symptom 72", "Password reset", "Printer jams on floor 2", "Cœur de réseau"),
    ],
)
def test_a_title_with_a_thing_and_what_happens_to_it_says_enough(title: str) -> None:
    assert not says_nothing(title)


@pytest.mark.parametrize("title", ["打印机坏了", "الطابعة معطلة", "Принтер не печатает"])
def test_a_title_in_another_script_is_not_judged(title: str) -> None:
    assert not says_nothing(title)
