"""The one place that knows every adapter: a desk, with its settings read and its recorder chosen."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from tkt.desk.desk import Desk
from tkt.store.desk_folder import SETTINGS, find_desk
from tkt.store.settings import read_settings

if TYPE_CHECKING:
    from tkt.desk.recording import Recorder
    from tkt.git.history import TicketCommit

Moment = Callable[[ZoneInfo], tuple[datetime, bool]]


def open_desk(start: Path, moment: Moment, *, commit: bool = True) -> Desk:
    """The desk that `start` lies in. `moment` gives, for the desk's zone, the instant and whether it is frozen.

    Raises NotADesk and BadSettings; the repository is looked at only when something asks the recorder.
    """
    root = find_desk(start)
    settings = read_settings(root / SETTINGS)
    now, frozen = moment(settings.timezone)
    return Desk(root, settings, lambda: recorder_of(root, commit and settings.commit), now, frozen)


def recorder_of(root: Path, commit: bool) -> Recorder:
    """What records the desk's writes: git, or nobody where no commit is wanted."""
    from tkt.desk.recording import NoRecorder
    from tkt.git.repository import NotARepository, Repository

    try:
        repository = Repository.of(root)
    except NotARepository:
        if commit:
            raise
        return NoRecorder(root)
    if not commit:
        from tkt.git.no_commit import NoCommit

        return NoCommit(repository)
    from tkt.git.recorder import GitRecorder

    return GitRecorder(repository)


def history_of(desk: Desk, ticket_id: str) -> list[TicketCommit]:
    """The commits of one ticket's file, newest last."""
    from tkt.git.history import ticket_commits
    from tkt.git.repository import Repository

    return ticket_commits(Repository.of(desk.root), desk.path(ticket_id))


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
