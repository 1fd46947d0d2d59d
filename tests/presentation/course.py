"""The course's ticket INC0012345, piece by piece, and clocks to go with it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime

from tkt.domain.entry import Change, Entry, FieldChange
from tkt.domain.person import Person
from tkt.domain.ticket import Ticket
from tkt.service_level.reading import ClockReading, HoldingReading

HOUR = 3600
DESCRIPTION = """\
L'utilisatrice ne peut plus envoyer d'emails vers l'extérieur
depuis ce matin 8h30.
Les emails internes fonctionnent.
Message d'erreur : "Votre message n'a pas pu être remis"
Code erreur : 550 5.7.1 Relay denied
Impact : Envoi factures clients bloqué (échéance fin de semaine)"""


def at(text: str) -> datetime:
    """`09:15` of the course's day, or `16T09:15` of another day of that month."""
    day, _t, clock = text.rpartition("T")
    return datetime.fromisoformat(f"2026-01-{day or '15'}T{clock}:00+01:00")


def make_entry(when: str, author: str, *changes: Change, level: str = "", text: str = "", ordinal: int = 1) -> Entry:
    return Entry(at(when), author, level, changes=changes, text=text, ordinal=ordinal)


def make_ticket(*entries: Entry, **overrides: object) -> Ticket:
    fields = {
        "id": "INC0012345",
        "uid": "4k7m2x9p3q",
        "type": "incident",
        "title": "Outlook 365 - Impossible d'envoyer des emails externes",
        "requester.name": "Marie MARTIN",
        "requester.department": "Comptabilité",
        "requester.email": "marie.martin@entreprise.fr",
        "requester.phone": "Poste 1234",
        "asset": "PC-COMPTA-015",
        "category": "Messagerie > Outlook > Envoi/Réception",
        "impact": "medium",
        "urgency": "medium",
        "priority": "P3",
        "state": "new",
        "level": "N1",
    }
    parts = {"tags": (), "links": (), "description": DESCRIPTION, "actions": ""}
    parts |= {key: overrides.pop(key) for key in tuple(overrides) if key in parts}
    fields |= {key.replace("__", "."): str(value) for key, value in overrides.items()}
    return Ticket(fields, at("09:15"), entries, **parts)  # type: ignore[arg-type]


def opening() -> Entry:
    return make_entry(
        "09:15",
        "Jean DUPONT",
        FieldChange("state", "new"),
        FieldChange("impact", "medium"),
        FieldChange("urgency", "medium"),
        FieldChange("priority", "P3"),
        FieldChange("level", "N1"),
        level="N1",
    )


def course_entries() -> tuple[Entry, ...]:
    jean, pierre = "Jean DUPONT", "Pierre MARTIN"
    return (
        opening(),
        make_entry(
            "09:30",
            jean,
            FieldChange("state", "in_progress", "new"),
            FieldChange("assignee", jean),
            level="N1",
            text="Prise en charge du ticket.\nContact utilisateur : problème confirmé.\n"
            "Test envoi interne : OK\nTest envoi externe : KO - même erreur",
        ),
        make_entry(
            "09:30",
            jean,
            FieldChange("assignee", pierre, jean),
            FieldChange("level", "N2", "N1"),
            level="N1",
            text="Escalade N2 pour vérification serveur mail",
            ordinal=2,
        ),
        make_entry(
            "10:15",
            pierre,
            level="N2",
            text="Vérification serveur Exchange : RAS\nVérification SPF/DKIM : OK\n"
            "Vérification IP blacklist : IP sortante dans blacklist Spamhaus\n→ Demande de delist en cours",
        ),
        make_entry("11:30", pierre, level="N2", text="Delist effectué par Spamhaus (délai 1-2h propagation)"),
        make_entry(
            "13:45",
            pierre,
            FieldChange("state", "resolved", "in_progress"),
            FieldChange("cause", "IP serveur mail dans blacklist Spamhaus"),
            FieldChange("action", "Demande de delist effectuée"),
            level="N2",
            text="Test envoi externe : OK\nUtilisatrice informée, confirmation test réussi",
        ),
        make_entry(
            "14:00",
            "Marie MARTIN",
            FieldChange("state", "closed", "resolved"),
            FieldChange("recorded_by", "Jean DUPONT <jean.dupont@entreprise.fr>"),
            text="Validé, je peux à nouveau envoyer mes emails. Merci !",
        ),
    )


def running(clock: str, elapsed: int, target: int | None, **others: object) -> ClockReading:
    judged_by = {"policy": "standard", "priority": "P3", "version": date(1970, 1, 1), "calendar": "24x7"}
    given = {"verdict": "running", "wall": elapsed} | judged_by | others
    return ClockReading(clock, target=target, elapsed=elapsed, **given)  # type: ignore[arg-type]


def holding(
    holder: str = "Messagerie", since: str = "09:30", until: str = "", ola: str = "messaging", **clock: object
) -> HoldingReading:
    """A group's holding of a ticket, of an hour of two unless `clock` says otherwise."""
    shown = {"elapsed": HOUR, "target": 2 * HOUR, "policy": ola, "holder": holder} | clock
    over = at(until) if until else None
    return HoldingReading("group", at(since), over, running("holding", **shown))  # type: ignore[arg-type]


@dataclass(frozen=True, slots=True)
class SampleCommit:
    """A commit as git's history gives it."""

    subject: str
    trailers: dict[str, str]
    hash: str = "0123456789abcdef0123456789abcdef01234567"
    abbreviated: str = "0123456"
    author: Person = field(default_factory=lambda: Person("Zoé DURAND", "zoe.durand@entreprise.fr"))
    at: datetime = datetime(2026, 1, 15, 8, 30, tzinfo=UTC)

    def trailer(self, key: str) -> str:
        return self.trailers.get(key, "")


def commit(subject: str = "INC0012345: new → in_progress", *, transition: str = "", entry_by: str = "") -> SampleCommit:
    return SampleCommit(subject, {"Transition": transition, "Entry-By": entry_by})
