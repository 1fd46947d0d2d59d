"""Two commits of a repository compared: which files of a folder differ, and what each side holds."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

from tkt.errors import NoSuchThing
from tkt.git.blobs import read_blobs
from tkt.git.command import Git
from tkt.git.repository import Repository
from tkt.language import _

_HASH = re.compile(r"[0-9a-f]{40,64}")
_OF_FILES = {"100644", "100755", "000000"}


class UnknownRevision(NoSuchThing):
    """A revision that names no commit of this repository."""


class NothingInCommon(NoSuchThing):
    """Two commits without a common ancestor: there is no merge base."""


class Commit(NamedTuple):
    """One side of a comparison: its full hash and the committer's date."""

    hash: str
    at: datetime


class FileVersions(NamedTuple):
    """A file that differs: its path from the folder that was asked about, and its bytes on either side.

    None stands for a side that has no such file. `are_files`: whether each side is none, or an ordinary file no larger
    than any ticket, and no symbolic link or submodule.
    """

    path: str
    before: bytes | None
    after: bytes | None
    are_files: tuple[bool, bool] = (True, True)


@dataclass(frozen=True, slots=True)
class CommitRange:
    """Two commits: from `base` to `head`. `parted`: the earlier is no ancestor of the later, which lacks its work."""

    base: Commit
    head: Commit
    parted: bool = False


def commit_range(repository: Repository, text: str) -> CommitRange:
    """The two sides that `text` names: `BASE..HEAD`, `BASE...HEAD` (from their merge base), `BASE` (up to HEAD).

    A side left empty is HEAD. Raises UnknownRevision, and NothingInCommon for `...` of two unrelated commits.
    """
    from_merge_base = "..." in text
    first, dots, second = text.partition("..." if from_merge_base else "..")
    base = _resolved(repository.git, first or "HEAD")
    head = _resolved(repository.git, second or "HEAD") if dots else _resolved(repository.git, "HEAD")
    if from_merge_base:
        found = repository.git.ask("merge-base", base, head).text.strip()
        if not found:
            raise NothingInCommon(_("{range}: the two commits have no common ancestor.").format(range=text))
        base = found
    parted = repository.git.ask("merge-base", "--is-ancestor", base, head).status != 0
    return CommitRange(_commit(repository.git, base), _commit(repository.git, head), parted)


def commit_at(git: Git, revision: str) -> Commit:
    """The commit that a revision names, an annotated tag's too; raises UnknownRevision."""
    return _commit(git, _resolved(git, revision))


def _resolved(git: Git, revision: str) -> str:
    answer = git.ask("rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}")
    found = answer.text.strip()
    # `^main` names no commit but what is not to be reached from one.
    if answer.status or not _HASH.fullmatch(found):
        message = _("“{revision}” is no commit of this repository: fetch it first, or see `git log --all`.")
        raise UnknownRevision(message.format(revision=revision))
    return found


def _commit(git: Git, hash_: str) -> Commit:
    seconds = git.read("log", "-1", "--no-show-signature", "--format=%ct", hash_).text.strip()
    try:
        return Commit(hash_, datetime.fromtimestamp(int(seconds), UTC))
    except (ValueError, OverflowError, OSError):
        return Commit(hash_, datetime.fromtimestamp(0, UTC))


def changed_files(
    repository: Repository, between: CommitRange, folder: Path, is_read: Callable[[str], bool]
) -> list[FileVersions]:
    """Every file in `folder` and below that the two commits do not hold alike, by path; links are never followed.

    The bytes of those that `is_read` asks for are read; b"" stands for the others.
    """
    name = repository.names([folder])[0]
    sides = between.base.hash, between.head.hash
    answer = repository.git.read("diff-tree", "-r", "-z", "--no-renames", "--raw", "--no-abbrev", *sides, "--", name)
    prefix = len(os.path.join(name, ""))
    changes = [
        _Change(path[prefix:], *record.removeprefix(":").split(" ")[:4])
        for record, path in zip(answer.fields[::2], answer.fields[1::2], strict=True)
    ]
    read = [change for change in changes if is_read(change.path)]
    contents = read_blobs(repository.git, [hash_ for change in read for hash_ in change.hashes])
    found = {change.path: (next(contents), next(contents)) for change in read}
    return [_versions(change, found.get(change.path)) for change in changes]


class _Change(NamedTuple):
    """One record of `git diff-tree --raw`: zeros stand for a side that has no such file."""

    path: str
    mode_before: str
    mode_after: str
    hash_before: str
    hash_after: str

    @property
    def hashes(self) -> tuple[str, str]:
        return self.hash_before, self.hash_after

    @property
    def are_files(self) -> tuple[bool, bool]:
        return self.mode_before in _OF_FILES, self.mode_after in _OF_FILES


def _versions(change: _Change, contents: tuple[bytes | None, bytes | None] | None) -> FileVersions:
    there = [bool(hash_.strip("0")) for hash_ in change.hashes]
    if contents is None:
        before, after = (b"" if one else None for one in there)
        return FileVersions(change.path, before, after, change.are_files)
    sides = zip(there, contents, change.are_files, strict=True)
    first, second = (is_file and (content is not None or not one) for one, content, is_file in sides)
    return FileVersions(change.path, *contents, (first, second))


def held(repository: Repository, commit: Commit, paths: Collection[Path]) -> set[Path]:
    """Those of `paths` that a commit holds as files."""
    names = dict(zip(repository.names(paths), paths, strict=True))
    asked = "".join(f"{commit.hash}:{name}\n" for name in names)
    answer = repository.git.read("cat-file", "--batch-check=%(objecttype)", stdin=os.fsencode(asked))
    told = answer.text.split("\n")[: len(names)]
    return {path for path, kind in zip(names.values(), told, strict=True) if kind == "blob"}
