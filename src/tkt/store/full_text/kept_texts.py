"""The words of tickets in a file of SQLite's: whether it is ours, one transaction at a time, what is wrong with it."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager
from pathlib import Path
from typing import NamedTuple

from tkt.domain.ticket import Ticket
from tkt.store.full_text.texts import VERSION, Texts

# "tktx": what says that a database is ours.
_APPLICATION = 0x746B7478
# What was read is kept even if a person loses patience with the rest.
_AT_ONCE = 2000
# Pages of so many KiB in memory: a transaction that outgrew them would shut out those who read.
_MEMORY = 65536
# The codes of SQLite that speak of the surroundings (a lock, a disk) and not of what is in the file: PERM, BUSY,
# LOCKED, NOMEM, READONLY, IOERR, FULL, CANTOPEN, PROTOCOL.
_OF_THE_SURROUNDINGS = frozenset({3, 5, 6, 7, 8, 10, 13, 14, 15})

Step = Callable[[int, int], object]


# What comes of a file that is broken, or cannot be used: what SQLite says of it may be no text.
TROUBLES = (sqlite3.Error, UnicodeDecodeError)


class OutOfReach(Exception):
    """The file cannot be used now: it is locked, or cannot be written. The tickets themselves are to be asked."""


class Damaged(Exception):
    """The file is not what this tkt wrote: it is to be made anew."""


class Read(NamedTuple):
    """A ticket, None where there is none to be read, and the hash of what it was read from."""

    ticket: Ticket | None
    hash: str


Reader = Callable[[str], Read | None]


class KeptTexts(Texts):
    """The words in a file. Nothing of it is open to others but between `begin` and `end`, of which they see the end."""

    @classmethod
    @contextmanager
    def at(cls, path: Path, patience: float) -> Iterator[KeptTexts]:
        """The file at `path`, waited for so many seconds where it is locked; raises Damaged and OutOfReach."""
        try:
            with closing(sqlite3.connect(path, patience, isolation_level=None)) as connection:
                # What is taken out is not to be found in what the file no longer uses.
                connection.execute("PRAGMA secure_delete = ON")
                connection.execute("PRAGMA synchronous = NORMAL")
                connection.execute(f"PRAGMA cache_size = -{_MEMORY}")
                yield cls(connection)
        except TROUBLES as error:
            code = getattr(error, "sqlite_errorcode", 0) & 0xFF
            raise (OutOfReach if code in _OF_THE_SURROUNDINGS else Damaged) from error

    def begin(self, *, writing: bool = False) -> None:
        """From here on all is seen as it is now, until `end`."""
        self._connection.execute("BEGIN IMMEDIATE" if writing else "BEGIN")

    def end(self) -> None:
        """Have what was written kept."""
        self._connection.execute("COMMIT")

    def undo(self) -> None:
        """Have nothing kept of what was written since `begin`."""
        if self._connection.in_transaction:
            self._connection.execute("ROLLBACK")

    def verify(self) -> None:
        """Look at all that it holds; raises Damaged, or an error of SQLite's, where it is not whole."""
        if self._connection.execute("PRAGMA integrity_check(1)").fetchone()[0] != "ok":
            raise Damaged
        if self._is_ours():
            self._connection.execute("INSERT INTO texts (texts) VALUES ('integrity-check')")
            counts = "SELECT (SELECT count(*) FROM tickets WHERE readable) = (SELECT count(*) FROM texts)"
            if not self._connection.execute(counts).fetchone()[0]:
                raise Damaged

    def is_up_to_date(self, current: Mapping[str, str], read: Reader, aside: set[str]) -> bool:
        """Whether all of `current` is here as it is there, those put aside apart, and nothing else.

        Those that could not be read are tried again, so that whoever asks hears of them each time.
        """
        if not self._is_ours() or self.is_stained:
            return False
        if not self.is_whole(current):
            # Without one put aside, all of it would have been remembered as whole.
            if not aside:
                return False
            stale, gone = self.differences(current)
            if gone or not aside.issuperset(stale):
                return False
        return not any([read(one) for one in self.unreadable()])

    def bring_up_to_date(
        self, current: Mapping[str, str], read: Reader, aside: set[str], progress: Step | None = None
    ) -> None:
        """Read what is stale. What has changed again since `current` was told is put aside."""
        self.begin(writing=True)
        if not self._is_ours():
            self._make_ours()
        stale, gone = self.differences(current)
        # Before anything is kept: a part of the changes is no whole.
        self.remember_whole(None)
        self.take_out(gone)
        to_read = sorted({*stale, *self.unreadable()} - aside)
        for number, one in enumerate(to_read, 1):
            if progress:
                progress(number, len(to_read))
            found = read(one) or Read(None, current[one])
            self.put(one, *found)
            if found.hash != current[one]:
                aside.add(one)
            if number % _AT_ONCE == 0:
                self.end()
                self.begin(writing=True)
        if self.is_stained:
            self.forget_what_went()
        self.remember_whole(None if aside else current)
        self.end()

    def _is_ours(self) -> bool:
        return (self._number("application_id"), self._number("user_version")) == (_APPLICATION, VERSION)

    def _make_ours(self) -> None:
        """Raises Damaged for a file that holds something else."""
        if self._connection.execute("SELECT 1 FROM sqlite_schema LIMIT 1").fetchone():
            raise Damaged
        self.make()
        self._connection.execute(f"PRAGMA application_id = {_APPLICATION}")
        self._connection.execute(f"PRAGMA user_version = {VERSION}")

    def _number(self, pragma: str) -> int:
        return int(self._connection.execute(f"PRAGMA {pragma}").fetchone()[0])
