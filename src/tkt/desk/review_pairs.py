"""The two versions of each ticket that a range of commits touched, found by what a ticket is and not where it lies."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import PurePosixPath
from typing import NamedTuple, Protocol

from tkt.desk.desk import Desk
from tkt.domain.finding import Finding
from tkt.domain.ticket import Ticket
from tkt.language import _
from tkt.store.desk_folder import TICKETS, id_at
from tkt.store.ticket_file import TicketFile
from tkt.store.unreadable_ticket import UnreadableTicket


class Versions(Protocol):
    """A file under `tickets/` on both sides, by its path from there; None where a side has no such file.

    `are_files`: whether each side is an ordinary file that may be a ticket, or none.
    """

    @property
    def path(self) -> str: ...
    @property
    def before(self) -> bytes | None: ...
    @property
    def after(self) -> bytes | None: ...
    @property
    def are_files(self) -> tuple[bool, bool]: ...


def is_ticket(desk: Desk, path: str) -> bool:
    """Whether `path`, from `tickets/`, is the place of a ticket's file."""
    return id_at(desk.root, desk.root / TICKETS / path) is not None


class Version(NamedTuple):
    """A ticket's file on one side; `trouble` is why it is none, where there is a file."""

    path: str
    file: TicketFile | None
    ticket: Ticket | None
    trouble: Finding | None

    @property
    def is_there(self) -> bool:
        """Whether there is a file, a ticket's or not."""
        return self.file is not None or self.trouble is not None

    @property
    def uid(self) -> str:
        """What tells the ticket from every other, "" where there is none."""
        return self.ticket.get("uid") if self.ticket else ""


ABSENT = Version("", None, None, None)


class Pair(NamedTuple):
    """A ticket's two versions."""

    before: Version
    after: Version

    @property
    def path(self) -> str:
        """Where it lies now, or lay."""
        return self.after.path or self.before.path

    @property
    def id(self) -> str:
        """The id that its file is named after."""
        return PurePosixPath(self.path).stem


def _pair_of(one: Versions) -> Pair:
    path = f"{TICKETS}/{one.path}"
    sides = zip((one.before, one.after), one.are_files, strict=True)
    return Pair(*(_version(path, data, is_file) for data, is_file in sides))


def _version(path: str, data: bytes | None, is_file: bool) -> Version:
    if not is_file:
        message = _("is no ordinary file, or too large for a ticket")
        return Version(path, None, None, Finding(path, 0, "error", "file", message))
    if data is None:
        return ABSENT
    file = None
    try:
        file = TicketFile.parse(path, data)
        return Version(path, file, file.ticket, None)
    except UnreadableTicket as error:
        return Version(path, file, None, error.finding)


def paired(desk: Desk, changed: Iterable[Versions]) -> Iterator[Pair]:
    """The two versions of each ticket: a uid is one ticket's wherever it stands, and a place where there is none."""
    places = [_pair_of(one) for one in changed if is_ticket(desk, one.path)]
    left = {one.before.path: one.before for one in places if one.before.is_there}
    of_uid = {version.uid: version.path for version in left.values() if version.uid}
    for place in places:
        if place.after.is_there:
            yield Pair(left.pop(_path_before(place, of_uid), ABSENT), place.after)
    yield from (Pair(before, ABSENT) for before in left.values())


def _path_before(place: Pair, of_uid: Mapping[str, str]) -> str:
    uid, here = place.after.uid, place.before.uid
    if not uid or not here or uid == here:
        return of_uid.get(uid, place.before.path) if not here else place.before.path
    return of_uid.get(uid, "")
