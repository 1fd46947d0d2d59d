"""Changes to a repository that wait for another git to be done with it."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from tkt.desk.turns import TELL_AFTER
from tkt.errors import SomeoneWasFaster
from tkt.git.command import Answer, Git, GitFailed
from tkt.language import _

INDEX_PATIENCE = 10.0
_SHORTEST_PAUSE, _LONGEST_PAUSE = 0.01, 0.2
# Git's own lock files, by their path: the sentence around it is in the person's language.
_LOCKED = re.compile(r"/[^\n]*?/(?:index|HEAD|refs/[^\n]+?)\.lock\b")
# A branch that stands elsewhere than it did when git began: the name, then where it is and where it was to be.
_MOVED = re.compile(r"'(?:HEAD|refs/[^'\n]+)'[^\n]*?\b[0-9a-f]{40,64}\b[^\n]*?\b[0-9a-f]{40,64}\b")
_FATAL = 128


class IndexLocked(SomeoneWasFaster):
    """Another git process holds the repository for longer than one is ready to wait."""


class BranchMoves(SomeoneWasFaster):
    """Somebody commits on the branch each time that git is about to."""


@dataclass(frozen=True, slots=True)
class PatientGit:
    """Git that tries for `seconds` while another git holds its lock, which is never ours to remove, or is faster.

    `tell` is told, once, what a wait of more than a second is for.
    """

    git: Git
    seconds: float = INDEX_PATIENCE
    tell: Callable[[str], object] = lambda _words: None

    def act(
        self,
        *arguments: str,
        stdin: bytes,
        environment: Mapping[str, str] | None = None,
        kept: tuple[int, ...] = (),
        bound: float | None = None,
    ) -> None:
        """Let git change something; raises IndexLocked, BranchMoves, or GitFailed where something else fails.

        `kept` and `bound` are those of `Git.act`, which raises GitOverran.
        """
        begun, told = time.monotonic(), False
        pause = _SHORTEST_PAUSE
        while True:
            answer = self.git.act(*arguments, stdin=stdin, environment=environment, kept=kept, seconds=bound)
            if not answer.status:
                return
            lock = _lock_met(answer)
            if lock is None and not _is_outrun(answer):
                raise GitFailed(arguments[0], answer)
            waited = time.monotonic() - begun
            if waited >= self.seconds:
                raise _locked(lock) if lock else BranchMoves(_("somebody else commits here at this moment: try again"))
            if lock and waited >= TELL_AFTER and not told:
                told = True
                self.tell(_("waiting for another git process, which holds {lock}").format(lock=lock))
            time.sleep(pause)
            pause = min(2 * pause, _LONGEST_PAUSE)


def _lock_met(answer: Answer) -> str | None:
    found = _LOCKED.search(answer.words) if answer.status == _FATAL else None
    return found[0] if found else None


def _is_outrun(answer: Answer) -> bool:
    return answer.status == _FATAL and _MOVED.search(answer.words) is not None


def _locked(lock: str) -> IndexLocked:
    words = _("another git process holds {lock}: try again once it has ended; if none is running, remove that file")
    return IndexLocked(words.format(lock=lock))
