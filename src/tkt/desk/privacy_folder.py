"""What was gathered on a person, laid out in a folder of its own: the document, and their tickets' attachments."""

from __future__ import annotations

import os
from pathlib import Path

from tkt.desk.desk import Desk
from tkt.desk.redacted_attachments import attachments_in, read_attachment
from tkt.domain.personal_data import PersonalData
from tkt.errors import RuleRefuses
from tkt.language import _, reason_of
from tkt.store.desk_folder import CannotWrite, attachment_folder

_FOR_ONESELF, _FOLDER_FOR_ONESELF = 0o600, 0o700


class FolderNotFree(RuleRefuses):
    """A folder that holds something already, or lies in the desk, where it would be committed."""


def require_free(desk: Desk, folder: Path) -> None:
    """Raises FolderNotFree."""
    real, root = (os.path.realpath(one) for one in (folder, desk.root))
    if os.path.commonpath([real, root]) == root:
        message = _("{path} lies in the desk, where it would be committed: name a folder elsewhere.")
        raise FolderNotFree(message.format(path=folder))
    try:
        taken = os.path.lexists(folder) and (folder.is_symlink() or not folder.is_dir() or any(folder.iterdir()))
    except OSError as error:
        raise CannotWrite(_("{path} cannot be read: {why}.").format(path=folder, why=reason_of(error))) from error
    if taken:
        raise FolderNotFree(
            _("{path} is not an empty folder: name one that is, or is not there yet.").format(path=folder)
        )


def lay_out(desk: Desk, folder: Path, name: str, document: str, data: PersonalData) -> int:
    """Write the document and copy the attachments; how many files there are. Nobody else may read them.

    Raises FolderNotFree and CannotWrite. Links are never followed, on either side.
    """
    require_free(desk, folder)
    count = 1
    try:
        folder.mkdir(mode=_FOLDER_FOR_ONESELF, parents=True, exist_ok=True)
        _write(folder / name, document.encode())
        for share in data.shares:
            wanted = {laid.name for laid in share.attachments}
            for laid, path in attachments_in(attachment_folder(desk.root, share.ticket.id)):
                if laid in wanted:
                    goal = folder / share.ticket.id / laid
                    goal.parent.mkdir(mode=_FOLDER_FOR_ONESELF, parents=True, exist_ok=True)
                    _write(goal, read_attachment(path))
                    count += 1
    except OSError as error:
        path = error.filename or folder
        raise CannotWrite(_("{path} cannot be written: {why}.").format(path=path, why=reason_of(error))) from error
    return count


def _write(path: Path, data: bytes) -> None:
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW
    with open(os.open(path, flags, _FOR_ONESELF), "wb") as file:
        file.write(data)
