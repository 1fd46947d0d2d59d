"""What a person reads for the keys and values of a ticket."""

from __future__ import annotations

from tkt.domain import words
from tkt.domain.keys import KEYS
from tkt.language import NP_, pgettext

FIELDS: dict[str, tuple[str, str]] = {
    "type": NP_("field", "type"),
    "title": NP_("field", "title"),
    "requester.name": NP_("field", "requester"),
    "requester.department": NP_("field", "requester's department"),
    "requester.email": NP_("field", "requester's email"),
    "requester.phone": NP_("field", "requester's phone"),
    "requester.location": NP_("field", "requester's location"),
    "via": NP_("field", "came in by"),
    "asset": NP_("field", "asset"),
    "category": NP_("field", "category"),
    "tags": NP_("field", "tags"),
    "links": NP_("field", "links"),
    "aliases": NP_("field", "earlier numbers"),
    "impact": NP_("field", "impact"),
    "urgency": NP_("field", "urgency"),
    "priority": NP_("field", "priority"),
    "state": NP_("field", "state"),
    "assignee": NP_("field", "assigned to"),
    "level": NP_("field", "level"),
    "group": NP_("field", "group"),
    "cause": NP_("field", "cause"),
    "action": NP_("field", "action"),
    "code": NP_("field", "resolution code"),
}
# What no sheet shows by these names: identities, and what is true of one entry alone.
OTHERS: dict[str, tuple[str, str]] = {
    "opened_at": NP_("field", "opened"),
    "spent": NP_("field", "time spent"),
    "rating": NP_("field", "rating"),
    "first_contact": NP_("field", "first contact"),
    "reason": NP_("field", "reason"),
    "until": NP_("field", "until"),
    "ref": NP_("field", "reference"),
    "late": NP_("field", "recorded late"),
    "recorded_by": NP_("field", "recorded by"),
    "automatic": NP_("field", "automatic"),
    "attached": NP_("field", "attachment"),
    "edited": NP_("field", "edited by hand"),
    "source": NP_("field", "imported from"),
    "settled": NP_("field", "settled"),
    "redacted": NP_("field", "redacted"),
}


def field(key: str) -> str:
    """The name of a field; a desk's own keys (`x_…`) are shown as they are."""
    known = FIELDS.get(key) or OTHERS.get(key)
    return pgettext(*known) if known else key


def value(key: str, text: str) -> str:
    """The value of a field as a person reads it: code words by their labels, priorities by their codes."""
    if key == "cause" and text == words.UNKNOWN_CAUSE:
        return pgettext("cause", "unknown")
    if key == "reason":
        return (words.PENDING_REASON if text in words.PENDING_REASON else words.CANCEL_REASON).label(text)
    known = KEYS[key].values if key in KEYS and key != "priority" else None
    return known.label(text) if known else text


def priority(code: str) -> str:
    """A priority in full: `P3 - Medium`."""
    return f"{code} - {words.PRIORITY.label(code)}" if code in words.PRIORITY else code


def raised_level(level: str) -> str:
    """A support level where it is worth showing: first-line support goes without saying, from N2 on it is said."""
    return level if words.LEVEL.rank(level) > 0 and level else ""


def link(text: str) -> str:
    """A link (`caused-by:PRB0000002`) as a person reads it: `caused by PRB0000002`."""
    kind, _colon, other = text.partition(":")
    return f"{words.LINK.label(kind)} {other}".strip()


# How it stands with a git hook.
HOOK_STATES = {
    "installed": NP_("hook", "installed"),
    "outdated": NP_("hook", "installed by another tkt: install it again"),
    "foreign": NP_("hook", "somebody else's"),
    "absent": NP_("hook", "not installed"),
}
