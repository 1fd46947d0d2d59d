"""Taking the last commit back: while it is one's own, the newest, made by tkt and nowhere else."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import NamedTuple

from tkt.desk.desk import Desk
from tkt.desk.taking_back import TakenBack, deed
from tkt.desk.undoing import all_or_nothing
from tkt.domain.identifier import is_id
from tkt.domain.person import Person
from tkt.errors import RuleRefuses, SomeoneWasFaster
from tkt.git import changes
from tkt.git.index import Index
from tkt.git.patience import PatientGit
from tkt.git.recorder import GitRecorder
from tkt.git.repository import Repository
from tkt.language import _
from tkt.presentation.safe_text import one_line
from tkt.store.desk_folder import TICKETS, remove_file, replace_file, require_inside

_PARTS = ("%H", "%h", "%P", "%an", "%ae", "%s", "%(trailers:only,unfold,valueonly,key=Ticket)")
_FILES = frozenset({"100644", "100755", "000000"})
# How far back the ticket is looked for that one touched before.
_FEW_COMMITS = "50"


class CannotUndo(RuleRefuses):
    """The last command is no longer one's own to take back; the message says which command puts it right."""


class NewerCommit(SomeoneWasFaster):
    """Somebody committed between the look and the undoing."""


class _Changed(NamedTuple):
    """A file of a commit, and what git keeps of it before ("" for nothing)."""

    name: str
    before: str
    after: str


class _Last(NamedTuple):
    hash: str
    abbreviated: str
    parents: tuple[str, ...]
    author: Person
    subject: str
    tickets: tuple[str, ...]


