"""Tickets in a few words: `ticket(said("09:30", state="new → in_progress"))` on the course's day."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from tkt.domain.entry import Change, Entry, FieldChange, SetChange
from tkt.domain.journal import replay
from tkt.domain.ticket import Ticket

COURSE_DESCRIPTION = """\
L'utilisatrice ne peut plus envoyer d'emails vers l'extérieur
depuis ce matin 8h30.
Les emails internes fonctionnent.
Message d'erreur : "Votre message n'a pas pu être remis"
Code erreur : 550 5.7.1 Relay denied
Impact : Envoi factures clients bloqué (échéance fin de semaine)"""
WORD_DESCRIPTION = """\
L'utilisateur rencontre des plantages systématiques de Microsoft Word
lors de l'ouverture de documents volumineux contenant des images.

- Symptôme : Word se ferme sans message d'erreur
- Déclencheur : Ouverture fichiers > 10 Mo avec images
- Depuis : Cette semaine
- Fréquence : Systématique sur ce type de documents
- Fichiers concernés : Rapports annuels, catalogues produits
- Documents sans images : OK
- Impact : Impossible de travailler sur les rapports trimestriels"""
_FIELDS = {
    "id": "INC0012345",
    "uid": "4k7m2x9p3q",
    "type": "incident",
    "title": "Outlook 365 - Impossible d'envoyer des emails externes",
    "requester.name": "Marie MARTIN",
    "requester.email": "marie.martin@entreprise.fr",
    "asset": "PC-COMPTA-015",
    "category": "Messagerie > Outlook > Envoi/Réception",
}


def at(text: str) -> datetime:
    """`09:15` of the course's day, or `16T09:15` of another day of that month."""
    day, _t, clock = text.rpartition("T")
    return datetime.fromisoformat(f"2026-01-{day or '15'}T{clock}:00+01:00")


def said(
    when: str,
    text: str = "",
    *,
    author: str = "Jean DUPONT",
    public: bool = False,
    n: int = 1,
    line: int = 0,
    **changes: str,
) -> Entry:
    """An entry; a change is `new`, `old → new` or, for sets, `+in -out`."""
    made = tuple(_change(key.replace("__", "."), value) for key, value in changes.items())
    return Entry(at(when), author, "", public, made, text, n, line)


def _change(key: str, text: str) -> Change:
    if key in ("tags", "links"):
        added = tuple(one[1:] for one in text.split() if one.startswith("+"))
        return SetChange(key, added, tuple(one[1:] for one in text.split() if one.startswith("-")))
    old, _arrow, new = text.rpartition(" → ")
    return FieldChange(key, new, old)


def opening(when: str = "09:15", **changes: str) -> Entry:
    """The entry that opens a ticket, on line 20 of its file."""
    moved = {"state": "new", "impact": "medium", "urgency": "medium", "priority": "P3", "level": "N1"}
    return said(when, line=20, **{**moved, **changes})


def ticket(
    *later: Entry,
    opened_by: Entry | None = None,
    snapshot: Mapping[str, str] | None = None,
    tags: tuple[str, ...] | None = None,
    description: str = COURSE_DESCRIPTION,
    **fields: str,
) -> Ticket:
    """A ticket whose snapshot is what its journal says, but for what `snapshot` and `tags` say otherwise."""
    entries = (opened_by or opening(), *later)
    replayed = replay(entries)
    held = tuple(tag for tag, present in replayed.members.get("tags", {}).items() if present)
    named = {key.replace("__", "."): value for key, value in fields.items()}
    values = {**_FIELDS, **named, **replayed.values, **(snapshot or {})}
    return Ticket(values, at("09:15"), entries, held if tags is None else tags, description=description)
