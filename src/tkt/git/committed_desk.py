"""A desk as a commit holds it: its settings, its holidays and its tickets, read out of git without a checkout."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import NamedTuple

from tkt.desk.desk import Desk
from tkt.domain.bounds import Bounds
from tkt.domain.identifier import is_id
from tkt.domain.opening_hours import HolidayYears, ReadHolidays
from tkt.domain.settings import Settings
from tkt.domain.ticket import Ticket
from tkt.errors import NoSuchThing
from tkt.git.blobs import read_sized
from tkt.git.command import Git
from tkt.git.comparing import Commit, commit_at
from tkt.git.repository import Repository
from tkt.language import _
from tkt.store.desk_folder import SETTINGS, TICKETS
from tkt.store.index.entry import IndexEntry, Row
from tkt.store.index.indexed_ticket import IndexedTicket
from tkt.store.index.row import row_of
from tkt.store.index.workings import Workings
from tkt.store.settings.digest import digest_of, is_setting
from tkt.store.settings.holidays_file import FOLDER, NoHolidaysFile, file_name, parse_holidays
from tkt.store.settings.settings import parse_settings
from tkt.store.ticket_file import LARGEST, TicketFile, too_large
from tkt.store.unreadable_ticket import UnreadableTicket

_LISTED = re.compile(r"100(?:644|755) blob (?P<hash>[0-9a-f]{40,64}) +(?P<size>[0-9]+)\t(?P<name>.*)", re.DOTALL)
_TICKET = re.compile(rf"{TICKETS}/(?P<stem>[A-Z]+[0-9]+)xxx/(?P<id>(?P=stem)[0-9]{{3}})\.md")
_SHORT = 10


class NoDeskThen(NoSuchThing):
    """A commit in which the desk's folder was no desk."""


class _File(NamedTuple):
    """A file in a commit, by its name from the desk's folder; `hash` is "" for one larger than any ticket."""

    name: str
    hash: str
    size: int


@dataclass(frozen=True, slots=True)
class CommittedDesk:
    """The desk that a commit holds in `folder` (from the top, with a slash at its end; "" for the top itself)."""

    git: Git
    commit: Commit
    folder: str

    @classmethod
    def of(cls, repository: Repository, root: Path, revision: str) -> CommittedDesk:
        """The desk of `root` in the commit that `revision` names; raises UnknownRevision and NoDeskThen."""
        git = Git(repository.top, as_stored=True)
        folder = repository.names([root / SETTINGS])[0].removesuffix(SETTINGS)
        found = cls(git, commit_at(git, revision), folder)
        if not any(file.hash for file in found._files([SETTINGS])):
            message = _("In commit {commit} there is no desk: it has no {path}.")
            raise NoDeskThen(message.format(commit=found.commit.hash[:_SHORT], path=folder + SETTINGS))
        return found

    @property
    def digest(self) -> str:
        """The fingerprint of the settings and the holidays that were committed."""
        return digest_of(self._set_up_by())

    @property
    def settings(self) -> Settings:
        """The settings as they stood, with the holidays as they stood; raises BadSettings."""
        files = self._set_up_by()
        return parse_settings(self._called(SETTINGS), files[SETTINGS], self._holidays_of(files))

    def within(self, desk: Desk, bounds: Bounds, unreadable: list[UnreadableTicket]) -> Iterator[Ticket]:
        """The tickets as they stood, within some bounds, in the order of ids; what cannot be read is put aside."""
        found = sorted((ticket_id, file) for file in self._files([TICKETS]) if (ticket_id := _id_of(file.name)))
        held: dict[str, bytes] = {}
        working = Workings(
            lambda ticket_id: TicketFile.parse(self._called(ticket_id), held[ticket_id]), desk.agreements
        )
        for number, (file, data) in enumerate(self._read([file for _id, file in found]), 1):
            if desk.progress:
                desk.progress(number, len(found))
            try:
                entry = IndexEntry.of(number, self._row(found[number - 1][0], file, data))
            except UnreadableTicket as error:
                unreadable.append(error)
                continue
            ticket = IndexedTicket(working, entry)
            if bounds.hold(ticket):
                held[ticket.id] = data or b""
                yield ticket

    def known_as(self, desk: Desk) -> str:
        """Nothing is remembered of what its clocks showed."""
        return ""

    def keep(self) -> None:
        """Nothing is: git keeps the commit."""

    def _row(self, ticket_id: str, file: _File, data: bytes | None) -> Row:
        """What the file says but for its words, which few questions ask for; raises UnreadableTicket."""
        if data is None:
            raise too_large(self._called(file.name))
        row = row_of(ticket_id, file.hash, data)
        if not row.readable:
            _ = TicketFile.parse(self._called(file.name), data).ticket  # says why
        return row

    def _called(self, name: str) -> str:
        """What a file of the commit is called in what is said of it, as git would name it."""
        return f"{self.commit.hash[:_SHORT]}:{self.folder}{name}"

    def _set_up_by(self) -> dict[str, bytes]:
        files = [file for file in self._files([SETTINGS, FOLDER]) if is_setting(file.name)]
        return {file.name: data or b"" for file, data in self._read(files)}

    def _holidays_of(self, files: dict[str, bytes]) -> ReadHolidays:
        @cache
        def read(region: str) -> HolidayYears:
            name = file_name(region)
            if name not in files:
                message = _("{path} is not there, and a calendar of that commit needs it.")
                raise NoHolidaysFile(message.format(path=self._called(name)))
            return parse_holidays(self._called(name), files[name], region).years

        return read

    def _files(self, names: Sequence[str]) -> Iterator[_File]:
        """The ordinary files of some names, and those in folders of some names; a link is none."""
        paths = [self.folder + name for name in names]
        listed = self.git.read("ls-tree", "-r", "-z", "-l", "--full-tree", self.commit.hash, "--", *paths).fields
        for file in map(_LISTED.fullmatch, listed):
            if file:
                size = int(file["size"])
                known = size <= LARGEST
                yield _File(file["name"].removeprefix(self.folder), file["hash"] if known else "", size if known else 0)

    def _read(self, files: Sequence[_File]) -> Iterator[tuple[_File, bytes | None]]:
        return zip(files, read_sized(self.git, ((file.hash, file.size) for file in files)), strict=True)


def _id_of(name: str) -> str:
    """The id of the ticket whose place in a desk is `name`, "" where it is no ticket's."""
    found = _TICKET.fullmatch(name)
    return found["id"] if found and is_id(found["id"]) else ""
