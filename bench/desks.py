"""Desks of any size for the benchmarks: real ticket files in a real repository, made in one go."""

from __future__ import annotations

import os
import subprocess
from datetime import datetime, timedelta, timezone
from pathlib import Path

from tkt.domain.entry import Entry, FieldChange
from tkt.domain.identifier import derived_uid, make_id
from tkt.domain.instant import write_instant
from tkt.domain.ticket import Ticket
from tkt.store.desk_folder import SETTINGS, ticket_path
from tkt.store.settings.default_settings import default_settings_text
from tkt.store.ticket_file import new_ticket_file, sections_of

# Nothing of the person's own git, and byte code kept as an installed program keeps it.
ENVIRONMENT = {
    **{key: value for key, value in os.environ.items() if not key.startswith(("GIT_", "TKT_", "PYTHONDONTWRITE"))},
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_NOSYSTEM": "1",
    "GIT_AUTHOR_NAME": "Jean DUPONT",
    "GIT_AUTHOR_EMAIL": "jean.dupont@entreprise.fr",
    "GIT_COMMITTER_NAME": "Jean DUPONT",
    "GIT_COMMITTER_EMAIL": "jean.dupont@entreprise.fr",
}
_OPENED = datetime(2026, 1, 5, 8, 0, tzinfo=timezone(timedelta(hours=1)))
_WORDS = "Vérification serveur Exchange : RAS\nVérification SPF/DKIM : OK\nIP sortante dans la blacklist Spamhaus"


def build_desk(folder: Path, tickets: int) -> Path:
    """A desk of so many open tickets, each with five entries, committed once."""
    folder.mkdir(parents=True)
    (folder / SETTINGS).write_text(default_settings_text("fr", "Europe/Paris"), encoding="utf-8")
    for number in range(1, tickets + 1):
        path = ticket_of(folder, number)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(file_of(number, path.relative_to(folder).as_posix()))
    for words in (["init", "--quiet"], ["add", "--all"], ["commit", "--quiet", "--message", "a desk"]):
        subprocess.run(["git", *words], cwd=folder, env=ENVIRONMENT, check=True, capture_output=True)
    return folder


def ticket_of(desk: Path, number: int) -> Path:
    """Where the ticket of that number stands."""
    return ticket_path(desk, make_id("INC", max(number, 1)))


def fields_of(number: int) -> dict[str, str]:
    """What the front matter of a ticket of the course's kind says, its state and instants aside."""
    return {
        "id": make_id("INC", number),
        "uid": derived_uid(f"bench:{number}"),
        "type": "incident",
        "title": f"Outlook 365 - Impossible d'envoyer des emails externes depuis le poste {number}",
        "requester.name": f"Utilisateur {number % 997}",
        "requester.department": "Comptabilité",
        "requester.email": f"utilisateur.{number % 997}@entreprise.fr",
        "asset": f"PC-{number % 4999:05d}",
        "category": "Messagerie > Outlook > Envoi/Réception",
        "impact": "medium",
        "urgency": "medium",
    }


def file_of(number: int, name: str = "") -> bytes:
    """The file of an open ticket with five entries."""
    opened = _OPENED + timedelta(minutes=7 * number % 40_000)
    opening = tuple(
        FieldChange(key, value)
        for key, value in (("state", "new"), ("impact", "medium"), ("urgency", "medium"), ("priority", "P3"))
    )
    start = (FieldChange("state", "in_progress", "new"), FieldChange("assignee", "Jean DUPONT"))
    entries = (
        Entry(opened, "Jean DUPONT", "N1", changes=opening),
        Entry(opened + timedelta(minutes=15), "Jean DUPONT", "N1", True, start, "Prise en charge du ticket."),
        *(
            Entry(opened + timedelta(hours=hour), "Pierre MARTIN", "N2", False, (FieldChange("spent", "15m"),), _WORDS)
            for hour in (1, 2, 3)
        ),
    )
    fields = {
        **fields_of(number),
        "priority": "P3",
        "state": "in_progress",
        "assignee": "Jean DUPONT",
        "opened_at": write_instant(opened),
    }
    description = "L'utilisateur ne peut plus envoyer d'emails vers l'extérieur depuis ce matin 8h30.\n" * 4
    return new_ticket_file(name, fields, Ticket(fields, opened, entries), sections_of(description)).data


def first_version(number: int, opened: datetime) -> str:
    """The file of a ticket that was just opened, at level N1."""
    changes = tuple(
        FieldChange(key, value)
        for key, value in (
            ("state", "new"),
            ("impact", "medium"),
            ("urgency", "medium"),
            ("priority", "P3"),
            ("level", "N1"),
        )
    )
    fields = {
        "id": make_id("INC", number),
        "uid": derived_uid(f"bench:{number}"),
        "type": "incident",
        "title": f"Outlook 365 - Impossible d'envoyer des emails externes depuis le poste {number}",
        "requester.name": f"Utilisateur {number % 997}",
        "requester.email": f"utilisateur.{number % 997}@entreprise.fr",
        **{change.key: change.new for change in changes},
        "opened_at": write_instant(opened),
    }
    ticket = Ticket(fields, opened, (Entry(opened, "Jean DUPONT", "N1", changes=changes),))
    return new_ticket_file("", fields, ticket, sections_of(f"{_WORDS}\n")).data.decode()
