"""The desk's folder: where it is, where each ticket lies in it, and files replaced whole or not at all."""

from __future__ import annotations

import contextlib
import os
import re
import stat
from collections.abc import Iterator
from pathlib import Path

from tkt.domain.identifier import is_id
from tkt.errors import NoSuchThing, Unreadable
from tkt.language import LANGUAGES, _, reason_of
from tkt.store.process import lives

SETTINGS = "tkt.yaml"
TICKETS = "tickets"
_SUFFIX = ".md"
# What a file is called until it takes its place; the number is that of the process that writes it.
_UNFINISHED = re.compile(r"\.tkt-(\d+)-[0-9a-f]{12}\.tmp", re.ASCII)
# The folder of a thousand tickets: their ids without the last three digits.
_THOUSAND = re.compile(r"([A-Z]{3}\d{4,15})xxx", re.ASCII)
_LANGUAGE = re.compile(rb"""^language:[ \t]*(["']?)([a-z]{2})\1[ \t]*(?:#.*)?\r?$""", re.MULTILINE)
_PEEK = 65536


class NotADesk(NoSuchThing):
    """No folder from here upwards is a desk."""


class OutsideTheDesk(Unreadable):
    """A symbolic link of the desk leads out of it."""


class UnreadableFolder(Unreadable):
    """A folder of tickets cannot be listed: to go on would be to hide its tickets."""


class CannotWrite(Unreadable):
    """A file of the desk cannot be written or removed; it is as it was before."""


def find_desk(start: Path) -> Path:
    """The desk (a folder with a `tkt.yaml`) that holds `start`, from there upwards; raises NotADesk."""
    here = Path(os.path.realpath(start))
    if not os.path.isdir(here):
        raise NotADesk(_("{folder} is not a folder.").format(folder=start))
    for folder in (here, *here.parents):
        if os.path.isfile(folder / SETTINGS):
            return folder
    message = _("{folder} is not in a desk: neither there nor above is a {settings}.")
    way_out = _("`tkt init` makes a desk, `-C DIR` names another folder.")
    raise NotADesk(f"{message.format(folder=start, settings=SETTINGS)} {way_out}")


def peek_language(root: Path) -> str | None:
    """The language that a desk's settings name, found without reading them; None when they name none that we speak."""
    try:
        with open(root / SETTINGS, "rb", opener=lambda path, flags: os.open(path, flags | os.O_NONBLOCK)) as file:
            head = (file.read(_PEEK) or b"").removeprefix(b"\xef\xbb\xbf")
    except OSError:
        return None
    found = _LANGUAGE.search(head)
    language = found[2].decode("ascii") if found else None
    return language if language in LANGUAGES else None


def ticket_path(root: Path, ticket_id: str) -> Path:
    """Where a ticket's file lies (design.md, section 2); raises ValueError when `ticket_id` is no full id."""
    return _folder_of(root, ticket_id) / f"{ticket_id}{_SUFFIX}"


def attachment_folder(root: Path, ticket_id: str) -> Path:
    """Where a ticket's attachments lie; raises ValueError when `ticket_id` is no full id."""
    return _folder_of(root, ticket_id) / ticket_id


def _folder_of(root: Path, ticket_id: str) -> Path:
    if not is_id(ticket_id):
        raise ValueError(ticket_id)
    return root / TICKETS / f"{ticket_id[:-3]}xxx"


def id_at(root: Path, path: Path) -> str | None:
    """The id of the ticket whose place `path` is: the inverse of `ticket_path`, None when it is no ticket's place."""
    name = path.name.removesuffix(_SUFFIX)
    return name if is_id(name) and path == ticket_path(root, name) else None


def id_in(path: str) -> str | None:
    """The id of the ticket in whose place a path is, told from the desk with slashes; None when it is no ticket's."""
    name = path[path.rfind("/") + 1 :].removesuffix(_SUFFIX)
    return name if is_id(name) and path == f"{TICKETS}/{name[:-3]}xxx/{name}{_SUFFIX}" else None


def require_inside(root: Path, path: Path) -> None:
    """Refuse a path that a symbolic link leads out of the desk; raises OutsideTheDesk."""
    inside = os.path.realpath(root)
    if os.path.commonpath([inside, os.path.realpath(path)]) != inside:
        message = _("{path} leads out of the desk by a symbolic link, which is never followed: take the link out.")
        raise OutsideTheDesk(message.format(path=path))


def ids(root: Path) -> Iterator[str]:
    """The id of every ticket on disk, by prefix and number; raises UnreadableFolder."""
    return ids_with_prefix(root, "")


