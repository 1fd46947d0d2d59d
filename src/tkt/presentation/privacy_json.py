"""The JSON document of what the desk holds on a person (docs/json.md)."""

from __future__ import annotations

from tkt.domain.instant import write_instant
from tkt.domain.personal_data import PersonalData, Share
from tkt.presentation.json_form import VERSION, Document, entry_json


def personal_data_json(data: PersonalData) -> Document:
    """The document of `tkt privacy export --format json`."""
    subject, commits = data.subject, data.commits
    return {
        "version": VERSION,
        "at": write_instant(data.at),
        "person": {"names": list(subject.names), "emails": list(subject.emails), "phones": list(subject.phones)},
        "directory": [
            _known(row.name, row.email) | _rest(row.phone, row.department, row.location, row.asset)
            for row in data.directory
        ],
        "agents": [
            _known(one.name, one.email) | {"level": one.level or None, "group": one.group or None}
            for one in data.agents
        ],
        "commits": {"count": commits.count, "first": write_instant(commits.first), "last": write_instant(commits.last)}
        if commits
        else None,
        "tickets": [_share(share) for share in data.shares],
    }


def _known(name: str, email: str) -> Document:
    return {"name": name, "email": email or None}


def _rest(phone: str, department: str, location: str, asset: str) -> Document:
    parts = {"phone": phone, "department": department, "location": location, "asset": asset}
    return {key: value or None for key, value in parts.items()}


def _share(share: Share) -> Document:
    ticket = share.ticket
    return {
        "id": ticket.id,
        "roles": list(share.roles),
        "fields": dict(share.fields),
        "sections": [{"title": title or None, "text": text} for title, text in share.sections],
        "entries": [entry_json(entry, ticket) | {"roles": list(roles)} for entry, roles in share.entries],
        "attachments": [{"name": laid.name, "size": laid.size} for laid in share.attachments],
    }
