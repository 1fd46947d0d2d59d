"""Everything under `tickets/` that is a ticket's file or looks like one, also where no ticket should lie."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tkt.domain.identifier import is_id
from tkt.language import _, reason_of

_SUFFIX = ".md"
# A ticket's name with something before, behind or wrong in it: a copy, a merge tool's leftover, small letters.
_LIKE_A_TICKET = re.compile(r".*\.md|[a-z]{3}\d{4,}.*\.(?:markdown|txt|orig|rej|bak|old|base|local|remote)", re.I)


@dataclass(frozen=True, slots=True)
class Found:
    """Something that lies among the tickets.

    `ticket_id`: the id that it is named after, "" when it is no id. `is_file`: an ordinary file, no link and no
    device. `trouble`: why a folder cannot be listed, "" for what can be read.
    """

    path: Path
    ticket_id: str = ""
    is_file: bool = True
    trouble: str = ""


def find_files(folder: Path) -> Iterator[Found]:
    """What lies in a folder and below, by name; hidden files and attachments are left aside, links never followed."""
    # Of our own: folders may be nested deeper than calls may.
    to_do = [_inside(folder)]
    while to_do:
        found = next(to_do[-1], None)
        if found is None:
            to_do.pop()
        elif isinstance(found, Path):
            to_do.append(_inside(found))
        else:
            yield found


def _inside(folder: Path) -> Iterator[Found | Path]:
    """What lies in one folder, by name; a folder that is to be opened is its path."""
    try:
        with os.scandir(folder) as entries:
            inside = sorted(entries, key=lambda entry: entry.name)
    except FileNotFoundError:
        return
    except OSError as error:
        yield Found(folder, trouble=reason_of(error))
        return
    for entry in inside:
        path = folder / entry.name
        if entry.is_dir(follow_symlinks=False):
            if not (entry.name.startswith(".") or holds_attachments(path)):
                yield path
        elif entry.is_symlink() and entry.is_dir():
            yield Found(path, trouble=_("it is a symbolic link, which is never followed"))
        elif found := look_at(path, is_file=entry.is_file(follow_symlinks=False)):
            yield found


def look_at(path: Path, *, is_file: bool) -> Found | None:
    """What a file among the tickets is, None when it is none of our business."""
    ticket_id = path.name.removesuffix(_SUFFIX)
    if path.name.endswith(_SUFFIX) and is_id(ticket_id):
        return Found(path, ticket_id, is_file)
    if path.name.startswith(".") or path.stem.upper() == "README" or not _LIKE_A_TICKET.fullmatch(path.name):
        return None
    return Found(path, "", is_file)


def holds_attachments(folder: Path) -> bool:
    """Whether a folder is, by its name and place, the one in which a ticket's attachments lie."""
    return is_id(folder.name) and folder.parent.name == f"{folder.name[:-3]}xxx"
