"""The commits of a range as they come, each with the tickets' files that it changed since each of its parents."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from itertools import islice
from typing import NamedTuple

from tkt.domain.person import Person
from tkt.domain.provenance import Origin
from tkt.git.audit.past import Past
from tkt.git.history import read_date
from tkt.store.desk_folder import TICKETS

# Git is asked about so many at a time: enough to be quick, few enough to be held.
BATCH = 500
_FORMAT = ("%H", "%P", "%an", "%ae", "%ad", "%(trailers:only,unfold,key=Entry-By,key=Clock)")
_TICKET = re.compile(
    rf"(?P<desk>(?:[^/]+/)*?){TICKETS}/(?P<folders>(?:[^/]+/)*)(?P<id>[A-Z]{{3}}[0-9]{{7,18}})\.md", re.S
)
_ORDINARY = frozenset({"100644", "100755"})


class RecordedCommit(NamedTuple):
    """A commit; `signature` is git's letter for it (`%G?`), "" where nobody asked."""

    hash: str
    parents: tuple[str, ...]
    author: Person
    date: str
    trailers: str
    signature: str = ""

    @property
    def origin(self) -> Origin:
        """What it says of itself."""
        told = [line.partition(":") for line in self.trailers.split("\n")]
        by = tuple(Person.parse(value) for key, _colon, value in told if key.lower() == "entry-by")
        frozen = any(key.lower() == "clock" and value.strip() == "frozen" for key, _colon, value in told)
        return Origin(self.author, self.at, by, frozen)

    @property
    def at(self) -> datetime:
        """The author's date."""
        return read_date(self.date)


class FileChange(NamedTuple):
    """A ticket's file that differs from a parent's: its hash there and here, "" where there is none.

    `ordinary`: what stands here is a file, no link and no other repository.
    """

    path: str
    old: str
    new: str
    ordinary: bool = True


class CommitChanges(NamedTuple):
    """A commit and, for each of its parents in turn (for none, where it has none), the files that differ, by path."""

    commit: RecordedCommit
    since: tuple[dict[str, FileChange], ...]


def commits(past: Past, revisions: Sequence[str], *, signatures: bool = False) -> Iterator[RecordedCommit]:
    """The commits that `revisions` mean, each behind its parents."""
    parts = [*_FORMAT, *(["%G?"] if signatures else [])]
    fields = past.git.stream(
        *("log", "-z", "--topo-order", "--reverse", "--no-show-signature", "--encoding=UTF-8", "--date=raw"),
        *(f"--format={'%x00'.join(parts)}", *revisions, "--"),
    )
    for hash_, parents, name, email, *rest in zip(*[fields] * len(parts), strict=True):
        yield RecordedCommit(hash_, tuple(parents.split()), Person(name, email), *rest)


def changes(past: Past, recorded: Iterable[RecordedCommit]) -> Iterator[CommitChanges]:
    """The tickets' files that each of these commits changed, in their order."""
    in_turn = iter(recorded)
    while batch := list(islice(in_turn, BATCH)):
        yield from _of_batch(past, batch)


def _of_batch(past: Past, batch: Sequence[RecordedCommit]) -> Iterator[CommitChanges]:
    pairs = [f"{one.hash} {parent}".rstrip() for one in batch for parent in one.parents or ("",)]
    answer = past.git.read(
        *("diff-tree", "--stdin", "-r", "-z", "--root", "--raw", "--no-abbrev", "--no-renames", "--always"),
        *_scope(past),
        stdin="".join(f"{pair}\n" for pair in pairs).encode(),
    )
    differences = _differences(answer.fields, past.folder)
    for one in batch:
        yield CommitChanges(one, tuple(next(differences) for _parent in one.parents or ("",)))


def difference(past: Past, old: str, new: str) -> dict[str, FileChange]:
    """The tickets' files in which two commits differ, whatever lies between them."""
    answer = past.git.read("diff-tree", "-r", "-z", "--raw", "--no-abbrev", "--no-renames", old, new, *_scope(past))
    return files_told(answer.fields, past.folder)


def _scope(past: Past) -> list[str]:
    return ["--", f"{past.folder}{TICKETS}"] if past.folder is not None else []


def files_told(fields: Sequence[str], folder: str | None = None) -> dict[str, FileChange]:
    """The tickets' files in what git says of one difference (`--raw -z`), by path."""
    return next(_differences(["", *fields], folder))


def _differences(fields: Sequence[str], folder: str | None) -> Iterator[dict[str, FileChange]]:
    """What git says of each pair of commits: a hash, and behind it the files, each as a record and its path."""
    found: dict[str, FileChange] | None = None
    in_turn = iter(fields)
    for record in in_turn:
        if not record.startswith(":"):
            if found is not None:
                yield found
            found = {}
            continue
        path = next(in_turn)
        if found is not None and desk_of(path, folder) is not None:
            found[path] = _change(record, path)
    if found is not None:
        yield found


def _change(record: str, path: str) -> FileChange:
    _mode, mode, old, new, _status = record.split(" ")
    return FileChange(path, old if old.strip("0") else "", new if new.strip("0") else "", mode in _ORDINARY)


def desk_of(path: str, folder: str | None = None) -> str | None:
    """The folder of the desk whose ticket's file lies at `path`, None for what is no ticket's file (of `folder`)."""
    if folder and not path.startswith(folder):
        return None
    found = _TICKET.fullmatch(path[len(folder or "") :])
    if found is None or (folder is not None and found["desk"]):
        return None
    above = found["folders"].split("/")[-3:-1]
    # What lies in a ticket's own folder was attached to it.
    if len(above) == 2 and above[0] == f"{above[1][:-3]}xxx":
        return None
    return (folder or "") + found["desk"]
