"""A git repository for a new desk."""

from __future__ import annotations

from pathlib import Path

from tkt.git.command import Git, GitFailed
from tkt.git.repository import NotARepository, Repository, identity_at


def is_inside_repository(folder: Path) -> bool:
    """Whether `folder`, which need not be there yet, lies among the work files of a git repository.

    Raises NoWorkTree in a bare one: no desk can be made there.
    """
    try:
        Repository.of(_nearest(folder))
    except NotARepository:
        return False
    return True


def require_identity(folder: Path) -> None:
    """Refuse, before anything is made, where git does not know who would commit in `folder`; raises NoIdentity."""
    identity_at(_nearest(folder))


def _nearest(folder: Path) -> Path:
    """`folder`, or the nearest above it that is there."""
    return next(place for place in (folder, *folder.absolute().parents) if place.is_dir())


def init_repository(folder: Path) -> Repository:
    """Make `folder`, which is there, a git repository, as the person's git makes one (branch name, template)."""
    answer = Git(folder).act("init", "--quiet")
    if answer.status:
        raise GitFailed("init", answer)
    return Repository.of(folder)
