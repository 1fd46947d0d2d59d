"""The desk's words: each vocabulary's code words, their labels in both languages, and how a person may say them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from tkt.errors import CalledWrongly
from tkt.language import LANGUAGES, NP_, _, pgettext

# The cause that `tkt resolve` accepts in place of words.
UNKNOWN_CAUSE = "unknown"
# A text, and no word with a slip in it.
_LONGEST_SLIP = 200


class UnknownWord(CalledWrongly):
    """A word that its vocabulary does not hold."""


def nearest(word: str, known: Iterable[str]) -> str | None:
    """What `word` was probably meant to be, whole or by one of its parts (a first name), or None when none is near."""
    import difflib

    if len(word) > _LONGEST_SLIP:
        return None
    known = list(known)
    by_folded = {part: one for one in known for part in fold(one).split()} | {fold(one): one for one in known}
    close = difflib.get_close_matches(fold(word), by_folded, n=1, cutoff=0.6)
    return by_folded[close[0]] if close else None


def fold(text: str) -> str:
    """`text` without case, accents or doubled spaces, for comparing what people type."""
    return " ".join(without_accents(text.casefold()).replace("_", " ").replace("-", " ").split())


class _Bare(dict[int, str]):
    """What is left of each character without its accents; worked out the first time that one is met."""

    def __missing__(self, code: int) -> str:
        import unicodedata

        decomposed = unicodedata.normalize("NFKD", chr(code))
        self[code] = bare = "".join(one for one in decomposed if not unicodedata.combining(one))
        return bare


_BARE = _Bare()


def without_accents(text: str) -> str:
    """`text` decomposed (Unicode's NFKD) and without what combines.

    One character after the other: a normal form also sorts what combines, and takes hours for a line of such marks.
    """
    return text if text.isascii() else text.translate(_BARE)


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """A sentence that offers the nearest known word, or names them all when they are few."""
    known = list(known)
    near = nearest(word, known)
    if near is not None:
        return " " + _("Did you mean {word}?").format(word=near)
    if known and len(known) <= 12:
        return " " + _("Known: {words}.").format(words=", ".join(known))
    return ""


@dataclass(frozen=True)
class Vocabulary:
    """A closed list of code words, in their natural order, with their labels."""

    name: tuple[str, str]
    labels: dict[str, tuple[str, str]]
    # Other ways to say a code word: French agrees its adjectives, and people type either gender.
    also: Mapping[str, str] = field(default_factory=dict)

    @property
    def codes(self) -> tuple[str, ...]:
        """The code words, in order: the only ones that files hold."""
        return tuple(self.labels)

    def __contains__(self, code: object) -> bool:
        return code in self.labels

    def rank(self, code: str) -> int:
        """The place of `code` in the vocabulary's order, after all others when it is not one of them."""
        return self.codes.index(code) if code in self.labels else len(self.labels)

    def label(self, code: str, language: str | None = None) -> str:
        """What a person reads for `code`; an unknown code is shown as it is."""
        return pgettext(*self.labels[code], language) if code in self.labels else code

    def read(self, text: str) -> str:
        """The code word that a person means by `text`: the code, or its label in either language.

        Raises UnknownWord, with the nearest word offered.
        """
        if text in self.labels:
            return text
        spoken = {fold(self.label(code, language)): code for language in LANGUAGES for code in self.labels}
        spoken |= {fold(code): code for code in self.labels} | {fold(word): code for word, code in self.also.items()}
        found = spoken.get(fold(text))
        if found is None:
            message = _("“{word}” is not a known {vocabulary}.").format(word=text, vocabulary=pgettext(*self.name))
            raise UnknownWord(message + did_you_mean(text, self._suggestions(text)))
        return found

    def _suggestions(self, text: str) -> list[str]:
        near = nearest(text, [*self.codes, *(self.label(code) for code in self.codes)])
        return [near] if near else list(self.codes)


KIND = Vocabulary(
    NP_("vocabulary", "type"),
    {
        "incident": NP_("type", "incident"),
        "request": NP_("type", "service request"),
        "problem": NP_("type", "problem"),
        "change": NP_("type", "change"),
    },
)
PREFIX = {"incident": "INC", "request": "REQ", "problem": "PRB", "change": "CHG"}

STATE = Vocabulary(
    NP_("vocabulary", "state"),
    {
        "new": NP_("state", "New"),
        "assigned": NP_("state", "Assigned"),
        "in_progress": NP_("state", "In progress"),
        "pending": NP_("state", "Pending"),
        "resolved": NP_("state", "Resolved"),
        "closed": NP_("state", "Closed"),
        "cancelled": NP_("state", "Cancelled"),
    },
)
DONE = frozenset({"resolved", "closed"})
OPEN = frozenset({"new", "assigned", "in_progress", "pending"})

PRIORITY = Vocabulary(
    NP_("vocabulary", "priority"),
    {
        "P1": NP_("priority", "Critical"),
        "P2": NP_("priority", "High"),
        "P3": NP_("priority", "Medium"),
        "P4": NP_("priority", "Low"),
    },
)
_EITHER_GENDER = {"élevé": "high", "élevée": "high", "moyen": "medium", "moyenne": "medium"}
IMPACT = Vocabulary(
    NP_("vocabulary", "impact"),
    {"high": NP_("impact", "high"), "medium": NP_("impact", "medium"), "low": NP_("impact", "low")},
    _EITHER_GENDER,
)
URGENCY = Vocabulary(
    NP_("vocabulary", "urgency"),
    {"high": NP_("urgency", "high"), "medium": NP_("urgency", "medium"), "low": NP_("urgency", "low")},
    _EITHER_GENDER,
)
LEVEL = Vocabulary(
    NP_("vocabulary", "support level"),
    {"N1": NP_("level", "N1"), "N2": NP_("level", "N2"), "N3": NP_("level", "N3")},
)
PENDING_REASON = Vocabulary(
    NP_("vocabulary", "reason for waiting"),
    {
        "user": NP_("pending", "user"),
        "vendor": NP_("pending", "vendor"),
        "change": NP_("pending", "change"),
        "problem": NP_("pending", "problem"),
        "approval": NP_("pending", "approval"),
        "other": NP_("pending", "other"),
    },
)
CANCEL_REASON = Vocabulary(
    NP_("vocabulary", "reason for cancelling"),
    {
        "duplicate": NP_("cancel", "duplicate"),
        "withdrawn": NP_("cancel", "withdrawn"),
        "error": NP_("cancel", "error"),
        "spam": NP_("cancel", "spam"),
    },
)
VIA = Vocabulary(
    NP_("vocabulary", "way in"),
    {
        "phone": NP_("via", "phone"),
        "email": NP_("via", "email"),
        "chat": NP_("via", "chat"),
        "walk_in": NP_("via", "walk-in"),
        "portal": NP_("via", "portal"),
        "monitoring": NP_("via", "monitoring"),
    },
)
LINK = Vocabulary(
    NP_("vocabulary", "link"),
    {
        "caused-by": NP_("link", "caused by"),
        "duplicates": NP_("link", "duplicates"),
        "child-of": NP_("link", "child of"),
        "related-to": NP_("link", "related to"),
        "causes": NP_("link", "causes"),
        "duplicated-by": NP_("link", "duplicated by"),
        "parent-of": NP_("link", "parent of"),
    },
)
# A link stands in both tickets' files, so that each shows it without reading the other: what the other end says.
INVERSE_LINK = {
    "caused-by": "causes",
    "causes": "caused-by",
    "duplicates": "duplicated-by",
    "duplicated-by": "duplicates",
    "child-of": "parent-of",
    "parent-of": "child-of",
    "related-to": "related-to",
}
CLOCK = Vocabulary(
    NP_("vocabulary", "clock"),
    {"response": NP_("clock", "response"), "resolution": NP_("clock", "resolution")},
)
VERDICT = Vocabulary(
    NP_("vocabulary", "verdict"),
    {
        "running": NP_("verdict", "running"),
        "at_risk": NP_("verdict", "at risk"),
        "paused": NP_("verdict", "paused"),
        "met": NP_("verdict", "met"),
        "breached": NP_("verdict", "breached"),
        "cancelled": NP_("verdict", "cancelled"),
        "none": NP_("verdict", "no target"),
    },
)
