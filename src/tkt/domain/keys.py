"""The table of keys: what a ticket's front matter and its journal may say, and of what kind each is."""

from __future__ import annotations

import re
from typing import NamedTuple

from tkt.domain import words
from tkt.domain.words import Vocabulary

# What a change's key looks like in a journal line; anybody's own keys begin with x_.
KEY = r"[a-z][a-z0-9_]*(?:\.[a-z0-9][a-z0-9_]*)*"


class Key(NamedTuple):
    """A key and its kind.

    `field`: in the front matter, last value wins. `set`: in the front matter, members come and go.
    `fact`: in a journal entry only, never replayed. `identity`: in the front matter only, never changes.
    """

    name: str
    kind: str
    values: Vocabulary | None = None
    is_instant: bool = False


_KEYS = (
    Key("id", "identity"),
    Key("uid", "identity"),
    Key("type", "field", words.KIND),
    Key("title", "field"),
    Key("requester.name", "field"),
    Key("requester.department", "field"),
    Key("requester.email", "field"),
    Key("requester.phone", "field"),
    Key("requester.location", "field"),
    Key("via", "field", words.VIA),
    Key("asset", "field"),
    Key("category", "field"),
    Key("tags", "set"),
    Key("links", "set"),
    Key("aliases", "set"),
    Key("impact", "field", words.IMPACT),
    Key("urgency", "field", words.URGENCY),
    Key("priority", "field", words.PRIORITY),
    Key("state", "field", words.STATE),
    Key("assignee", "field"),
    Key("level", "field", words.LEVEL),
    Key("group", "field"),
    Key("opened_at", "identity", is_instant=True),
    Key("cause", "field"),
    Key("action", "field"),
    Key("code", "field"),
    Key("spent", "fact"),
    Key("rating", "fact"),
    Key("first_contact", "fact"),
    Key("reason", "fact"),
    Key("until", "fact"),
    Key("ref", "fact"),
    Key("late", "fact"),
    Key("recorded_by", "fact"),
    Key("automatic", "fact"),
    Key("attached", "fact"),
    Key("edited", "fact"),
    Key("source", "fact"),
    Key("settled", "fact"),
    Key("redacted", "fact"),
)
KEYS = {key.name: key for key in _KEYS}
# The order in which new keys take their place in a front matter.
FRONT_MATTER = tuple(key.name for key in _KEYS if key.kind != "fact")
REQUIRED = ("id", "uid", "type", "title", "requester.name", "impact", "urgency", "priority", "state", "opened_at")
# What the opening entry records: what the life of a ticket moves.
MOVED = ("state", "impact", "urgency", "priority", "assignee", "level", "group")


def kind_of(name: str) -> str | None:
    """The kind of `name`: `x_…` keys are anybody's fields; None when it is unknown."""
    if name in KEYS:
        return KEYS[name].kind
    return "field" if name.startswith("x_") else None


def is_key(text: str) -> bool:
    """Whether `text` is shaped like a key."""
    return re.fullmatch(KEY, text) is not None
