"""The course's ticket as a file, in progress."""

from __future__ import annotations

from tkt.domain.instant import read_instant
from tkt.store.ticket_file import TicketFile

COURSE = """\
---
id: INC0012345
uid: 4k7m2x9p3q
type: incident
title: Outlook 365 - Impossible d'envoyer des emails externes
requester:
  name: Marie MARTIN
  department: Comptabilité
  email: marie.martin@entreprise.fr
  phone: Poste 1234
via: phone
asset: PC-COMPTA-015
category: Messagerie > Outlook > Envoi/Réception
impact: medium
urgency: medium
priority: P3
state: in_progress
assignee: Pierre MARTIN
level: N2
opened_at: 2026-01-15T09:15:00+01:00
---

## Description

L'utilisatrice ne peut plus envoyer d'emails vers l'extérieur
depuis ce matin 8h30.

## Actions

- [ ] Vérifier SPF/DKIM

## Journal

### 2026-01-15T09:15:00+01:00 · Jean DUPONT · N1

- state: new
- impact: medium
- urgency: medium
- priority: P3
- level: N1

### 2026-01-15T09:30:00+01:00 · Jean DUPONT · N1 · public

- state: new → in_progress
- assignee: Jean DUPONT

Prise en charge du ticket.

### 2026-01-15T09:30:00+01:00 #2 · Jean DUPONT · N1

- assignee: Jean DUPONT → Pierre MARTIN
- level: N1 → N2

Escalade N2 pour vérification serveur mail
"""
PATH = "tickets/INC0012xxx/INC0012345.md"
TEN = read_instant("2026-01-15T10:00:00+01:00")


def course(**changed: str) -> TicketFile:
    """The course's ticket; `changed` gives front matter lines by key another text ("" takes one out)."""
    text = COURSE
    for key, line in changed.items():
        old = next(one for one in COURSE.splitlines(keepends=True) if one.startswith(f"{key}:"))
        text = text.replace(old, line, 1)
    return TicketFile.parse(PATH, text.encode())
