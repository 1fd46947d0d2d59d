"""Commands that look at all tickets: git is asked first how their files stand, and answers while they get ready."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tkt.errors import TktError

if TYPE_CHECKING:
    from tkt.git.standing import TicketStanding

# What of them the first words of a line tell. Any other is found when its options are read, a little later.
_SURVEYS = frozenset(
    {
        *("list", "queue", "search", "export", "kpi", "dashboard", "report", "flow", "activity", "handover"),
        *("sla status", "sla check"),
    }
)
_TAKING_A_VALUE = frozenset({"-C", "--now", "--lang"})
_WITHOUT = frozenset({"--no-index", "-h", "--help", "--version"})
_COMPLETING = "_TKT_COMPLETE"
# What was asked for this process's line, before anything was known but its words.
_asked: list[TicketStanding] = []


def begin_early(line: Sequence[str]) -> None:
    """Ask for a line, by its words alone, where it will want to know."""
    words, folder = _words_of(line)
    if _SURVEYS.isdisjoint({" ".join(words[:1]), " ".join(words[:2])}):
        return
    if _COMPLETING in os.environ or not _WITHOUT.isdisjoint(line):
        return
    standing = _standing(folder)
    if standing is not None:
        _asked.append(standing)


def standing_for(options: Mapping[str, Any]) -> TicketStanding | None:
    """What git was asked for a command with these shared options, or is now; None where there is nothing to ask."""
    folder = options.get("directory") or "."
    if _asked:
        return _asked.pop()
    return _standing(folder)


def _standing(folder: str) -> TicketStanding | None:
    from tkt.store.desk_folder import find_desk
    from tkt.wiring import standing_of

    try:
        standing = standing_of(find_desk(Path(folder).absolute()))
        if standing is not None:
            standing.begin()
    except (TktError, OSError):
        return None  # the command itself meets it, and says so
    return standing


def _words_of(line: Sequence[str]) -> tuple[list[str], str]:
    """The words of a line that are no options, and the folder that it names."""
    words: list[str] = []
    folder, skip = ".", ""
    for word in line:
        if skip:
            folder, skip = (word, "") if skip == "-C" else (folder, "")
        elif word in _TAKING_A_VALUE:
            skip = word
        elif not word.startswith("-"):
            words.append(word)
    return words, folder
