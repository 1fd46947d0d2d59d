"""What the settings list: a ticket's category, assignee and group must be among them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tkt.domain.finding import Finding
from tkt.domain.quality import is_imported
from tkt.domain.redaction import MARKER
from tkt.domain.settings import Settings
from tkt.domain.ticket import Ticket
from tkt.domain.words import did_you_mean
from tkt.language import _
from tkt.store.ticket_file import TicketFile


class ListedWords:
    """The categories, agents and groups of a desk; a list that is empty takes any word."""

    def __init__(self, settings: Settings) -> None:
        self._known: dict[str, Sequence[str]] = {
            "category": settings.categories,
            "assignee": [agent.name for agent in settings.agents],
            "group": list(dict.fromkeys(agent.group for agent in settings.agents if agent.group)),
        }
        self._messages: dict[tuple[str, str], str] = {}

    def findings(self, file: TicketFile, ticket: Ticket) -> Iterator[Finding]:
        """The words of a ticket that the settings do not list.

        An error on an open ticket, which somebody must be able to find and to work on. A warning on one that is done
        or was imported: agents leave and categories change, and what was true then stays written. What was redacted
        is no word any more.
        """
        severity = "error" if ticket.is_open and not is_imported(ticket) else "warning"
        for key, known in self._known.items():
            value = ticket.get(key)
            if value and known and value not in known and MARKER not in value:
                line = file.line_of(key)
                yield Finding(file.path, line, severity, f"unknown-{key}", self._message(key, value), _mend(key))

    def _message(self, key: str, value: str) -> str:
        """Remembered: an imported desk may hold one unknown word in every ticket, and the nearest is slow to find."""
        message = self._messages.get((key, value))
        if message is None:
            unknown = {
                "category": _("“{word}” is no category of this desk"),
                "assignee": _("“{word}” is no agent of this desk"),
                "group": _("“{word}” is no group of this desk"),
            }
            near = did_you_mean(value, self._known[key])
            message = self._messages[key, value] = unknown[key].format(word=value) + (f".{near}" if near else "")
        return message


def _mend(key: str) -> str:
    if key == "category":
        return _("Put it right with `tkt edit`, or add it to `categories` in tkt.yaml.")
    return _("Put it right with `tkt assign`, or add it to `agents` in tkt.yaml.")
