"""The desk that a command is about: what was cut short made whole, its settings read, its recorder chosen."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from tkt.desk.desk import Desk
from tkt.domain.settings import COMMIT_PATIENCE
from tkt.errors import TktError
from tkt.language import _
from tkt.store.desk_folder import SETTINGS, find_desk, require_inside
from tkt.store.settings.settings import read_settings

if TYPE_CHECKING:
    from tkt.desk.recording import Recorder

Moment = Callable[[ZoneInfo], tuple[datetime, bool]]
# The command at work, as those who wait for it are told, and how it tells its own person what it waits for.
AtWork = tuple[str, Callable[[str], object]]


def open_desk(start: Path, moment: Moment, *, commit: bool = True, at_work: AtWork | None = None) -> Desk:
    """The desk that `start` lies in. `moment` gives, for the desk's zone, the instant and whether it is frozen.

    Raises NotADesk and BadSettings; the repository is looked at only when something asks the recorder.
    """
    root = find_desk(start)
    if _made_whole(root, at_work):
        root = find_desk(start)  # what was undone may have been its founding
    require_inside(root, root / SETTINGS)
    settings = read_settings(root / SETTINGS)
    now, frozen = moment(settings.timezone)
    clock = None if frozen else lambda: moment(settings.timezone)[0]

    def recorder() -> Recorder:
        return recorder_of(root, commit and settings.commit, at_work, commit_patience=settings.commit_patience)

    return Desk(root, settings, recorder, now, frozen, clock, find_cache=lambda: cache_of(root))


def cache_of(root: Path) -> Path | None:
    """Where a desk keeps what can be made again from its files: in its work tree's git directory, which nobody commits
    or clones; None where there is none. Each of several desks of one work tree has a place of its own.
    """
    from hashlib import sha256

    from tkt.git.place import git_dir_of

    git_dir = git_dir_of(root)
    if git_dir is None:
        return None
    top = os.path.relpath(root, git_dir.parent)
    return git_dir / "tkt" / ("desk" if top == os.curdir else sha256(os.fsencode(top)).hexdigest()[:16])


def _made_whole(root: Path, at_work: AtWork | None) -> bool:
    """Whether what a killed command left was made whole; not where somebody is at work, or where it cannot be now.

    A command that only reads goes on all the same, and tells why; one that writes tries again when it is its turn.
    """
    from tkt.git.place import git_dir_of
    from tkt.store.intent import HIDDEN, NAME, IntentPlace

    git_dir = git_dir_of(root)
    if not IntentPlace(git_dir / NAME if git_dir else root / HIDDEN, root).is_taken:
        return False
    from tkt.desk.recovery import StillAtWork
    from tkt.desk.turns import NOBODY, Caller, DeskBusy

    caller = Caller(*at_work) if at_work else NOBODY
    try:
        with recorder_of(root, False, at_work, patience=0).lock():
            return True
    except (DeskBusy, StillAtWork):
        return False
    except TktError as error:
        caller.tell(_("An earlier command was cut short, and what it left stands for now: {why}").format(why=error))
        return False


def recorder_of(
    root: Path,
    commit: bool,
    at_work: AtWork | None = None,
    *,
    patience: float | None = None,
    commit_patience: float = COMMIT_PATIENCE,
) -> Recorder:
    """What records the desk's writes: git, or nobody where no commit is wanted.

    `patience` is how many seconds it waits for its turn, where that is not as long as usual; `commit_patience` how
    long a commit may take.
    """
    from tkt.desk.recording import NoRecorder
    from tkt.desk.turns import LOCK_PATIENCE, NOBODY, Caller
    from tkt.git.repository import NotARepository, Repository

    patience = LOCK_PATIENCE if patience is None else patience
    caller = Caller(*at_work) if at_work else NOBODY
    try:
        repository = Repository.of(root)
    except NotARepository:
        if commit:
            raise
        return NoRecorder(root, patience=patience, caller=caller)
    if not commit:
        from tkt.git.no_commit import NoCommit

        return NoCommit(repository, patience=patience, caller=caller)
    from tkt.git.recorder import GitRecorder

    return GitRecorder(repository, lock_patience=patience, commit_patience=commit_patience, caller=caller)


def place_in_repository(desk: Desk) -> tuple[Path, str]:
    """The top folder of the desk's repository, and the desk's folder from there ("" for the top itself)."""
    from tkt.git.repository import Repository

    repository = Repository.of(desk.root)
    return repository.top, repository.names([desk.root / SETTINGS])[0].removesuffix(SETTINGS).rstrip("/")


def folder_in_repository(desk: Desk) -> str:
    """The desk's folder from the top of its repository; "" for the top itself, and for a desk that is in none."""
    from tkt.git.repository import NotARepository

    try:
        return place_in_repository(desk)[1]
    except NotARepository:
        return ""
