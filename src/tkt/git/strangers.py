"""What a commit of ours swept along because somebody staged it at that very moment, and how it is given back."""

from __future__ import annotations

from collections.abc import Collection

from tkt.git.patience import PatientGit
from tkt.git.repository import Repository


def commit_with_strangers(repository: Repository, names: Collection[str]) -> str:
    """The last commit where it holds some of `names` and other files too, else "".

    A commit of nothing but other files is somebody's own, made since.
    """
    commit, *files = repository.git.read(
        "diff-tree", "--root", "-r", "--no-renames", "--name-only", "-z", "HEAD"
    ).fields
    ours = set(names)
    return "" if ours.isdisjoint(files) or ours.issuperset(files) else commit


def take_back(repository: Repository, git: PatientGit, commit: str, kept: tuple[int, ...] = ()) -> None:
    """Let the branch stand where it did before `commit`, its last one, with the index and the files as they are.

    `kept` descriptors stay open in git. Raises BranchMoves where somebody has committed on it since.
    """
    parent = repository.git.ask("rev-parse", "--verify", "--quiet", f"{commit}^").text.strip()
    move = ("update-ref", "-m", "tkt: commit again without another's files")
    git.act(*move, *(["HEAD", parent, commit] if parent else ["-d", "HEAD", commit]), stdin=b"", kept=kept)