class Undo:
    """The last commit of a desk, looked at and taken back."""

    def __init__(self, desk: Desk, repository: Repository) -> None:
        self._desk = desk
        self._repository = repository
        self._git = PatientGit(repository.git)

    def look(self) -> TakenBack:
        """What would go; raises CannotUndo with the way out, and OperationUnderWay."""
        last = self._last()
        self._desk.recorder.prepare([])
        self._require_by_tkt(last)
        files = self._files(last)
        told = self._told(last, files)
        self._require_own(last, told)
        self._require_unshared(last, told)
        self._require_unchanged(files)
        return told

    def take_back(self, told: TakenBack) -> None:
        """Have the branch, the index and the work files as before the commit; all else stays as it is.

        Wherever this process is ended, the next command finds it done or not begun. Raises what `look` does, and
        NewerCommit.
        """
        recorder = self._desk.recorder
        assert isinstance(recorder, GitRecorder)
        with recorder.lock():
            last = self._last()
            if last.hash != told.commit:
                raise NewerCommit(_("Somebody committed meanwhile: nothing was undone. Look again with `tkt undo`."))
            self.look()  # what was true when it was shown may be so no longer
            files = self._files(last)
            top = self._repository.top
            writes = [(top / one.name, self._content(one)) for one in files]
            for path, _data in writes:
                require_inside(top, path)
            with all_or_nothing(recorder.intent_place(), recorder.witness(), top, writes) as guard:
                for path, data in writes:
                    remove_file(path) if data is None else replace_file(path, data)
                kept = () if guard is None else (guard,)
                words = f"tkt undo: {one_line(last.subject)}"
                self._git.act("update-ref", "-m", words, "HEAD", last.parents[0], last.hash, stdin=b"", kept=kept)
                Index(self._repository, self._git).put_back([one.name for one in files])
            self._remember()

    def _last(self) -> _Last:
        if not self._repository.has_commits():
            raise CannotUndo(_("There is no commit yet: nothing to undo."))
        fields = self._repository.git.read(
            "log", "-1", "-z", "--no-show-signature", "--encoding=UTF-8", f"--format={'%x00'.join(_PARTS)}"
        ).fields
        commit, short, parents, name, email, subject, tickets = fields
        return _Last(
            commit, short, tuple(parents.split()), Person(name, email), subject, tuple(tickets.split("\n"))[:-1]
        )

    def _require_by_tkt(self, last: _Last) -> None:
        named = _named(last)
        if len(last.parents) > 1:
            raise CannotUndo(
                _("{commit} is a merge: what came in with it is put right ticket by ticket, by new entries.").format(
                    commit=named
                )
            )
        if not last.tickets:
            message = _(
                "{commit} was not made by a tkt command on tickets. Only the newest commit is taken back: an older one "
                'is put right by a new entry, such as `tkt log ID "…"`, and what git did by git (`git revert`).'
            )
            raise CannotUndo(message.format(commit=named))
        if not last.parents:
            raise CannotUndo(_("{commit} is the first of all: there is nothing before it.").format(commit=named))

    def _files(self, last: _Last) -> list[_Changed]:
        """The files of the commit; raises CannotUndo where one is none that tkt writes."""
        answer = self._repository.git.read(
            "diff-tree", "-r", "-z", "--raw", "--no-renames", "--no-abbrev", last.parents[0], last.hash
        )
        fields = iter(answer.fields)
        files = [(*head.lstrip(":").split(" ")[:4], name) for head, name in zip(fields, fields, strict=True)]
        inside = self._repository.names([self._desk.root / TICKETS])[0] + "/"
        strange = [
            name for old, new, _was, _is, name in files if not ({old, new} <= _FILES and name.startswith(inside))
        ]
        if strange:
            raise CannotUndo(
                _("{commit} holds {path}, which no command of that kind writes: take it back with git.").format(
                    commit=_named(last), path=one_line(strange[0])
                )
            )
        return [_Changed(name, was.strip("0") and was, now.strip("0") and now) for _o, _n, was, now, name in files]

    def _told(self, last: _Last, files: list[_Changed]) -> TakenBack:
        found = (deed(one.name, self._blob(one.before), self._blob(one.after)) for one in self._tickets(files))
        vanishing = tuple(one.name for one in files if not one.before)
        return TakenBack(
            last.hash, last.abbreviated, last.subject, vanishing, tuple(one for one in found if one is not None)
        )

    def _tickets(self, files: list[_Changed]) -> Iterator[_Changed]:
        from tkt.store.desk_folder import id_at

        return (one for one in files if id_at(self._desk.root, self._repository.top / one.name))

    def _blob(self, hash_: str) -> bytes | None:
        return self._repository.git.read("cat-file", "blob", hash_).out if hash_ else None

    def _content(self, file: _Changed) -> bytes | None:
        """What stood in the work file before the commit, as git checks it out."""
        if not file.before:
            return None
        return self._repository.git.read("cat-file", "--filters", f"--path={file.name}", file.before).out

    def _require_own(self, last: _Last, told: TakenBack) -> None:
        if last.author.email.casefold() != self._desk.recorder.identity().email.casefold():
            message = _("{commit} is {author}'s: put right what is wrong by a new entry: {command}")
            author = one_line(str(last.author))
            raise CannotUndo(message.format(commit=_named(last), author=author, command=told.correction))

    def _require_unshared(self, last: _Last, told: TakenBack) -> None:
        own = self._repository.git.ask("symbolic-ref", "--quiet", "HEAD").text.strip()
        answer = self._repository.git.read("for-each-ref", f"--contains={last.hash}", "--format=%(refname)")
        others = [one for one in answer.text.split("\n") if one and one not in (own, "refs/stash")]
        if others:
            message = _("{commit} is in {ref} too, where others may have it: put it right by a new entry: {command}")
            ref = one_line(others[0].removeprefix("refs/").removeprefix("heads/").removeprefix("remotes/"))
            raise CannotUndo(message.format(commit=_named(last), ref=ref, command=told.correction))

    def _require_unchanged(self, files: list[_Changed]) -> None:
        names = {one.name for one in files}
        changed = sorted((changes.staged(self._repository) & names) | changes.changed(self._repository, names))
        if changed:
            path = one_line(os.path.relpath(self._repository.top / changed[0]))
            raise CannotUndo(
                _("{path} has changed since, and taking the commit back would lose that: commit it or drop it.").format(
                    path=path
                )
            )

    def _remember(self) -> None:
        """Let `@` mean a ticket that is there: the one touched before, where the last one has gone."""
        recorder = self._desk.recorder
        form = "--format=%(trailers:valueonly,key=Ticket)"
        answer = self._repository.git.ask("log", "-n", _FEW_COMMITS, "--no-show-signature", form)
        candidates = [recorder.recall() or "", *answer.text.split("\n")]
        found = next((one for one in candidates if is_id(one) and self._desk.path(one).is_file()), None)
        if found:
            recorder.remember(found)


def _named(last: _Last) -> str:
    return _("{hash} “{subject}”").format(hash=last.abbreviated, subject=one_line(last.subject))


def undo_of(desk: Desk, repository: Repository) -> Undo:
    """What takes back the desk's last commit; raises CannotUndo where the desk's commands make none."""
    if not isinstance(desk.recorder, GitRecorder):
        raise CannotUndo(_("The commands of this desk make no commit: nothing to undo. Git shows what changed."))
    desk.require_writable()
    return Undo(desk, repository)
