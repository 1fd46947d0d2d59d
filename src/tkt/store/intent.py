"""The write-ahead record: what a command is about to write, put down before it touches the first file."""

from __future__ import annotations

import os
import stat
from binascii import a2b_base64, b2a_base64
from contextlib import suppress
from importlib import import_module
from pathlib import Path, PurePosixPath
from typing import Any, NamedTuple

from tkt.errors import Unreadable
from tkt.language import _, reason_of
from tkt.store.desk_folder import CannotWrite, flush_folder

# Its name in a git directory; in the folder of a desk without git it is hidden.
NAME = "tkt-write"
HIDDEN = f".{NAME}"
_FORMAT = "tkt-write 1"
_COMMIT, _NOTHING = "commit", "-"
_NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW
_OLD = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK


class BrokenIntent(Unreadable):
    """A write-ahead record that does not say what it should: tkt never wrote it so."""


class IntentPlace(NamedTuple):
    """Where the record stands, the folder that the names in it start from, and the command that would write one."""

    file: Path
    folder: Path
    command: str = "tkt"

    @property
    def draft(self) -> Path:
        """The record while it is being written: as long as it bears this name, nothing else was touched."""
        return self.file.with_name(f"{self.file.name}.new")

    @property
    def is_taken(self) -> bool:
        """Whether a command is at work here, or left without ending; costs two looks at a folder."""
        return os.path.lexists(self.file) or os.path.lexists(self.draft)


class FileIntent(NamedTuple):
    """One file: its name, its bytes before (None: there was none), and the SHA-256 of what is to stand there.

    `after` is "" where nothing is to stand there.
    """

    name: str
    before: bytes | None
    after: str


class Intent(NamedTuple):
    """What one command is about to do: to these files, with these folders made for them, with a commit or without.

    `pid`, `command` and `started` tell people whose it was.
    """

    files: tuple[FileIntent, ...]
    made: tuple[str, ...]
    commit: bool
    pid: int
    command: str
    started: str


def put_down(place: IntentPlace, intent: Intent) -> int:
    """Have the record on disk, whole; the descriptor that is returned holds a lock on it for as long as it is open.

    A program that inherits the descriptor keeps the lock after its parent died: as long as it is held, somebody may
    still act on the intent. Raises CannotWrite, leaving nothing.
    """
    import fcntl

    descriptor = -1
    try:
        try:
            descriptor = _new(place.draft)
            with open(descriptor, "wb", closefd=False) as file:
                file.write(_rendered(intent))
            os.fsync(descriptor)
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            os.replace(place.draft, place.file)
        except BaseException:
            _dropped(descriptor, place.draft)
            raise
    except OSError as error:
        why = reason_of(error)
        raise CannotWrite(_("{path} cannot be written: {why}.").format(path=place.file, why=why)) from error
    flush_folder(place.file.parent)
    return descriptor


def _new(path: Path) -> int:
    try:
        return os.open(path, _NEW, 0o666)
    except FileExistsError:  # whoever held the desk before us died over it
        path.unlink()
        return os.open(path, _NEW, 0o666)


def _dropped(descriptor: int, draft: Path) -> None:
    if descriptor >= 0:
        os.close(descriptor)
        with suppress(OSError):
            draft.unlink()


def take_away(place: IntentPlace) -> None:
    """Have no record any more; one that cannot be removed is found again, and then says what has happened."""
    for path in (place.file, place.draft):
        with suppress(OSError):
            path.unlink()


def opened(place: IntentPlace) -> int | None:
    """A descriptor of the record, None where there is none; raises BrokenIntent where it cannot be one."""
    try:
        descriptor = os.open(place.file, _OLD)
    except FileNotFoundError:
        return None
    except OSError as error:
        raise _broken(place, reason_of(error)) from error
    if stat.S_ISREG(os.fstat(descriptor).st_mode):
        return descriptor
    os.close(descriptor)
    raise _broken(place, _("it is no file"))


def read_intent(place: IntentPlace, descriptor: int) -> Intent:
    """The record behind a descriptor; raises BrokenIntent."""
    with open(descriptor, "rb", closefd=False) as file:
        fields = os.fsdecode(file.read()).split("\0")
    if fields[0] != _FORMAT:
        raise _broken(place, _("this tkt does not know its format"))
    try:
        pid, started, command, commit, folders, *rest = fields[1:-1]
        made, files = rest[: int(folders)], iter(rest[int(folders) :])
        return Intent(
            tuple(_file(*three) for three in zip(files, files, files, strict=True)),
            tuple(map(_inside, made)),
            commit == _COMMIT,
            int(pid),
            command,
            started,
        )
    except ValueError as error:
        raise _broken(place, _("it does not say what it should")) from error


def _rendered(intent: Intent) -> bytes:
    """Fields that end with a NUL, which no name holds: a JSON library would take as long to load as all else here."""
    commit = _COMMIT if intent.commit else ""
    head = (_FORMAT, str(intent.pid), intent.started, intent.command, commit, str(len(intent.made)))
    files = (field for file in intent.files for field in (file.name, file.after, _text(file.before)))
    return b"".join(os.fsencode(field) + b"\0" for field in (*head, *intent.made, *files))


def _file(name: str, after: str, before: str) -> FileIntent:
    return FileIntent(_inside(name), None if before == _NOTHING else a2b_base64(before, strict_mode=True), after)


def _text(data: bytes | None) -> str:
    return _NOTHING if data is None else b2a_base64(data, newline=False).decode()


def digest(data: bytes | None) -> str:
    """The SHA-256 of what stands in a file, "" where there is none."""
    return "" if data is None else _sha256(data).hexdigest()


def _sha256(data: bytes) -> Any:
    # What hashlib falls back on where there is no OpenSSL, which takes it longer to load than a write takes.
    for name in ("_sha2", "_sha256"):
        with suppress(ImportError):
            return import_module(name).sha256(data)
    import hashlib

    return hashlib.sha256(data)


def _inside(name: str) -> str:
    """A name that cannot lead out of the folder it starts from, whoever wrote the record."""
    parts = PurePosixPath(name).parts
    if not parts or parts[0] == "/" or ".." in parts:
        raise ValueError(name)
    return name


def _broken(place: IntentPlace, why: str) -> BrokenIntent:
    words = _(
        "{path} tells of a write that was not ended, and cannot be read: {why}. See that the files are as they should "
        "be (git status), then remove it."
    )
    return BrokenIntent(words.format(path=place.file, why=why))
