"""The course's tickets: INC0012345 through its whole life, and the Word ticket of its first exercise."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

from tkt.demo.company import JEAN, PIERRE, WORD
from tkt.demo.stage import Move, Story
from tkt.desk import handover, moves
from tkt.desk.moves import Resolution
from tkt.desk.opening import Wish
from tkt.desk.said import Said
from tkt.store.ticket_file import sections_of

# Paris in January.
CET = timezone(timedelta(hours=1))
NUMBER = 12345
OUTLOOK_UID = "4k7m2x9p3q"
WORD_UID = "w0rd365p1z"

_OUTLOOK = """\
L'utilisatrice ne peut plus envoyer d'emails vers l'extérieur
depuis ce matin 8h30.
Les emails internes fonctionnent.
Message d'erreur : "Votre message n'a pas pu être remis"
Code erreur : 550 5.7.1 Relay denied
Impact : Envoi factures clients bloqué (échéance fin de semaine)"""
_TAKEN = """\
Prise en charge du ticket.
Contact utilisateur : problème confirmé.
Test envoi interne : OK
Test envoi externe : KO - même erreur"""
_ESCALATED = "Escalade N2 pour vérification serveur mail"
_CHECKED = """\
Vérification serveur Exchange : RAS
Vérification SPF/DKIM : OK
Vérification IP blacklist : IP sortante dans blacklist Spamhaus
→ Demande de delist en cours"""
_DELISTED = "Delist effectué par Spamhaus (délai 1-2h propagation)"
_SOLVED = """\
Test envoi externe : OK
Utilisatrice informée, confirmation test réussi"""
_THANKS = "Validé, je peux à nouveau envoyer mes emails. Merci !"
_WORD = """\
L'utilisateur rencontre des plantages systématiques de Microsoft Word
lors de l'ouverture de documents volumineux contenant des images.

- Symptôme : Word se ferme sans message d'erreur
- Déclencheur : Ouverture fichiers > 10 Mo avec images
- Depuis : Cette semaine
- Fréquence : Systématique sur ce type de documents
- Fichiers concernés : Rapports annuels, catalogues produits
- Documents sans images : OK
- Impact : Impossible de travailler sur les rapports trimestriels"""
_TO_DO = """\
- [ ] Vérifier version Office et mises à jour
- [ ] Tester en mode sans échec (winword /safe)
- [ ] Vérifier les add-ins installés
- [ ] Réparer installation Office si nécessaire"""


def outlook_story() -> Story:
    """The course's example of a ticket well documented, on 15 January 2026."""
    wish = Wish(
        {
            "title": "Outlook 365 - Impossible d'envoyer des emails externes",
            "requester.name": "Marie MARTIN",
            "category": "Messagerie > Outlook > Envoi/Réception",
            "via": "phone",
        },
        _OUTLOOK,
    )
    found = Resolution("IP serveur mail dans blacklist Spamhaus", "Demande de delist effectuée")
    life = (
        Move(_at(9, 30), JEAN, lambda desk, one: moves.start(desk, [one], Said(_TAKEN))),
        Move(_at(9, 30), JEAN, lambda desk, one: handover.escalate(desk, [one], Said(_ESCALATED), PIERRE.name)),
        Move(_at(10, 15), PIERRE, lambda desk, one: moves.log(desk, [one], Said(_CHECKED, spent=15 * 60))),
        Move(_at(11, 30), PIERRE, lambda desk, one: moves.log(desk, [one], Said(_DELISTED))),
        Move(_at(13, 45), PIERRE, lambda desk, one: moves.resolve(desk, [one], Said(_SOLVED), found)),
        Move(_at(14, 0), JEAN, lambda desk, one: moves.close(desk, [one], Said(_THANKS, by="Marie MARTIN"))),
    )
    return Story(OUTLOOK_UID, wish, _at(9, 15), JEAN, life, apart=True)


def word_story() -> Story:
    """The course's exercise 1, answered: a ticket just opened, with the actions that are still to do."""
    wish = Wish(
        {
            "title": "Word 365 - Plantage ouverture documents volumineux avec images",
            "requester.name": "Paul LEROY",
            "category": WORD,
            "via": "phone",
        },
        body=sections_of(_WORD, _TO_DO),
    )
    return Story(WORD_UID, wish, datetime(2026, 1, 30, 16, 20, tzinfo=CET), JEAN, apart=True)


def _at(hour: int, minute: int) -> datetime:
    return datetime(2026, 1, 15, hour, minute, tzinfo=CET)
