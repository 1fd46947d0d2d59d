"""Changes to a repository that wait for another git to be done with it."""

from __future__ import annotations

import re
import time
from collections.abc import Mapping
from dataclasses import dataclass

from tkt.errors import SomeoneWasFaster
from tkt.git.command import Answer, Git, GitFailed
from tkt.language import _

INDEX_PATIENCE = 10.0
_SHORTEST_PAUSE, _LONGEST_PAUSE = 0.01, 0.2
# Git's own lock files, by their path: the sentence around it is in the person's language.
_LOCKED = re.compile(r"/[^\n]*?/(?:index|HEAD|refs/[^\n]+?)\.lock\b")
_FATAL = 128


class IndexLocked(SomeoneWasFaster):
    """Another git process holds the repository for longer than one is ready to wait."""


@dataclass(frozen=True, slots=True)
class PatientGit:
    """Git that tries for `seconds` while another git holds its lock, which is never ours to remove."""

    git: Git
    seconds: float = INDEX_PATIENCE

    def act(self, *arguments: str, stdin: bytes, environment: Mapping[str, str] | None = None) -> None:
        """Let git change something; raises IndexLocked, or GitFailed where it is something else that fails."""
        deadline = time.monotonic() + self.seconds
        pause = _SHORTEST_PAUSE
        while True:
            answer = self.git.act(*arguments, stdin=stdin, environment=environment)
            if not answer.status:
                return
            lock = _lock_met(answer)
            if lock is None:
                raise GitFailed(arguments[0], answer)
            if time.monotonic() >= deadline:
                raise _locked(lock)
            time.sleep(pause)
            pause = min(2 * pause, _LONGEST_PAUSE)


def _lock_met(answer: Answer) -> str | None:
    found = _LOCKED.search(answer.words) if answer.status == _FATAL else None
    return found[0] if found else None


def _locked(lock: str) -> IndexLocked:
    words = _("another git process holds {lock}: try again once it has ended; if none is running, remove that file")
    return IndexLocked(words.format(lock=lock))
