"""The one place that knows every adapter: a desk, with its settings read and its recorder chosen."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from tkt.desk.desk import Desk
from tkt.domain.settings import COMMIT_PATIENCE
from tkt.errors import TktError
from tkt.language import _
from tkt.store.desk_folder import SETTINGS, NotADesk, find_desk, require_inside
from tkt.store.settings import read_settings

if TYPE_CHECKING:
    from tkt.desk.checking import CheckReport
    from tkt.desk.merge_traces import MergeTraces
    from tkt.desk.recording import Recorder
    from tkt.desk.repairing import RepairReport
    from tkt.desk.reviewing import Review
    from tkt.domain.exchange import Exchange
    from tkt.domain.personal_data import Commits
    from tkt.git.audit.audit import Audited
    from tkt.git.history import TicketCommit
    from tkt.git.hooks import Hooks
    from tkt.git.undo import Undo

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

    return Desk(root, settings, recorder, now, frozen, clock)


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


def history_of(desk: Desk, ticket_id: str) -> list[TicketCommit]:
    """The commits of one ticket's file, newest last."""
    from tkt.git.history import ticket_commits
    from tkt.git.repository import Repository

    return ticket_commits(Repository.of(desk.root), desk.path(ticket_id))


def review_of(desk: Desk, range: str) -> Review:
    """What `BASE..HEAD` (or `BASE...HEAD`, or `BASE` up to HEAD) did to the desk's tickets, read from git alone."""
    from dataclasses import replace
    from functools import partial

    from tkt.desk.review_pairs import is_ticket
    from tkt.desk.reviewing import review
    from tkt.git.comparing import changed_files, commit_range, held
    from tkt.git.repository import Repository
    from tkt.store.desk_folder import TICKETS

    repository = Repository.of(desk.root)
    between = commit_range(repository, range)
    changed = changed_files(repository, between, desk.root / TICKETS, partial(is_ticket, desk))
    found = review(desk, between.base, between.head, changed, partial(held, repository, between.head))
    return replace(found, parted=between.parted)


def repair_tickets(desk: Desk, ids: Sequence[str]) -> RepairReport:
    """Put right the files of tickets with what git still has of their merges."""
    from tkt.desk.merge_traces import NoTraces
    from tkt.desk.repairing import repair
    from tkt.git.line_merge import merge_lines
    from tkt.git.merge_traces import GitTraces
    from tkt.git.repository import NotARepository, Repository

    try:
        traces: MergeTraces = GitTraces(Repository.of(desk.root))
    except NotARepository:
        traces = NoTraces()
    return repair(desk, ids, traces, merge_lines)


def place_in_repository(desk: Desk) -> tuple[Path, str]:
    """The top folder of the desk's repository, and the desk's folder from there ("" for the top itself)."""
    from tkt.git.repository import Repository

    repository = Repository.of(desk.root)
    return repository.top, repository.names([desk.root / SETTINGS])[0].removesuffix(SETTINGS).rstrip("/")


def sync_desk(desk: Desk, at_work: AtWork, step: Callable[[str], object] | None = None) -> Exchange:
    """Exchange with the remote what is new on either side; `step` is told what is being waited for.

    The merges and renumberings are commits, whatever the desk does with those of its own commands.
    """
    from dataclasses import replace

    from tkt.git.repository import Repository
    from tkt.git.sync.sync import Sync

    recorder = recorder_of(desk.root, True, at_work, commit_patience=desk.settings.commit_patience)
    committing = replace(desk, open_recorder=lambda: recorder)
    return Sync(committing, Repository.of(desk.root), at_work[1], step or (lambda _words: None)).run()


def commits_by(desk: Desk, emails: Sequence[str]) -> Commits | None:
    """How many commits bear one of these addresses; None where there is no git or none does."""
    from tkt.git.history import commits_by as count
    from tkt.git.repository import NotARepository, Repository

    try:
        return count(Repository.of(desk.root), emails)
    except NotARepository:
        return None


def undo_on(desk: Desk) -> Undo:
    """What takes back the desk's last commit; raises CannotUndo where its commands make none."""
    from tkt.git.repository import Repository
    from tkt.git.undo import undo_of

    return undo_of(desk, Repository.of(desk.root))


def audit_history(
    here: Path,
    words: Sequence[str],
    *,
    since_last: bool = False,
    require_signed: bool = False,
    progress: Callable[[int, int], None] | None = None,
) -> Audited:
    """Prove the commits that `words` mean: of the desk that `here` lies in, else of all desks of its repository.

    Raises NotARepository, NotARange and UnknownRange.
    """
    from tkt.git.audit.audit import audit
    from tkt.git.audit.past import Past, range_of
    from tkt.git.audit.proven import audit_since_last

    revisions = range_of(words)
    past = Past.of(here, _desk_at(here))
    if since_last:
        return audit_since_last(past, words, require_signed=require_signed, progress=progress)
    return audit(past, revisions, require_signed=require_signed, progress=progress)


def _desk_at(here: Path) -> Path | None:
    """The desk that `here` lies in; a bare repository holds desks without being in one."""
    try:
        return find_desk(here)
    except NotADesk:
        return None


def check_index(here: Path, moment: Moment) -> CheckReport:
    """Check the tickets that are staged in the repository of `here`, whichever desk they lie in."""
    from tkt.git.audit.staged import check_staged
    from tkt.git.repository import Repository

    return check_staged(Repository.of(here), lambda zone: moment(zone)[0])


def audit_push(
    here: Path, lines: Sequence[str], *, remote: str | None = None, progress: Callable[[int, int], None] | None = None
) -> Audited:
    """Prove what git tells a hook is pushed: `pre-push` to a `remote`, or where there is none `pre-receive`."""
    from tkt.git.audit.past import Past
    from tkt.git.audit.pushes import audit_updates, pushed, received

    updates, known = (received(lines), "--all") if remote is None else (pushed(lines), f"--remotes={remote}")
    return audit_updates(Past.of(here), updates, [known], progress=progress)


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
