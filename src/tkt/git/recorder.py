"""Records each write of the desk as one commit of exactly the files it wrote."""

from __future__ import annotations

import os
import shlex
from collections.abc import Collection, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, suppress
from datetime import datetime
from pathlib import Path

from tkt.desk.recording import LOCK_PATIENCE, CommitMessage, held
from tkt.domain.person import Person
from tkt.errors import OutsideFailed, RuleRefuses, TktError
from tkt.git import changes, last_ticket
from tkt.git.command import literally
from tkt.git.index import Index, terminated
from tkt.git.message import as_text
from tkt.git.patience import INDEX_PATIENCE, PatientGit
from tkt.git.repository import Repository
from tkt.language import _, ngettext

# Well under the shortest argument list a system allows (macOS: 1 MiB with the environment).
_MOST_ARGUMENT_BYTES = 100_000

# How `git commit` is to take which files; None: the index as it is.
_Scope = tuple[str, list[str]] | None


class OperationUnderWay(OutsideFailed):
    """A merge, rebase or the like is not ended: a commit now would become part of it."""


class NotCommitted(RuleRefuses):
    """A file that the command would write holds changes that no commit has."""


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
    ) -> None:
        self._repository = repository
        self._lock_patience = lock_patience
        self._git = PatientGit(repository.git, index_patience)
        self._index = Index(repository, self._git)
        self._person: Person | None = None
        self._tracked: set[str] = set()
        self._prepared: set[str] = set()

    def identity(self) -> Person:
        """Who git names as the author of a commit; raises NoIdentity."""
        if self._person is None:
            self._person = self._repository.identity()
        return self._person

    def lock(self) -> AbstractContextManager[None]:
        """One writer at a time on this repository, over all its work trees; raises DeskBusy."""
        return held(self._repository.common_dir, patience=self._lock_patience)

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

    def record(self, paths: Sequence[Path], message: CommitMessage, *, when: datetime | None = None) -> None:
        """Commit `paths` as they now lie on disk, and nothing else; `when` is the author's date.

        Raises GitFailed with git's or a hook's words, IndexLocked, or OperationUnderWay; the index is then as it was.
        """
        names = sorted(set(self._repository.names(paths)))
        if not names:
            return
        self._refuse_during_operation()
        scope, staged = self._plan(names)
        with self._put_back(staged, names):
            self._index.stage(staged)
            self._commit(scope, message, when)
        self._prepared.update(names)
        self._tracked.update(names)

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

    def _new_among(self, names: Collection[str]) -> list[str]:
        """Those of `names` that git does not know yet; it is asked about the ones `prepare` has not seen."""
        unseen = [name for name in names if name not in self._prepared]
        known = self._tracked | (changes.tracked(self._repository, unseen) if unseen else set())
        return [name for name in names if name not in known]

    def _plan(self, names: list[str]) -> tuple[_Scope, list[str]]:
        """What to ask of `git commit`, and which files to stage before.

        With nothing else staged, the whole index is what to commit, which git does faster than picking from it.
        """
        new = self._new_among(names)
        if self._index.staged().difference(names):
            return ("--only", names), new
        if len(names) > changes.FEW:
            return None, names
        known = sorted(set(names).difference(new))
        return ("--include", known) if known else None, new

    def _commit(self, scope: _Scope, message: CommitMessage, when: datetime | None) -> None:
        words = ["--quiet", "--no-verbose", "--cleanup=verbatim", "--file=-"]
        dated = {"GIT_AUTHOR_DATE": _git_date(when)} if when else {}
        text = as_text(message).encode()
        with _pathspecs(scope) as picked:
            self._git.act("commit", *words, *picked, stdin=text, environment=dated)

    @contextmanager
    def _put_back(self, staged: list[str], names: list[str]) -> Iterator[None]:
        """Put back what was staged when it is not committed; all else in the index git puts back itself.

        Interrupted too late, the commit is there all the same: then the command happened, and nothing is undone.
        """
        try:
            yield
        except BaseException as failure:
            if isinstance(failure, KeyboardInterrupt) and not changes.changed(self._repository, names):
                return
            with suppress(TktError):  # the first failure is the one to tell
                self._index.put_back(staged)
            raise


@contextmanager
def _pathspecs(scope: _Scope) -> Iterator[list[str]]:
    """The arguments that tell `git commit` its scope: paths too many for a command line are in a file."""
    if scope is None:
        yield []
        return
    mode, names = scope
    pathspecs = [literally(name) for name in names]
    listed = terminated(pathspecs)
    if len(listed) <= _MOST_ARGUMENT_BYTES:
        yield [mode, "--", *pathspecs]
        return
    import tempfile

    with tempfile.NamedTemporaryFile() as file:
        file.write(listed)
        file.flush()
        yield [mode, f"--pathspec-from-file={file.name}", "--pathspec-file-nul"]


def _git_date(when: datetime) -> str:
    """An instant in git's own form: seconds since 1970, and the offset in hours and minutes."""
    return f"@{int(when.timestamp())} {when.strftime('%z')[:5]}"
