"""What git still has of a file that a merge brought together: the sides of each merge, and of one that is not ended."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from tkt.desk.merge_traces import Sides
from tkt.git.blobs import read_blobs
from tkt.git.index import Index
from tkt.git.patience import PatientGit
from tkt.git.repository import Repository

# A ticket that went through more merges is an odd one; the newest count.
_MOST_MERGES = 1000
# The hash of no commit: two that have no common ancestor.
_NOTHING = "0" * 40


class GitTraces:
    """The merges of one work tree, ended or not."""

    def __init__(self, repository: Repository) -> None:
        self._repository = repository

    def unmerged(self, path: Path) -> Sides | None:
        """The sides of a file that an unfinished merge left in conflict, None where it is not in one."""
        name = self._repository.names([path])[0]
        if not self._repository.git.read("ls-files", "--unmerged", "-z", "--", name).fields:
            return None
        base, ours, theirs = read_blobs(self._repository.git, [f":{stage}:{name}" for stage in (1, 2, 3)])
        return Sides(base, ours, theirs)

    def merges(self, path: Path) -> list[Sides]:
        """The sides of every merge from which the file came out otherwise than one of them had it, the newest first.

        A merge of more than two is told as so many of two.
        """
        if not self._repository.has_commits():
            return []
        git, name = self._repository.git, self._repository.names([path])[0]
        asked = ("--merges", "--full-history", f"--max-count={_MOST_MERGES}", "--format=%H %P", "HEAD", "--", name)
        commits = [line.split() for line in git.read("log", "--no-show-signature", *asked).text.splitlines()]
        pairs = [(merge, first, other) for merge, first, *others in commits for other in others]
        bases = [git.ask("merge-base", first, other).text.strip() or _NOTHING for _merge, first, other in pairs]
        wanted = [
            f"{one}:{name}" for (merge, *sides), base in zip(pairs, bases, strict=True) for one in (base, *sides, merge)
        ]
        found = list(read_blobs(git, wanted))
        return [Sides(*found[at : at + 4]) for at in range(0, len(found), 4)]

    def committed(self, path: Path) -> bytes | None:
        """What the last commit holds there, None where it holds no file."""
        return next(read_blobs(self._repository.git, [f"HEAD:{self._repository.names([path])[0]}"]))

    def under_way(self) -> str:
        """The merge, rebase or the like that is not ended, by git's own word; "" for none."""
        operation = self._repository.operation()
        return operation.name if operation else ""

    def take_in(self, paths: Sequence[Path]) -> None:
        """Put files into the index as they lie on disk, which settles a conflict there; raises IndexLocked."""
        if paths:
            Index(self._repository, PatientGit(self._repository.git)).stage(self._repository.names(paths))
