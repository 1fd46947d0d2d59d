"""What people bring along from other query languages: signs of comparison for the colon, other names of keys."""

from __future__ import annotations

import re

from tkt.domain.words import fold
from tkt.query.vocabulary import KEY, spoken

_COMPARED = re.compile(r"(-?)([^\W\d_][\w.-]*)?\s*(!=|==?|!~|~|<=?|>=?)\s*(.*)", re.DOTALL)
_KEYS = {
    "opened": ("created", "created at", "creation", "date", "créé", "créé le", "création", "ouverture"),
    "updated": ("modified", "changed", "last update", "mis à jour"),
    "state": ("is", "status", "statut"),
    "requester": ("reporter", "author", "from", "caller", "auteur", "rapporteur", "appelant"),
    "assignee": ("owner", "technician", "agent", "technicien", "responsable", "attribué"),
    "tag": ("label", "labels", "libellé", "marque"),
    "category": ("component", "composant"),
    "reason": ("pending", "waiting", "attente"),
    "asset": ("ci", "item", "computer", "matériel", "ordinateur"),
    "title": ("summary", "subject", "objet", "sujet"),
    "via": ("source", "channel", "origine"),
    "due": ("duedate", "deadline", "date limite"),
    "linked": ("issue", "parent"),
    "id": ("key", "ticket", "number", "numéro"),
}
_BY_NAME = {fold(name): key for key, names in _KEYS.items() for name in names}


def elsewhere(text: str) -> str | None:
    """A condition as it is written here, of one that has a sign in place of the colon; None for any other text."""
    found = _COMPARED.fullmatch(text)
    if found is None:
        return None
    minus, key, sign, value = found.groups(default="")
    if key and spoken(KEY, key) is None:
        return None
    minus = "-" if sign.startswith("!") else minus
    return f"{minus}{key or 'priority'}:{sign if sign[0] in '<>' else ''}{value or 'P1'}"


def key_elsewhere(text: str) -> str | None:
    """The key that goes by another name in other tools; None for a name that is nobody's."""
    return _BY_NAME.get(fold(text))
