"""Asking a person: prompts for what a move still needs, and the editor for longer words; never in a pipe."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import TypeVar

import click

from tkt.cli.session import is_interactive
from tkt.domain.workflow import Missing
from tkt.language import _

Result = TypeVar("Result")


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
        return edited("", "# " + what)
    answer = click.prompt(f"{option} ({what})", err=True)
    return str(answer)


def edited(text: str, hint: str = "", suffix: str = ".md") -> str:
    """What a person makes of `text` in their editor; `hint` stands below it and is taken off again.

    Raises click.Abort when nothing was saved.
    """
    scissors = "\n\n<!-- " + _("Everything from this line on is left out.") + " -->\n"
    saved = click.edit(text + (f"{scissors}{hint}\n" if hint else ""), extension=suffix, require_save=False)
    if saved is None:
        raise click.Abort
    return saved.split(scissors.strip("\n"))[0].rstrip("\n") if hint else saved


def require_words(text: str) -> str:
    """`text`, or what a person writes in their editor when they gave none on a terminal."""
    if text or not is_interactive():
        return text
    return _ask("TEXT", _("the words"))
