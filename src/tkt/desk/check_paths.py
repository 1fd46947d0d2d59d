"""Which files a check looks at: all that lie under `tickets/`, or those that a person names."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from pathlib import Path

from tkt.errors import NoSuchThing
from tkt.language import _
from tkt.store.desk_folder import TICKETS, require_inside
from tkt.store.ticket_tree import Found, find_files, holds_attachments, look_at


class NothingToCheck(NoSuchThing):
    """A path that is absent, outside of the desk, or where no tickets lie."""


def files_among(root: Path, paths: Sequence[Path]) -> list[Found]:
    """The files to be checked, each once; without `paths` all of the desk.

    Raises NothingToCheck before any is read, and OutsideTheDesk where `tickets/` is a link that leads out of it.
    """
    require_inside(root, root / TICKETS)
    if not paths:
        return list(find_files(root / TICKETS))
    found = {one.path: one for path in paths for one in _files_at(root, path)}
    return list(found.values())


def _files_at(root: Path, path: Path) -> Iterator[Found]:
    here = _within(root, path)
    tickets = root / TICKETS
    if here.is_dir() and not here.is_symlink():
        if tickets.is_relative_to(here):
            yield from find_files(tickets)
            return
        if here.is_relative_to(tickets):
            if not any(holds_attachments(folder) for folder in _up_to(tickets, here)):
                yield from find_files(here)
            return
    elif here.is_relative_to(tickets):
        inside_attachments = any(holds_attachments(folder) for folder in _up_to(tickets, here.parent))
        one = None if inside_attachments else look_at(here, is_file=here.is_file() and not here.is_symlink())
        if one:
            yield one
        return
    raise NothingToCheck(_("{path}: no tickets lie there; they lie under {folder}/.").format(path=path, folder=TICKETS))


def _within(root: Path, path: Path) -> Path:
    """The path as the desk's own; only its folder is resolved, since a link in a ticket's place is a finding."""
    absolute = Path(os.path.abspath(path))
    try:
        if not os.path.lexists(absolute):
            raise NothingToCheck(_("{path}: there is no such file or folder.").format(path=path))
        real = Path(os.path.realpath(absolute.parent)) / absolute.name
    except ValueError as error:  # a NUL character
        raise NothingToCheck(_("{path}: there is no such file or folder.").format(path=path)) from error
    home = Path(os.path.realpath(root))
    if not real.is_relative_to(home):
        raise NothingToCheck(_("{path} is not in the desk {desk}.").format(path=path, desk=root))
    return root / real.relative_to(home)


def _up_to(tickets: Path, folder: Path) -> Iterator[Path]:
    return (one for one in (folder, *folder.parents) if one.is_relative_to(tickets))
