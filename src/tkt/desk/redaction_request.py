"""What a person asks to be redacted, and why: fields by short names, words, attachments; what can never go."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from tkt.desk.said import require_text
from tkt.domain.keys import KEYS, kind_of
from tkt.domain.redaction import MARKER
from tkt.domain.sought import is_typed
from tkt.domain.ticket import Ticket
from tkt.domain.words import did_you_mean
from tkt.domain.workflow import Missing
from tkt.errors import CalledWrongly, NoSuchThing, RuleRefuses
from tkt.language import _

# Under so many characters, a text stands in too many words that are not meant.
_SHORTEST = 3


class NoSuchField(NoSuchThing):
    """No field of that name, or several."""


class NeverRedacted(RuleRefuses):
    """A field that holds a code word or identifies the ticket: there is nothing personal in it."""


class TextTooShort(CalledWrongly):
    """A text that would take out parts of other words, or the marker itself."""


class ReasonHoldsIt(CalledWrongly):
    """A reason that repeats what is to go."""


class RedactionRequest(NamedTuple):
    """Fields by their keys or the last part of them, texts as they show, attachments by their names; and why."""

    fields: Sequence[str] = ()
    texts: Sequence[str] = ()
    attachments: Sequence[str] = ()
    why: str = ""

    def require_something(self, ticket_id: str) -> None:
        """Raises Missing where nothing is named."""
        if not (self.fields or self.texts or self.attachments):
            raise Missing(ticket_id, {"--field, --text, --attachment": _("what is to go")})

    def require_reason(self, ticket_id: str) -> None:
        """Raises Missing where no reason is given."""
        if not self.why.strip():
            raise Missing(ticket_id, {"--why": _("why it goes")})

    def require_clean_reason(self, gone: Sequence[str]) -> None:
        """Raises ReasonHoldsIt."""
        if any(text in self.why for text in gone):
            raise ReasonHoldsIt(_("--why holds the very words that are to go: say it without them."))


def require_words(texts: Sequence[str]) -> list[str]:
    """The texts without line ends at their edges; raises TextTooShort."""
    words = [require_text(text).replace("\r\n", "\n").strip("\n") for text in texts]
    for number, text in enumerate(words, 1):
        if len(text.strip()) < _SHORTEST or text in MARKER:
            message = _("Text {number} is too short: at least {least} characters, else parts of other words would go.")
            raise TextTooShort(message.format(number=number, least=_SHORTEST))
    return words


def read_fields(ticket: Ticket, names: Sequence[str]) -> list[str]:
    """The keys that people mean; raises NoSuchField and NeverRedacted."""
    return list(dict.fromkeys(_read_field(ticket, name) for name in names))


def _read_field(ticket: Ticket, name: str) -> str:
    known = [key for key in dict.fromkeys([*KEYS, *ticket.fields]) if kind_of(key) != "fact"]
    found = [name] if name in known else [key for key in known if key.rpartition(".")[2] == name]
    if len(found) > 1:
        raise NoSuchField(_("“{name}” may be several fields: {keys}.").format(name=name, keys=", ".join(found)))
    if not found:
        short = [key.rpartition(".")[2] for key in known if is_typed(key)]
        message = _("“{name}” is no field of {id}.").format(name=name, id=ticket.id)
        raise NoSuchField(message + did_you_mean(name, short))
    key = found[0]
    if kind_of(key) == "set":
        message = _("“{key}” is a set: name the member that is to go with --text.")
        raise NeverRedacted(message.format(key=key))
    if not is_typed(key):
        message = _("“{key}” holds a code word or tells the ticket from others: it is never redacted.")
        raise NeverRedacted(message.format(key=key))
    return key
