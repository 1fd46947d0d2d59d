"""Pushing: several refs at once or none, and what became of each of them, in words a program can go by."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple

from tkt.git.repository import Repository
from tkt.git.sync.upstream import unasked
from tkt.presentation.safe_text import for_terminal

# `git push --porcelain`: a flag, the two ends, what became of it.
_TOLD = re.compile(r"^(?P<flag>[ +\-*!=])\t[^\t\n]*:(?P<ref>[^\t\n]+)\t(?P<fate>[^\n]*)$", re.MULTILINE)
# The other end's, when somebody pushed between our reading of a ref and our writing of it.
_TOO_LATE = re.compile(
    r"cannot lock ref|failed to (?:lock|update) ref|incorrect old value|already exists|unable to lock"
)
_WITH_ANOTHER = re.compile(r"atomic (?:push|transaction) fail")
_NO_ATOMIC = re.compile(r"does not support --atomic")
_ADDRESS = re.compile(r"^remote:.*?(?P<address>https?://[^\s]+)", re.MULTILINE)
_REMOTE_WORDS = re.compile(r"^remote: ?(?P<words>.*?)[ \t]*$", re.MULTILINE)

PUSHED, RACED, DECLINED, DRAGGED = "pushed", "raced", "declined", "dragged along"


class Push(NamedTuple):
    """What became of a push: the fate of each ref (none is told where the other end was not reached), and its words.

    `addresses` are those that the other end named, such as where to open a pull request.
    """

    status: int
    fates: Mapping[str, str]
    words: str
    addresses: tuple[str, ...] = ()
    lacks_atomic: bool = False

    @property
    def is_done(self) -> bool:
        """Whether all of it went through."""
        return self.status == 0

    @property
    def has_raced(self) -> bool:
        """Whether somebody else was faster."""
        return RACED in self.fates.values()

    @property
    def was_declined(self) -> bool:
        """Whether the other end was reached and refused."""
        return DECLINED in self.fates.values()


def push(repository: Repository, remote: str, commits: Mapping[str, str]) -> Push:
    """Push a commit to each ref, all of them or none."""
    options = ["--atomic"] if len(commits) > 1 else []
    specs = [f"{commit}:{ref}" for ref, commit in commits.items()]
    # What is parsed is in English then; LC_ALL would change the characters that a hook reads and writes too.
    around = {**unasked(repository.git), "LANGUAGE": "en"}
    answer = repository.git.act("push", "--porcelain", *options, "--", remote, *specs, environment=around)
    text = answer.text
    fates = {told["ref"]: _fate(told["flag"], told["fate"]) for told in _TOLD.finditer(text)}
    addresses = tuple(for_terminal(found["address"]) for found in _ADDRESS.finditer(text))
    return Push(answer.status, fates, _words(answer.words), addresses, bool(_NO_ATOMIC.search(text)))


def _fate(flag: str, told: str) -> str:
    if flag != "!":
        return PUSHED
    if _WITH_ANOTHER.search(told):
        return DRAGGED
    if told.startswith("[rejected]") or _TOO_LATE.search(told):
        return RACED
    return DECLINED


def _words(said: str) -> str:
    """What the other end said, where it said something, else what git did."""
    told = [found["words"] for found in _REMOTE_WORDS.finditer(said) if found["words"]]
    return "\n".join(told) or said
