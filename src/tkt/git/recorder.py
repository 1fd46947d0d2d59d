"""Records each write of the desk as one commit of exactly the files it wrote."""

from __future__ import annotations

import os
import shlex
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path

from tkt.desk.lock_note import note_in
from tkt.desk.recording import CommitMessage, make_whole
from tkt.desk.turns import LOCK_PATIENCE, NOBODY, Caller, held
from tkt.domain.person import Person
from tkt.domain.settings import COMMIT_PATIENCE
from tkt.errors import OutsideFailed, RuleRefuses, TktError
from tkt.git import changes, last_ticket
from tkt.git.command import GitOverran
from tkt.git.index import Index
from tkt.git.message import as_text
from tkt.git.patience import INDEX_PATIENCE, PatientGit
from tkt.git.repository import Repository
from tkt.git.scope import Scope, pathspecs
from tkt.git.strangers import commit_with_strangers, take_back
from tkt.git.surroundings import COMMITTING
from tkt.git.witness import GitWitness, intent_place
from tkt.language import _, ngettext
from tkt.store.desk_folder import remove_unfinished
from tkt.store.intent import IntentPlace


class OperationUnderWay(OutsideFailed):
    """A merge, rebase or the like is not ended: a commit now would become part of it."""


class NotCommitted(RuleRefuses):
    """A file that the command would write holds changes that no commit has."""


class CommitTooSlow(OutsideFailed):
    """A commit that took longer than the desk allows: git, or a hook that it ran, hangs."""


