"""What git still knows of a desk's tickets: their commits, reviews of them, and what puts a file right from them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tkt.desk.desk import Desk
    from tkt.desk.merge_traces import MergeTraces
    from tkt.desk.repairing import RepairReport
    from tkt.desk.reviewing import Review
    from tkt.domain.finding import Finding
    from tkt.domain.personal_data import Commits
    from tkt.git.committed_desk import CommittedDesk
    from tkt.git.history import TicketCommit
    from tkt.git.undo import Undo


def desk_at(desk: Desk, revision: str) -> tuple[Desk, CommittedDesk]:
    """The desk as the commit that `revision` names holds it, and that commit; it is read, never written.

    Its moment is the commit's, unless one was given. Raises UnknownRevision, NoDeskThen and BadSettings.
    """
    from dataclasses import replace

    from tkt.domain.instant import fixed
    from tkt.git.committed_desk import CommittedDesk
    from tkt.git.repository import Repository

    found = CommittedDesk.of(Repository.of(desk.root), desk.root, revision)
    settings = found.settings
    now = desk.now if desk.frozen else found.commit.at
    then = replace(desk, settings=settings, source=found, now=fixed(now.astimezone(settings.timezone)), frozen=True)
    # What was made of the files that lie there now is of another desk.
    return replace(then, find_cache=None), found


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


def commits_by(desk: Desk, emails: Sequence[str]) -> Commits | None:
    """How many commits bear one of these addresses; None where there is no git or none does."""
    from tkt.git.history import commits_by as count
    from tkt.git.repository import NotARepository, Repository

    try:
        return count(Repository.of(desk.root), emails)
    except NotARepository:
        return None


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


def undo_on(desk: Desk) -> Undo:
    """What takes back the desk's last commit; raises CannotUndo where its commands make none."""
    from tkt.git.repository import Repository
    from tkt.git.undo import undo_of

    return undo_of(desk, Repository.of(desk.root))


def settings_past(desk: Desk) -> list[Finding]:
    """What the desk's settings say of days that have passed otherwise than its commits did; nothing outside git."""
    from tkt.desk.settings_past import RULE, findings_of_the_past, regions_of
    from tkt.domain.finding import Finding
    from tkt.git.command import GitFailed
    from tkt.git.past_promises import changes_of_promises, head_of
    from tkt.git.repository import NotARepository, Repository
    from tkt.language import _
    from tkt.store.desk_folder import SETTINGS

    try:
        repository = Repository.of(desk.root)
        changes = changes_of_promises(repository, desk.root, desk.settings.timezone, regions_of(desk))
        return list(findings_of_the_past(desk, changes, head_of(repository)))
    except NotARepository:
        return []
    except GitFailed as error:
        message = _("what the settings were in the past cannot be told: {why}").format(why=error)
        return [Finding(SETTINGS, 0, "warning", RULE, message)]