def ids_with_prefix(root: Path, text: str) -> Iterator[str]:
    """The ids that begin with `text` in either case; only folders that may hold one are opened."""
    wanted = text.upper()
    for stem in sorted(_stems(root), key=lambda stem: (stem[:3], len(stem), stem)):
        if stem.startswith(wanted) or wanted.startswith(stem):
            yield from (one for one in _ids_in(root, stem) if one.startswith(wanted))


def ids_of_number(root: Path, number: int) -> list[str]:
    """The tickets of that number, under any prefix."""
    thousand, rest = divmod(number, 1000)
    candidates = (f"{stem}{rest:03d}" for stem in sorted(_stems(root)) if int(stem[3:]) == thousand)
    return [one for one in candidates if _is_file(ticket_path(root, one))]


def highest_number(root: Path, prefix: str) -> int:
    """The highest number in use under a prefix, 0 when there is none; only the highest folders are opened."""
    thousands = sorted(((int(stem[3:]), stem) for stem in _stems(root) if stem.startswith(prefix)), reverse=True)
    highest = 0
    for thousand, stem in thousands:
        if thousand < highest // 1000:
            break
        highest = max([highest, *(int(one[3:]) for one in _ids_in(root, stem))])
    return highest


def _stems(root: Path) -> list[str]:
    """What the ids in each folder of a thousand begin with."""
    require_inside(root, root / TICKETS)
    folders = (entry.name for entry in _entries(root / TICKETS) if entry.is_dir(follow_symlinks=False))
    return [found[1] for found in map(_THOUSAND.fullmatch, folders) if found]


def _ids_in(root: Path, stem: str) -> list[str]:
    length = len(stem) + 3
    names = (
        entry.name[:length]
        for entry in _entries(root / TICKETS / f"{stem}xxx")
        if entry.name[length:] == _SUFFIX and entry.is_file(follow_symlinks=False)
    )
    return sorted(name for name in names if name.startswith(stem) and is_id(name))


def _entries(folder: Path) -> list[os.DirEntry[str]]:
    """What lies in a folder, nothing where there is none."""
    try:
        with os.scandir(folder) as entries:
            return list(entries)
    except (FileNotFoundError, NotADirectoryError):
        return []
    except OSError as error:
        message = _("{path}: the folder cannot be listed: {why}.")
        raise UnreadableFolder(message.format(path=folder, why=reason_of(error))) from error


def _is_file(path: Path) -> bool:
    try:
        return stat.S_ISREG(os.lstat(path).st_mode)
    except OSError:
        return False


def holds(root: Path, ticket_id: str) -> bool:
    """Whether a ticket of that full id is there; a link is none, since it may lead anywhere."""
    path = ticket_path(root, ticket_id)
    return _is_file(path) and not os.path.islink(path.parent) and not os.path.islink(root / TICKETS)


def replace_file(path: Path, data: bytes) -> None:
    """Put `data` in a file's place, whole or not at all, with the mode it had; its folder is made where there is none.

    Raises CannotWrite.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        temporary = path.with_name(f".tkt-{os.getpid()}-{os.urandom(6).hex()}.tmp")
        try:
            _write_new(temporary, data, like=path)
            os.replace(temporary, path)
        except BaseException:
            with contextlib.suppress(OSError):
                temporary.unlink()
            raise
    except OSError as error:
        raise CannotWrite(_("{path} cannot be written: {why}.").format(path=path, why=reason_of(error))) from error
    flush_folder(path.parent)


def _write_new(path: Path, data: bytes, *, like: Path) -> None:
    with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o666), "wb") as file:
        if _is_file(like):
            os.fchmod(file.fileno(), stat.S_IMODE(os.lstat(like).st_mode))
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def flush_folder(folder: Path) -> None:
    """Have the folder's new entry on disk too, where the file system lets us."""
    with contextlib.suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def remove_file(path: Path) -> None:
    """Take a file away, and the folders of tickets or attachments that it leaves empty; raises CannotWrite."""
    try:
        path.unlink(missing_ok=True)
    except OSError as error:
        raise CannotWrite(_("{path} cannot be removed: {why}.").format(path=path, why=reason_of(error))) from error
    with contextlib.suppress(OSError):
        for folder in path.parents:
            if not (_THOUSAND.fullmatch(folder.name) or is_id(folder.name)):
                break
            folder.rmdir()


def remove_unfinished(folder: Path) -> None:
    """Take away what processes that were killed left in `folder` of files not yet in their places."""
    with contextlib.suppress(OSError):
        for name in os.listdir(folder):
            found = _UNFINISHED.fullmatch(name)
            if found and not _is_at_work(int(found[1])) and _is_file(folder / name):
                os.unlink(folder / name)


def _is_at_work(pid: int) -> bool:
    """Whether it is another process, and alive: whoever tidies up is not in the middle of writing."""
    return pid != os.getpid() and lives(pid)