class GitRecorder:
    """One write, one commit; whatever else is staged or changed in the repository stays as it is.

    Git is asked as little as possible: what `prepare` learns serves `record`, as long as the index has not moved.
    """

    def __init__(
        self,
        repository: Repository,
        *,
        lock_patience: float = LOCK_PATIENCE,
        index_patience: float = INDEX_PATIENCE,
        commit_patience: float = COMMIT_PATIENCE,
        caller: Caller = NOBODY,
    ) -> None:
        self._repository = repository
        self._lock_patience = lock_patience
        self._commit_patience = commit_patience
        self._caller = caller
        self._git = PatientGit(repository.git, index_patience, caller.tell)
        self._index = Index(repository, self._git)
        # What undoes a write does not wait for a lock once more.
        self._witness = GitWitness(repository, PatientGit(repository.git, 0))
        self._person: Person | None = None
        self._tracked: set[str] = set()
        self._prepared: set[str] = set()

    def identity(self) -> Person:
        """Who git names as the author of a commit; raises NoIdentity."""
        if self._person is None:
            self._person = self._repository.identity()
        return self._person

    @contextmanager
    def lock(self) -> Iterator[None]:
        """One writer at a time on this repository, over all its work trees; what a dead one left is made whole.

        Raises DeskBusy, and what `recover` raises.
        """
        folder, who = self._repository.common_dir, self._who()
        with held(folder, patience=self._lock_patience, caller=self._caller, who=who, note=note_in(folder)):
            remove_unfinished(folder)
            witness = GitWitness(self._repository, self._git)
            make_whole(self.intent_place(), witness, self._lock_patience, self._caller)
            yield

    def _who(self) -> str:
        """Whose command the others wait for; that git does not know it is told once it matters."""
        try:
            return self.identity().name
        except TktError:
            return ""

    def prepare(self, paths: Sequence[Path]) -> None:
        """Refuse a write that could not be committed as it is meant.

        Raises OperationUnderWay, NoIdentity, or NotCommitted where a path is not as in the last commit. A path that
        is neither on disk nor in git is a file to come.
        """
        self._refuse_during_operation()
        self.identity()
        names = dict(zip(self._repository.names(paths), paths, strict=True))
        departing = (self._index.staged() & names.keys()) | changes.changed(self._repository, names.keys())
        if departing:
            raise self._not_committed([names[name] for name in sorted(departing)])
        self._prepared |= names.keys()
        self._tracked |= {name for name, path in names.items() if os.path.lexists(path)}

    def intent_place(self) -> IntentPlace:
        """In the git directory, where no file of the desk lies."""
        return intent_place(self._repository, self._caller.command)

    def witness(self) -> GitWitness:
        """What the last commit holds."""
        return self._witness

    def record(
        self, paths: Sequence[Path], message: CommitMessage, *, when: datetime | None = None, guard: int | None = None
    ) -> None:
        """Commit `paths` as they now lie on disk, and nothing else; `when` is the author's date.

        Raises GitFailed with git's or a hook's words, CommitTooSlow, IndexLocked, or OperationUnderWay; the index is
        then as it was. Git inherits `guard`.
        """
        names = sorted(set(self._repository.names(paths)))
        if not names:
            return
        self._refuse_during_operation()
        scope, staged = self._plan(names)
        kept = () if guard is None else (guard,)
        with self._put_back(staged, names):
            self._index.intend(staged, kept) if scope else self._index.stage(staged, kept)
            self._commit(scope, message, when, kept)
            if scope is None or scope[0] != "--only":
                self._without_strangers(names, message, when, kept)
        self._prepared.update(names)
        self._tracked.update(names)

    def take_number(self, tickets: Path, lowest: int) -> int:
        """The number of a new ticket, given once in all work trees of this clone; raises CannotWrite."""
        from tkt.git.sync import numbers

        return numbers.take(self._repository, tickets, lowest, self._caller.tell)

    def note_number(self, tickets: Path, highest: int) -> None:
        """Keep that numbers up to `highest` are given; raises CannotWrite."""
        from tkt.git.sync import numbers

        numbers.note(self._repository, tickets, highest, self._caller.tell)

    def is_off_branch(self) -> bool:
        """Whether HEAD is detached."""
        return self._repository.is_detached()

    def remember(self, ticket_id: str) -> None:
        """Keep which ticket was touched last in this work tree."""
        last_ticket.remember(self._repository.git_dir, ticket_id)

    def recall(self) -> str | None:
        """The ticket touched last in this work tree, or None."""
        return last_ticket.recall(self._repository.git_dir)

    def _refuse_during_operation(self) -> None:
        operation = self._repository.operation()
        if operation is not None:
            raise OperationUnderWay(
                _("a git {operation} is under way in this repository: end it first ({commands})").format(
                    operation=operation.name, commands=operation.ended_by
                )
            )

    def _not_committed(self, paths: list[Path]) -> NotCommitted:
        shown = os.path.relpath(paths[0])
        if changes.committed(self._repository, self._repository.names(paths[:1])):
            words = _(
                "{path} has changes that are not committed: commit them (git commit -- {quoted}) or drop them "
                "(git checkout HEAD -- {quoted})"
            )
        else:
            words = _("{path} is not committed yet: commit it first (git add -- {quoted}; git commit -- {quoted})")
        refusal = words.format(path=shown, quoted=shlex.quote(shown))
        more = len(paths) - 1
        if more:
            others = ngettext(
                "; {count} more file is in the same case", "; {count} more files are in the same case", more
            )
            refusal += others.format(count=more)
        return NotCommitted(refusal)

    def _without_strangers(
        self, names: list[str], message: CommitMessage, when: datetime | None, kept: tuple[int, ...]
    ) -> None:
        """Commit again, alone, what somebody staged other files beside at the very moment of the commit.

        What a hook adds belongs to the commit: where one runs, its files cannot be told from anybody else's.
        """
        mixed = "" if self._repository.has_commit_hook else commit_with_strangers(self._repository, names)
        if mixed:
            take_back(self._repository, self._git, mixed, kept)
            self._commit(("--only", names), message, when, kept)

    def _new_among(self, names: Collection[str]) -> list[str]:
        """Those of `names` that git does not know yet; it is asked about the ones `prepare` has not seen."""
        unseen = [name for name in names if name not in self._prepared]
        known = self._tracked | (changes.tracked(self._repository, unseen) if unseen else set())
        return [name for name in names if name not in known]

    def _plan(self, names: list[str]) -> tuple[Scope, list[str]]:
        """What to ask of `git commit`, and which files to tell git of before.

        To pick the files is safest: whatever somebody stages meanwhile is left out. With nothing else staged, the whole
        index is what to commit, which git does faster where it is large. With a hook the index must be the person's
        own, or what the hook adds would be in the commit and not in the index.
        """
        new = self._new_among(names)
        many = len(names) > changes.FEW
        alone = not many and self._index.is_small and not self._repository.has_commit_hook
        if alone or self._index.staged().difference(names):
            return ("--only", names), new
        if many:
            return None, names
        return ("--include", names), new

    def _commit(self, scope: Scope, message: CommitMessage, when: datetime | None, kept: tuple[int, ...]) -> None:
        words = ["--quiet", "--no-verbose", "--cleanup=verbatim", "--file=-"]
        dated = {"GIT_AUTHOR_DATE": _git_date(when)} if when else {}
        text = as_text(message).encode()
        with pathspecs(scope) as (picked, listed):
            try:
                self._git.act(
                    "commit",
                    *words,
                    *picked,
                    stdin=text,
                    environment={**dated, COMMITTING: "1"},
                    kept=(*kept, *listed),
                    bound=self._commit_patience,
                )
            except GitOverran as overran:
                raise self._too_slow(overran) from overran

    def _too_slow(self, overran: GitOverran) -> CommitTooSlow:
        words = _(
            "{what}: git, or a hook that it ran, hangs. Where a hook needs longer, raise commit_patience in tkt.yaml"
        )
        message = words.format(what=overran)
        lock = self._repository.index_lock
        if overran.killed and lock.exists():
            left = _("; git had to be killed and left {lock}: remove that file once no git is running")
            message += left.format(lock=lock)
        return CommitTooSlow(message)

    @contextmanager
    def _put_back(self, staged: list[str], names: list[str]) -> Iterator[None]:
        """Put back what was staged when it is not committed; all else in the index git puts back itself.

        Interrupted too late, or in a hook that runs behind the commit, it is there all the same: then the command
        happened, and nothing is undone.
        """
        try:
            yield
        except BaseException as failure:
            too_late = isinstance(failure, KeyboardInterrupt | CommitTooSlow)
            if too_late and not changes.changed(self._repository, names):
                return
            with suppress(TktError):  # the first failure is the one to tell
                self._witness.put_right(staged)
            raise


def _git_date(when: datetime) -> str:
    """An instant in git's own form: seconds since 1970, and the offset in hours and minutes."""
    return f"@{int(when.timestamp())} {when.strftime('%z')[:5]}"
