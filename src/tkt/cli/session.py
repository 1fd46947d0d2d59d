"""One command line's surroundings: the desk it means, the moment, the words said, and the terminal it speaks to."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import click

from tkt.cli.options import NO_INDEX, STANDING, kept
from tkt.cli.telling import tell
from tkt.domain.instant import fixed
from tkt.errors import CalledWrongly
from tkt.language import _

if TYPE_CHECKING:
    from tkt.desk.desk import Desk
    from tkt.desk.said import Said


# Of a text: many times what a ticket takes, so that one that is too long is told by its size.
MOST_READ = 4 * 1024 * 1024


class EndlessInput(CalledWrongly):
    """Standard input that goes on and on."""


class TwoAnswers(CalledWrongly):
    """Two places of a command line that say the same thing differently."""


# Where the shared options keep which desk a command was at work on.
DESK = "desk"


@dataclass(frozen=True)
class Session:
    """What a command needs to know beside its own arguments."""

    options: dict[str, Any]
    command: str = "tkt"
    as_of: str | None = None
    at_commit: str | None = None

    @classmethod
    def of(cls, ctx: click.Context) -> Session:
        """The session of the command that runs in `ctx`."""
        return cls(kept(ctx), ctx.command_path)

    @property
    def folder(self) -> Path:
        """Where the person stands, or says to stand."""
        return Path(self.options.get("directory") or ".").absolute()

    def looking_back(self, as_of: str | None, at_commit: str | None = None) -> Session:
        """The session in which the desk is as it stood at a moment, or as a commit holds it; None: as it is."""
        return self if as_of is None and at_commit is None else replace(self, as_of=as_of, at_commit=at_commit)

    @cached_property
    def desk(self) -> Desk:
        """The desk that the folder lies in; as the commit holds it, and as it stood at the moment, that are said."""
        desk = self._desk()
        if self.at_commit is not None:
            from tkt.wiring import desk_at

            desk, _committed = desk_at(desk, self.at_commit)
        if self.as_of is None:
            return desk
        from tkt.desk.looking_back import looking_back

        return looking_back(desk, self.as_of)

    def _desk(self) -> Desk:
        from tkt.wiring import open_desk

        commit = not self.options.get("no_commit")
        desk = open_desk(self.folder, self.moment, commit=commit, at_work=(self.command, tell))
        self.options[DESK] = desk.root
        told: set[str] = set()

        def tell_once(old: str, new: str) -> None:
            if old not in told:
                told.add(old)
                tell(_("{old} is now {new}.").format(old=old, new=new))

        return replace(desk, on_alias=tell_once)

    @contextmanager
    def reading(self, as_of: str | None = None) -> Iterator[Desk]:
        """The desk, as it stood at `as_of` if that is said, showing on a terminal how far the reading of its tickets
        is."""
        from tkt.presentation.progress import progress

        desk = self.looking_back(as_of).desk
        if not self.options.get(NO_INDEX):
            from tkt.wiring import indexed

            desk = indexed(desk, self.options.pop(STANDING, None))
        with progress(_("Reading tickets")) as step:
            yield replace(desk, progress=step)
        if desk.source is not None:
            desk.source.keep()

    def moment(self, zone: ZoneInfo) -> tuple[datetime, bool]:
        """The instant that counts as now, in `zone`, and whether it was given (`--now`, TKT_NOW)."""
        now = fixed(datetime.now(zone))
        given = self.options.get("now") or os.environ.get("TKT_NOW")
        if not given:
            return now, False
        from tkt.domain.moments import read_moment

        return read_moment(given, now, zone), True

    def said(self, text: str = "") -> Said:
        """The shared options of a write; `text` are the words that the command line held."""
        from tkt.desk.said import Said
        from tkt.domain.duration import read_duration

        at, spent = self.options.get("at"), self.options.get("spent")
        return Said(
            text=text,
            by=self.options.get("author"),
            at=self.instant(at) if at else None,
            late=self.options.get("late") or "",
            public=self.options.get("public"),
            spent=read_duration(spent) if spent else None,
        )

    def instant(self, text: str) -> datetime:
        """The instant that a person means, in the desk's zone."""
        from tkt.domain.moments import read_moment

        return read_moment(text, self.desk.now, self.desk.settings.timezone)

    @cached_property
    def text(self) -> str | None:
        """What `--text` says: None when it is absent; `-` is standard input, which can be read once."""
        given = self.options.get("words")
        return read_stdin() if given == "-" else given

    def words(self, argument: str) -> str:
        """The words of a command that takes them as its last argument, or with `--text`; raises TwoAnswers for both."""
        if argument and self.text is not None:
            raise TwoAnswers(_("The words are given twice: as an argument and with --text."))
        return read_stdin() if argument == "-" else argument or self.text or ""

    def references(self, arguments: Sequence[str]) -> tuple[list[str], str]:
        """Arguments `ID… [TEXT]` as ids and words: the last one is words when nobody could mean a ticket by it.

        A single word with a digit counts as a ticket, so that a slip in an id is never taken for words.
        """
        *before, last = arguments
        if self.text is None and before and is_words(last):
            return self.desk.find_all(before), read_stdin() if last == "-" else last
        return self.desk.find_all(arguments), self.text or ""


def is_words(argument: str) -> bool:
    """Whether nobody could mean a ticket by an argument: a word with a digit in it is taken for one."""
    if any(char.isspace() for char in argument):
        return True
    return argument != "@" and not any(char.isdigit() for char in argument)


def read_stdin() -> str:
    """Standard input as text, without the line end that a pipe puts behind it."""
    data = sys.stdin.buffer.read(MOST_READ + 1)
    if len(data) > MOST_READ:
        message = _("Standard input is longer than {limit}: that is no text for a ticket.")
        raise EndlessInput(message.format(limit=f"{MOST_READ // 1024**2} MiB"))
    return without_last_line_end(data.decode("utf-8", "surrogateescape"))


def without_last_line_end(text: str) -> str:
    """`text` as its author meant it: the line end behind the last line is the file's."""
    return text[:-1].removesuffix("\r") if text.endswith("\n") else text


def is_interactive() -> bool:
    """Whether a person sits at both ends and may be asked."""
    return sys.stdin.isatty() and sys.stderr.isatty()


def has_color(stream: Any = None) -> bool:
    """Whether `stream` (standard output by default) shows colour: a terminal, and NO_COLOR not set."""
    stream = stream or sys.stdout
    return bool(stream.isatty()) and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def draws_screens() -> bool:
    """Whether standard output is a terminal that can be drawn on in place."""
    return sys.stdout.isatty() and os.environ.get("TERM", "dumb") != "dumb"


def terminal_width() -> int | None:
    """The width of the terminal on standard output; None in a pipe."""
    import shutil

    return shutil.get_terminal_size().columns if sys.stdout.isatty() else None


def screenful() -> int | None:
    """How many lines of a list a screen takes beside its heading; None in a pipe, which takes all."""
    import shutil

    return max(shutil.get_terminal_size().lines - 6, 5) if sys.stdout.isatty() else None
