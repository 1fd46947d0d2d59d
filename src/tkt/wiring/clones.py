"""The clone that a desk lives in: its git, its hooks, and how it merges and shows tickets."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tkt.desk.desk import Desk
    from tkt.git.hooks import Hooks


def hooks_of(here: Path) -> Hooks:
    """The git hooks of the repository that `here` is in."""
    from tkt.git.hooks import Hooks

    return Hooks.of(here)


def set_up_clone(desk: Desk) -> tuple[bool, bool]:
    """Have the desk's clone merge and show tickets with tkt; whether its git, and the desk's files, were told anew.

    Raises NotARepository, and a refusal where what the desk's files say of it cannot be recorded.
    """
    from tkt.desk.founding import complete_attributes
    from tkt.git.drivers import committed_attributes, install_drivers
    from tkt.git.repository import Repository

    told = install_drivers(Repository.of(desk.root))
    desk.require_writable()
    return told, complete_attributes(desk.root, desk.recorder, committed_attributes(desk.root), desk.frozen_at)


def set_up_git(folder: Path) -> bool:
    """Have the clone that `folder` is in merge tickets with tkt; True where it did not yet, False outside git too."""
    from tkt.git.drivers import install_drivers
    from tkt.git.repository import NotARepository, Repository

    try:
        return install_drivers(Repository.of(folder))
    except NotARepository:
        return False


def merges_without_tkt(folder: Path) -> bool:
    """Whether `folder` is in a clone in which git does not know how tickets are merged; costs a look at a file."""
    from tkt.git.drivers import lacks_drivers

    return lacks_drivers(folder)


def require_identity(folder: Path) -> None:
    """Refuse to make a desk in `folder`, which need not be there yet, for somebody whom git does not know."""
    from tkt.git import setup

    setup.require_identity(folder)


def ensure_repository(folder: Path, *, own: bool = False) -> bool:
    """Make `folder` a git repository unless it lies in one (`own`: unless it is one itself); True when it was made."""
    from tkt.git.setup import init_repository, is_inside_repository

    if (folder / ".git").exists() if own else is_inside_repository(folder):
        return False
    init_repository(folder)
    return True
