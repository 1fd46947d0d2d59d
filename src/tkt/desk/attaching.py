"""Attachments: files laid beside a ticket, named in its journal with size and SHA-256, never overwritten."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from tkt.desk.desk import Desk
from tkt.desk.said import Said, require_line
from tkt.desk.writing import Done, Step, add_entries, save
from tkt.domain.attachment import Attached
from tkt.domain.entry import FieldChange
from tkt.domain.settings import LARGEST_ATTACHMENT
from tkt.errors import NoSuchThing, RuleRefuses, Unreadable
from tkt.language import _, reason_of
from tkt.store.bounded_file import read_file
from tkt.store.desk_folder import attachment_folder

# What Windows takes for a device, whatever stands behind the first point.
_OF_DEVICES = re.compile(r"(?:con|prn|aux|nul|conin\$|conout\$|com[0-9¹²³]|lpt[0-9¹²³])[ ]*(?:\..*)?", re.IGNORECASE)


class CannotAttach(RuleRefuses):
    """Files that are too large, or whose name is taken or no name for a file."""


def attach(desk: Desk, ticket_id: str, said: Said, files: Sequence[Path]) -> list[Done]:
    """Lay files beside a ticket; the entry names each with its size and SHA-256. Nothing is ever overwritten."""
    desk.require_writable()
    names = [_attachment_name(path) for path in files]
    _require_fitting(desk, files)
    contents = [(name, _read_attachment(desk, path)) for name, path in zip(names, files, strict=True)]
    goals = [attachment_folder(desk.root, ticket_id) / name for name, _data in contents]
    with desk.turn() as desk:
        desk.recorder.prepare([desk.path(ticket_id), *goals])
        _require_free(desk, goals)
        file = desk.load(ticket_id)
        ticket = file.require_sound()
        facts = tuple(FieldChange("attached", str(Attached.of(name, data))) for name, data in contents)
        actor = desk.actor(said.by, ticket.requester)
        done = [add_entries(desk, file, ticket, said, actor, [Step("attach", facts)])]
        save(desk, done, [(goal, data) for goal, (_name, data) in zip(goals, contents, strict=True)])
    return done


def _attachment_name(path: Path) -> str:
    """The name under which a file is laid beside the ticket; raises UnusableText and CannotAttach."""
    name = require_line(_("The file's name"), path.name)
    if name in ("", ".", "..") or name.endswith(".") or "\\" in name or _OF_DEVICES.fullmatch(name):
        message = _("{path}: not every system can hold a file of that name: give it another one.")
        raise CannotAttach(message.format(path=path))
    if name.casefold().startswith(".git"):
        message = _("{path} would be read by git as its own: give the file another name.")
        raise CannotAttach(message.format(path=path))
    return name


def _require_fitting(desk: Desk, files: Sequence[Path]) -> None:
    """Raises CannotAttach before anything is read, and NoSuchThing."""
    limit = desk.settings.attachment_limit
    together = 0
    for path in files:
        if not path.is_file():
            raise NoSuchThing(_("{path} is no file.").format(path=path))
        size = path.stat().st_size
        together += size
        if size > limit:
            message = _("{path} is {size} bytes large; the desk takes at most {limit} (attachment_limit in tkt.yaml).")
            raise CannotAttach(message.format(path=path, size=size, limit=limit))
    if together > LARGEST_ATTACHMENT:
        message = _("the files are {size} bytes large together; one command takes at most {limit}.")
        raise CannotAttach(message.format(size=together, limit=LARGEST_ATTACHMENT))


def _read_attachment(desk: Desk, path: Path) -> bytes:
    try:
        return read_file(path, desk.settings.attachment_limit)
    except OSError as error:
        raise Unreadable(_("{path} cannot be read: {why}.").format(path=path, why=reason_of(error))) from error


def _require_free(desk: Desk, goals: Sequence[Path]) -> None:
    for number, goal in enumerate(goals):
        if goal.exists() or goal.is_symlink() or goal in goals[:number]:
            message = _("{path} exists already and is never overwritten: give the new file another name.")
            raise CannotAttach(message.format(path=desk.name_of(goal)))
