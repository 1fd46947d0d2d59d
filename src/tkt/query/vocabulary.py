"""The words of a query that are no ticket's: its keys, and the values that stand for others."""

from __future__ import annotations

from tkt.domain.words import CANCEL_REASON, OPEN, PENDING_REASON, STATE, Vocabulary, fold
from tkt.language import LANGUAGES, NP_

KEY = Vocabulary(
    NP_("vocabulary", "key of a query"),
    {
        "id": NP_("query", "id"),
        "state": NP_("field", "state"),
        "priority": NP_("field", "priority"),
        "type": NP_("field", "type"),
        "level": NP_("field", "level"),
        "impact": NP_("field", "impact"),
        "urgency": NP_("field", "urgency"),
        "assignee": NP_("query", "assignee"),
        "group": NP_("field", "group"),
        "requester": NP_("field", "requester"),
        "department": NP_("query", "department"),
        "email": NP_("query", "email"),
        "phone": NP_("query", "phone"),
        "location": NP_("query", "location"),
        "category": NP_("field", "category"),
        "asset": NP_("field", "asset"),
        "tag": NP_("query", "tag"),
        "via": NP_("query", "via"),
        "title": NP_("field", "title"),
        "reason": NP_("field", "reason"),
        "cause": NP_("field", "cause"),
        "action": NP_("field", "action"),
        "code": NP_("query", "code"),
        "opened": NP_("query", "opened"),
        "updated": NP_("query", "updated"),
        "answered": NP_("query", "answered"),
        "resolved": NP_("query", "resolved"),
        "closed": NP_("query", "closed"),
        "due": NP_("query", "due"),
        "age": NP_("query", "age"),
        "idle": NP_("query", "idle"),
        "sla": NP_("query", "sla"),
        "response": NP_("query", "response"),
        "resolution": NP_("query", "resolution"),
        "policy": NP_("query", "policy"),
        "overdue": NP_("query", "overdue"),
        "reopened": NP_("query", "reopened"),
        "rating": NP_("field", "rating"),
        "linked": NP_("query", "linked"),
        "has": NP_("query", "has"),
        "no": NP_("query", "no"),
    },
    {
        "assigned to": "assignee",
        "assigné à": "assignee",
        "requester.name": "requester",
        "requester.department": "department",
        "requester.email": "email",
        "requester.phone": "phone",
        "requester.location": "location",
        "mail": "email",
        "tags": "tag",
        "étiquettes": "tag",
        "links": "linked",
        "liens": "linked",
        "link": "linked",
        "opened at": "opened",
        "ouvert le": "opened",
        "verdict": "sla",
    },
)

STATES = Vocabulary(
    STATE.name,
    {**STATE.labels, "open": NP_("query", "open")},
    {"ouvert": "open", "ouverts": "open"},
)
# The states that a word of STATES stands for.
OPEN_STATES = tuple(state for state in STATE.codes if state in OPEN)
REASONS = Vocabulary(NP_("vocabulary", "reason"), {**PENDING_REASON.labels, **CANCEL_REASON.labels})
# What stands for whoever asks, and for no value at all, unless it is in quotes.
SPECIAL = Vocabulary(
    NP_("vocabulary", "word"),
    {"me": NP_("query", "me"), "none": NP_("query", "none")},
    {"moi": "me", "aucun": "none", "aucune": "none", "personne": "none", "nobody": "none"},
)
YES_NO = Vocabulary(
    NP_("vocabulary", "answer"),
    {"yes": NP_("query", "yes"), "no": NP_("query answer", "no")},
    {"oui": "yes", "non": "no"},
)
DAYS = Vocabulary(
    NP_("vocabulary", "day"),
    {
        "today": NP_("query", "today"),
        "yesterday": NP_("query", "yesterday"),
        "tomorrow": NP_("query", "tomorrow"),
        "this_week": NP_("query", "this week"),
        "last_week": NP_("query", "last week"),
        "next_week": NP_("query", "next week"),
        "this_month": NP_("query", "this month"),
        "last_month": NP_("query", "last month"),
    },
    {"aujourd'hui": "today", "aujourd’hui": "today", "hier": "yesterday", "demain": "tomorrow"},
)


def spoken(vocabulary: Vocabulary, text: str) -> str | None:
    """The code word that `text` is, or says in either language; None where it is none."""
    said = fold(text)
    for code in vocabulary.codes:
        if said == fold(code) or any(said == fold(vocabulary.label(code, language)) for language in LANGUAGES):
            return code
    return next((code for also, code in vocabulary.also.items() if fold(also) == said), None)
