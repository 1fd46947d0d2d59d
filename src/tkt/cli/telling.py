"""The voice of the command line: one safe line on standard error, whoever listens."""

from __future__ import annotations

from contextlib import suppress

import click

from tkt.language import _
from tkt.presentation.safe_text import for_terminal, one_line


def tell(text: str) -> None:
    """A message for the person, beside what the command prints: one safe line on standard error."""
    _say(one_line(text))


def complain(message: str) -> None:
    """Why a command did not happen; what a hook said may take several lines."""
    _say(_("tkt: {message}").format(message=for_terminal(message)))


def _say(text: str) -> None:
    """Nobody there to hear it makes no other end of a command."""
    with suppress(OSError):
        click.echo(text, err=True)
