"""Asking a person: prompts for what a move still needs, and the editor for longer words; never in a pipe."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import TypeVar

import click

from tkt.cli.session import is_interactive
from tkt.cli.telling import complain
from tkt.domain.workflow import Missing
from tkt.errors import OutsideFailed, TktError
from tkt.language import _

Result = TypeVar("Result")


class EditorFailed(OutsideFailed):
    """The person's editor cannot be started, or says that it failed."""


def asking_for_missing(values: dict[str, str], call: Callable[[dict[str, str]], Result]) -> Result:
    """`call(values)`, asking on a terminal for each piece that the move says is missing; in a pipe the refusal stands.

    `values` go by the option's name (`--cause`, TEXT).
    """
    while True:
        try:
            return call(values)
        except Missing as missing:
            if not is_interactive():
                raise
            values |= {option: _ask(option, what) for option, what in missing.parts.items()}


def _ask(option: str, what: str) -> str:
    if option == "TEXT" and os.environ.get("VISUAL", os.environ.get("EDITOR")):
        return _written(what)
    answer = click.prompt(f"{option} ({what})", err=True)
    return str(answer)


def _written(what: str) -> str:
    """The words that a person writes in their editor; raises click.Abort when they write none."""
    scissors = "<!-- " + _("Everything from this line on is left out.") + " -->"
    saved = _edited(f"\n\n{scissors}\n# {what}\n".encode()).decode(errors="surrogateescape")
    text = saved.partition(scissors)[0].strip("\r\n")
    if not text.strip():
        raise click.Abort
    return text


def _edited(data: bytes) -> bytes:
    """What a person makes of `data` in their editor, to the byte; raises EditorFailed."""
    try:
        saved = click.edit(data, extension=".md", require_save=False)
    except click.ClickException as error:
        raise EditorFailed(error.format_message()) from error
    return data if saved is None else saved


def taking_edited(data: bytes, take: Callable[[bytes], Result]) -> Result:
    """`take` of what a person makes of `data` in their editor.

    When it is refused they may go on where they were, so that nothing they wrote is lost to a slip.
    """
    while True:
        before, data = data, _edited(data)
        try:
            return take(data)
        except TktError as refusal:
            if data == before or not is_interactive():
                raise
            complain(str(refusal))
            if not click.confirm(_("Go on editing?"), default=True, err=True):
                raise click.Abort from refusal
