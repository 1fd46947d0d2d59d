"""How a clone's git is told to merge and show tickets with tkt: in its configuration, which is never cloned."""

from __future__ import annotations

import os
import re
import shlex
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tkt.git.repository import Repository

_MERGE, _DIFF = "merge.tkt.driver", "diff.tkt.textconv"
_NAME = "tickets, by their entries"
_SECTION = re.compile(
    rb'^[ \t]*\[merge[ \t]+"tkt"\][^\n]*\n(?:(?![ \t]*\[)[^\n]*\n)*?[ \t]*driver[ \t]*=', re.MULTILINE | re.IGNORECASE
)
# Said by a shell, where no tkt is there to say it in anybody's language.
_NOT_FOUND = "tkt was not found: git merges this ticket line by line, run: tkt setup"


def install_drivers(repository: Repository) -> bool:
    """Write into the clone's own configuration how tickets are merged and shown; whether that changed anything.

    There is no `merge.tkt.recursive`: where two branches have several bases, these are merged by the same driver, so
    that what they become is a ticket again. Raises GitFailed.
    """
    from tkt.git.command import GitFailed

    wanted = {"merge.tkt.name": _NAME, _MERGE: merge_line(), _DIFF: textconv_line()}
    there = repository.git.ask("config", "--local", "-z", "--get-regexp", r"^(merge|diff)\.tkt\.").fields
    settings = [tuple(one.split("\n", 1)) for one in there]
    lacking = [key for key, value in wanted.items() if [one for one in settings if one[0] == key] != [(key, value)]]
    for key in lacking:
        answer = repository.git.act("config", "--local", "--replace-all", key, wanted[key])
        if answer.status:
            raise GitFailed("config", answer)
    return bool(lacking)


def driver_arguments() -> list[str]:
    """Arguments of `git`, before its command, by which tickets are merged with this tkt, whatever is configured."""
    return ["-c", f"{_MERGE}={merge_line()}", "-c", f"merge.tkt.name={_NAME}"]


def has_drivers(repository: Repository) -> bool:
    """Whether this clone's git knows how tickets are merged, with whatever tkt it was told of."""
    return _is_named(repository.common_dir / "config") or _is_configured(repository.top)


def lacks_drivers(folder: Path) -> bool:
    """Whether `folder` is in a clone whose git does not know how tickets are merged; never in no repository.

    One small file tells that they are there; git is asked only where they are not in it.
    """
    common = _common_dir(folder)
    return common is not None and not _is_named(common / "config") and not _is_configured(folder)


def _is_named(config: Path) -> bool:
    try:
        return _SECTION.search(config.read_bytes()) is not None
    except OSError:
        return False


def _is_configured(folder: Path) -> bool:
    from tkt.errors import TktError
    from tkt.git.command import Git

    try:
        answer = Git(folder).ask("config", "--get", _MERGE)
    except TktError:
        return True  # where git cannot be run, it merges nothing either
    # Git says 1 where nothing is set; whatever else is wrong here, setting it up would not help.
    return answer.status != 1


def _common_dir(folder: Path) -> Path | None:
    """The git directory that all work trees of `folder`'s repository share, found without git; None where is none."""
    from tkt.git.place import git_dir_of

    own = git_dir_of(folder)
    try:
        return own and own / os.fsdecode((own / "commondir").read_bytes()).rstrip("\n")
    except OSError:
        return own


def committed_attributes(folder: Path) -> bytes:
    """What the last commit says of the files in `folder`, to which its own `.gitattributes` are the nearest."""
    from tkt.git.command import Git

    answer = Git(folder).ask("cat-file", "blob", "HEAD:./.gitattributes")
    return answer.out if answer.status == 0 else b""


def merge_line() -> str:
    """What git hands to a shell: this tkt, else the one on PATH, else git's own merge and a word that it was that.

    Git puts %P in quotes itself; %O, %A and %B are names that it made. A tkt that could not do its work leaves %A
    without a marker, so that the next one is tried: a version is never dropped for want of one.
    """
    # Git would take a % for one of its own.
    ways = [f"test -x {python} && try {python} -P -m tkt.cli.merge_driver %O %A %B %P" for python in _python("%%")]
    tried = "; ".join([*ways, "command -v tkt-merge >/dev/null && try tkt-merge %O %A %B %P"])
    own = "git merge-file -L ours -L base -L theirs %A %O %B"
    return f'try() {{ "$@" && exit 0; grep -q "^<<<<<<< " %A && exit 1; }}; {tried}; echo "{_NOT_FOUND}" >&2; {own}'


def textconv_line() -> str:
    """The same for showing a ticket's file, whose name git puts behind it; where there is no tkt, it is as it is."""
    ways = [f'test -x {python} && {python} -P -m tkt.cli.textconv "$1"' for python in _python("%")]
    ways.append('command -v tkt-textconv >/dev/null && tkt-textconv "$1"')
    tried = " || ".join(f"{{ {way}; }} 2>/dev/null" for way in ways)
    return f'show() {{ {tried} || cat -- "$1"; }}; show'


def _python(percent: str) -> list[str]:
    """This interpreter as a shell takes it, where it is known."""
    return [shlex.quote(sys.executable).replace("%", percent)] if sys.executable else []
