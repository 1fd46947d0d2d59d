"""A desk's tickets out of its index, which is brought up to date by what changed, or passed by where it cannot be."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

from tkt.desk.desk import Desk
from tkt.domain.bounds import Bounds
from tkt.domain.ticket import Ticket
from tkt.errors import TktError
from tkt.store import desk_folder
from tkt.store.index.database import Change, Damaged, Database, Standing
from tkt.store.index.fingerprint import fingerprint_of
from tkt.store.index.folder import IndexFolder
from tkt.store.index.indexed_ticket import IndexedTicket
from tkt.store.index.workings import Workings
from tkt.store.unreadable_ticket import UnreadableTicket

if TYPE_CHECKING:
    from tkt.store.index.entry import Row

# How often somebody else may be faster before the index is passed by.
_TRIES = 3
# Telling how far one is costs more than a row.
_TOLD_EVERY = 500


class FileStanding(Protocol):
    """What tells, without reading them, which tickets' files may be other than those of a commit (ids are told).

    Every question raises a TktError where it has no sure answer.
    """

    def algorithm(self) -> str:
        """How the repository names its objects."""

    def now(self) -> tuple[str, frozenset[str]]:
        """The commit that is checked out ("" for none), and whose files may be other than it has them."""

    def changed(self, before: str, after: str) -> frozenset[str]:
        """Whose files two commits do not have alike."""

    def hashes(self, commit: str, ids: Iterable[str] | None = None) -> Mapping[str, str]:
        """The hash that a commit has of each one's file: of those named, or of all."""


# What keeps an index from being of use; the files are read then as if there were none. SQLite may quote what it takes
# for text where a database is damaged.
_OF_NO_USE = (Damaged, sqlite3.Error, OSError, TktError, UnicodeDecodeError)


@dataclass
class IndexedTickets:
    """The tickets of a desk by way of its index, and whatever is wrong with that, the same as by way of their files."""

    folder: IndexFolder
    files: FileStanding
    _working: Workings | None = field(default=None, repr=False)
    _database: Database | None = field(default=None, repr=False)

    def known_as(self, desk: Desk) -> str:
        """What names all that judges the desk's clocks."""
        return fingerprint_of(desk.root, desk.settings)

    def within(self, desk: Desk, bounds: Bounds, unreadable: list[UnreadableTicket]) -> Iterator[Ticket]:
        """The tickets within some bounds, in the order of ids; what cannot be read is put aside, whatever it is."""
        last = ""
        try:
            database = self._up_to_date(desk)
            working = self._working = Workings(desk.load, desk.agreements, database.moves)
            count = database.count(bounds) if desk.progress else 0
            for number, entry in enumerate(database.within(bounds), 1):
                if desk.progress and (number % _TOLD_EVERY == 0 or number == count):
                    desk.progress(number, count)
                if entry.readable:
                    yield IndexedTicket(working, entry)
                else:
                    yield from desk.read_files([entry.id], bounds, unreadable)
                last = entry.id
        except _OF_NO_USE:
            everyone = [one for one in sorted(desk_folder.ids(desk.root)) if one > last]
            yield from desk.read_files(everyone, bounds, unreadable)

    def hashes(self, desk: Desk) -> dict[str, str] | None:
        """The hash of each ticket's file by its id; None where the index is of no use."""
        try:
            # Of the very files whose tickets are being asked for, where they are: git need not be asked twice.
            return (self._database or self._up_to_date(desk)).hashes()
        except _OF_NO_USE:
            return None

    def keep(self) -> None:
        """Keep what was worked out of tickets meanwhile for the next time."""
        if self._working is None or self._database is None or not self._working.new:
            return
        with suppress(*_OF_NO_USE):
            self._database.keep(self._working.new)
            self.folder.left_as_it_is(self._database)
        self._working.new.clear()

    def _up_to_date(self, desk: Desk) -> Database:
        """The index as the files stand now; raises what makes it of no use."""
        commit, doubtful = self.files.now()
        for _try in range(_TRIES):
            database = self._database = self.folder.open()
            if database is None:
                self._database = self._made_anew(desk, commit, doubtful)
                return self._database
            if self._is_brought_up_to_date(desk, database, commit, doubtful):
                return database
            database.close()
        raise TimeoutError

    def _made_anew(self, desk: Desk, commit: str, doubtful: frozenset[str]) -> Database:
        from tkt.store.index.reading import read_rows  # here, since it takes all that reads a ticket's file

        algorithm = self.files.algorithm()
        expected = dict(self.files.hashes(commit))
        rows = read_rows(desk.root, list(desk_folder.ids(desk.root)), algorithm, desk.progress)

        def compared() -> Iterator[Row]:
            """Each row, and meanwhile whether it is what the commit has."""
            for row in rows:
                if expected.get(row.id) == row.hash:
                    del expected[row.id]
                else:
                    expected[row.id] = ""
                yield row

        return self.folder.create(compared(), lambda: Standing(commit, doubtful | expected.keys(), algorithm))

    def _is_brought_up_to_date(self, desk: Desk, database: Database, commit: str, doubtful: frozenset[str]) -> bool:
        """Read again what may have changed since; False where somebody else did so first."""
        stood = database.standing()
        sure = stood.doubtful - doubtful
        if stood.commit != commit:
            sure |= self.files.changed(stood.commit, commit) - doubtful
        if not sure and not doubtful:
            return stood.commit == commit or database.apply(Change((), frozenset()), stood._replace(commit=commit))
        from tkt.store.index.reading import read_rows

        asked = sorted(sure | doubtful)
        known = database.hashes(asked)
        here = [one for one in asked if desk_folder.holds(desk.root, one)]
        rows = {row.id: row for row in read_rows(desk.root, here, stood.algorithm)}
        expected = self.files.hashes(commit, sure)
        otherwise = {one for one in sure if one not in rows or rows[one].hash != expected.get(one)}
        others = tuple(row for row in rows.values() if known.get(row.id) != row.hash)
        change = Change(others, frozenset(known.keys() - rows.keys()))
        stands = stood._replace(commit=commit, doubtful=doubtful | otherwise)
        if stands == stood and not any(change):
            return True
        done = database.apply(change, stands)
        if done:
            self.folder.left_as_it_is(database)
        return done
