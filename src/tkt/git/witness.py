"""Git as the witness of a write: what the last commit holds, and an index that says nothing else."""

from __future__ import annotations

import os
from collections.abc import Collection

from tkt.git import changes
from tkt.git.index import Index
from tkt.git.patience import PatientGit
from tkt.git.repository import Repository
from tkt.store.intent import NAME, IntentPlace
from tkt.store.intent import digest as digest_of


class GitWitness:
    """Bears witness for one work tree; `git` is what changes its index."""

    def __init__(self, repository: Repository, git: PatientGit) -> None:
        self._repository = repository
        self._git = git

    def recorded(self, names: Collection[str]) -> set[str]:
        """Those of `names` that the last commit holds as git would take them from disk, or lacks as the disk does.

        Git is asked for what it makes of the files: it may have been told to keep them otherwise (filters, line ends).
        """
        held = changes.entries(self._repository, names)
        found = {name for name in names if name not in held and not self._is_there(name)}
        known = [name for name in names if name in held and self._is_there(name)]
        for start in range(0, len(known), changes.FEW):
            some = known[start : start + changes.FEW]
            hashes = self._repository.git.read("hash-object", "--", *some).text.split("\n")
            found |= {name for name, hash_ in zip(some, hashes, strict=False) if held[name].endswith(f" {hash_}")}
        return found

    def holds(self, name: str, digest: str) -> bool:
        """Whether the last commit has bytes of that SHA-256 under `name`, or nothing where there is none."""
        if not digest:
            return not changes.entries(self._repository, [name])
        answer = self._repository.git.ask("cat-file", "blob", f"HEAD:{name}")
        return not answer.status and digest_of(answer.out) == digest

    def _is_there(self, name: str) -> bool:
        return os.path.lexists(self._repository.top / name)

    def put_right(self, names: Collection[str]) -> None:
        """Have the index say of `names` what the last commit does; where it does so, its lock is not asked for.

        Raises IndexLocked or GitFailed.
        """
        departing = changes.staged(self._repository).intersection(names)
        # What git only knows as a file to come is not always among these.
        departing |= changes.tracked(self._repository, names) - changes.committed(self._repository, names)
        if departing:
            Index(self._repository, self._git).put_back(sorted(departing))


def intent_place(repository: Repository, command: str) -> IntentPlace:
    """Where the commands of one work tree put down what they are about to write; `command` is the one at work."""
    return IntentPlace(repository.git_dir / NAME, repository.top, command)
