"""Git's index: what is staged in it, files staged, and files put back as the last commit has them."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterable

from tkt.git import changes
from tkt.git.command import literally
from tkt.git.patience import PatientGit
from tkt.git.repository import Repository

# Some 10,000 files: their index is written twice in 15 ms.
_SMALL = 1_000_000
_Signature = tuple[int, int, int] | None


class Index:
    """The index of one work tree. It remembers what is staged, for as long as the file has not changed."""

    def __init__(self, repository: Repository, git: PatientGit) -> None:
        self._repository = repository
        self._git = git
        self._staged: set[str] = set()
        self._seen: _Signature = None

    def staged(self) -> set[str]:
        """Every file that is not there as in the last commit."""
        signature = self._signature()
        if signature is None or signature != self._seen:
            self._staged = changes.staged(self._repository)
            self._seen = signature
        return self._staged

    @property
    def is_small(self) -> bool:
        """Whether it is written anew in no time."""
        signature = self._signature()
        return signature is None or signature[1] <= _SMALL

    def stage(self, names: Collection[str], kept: tuple[int, ...] = ()) -> None:
        """Take `names` in as they lie on disk, whether git knew them or not; those not on disk are taken out.

        `kept` descriptors stay open in git.
        """
        if names:
            self._git.act("update-index", "--add", "--remove", "-z", "--stdin", stdin=terminated(names), kept=kept)

    def intend(self, names: Collection[str], kept: tuple[int, ...] = ()) -> None:
        """Let git know `names`, which lie on disk, as files to come: what somebody else commits now leaves them out."""
        if names:
            told = terminated(map(literally, names))
            listed = ("--pathspec-from-file=-", "--pathspec-file-nul")
            self._git.act("add", "--intent-to-add", "--force", *listed, stdin=told, kept=kept)

    def put_back(self, names: Collection[str]) -> None:
        """Have `names` again as in the last commit, and out of the index where it does not hold them."""
        before = changes.entries(self._repository, names)
        gone = [name for name in names if name not in before]
        if gone:
            self._git.act("update-index", "--force-remove", "-z", "--stdin", stdin=terminated(gone))
        if before:
            lines = terminated(f"{entry}\t{name}" for name, entry in before.items())
            self._git.act("update-index", "-z", "--index-info", stdin=lines)

    def _signature(self) -> _Signature:
        """What tells one state of the index from another: git replaces the file each time it writes it."""
        try:
            found = self._repository.index.stat()
        except FileNotFoundError:
            return None
        return found.st_ino, found.st_size, found.st_mtime_ns


def terminated(lines: Iterable[str]) -> bytes:
    """`lines` as git's `-z` reads them."""
    return b"".join(os.fsencode(line) + b"\0" for line in lines)
