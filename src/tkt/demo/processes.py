"""Beside incidents and requests: a problem behind several incidents, the change that solves another, a hasty ticket."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from tkt.demo.company import AGENTS, JEAN
from tkt.demo.course import CET
from tkt.demo.stage import Move, Story
from tkt.desk import handover, moves
from tkt.desk.moves import Resolution
from tkt.desk.opening import Wish
from tkt.desk.said import Said

_NATHALIE = next(agent for agent in AGENTS if agent.name == "Nathalie ROUX")
_OLIVIER = next(agent for agent in AGENTS if agent.name == "Olivier MERCIER")
_RESTARTS = "Poste de travail > Redémarrage"


def problem_story(others: Sequence[Story]) -> Story:
    """The course's example of a problem, linked to the incidents that it causes."""
    opened = _at(26, 14, 0)
    caused = [one for one in others if one.wish.fields["category"] == _RESTARTS and one.opened < opened]
    wish = Wish(
        {
            "title": "Postes du 3e étage - Redémarrages inopinés récurrents",
            "type": "problem",
            "requester.name": "Guillaume NOËL",
            "asset": "Postes du 3e étage",
            "category": _RESTARTS,
            "impact": "medium",
            "urgency": "medium",
        },
        "- Symptômes : redémarrages en pleine session, écran bleu WHEA_UNCORRECTABLE_ERROR\n"
        "- Depuis quand : début janvier\n"
        "- Impact : plusieurs utilisateurs, perte du travail non enregistré\n"
        "- Hypothèses : micrologiciel commun à ce modèle ; onduleur de l'étage\n"
        "- Contournement : enregistrement automatique toutes les deux minutes",
        template="problem",
    )
    life = (
        Move(_at(26, 14, 20), _NATHALIE, lambda desk, one: handover.take(desk, [one], Said())),
        Move(_at(26, 14, 40), _NATHALIE, lambda desk, one: moves.start(desk, [one], Said(_COMPARED))),
        Move(_at(28, 11, 15), _NATHALIE, lambda desk, one: moves.log(desk, [one], Said(_MEASURED, spent=90 * 60))),
        Move(
            _at(29, 16, 30),
            _NATHALIE,
            lambda desk, one: moves.hold(desk, [one], Said(_REPORTED), "vendor", "2026-02-06", "SR-7731"),
        ),
    )
    return Story("pr0b1em3et", wish, opened, _NATHALIE, life, tuple(("causes", one.uid) for one in caused))


_COMPARED = "Même modèle et même version de micrologiciel sur tous les postes touchés."
_MEASURED = "Onduleur de l'étage mesuré sur 24 heures : aucune coupure. Hypothèse écartée."
_REPORTED = "Journaux transmis au constructeur, micrologiciel corrigé annoncé."


def change_story() -> Story:
    """A change: planned, agreed, done in the evening."""
    wish = Wish(
        {
            "title": "Serveur de messagerie - Mise à jour cumulative de janvier",
            "type": "change",
            "requester.name": "Christine VINCENT",
            "asset": "SRV-MAIL-01",
            "category": "Messagerie > Serveur",
            "impact": "medium",
            "urgency": "low",
        },
        "- Raison : correctifs de sécurité de l'éditeur\n"
        "- Services et actifs touchés : messagerie de tous les services, SRV-MAIL-01\n"
        "- Risque : faible, la même mise à jour tourne sur le serveur d'essai depuis une semaine\n"
        "- Plan : instantané, mise à jour, redémarrage, envois d'essai\n"
        "- Retour arrière : instantané pris avant la mise à jour\n"
        "- Créneau : mercredi 21 janvier, de 20 h à 21 h",
        template="change",
    )
    done = Resolution(action="Mise à jour installée, file d'attente et envois externes vérifiés")
    life = (
        Move(_at(20, 10, 30), _OLIVIER, lambda desk, one: moves.hold(desk, [one], Said(_PLANNED), "approval")),
        Move(_at(21, 9, 45), _OLIVIER, lambda desk, one: moves.resume(desk, [one], Said("Accord du comité."))),
        Move(_at(21, 20, 40), _OLIVIER, lambda desk, one: moves.resolve(desk, [one], Said(_UPDATED), done)),
        Move(_at(22, 9, 0), _OLIVIER, lambda desk, one: moves.close(desk, [one], Said("Aucune anomalie au matin."))),
    )
    return Story("chg3xch4n9", wish, _at(20, 10, 0), _OLIVIER, life)


_PLANNED = "Fenêtre proposée : mercredi 21 janvier, de 20 h à 21 h. Retour arrière par instantané."
_UPDATED = "La messagerie est à jour. Coupure de douze minutes, comme annoncé."


def hasty_story() -> Story:
    """The course's example of a poor title, for `tkt check` to find."""
    wish = Wish(
        {"title": "Outlook bug", "requester.name": "Damien PICARD", "category": "Messagerie > Outlook > Profil"}
    )
    words = "Outlook redémarré, plus d'erreur. N'hésitez pas à rappeler."
    done = Resolution("unknown", "Redémarrage d'Outlook")
    life = (Move(_at(13, 11, 30), JEAN, lambda desk, one: moves.resolve(desk, [one], Said(words), done)),)
    return Story("h4sty0ut1k", wish, _at(13, 11, 20), JEAN, life)


def _at(day: int, hour: int, minute: int) -> datetime:
    return datetime(2026, 1, day, hour, minute, tzinfo=CET)
