"""Long lists on a terminal, in the person's own pager, by git's conventions."""

from __future__ import annotations

import os
import re
import shlex
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from tkt.cli.session import draws_screens, has_color

# What git sets for its own pager where the person has not (git-config(1), core.pager): less ends at once where
# everything fits, lets colours through, and leaves the screen as it is.
_UNLESS_SET = {"LESS": "FRX", "LV": "-c"}
# What git has a shell read: more than a program and its arguments.
_FOR_A_SHELL = re.compile(r"[|&;<>()$`\\\"'*?\[#~=%]")
_NONE = ("", "cat")


def show(text: str, folder: Path, *, paged: bool = True) -> None:
    """Print a text that ends with a line end: on a terminal that it does not fit, in the pager (unless not `paged`)."""
    pager = _pager(folder) if paged and draws_screens() and _is_longer_than_the_screen(text) else ""
    if pager in _NONE:
        click.echo(text, nl=False)
        return
    with _environment({**_UNLESS_SET, **os.environ, "PAGER": pager}):
        click.echo_via_pager(text.removesuffix("\n"), color=has_color())


def _is_longer_than_the_screen(text: str) -> bool:
    import shutil

    return text.count("\n") >= shutil.get_terminal_size().lines


def _pager(folder: Path) -> str:
    from tkt.wiring import pager_of

    pager = pager_of(folder)
    return shlex.join(["sh", "-c", pager]) if _FOR_A_SHELL.search(pager) else pager


@contextmanager
def _environment(meanwhile: dict[str, str]) -> Iterator[None]:
    """Meanwhile what is started finds another environment: click asks there which pager there is, and hands it on."""
    before = dict(os.environ)
    os.environ.update(meanwhile)
    try:
        yield
    finally:
        os.environ.clear()
        os.environ.update(before)
