"""How the tickets of a desk stand to the commit that is checked out: what git knows without reading their files."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from tkt.errors import OutsideFailed
from tkt.git.command import Answer, Git
from tkt.store.desk_folder import TICKETS, id_in

# What looks like a bare repository may be a folder that came with a clone, and what watches files for git is a program
# that a configuration names: looking at tickets starts none.
_CAREFULLY = ("-c", "safe.bareRepository=explicit", "-c", "core.fsmonitor=false")
# All that git knows of a file's times, whatever this clone does without: other bytes may have come under an old time.
_BY_ALL_TIMES = ("-c", "core.trustctime=true", "-c", "core.checkStat=default")
_STATUS = (
    *(*_CAREFULLY, *_BY_ALL_TIMES, "status", "--porcelain=v2", "-z", "--branch", "--no-renames", "--no-ahead-behind"),
    # What is ignored is a ticket too, if it lies in a ticket's place.
    *("--ignore-submodules=all", "--untracked-files=all", "--ignored=traditional", "--", TICKETS),
)
# What nobody told git to look at: it takes their files for unchanged, whatever they hold.
_FLAGGED = (*_CAREFULLY, "ls-files", "-v", "-z", "--", TICKETS)
_FLAG = re.compile(rb"(?:\A|\0)[Sa-z] ([^\0]*)")
# What git has for one thing where we have a folder of tickets: another repository, or a link.
_CLOSED = re.compile(rb"(?:\A|\0). %b(?:/[A-Z]{3}\d+xxx)?\0" % TICKETS.encode())
_BEFORE_ANY_COMMIT = "(initial)"
# So many paths fit into a command line anywhere; of more, all are listed.
_FEW = 200
# Behind so many blanks stands the path of a line of `git status`, by the line's first sign.
_BLANKS = {"1": 8, "u": 10, "?": 1, "!": 1}


class Unsettled(OutsideFailed):
    """How the files stand cannot be told without reading them all."""


@dataclass
class TicketStanding:
    """The questions of an index to git, about the tickets of the desk at `root`, whose folder is `prefix` from the top
    of its work tree ("" or `desk/`).

    Every question raises Unsettled where git does not know for sure, and what git raises where it cannot be asked.
    """

    root: Path
    prefix: str
    _status: Callable[[], Answer] | None = field(default=None, repr=False)
    _flagged: Callable[[], Answer] | None = field(default=None, repr=False)

    @property
    def _git(self) -> Git:
        """Commits as they are stored: what stands for one here may not do so tomorrow, and its name is the same."""
        return Git(self.root, as_stored=True)

    def algorithm(self) -> str:
        """How the repository names its objects."""
        return Git(self.root).read(*_CAREFULLY, "rev-parse", "--show-object-format").text.strip()

    def begin(self) -> None:
        """Ask how the files stand now; the answer is waited for when it is needed."""
        git = self._git
        self._status, self._flagged = git.begin(*_STATUS), git.begin(*_FLAGGED)

    def now(self) -> tuple[str, frozenset[str]]:
        """The commit that is checked out ("" before there is any), and the ids of the tickets whose files may be other
        than it has them."""
        if self._status is None or self._flagged is None:
            self.begin()
        assert self._status is not None and self._flagged is not None
        status, flagged = self._status(), self._flagged()
        self._status = self._flagged = None
        if status.status or flagged.status or status.err or _is_closed(self.root, flagged.out):
            raise Unsettled
        commit, paths = "", []
        for line in status.fields:
            if line.startswith("# branch.oid "):
                commit = line.removeprefix("# branch.oid ").removesuffix(_BEFORE_ANY_COMMIT)
            elif not line.startswith("#"):
                paths.append(_path_of(line))
        if not all(path.startswith(self.prefix) and not path.endswith("/") for path in paths):
            raise Unsettled  # another repository among ours, into which git does not look
        within = [path.removeprefix(self.prefix) for path in paths]
        return commit, frozenset(filter(None, map(id_in, [*within, *_taken_for_unchanged(flagged.out)])))

    def changed(self, before: str, after: str) -> frozenset[str]:
        """The ids of the tickets whose files two commits do not have alike; raises Unsettled where one is gone."""
        answer = self._git.ask(
            "diff-tree", "-r", "-z", "--no-renames", "--name-only", "--relative", before, after, "--", TICKETS
        )
        if answer.status:
            raise Unsettled
        return frozenset(filter(None, map(id_in, answer.fields)))

    def hashes(self, commit: str, ids: Iterable[str] | None = None) -> dict[str, str]:
        """The hash that a commit has of each ticket's file, by its id: of those named, or of all."""
        if not commit:
            return {}
        wanted = None if ids is None else list(ids)
        few = wanted is not None and len(wanted) <= _FEW
        paths = [f"{TICKETS}/{one[:-3]}xxx/{one}.md" for one in wanted or ()] if few else [TICKETS]
        if not paths:
            return {}
        answer = self._git.read("ls-tree", "-r", "-z", commit, "--", *paths)
        return dict(_hashed(answer.fields))


def _is_closed(root: Path, listed: bytes) -> bool:
    """Whether tickets lie where git does not look, though it says nothing of it: behind a link, or in a submodule."""
    if os.path.islink(root / TICKETS):
        return True
    # Looked for first, since the pattern is slow: hardly anything ends so.
    ends = (b"xxx\0", b" %b\0" % TICKETS.encode())
    return any(end in listed for end in ends) and _CLOSED.search(listed) is not None


def _taken_for_unchanged(listed: bytes) -> list[str]:
    """The paths that git was told not to look at, nearly always none."""
    if listed.count(b"\0H ") + listed.startswith(b"H ") == listed.count(b"\0"):
        return []
    return [os.fsdecode(path) for path in _FLAG.findall(listed)]


def _path_of(line: str) -> str:
    return line.split(" ", _BLANKS[line[0]])[-1]


def _hashed(lines: Iterable[str]) -> Iterator[tuple[str, str]]:
    for line in lines:
        what, _tab, path = line.partition("\t")
        found = id_in(path)
        mode, _kind, hashed = what.split(" ")
        if found and mode.startswith("100"):
            yield found, hashed
