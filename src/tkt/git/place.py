"""Where the git directory of a folder is, found without asking git: a start must cost no process."""

from __future__ import annotations

import os
from pathlib import Path

from tkt.git.surroundings import surroundings

_POINTER = "gitdir: "
_MOST_BYTES = 4096 + len(_POINTER)


def git_dir_of(folder: Path) -> Path | None:
    """The git directory that git would use in `folder`, an absolute path; None where there is none.

    Of a work tree or a submodule it is its own, to which a file called `.git` points (gitrepository-layout(5)). Like
    git when it is started by tkt, it goes by the folder alone, up to GIT_CEILING_DIRECTORIES.
    """
    given = surroundings().get("GIT_DIR")
    if given:
        return folder / given
    found = _found(folder)
    return found[1] if found else None


def work_tree_of(folder: Path) -> tuple[Path, Path] | None:
    """The top of the work tree that `folder` is in, and its git directory, where git would go by the folder alone."""
    return None if surroundings().get("GIT_DIR") else _found(folder)


def _found(folder: Path) -> tuple[Path, Path] | None:
    ceilings = set(filter(None, os.environ.get("GIT_CEILING_DIRECTORIES", "").split(os.pathsep)))
    for place in (folder, *folder.parents):
        if place != folder and str(place) in ceilings:
            return None
        found = _git_dir_in(place)
        if found:
            return place, found
    return None


def _git_dir_in(place: Path) -> Path | None:
    mark = place / ".git"
    if os.path.lexists(mark / "HEAD"):
        return mark
    if not os.path.isfile(mark):
        return None
    try:
        with open(mark, "rb") as file:
            text = os.fsdecode(file.read(_MOST_BYTES))
    except OSError:
        return None
    return place / text.removeprefix(_POINTER).rstrip("\n") if text.startswith(_POINTER) else None
