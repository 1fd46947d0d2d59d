"""A commit's message as git takes it: subject, body, trailers."""

from __future__ import annotations

from tkt.desk.recording import CommitMessage
from tkt.presentation.safe_text import for_terminal, one_line


def as_text(message: CommitMessage) -> str:
    """The message, each part a paragraph. The subject and each trailer keep to one line, whatever they hold."""
    trailers = "\n".join(f"{one_line(key)}: {one_line(value)}" for key, value in message.trailers)
    parts = (one_line(message.subject), for_terminal(message.body).strip("\n"), trailers)
    return "\n\n".join(part for part in parts if part) + "\n"
