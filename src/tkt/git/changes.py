"""What departs from the last commit, in the index or in the work files, asked with as little work as git allows."""

from __future__ import annotations

import os
from collections.abc import Collection

from tkt.git.command import Answer, GitFailed
from tkt.git.repository import Repository

# Git holds every file against every path it is given, so past this many it is asked about their folder instead.
FEW = 200


def staged(repository: Repository) -> set[str]:
    """Every file of which the index and the last commit do not say the same."""
    answer = repository.git.ask("diff-index", "--cached", "--name-only", "-z", "HEAD")
    if answer.status and not repository.has_commits():
        answer = repository.git.read("ls-files", "-z")
    return set(_must(answer, "diff-index").fields)


def changed(repository: Repository, names: Collection[str]) -> set[str]:
    """Those of `names` that are not as in the last commit, or unknown to it, in the index or on disk.

    A name that is neither on disk nor in the last commit is not changed; one that is only staged is for `staged`.
    """
    there = {name for name in names if os.path.lexists(repository.top / name)}
    return _touched(repository, there) | committed(repository, set(names) - there)


def committed(repository: Repository, names: Collection[str]) -> set[str]:
    """Those of `names` that the last commit holds."""
    return set(entries(repository, names))


def entries(repository: Repository, names: Collection[str]) -> dict[str, str]:
    """What the last commit holds under each of `names`, as git says it (mode, kind, hash); not the ones it lacks."""
    if not names:
        return {}
    answer = repository.git.ask("ls-tree", "-r", "-z", "--full-tree", "HEAD", "--", *_scope(names))
    if answer.status and not repository.has_commits():
        return {}
    wanted = set(names)
    found = (record.partition("\t") for record in _must(answer, "ls-tree").fields)
    return {name: entry for entry, _tab, name in found if name in wanted}


def tracked(repository: Repository, names: Collection[str]) -> set[str]:
    """Those of `names` that git's index knows."""
    return set(names).intersection(repository.git.read("ls-files", "-z", "--", *_scope(names)).fields)


def _touched(repository: Repository, names: set[str]) -> set[str]:
    if not names:
        return set()
    answer = repository.git.read(
        "status",
        "--porcelain=v2",
        "-z",
        "--no-renames",
        "--untracked-files=all",
        "--ignored",
        "--",
        *_scope(names),
    )
    return names.intersection(map(_name_of, answer.fields))


def departing(repository: Repository, folder: str) -> list[str]:
    """What is not as in the last commit, in `folder` and below, on disk or in the index; ignored files aside."""
    wanted = ("status", "--porcelain=v2", "-z", "--no-renames", "--untracked-files=all", "--", folder)
    return sorted(name for name in map(_name_of, repository.git.read(*wanted).fields) if name)


def _name_of(record: str) -> str:
    """The path in one line of `git status --porcelain=v2`, "" for a heading: each kind of line has its own columns."""
    kind, _space, rest = record.partition(" ")
    before = {"1": 7, "u": 9, "?": 0, "!": 0}.get(kind)
    return "" if before is None else rest.split(" ", before)[-1]


def _scope(names: Collection[str]) -> list[str]:
    """What to ask git about so that it answers for `names`: themselves, or the folder that holds all of them."""
    if len(names) <= FEW:
        return sorted(names)
    folder = os.path.commonpath([os.path.dirname(name) for name in names])
    return [folder] if folder else []


def _must(answer: Answer, command: str) -> Answer:
    if answer.status:
        raise GitFailed(command, answer)
    return answer
