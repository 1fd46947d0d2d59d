"""The index on disk: a SQLite database that may vanish at any moment, believed only while it is as it was left."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from itertools import islice
from math import ceil, floor
from typing import NamedTuple

from tkt.domain.bounds import Bounds
from tkt.domain.words import OPEN
from tkt.store.index.entry import IndexEntry, Row, checksum_of

_SCHEMA = """
CREATE TABLE ticket (
    number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, hash TEXT NOT NULL, readable INTEGER NOT NULL,
    open INTEGER NOT NULL, state TEXT NOT NULL, type TEXT NOT NULL, priority TEXT NOT NULL, assignee TEXT NOT NULL,
    opened INTEGER NOT NULL, said INTEGER NOT NULL
);
CREATE TABLE record (number INTEGER PRIMARY KEY, checksum INTEGER NOT NULL, front BLOB NOT NULL);
CREATE TABLE journal (number INTEGER PRIMARY KEY, checksum INTEGER NOT NULL, moves BLOB NOT NULL);
CREATE TABLE life (
    number INTEGER PRIMARY KEY, checksum INTEGER NOT NULL, life BLOB NOT NULL, judged BLOB NOT NULL
);
CREATE TABLE standing (only INTEGER PRIMARY KEY CHECK (only = 1), checksum INTEGER NOT NULL, said TEXT NOT NULL);
"""
# Made when the tickets are in: one by one they would cost more than all at once.
_LOOKUPS = (
    "CREATE INDEX pressing ON ticket (number) WHERE (open OR NOT readable)",
    "CREATE INDEX lately ON ticket (said)",
)
_PRESSING = "(open OR NOT readable)"
_SHORT = "id, hash, readable, open, state, type, priority, assignee, opened, said"
_TICKET = f"INSERT OR REPLACE INTO ticket (number, {_SHORT}) VALUES ({', '.join('?' * 11)})"
_ENTRY = """
SELECT ticket.number, id, hash, readable, opened, said, front, record.checksum, life, judged, life.checksum
FROM ticket JOIN record USING (number) LEFT JOIN life USING (number)
"""
_WHOLE = "ticket JOIN record USING (number) JOIN journal USING (number) ORDER BY id"
_PATIENCE_SECONDS = 2.0
_AT_ONCE = 500
# Of so many at most one must be looked for, that looking it up is quicker than going through all.
_FEW = 4


class Damaged(Exception):
    """The index does not hold what was put into it."""


class Standing(NamedTuple):
    """What the rows are of: the commit whose files they were read from ("" for none), and the ids of the tickets whose
    files may be others; `algorithm` is how their hashes were made.

    `generation` counts the changes of the index.
    """

    commit: str
    doubtful: frozenset[str]
    algorithm: str
    generation: int = 0


class Change(NamedTuple):
    """What became of files since: rows that are new or others, and the ids of those that are gone."""

    rows: tuple[Row, ...]
    gone: frozenset[str]


@dataclass(frozen=True)
class Database:
    """An open index. Every method raises sqlite3.Error where the database is locked or broken, and Damaged."""

    connection: sqlite3.Connection

    @classmethod
    def open(cls, path: str, *, write: bool = True) -> Database:
        """The index of that file, which must be there."""
        mode = "rw" if write else "ro"
        connection = sqlite3.connect(
            f"file:{_quoted(path)}?mode={mode}", uri=True, timeout=_PATIENCE_SECONDS, isolation_level=None
        )
        connection.execute("PRAGMA cache_size = -20000")
        return cls(connection)

    @classmethod
    def create(cls, path: str, rows: Iterable[Row], standing: Callable[[], Standing]) -> None:
        """A new index in a file of its own that nobody knows of yet; what the rows are of is asked when they are in."""
        with closing(sqlite3.connect(path, isolation_level=None)) as connection:
            connection.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA page_size = 8192;")
            connection.executescript(_SCHEMA)
            database = cls(connection)
            connection.execute("BEGIN")
            database._insert(enumerate(rows, 1))
            for lookup in _LOOKUPS:
                connection.execute(lookup)
            database._stand(standing())
            connection.execute("COMMIT")

    def close(self) -> None:
        """Let go of the file."""
        self.connection.close()

    def standing(self) -> Standing:
        """What the rows are of; raises Damaged."""
        found = self.connection.execute("SELECT said, checksum FROM standing").fetchone()
        if found is None or checksum_of(str(found[0]).encode()) != found[1]:
            raise Damaged
        try:
            commit, doubtful, *rest = json.loads(found[0])
            return Standing(commit, frozenset(doubtful), *rest)
        except (TypeError, ValueError) as error:
            raise Damaged from error

    def within(self, bounds: Bounds) -> Iterator[IndexEntry]:
        """The tickets within some bounds and the files that are no tickets, in the order of ids."""
        condition, values = self._narrowed(bounds)
        for found in self.connection.execute(f"{_ENTRY} WHERE {condition}", values):
            yield _entry(*found)

    def moves(self, number: int) -> bytes:
        """The moves of a ticket's journal, by its number; raises Damaged."""
        found = self.connection.execute("SELECT moves, checksum FROM journal WHERE number = ?", (number,)).fetchone()
        if found is None or checksum_of(found[0]) != found[1]:
            raise Damaged
        moves: bytes = found[0]
        return moves

    def count(self, bounds: Bounds) -> int:
        """How many `within` gives."""
        condition, values = _condition(bounds)
        count: int = self.connection.execute(f"SELECT count(*) FROM ticket WHERE {condition}", values).fetchone()[0]
        return count

    def _narrowed(self, bounds: Bounds) -> tuple[str, list[object]]:
        """What SQL says of tickets within some bounds, in their order, looked up where they are few."""
        condition, values = _condition(bounds)
        lookup, value = _lookup(bounds)
        if lookup:
            looked_up = f"SELECT number FROM ticket WHERE {lookup}"
            found = self.connection.execute(f"SELECT count(*) FROM ({looked_up})", value).fetchone()[0]
            if found * _FEW < self.connection.execute("SELECT coalesce(max(number), 0) FROM ticket").fetchone()[0]:
                # The sign keeps SQLite from going through all of them in their order after all.
                return f"number IN ({looked_up}) AND {condition} ORDER BY +id", [*value, *values]
        return f"{condition} ORDER BY id", values

    def hashes(self, ids: Iterable[str] | None = None) -> dict[str, str]:
        """The hash of each file by the id of its ticket: of those named that are known, or of all."""
        if ids is None:
            return dict(self.connection.execute("SELECT id, hash FROM ticket"))
        found = (self.connection.execute("SELECT id, hash FROM ticket WHERE id = ?", (one,)).fetchone() for one in ids)
        return dict(one for one in found if one is not None)

    def apply(self, change: Change, standing: Standing) -> bool:
        """Put a change in and say what the rows are of now; False where somebody else was faster, and nothing is done.

        `standing` carries the generation that was read.
        """
        self.connection.execute("BEGIN IMMEDIATE")
        try:
            if self.standing().generation != standing.generation:
                self.connection.execute("ROLLBACK")
                return False
            self._remove([*change.gone, *(row.id for row in change.rows)])
            first = self.connection.execute("SELECT coalesce(max(number), 0) + 1 FROM ticket").fetchone()[0]
            self._insert(enumerate(change.rows, first))
            self._stand(standing._replace(generation=standing.generation + 1))
            self.connection.execute("COMMIT")
        except BaseException:
            if self.connection.in_transaction:
                self.connection.execute("ROLLBACK")
            raise
        return True

    def keep(self, worked_out: Mapping[int, tuple[str, bytes, bytes]]) -> None:
        """Keep lives and clocks by the number of their ticket, each with the hash of the file that they are of."""
        self.connection.execute("BEGIN IMMEDIATE")
        try:
            for number, (hashed, life, judged) in worked_out.items():
                self.connection.execute(
                    "INSERT OR REPLACE INTO life SELECT number, ?, ?, ? FROM ticket WHERE number = ? AND hash = ?",
                    (checksum_of(life, judged), life, judged, number, hashed),
                )
            self.connection.execute("COMMIT")
        except BaseException:
            if self.connection.in_transaction:
                self.connection.execute("ROLLBACK")
            raise

    def verify(self) -> None:
        """Look at all that it holds; raises Damaged, or sqlite3.Error, where it is not whole."""
        if self.connection.execute("PRAGMA quick_check(1)").fetchone()[0] != "ok":
            raise Damaged
        # Here, since it is seldom called: it takes all that reads a ticket's file.
        from tkt.store.index.row import row_again

        every = self.connection.execute(
            f"SELECT record.checksum, journal.checksum, {_SHORT}, front, moves FROM {_WHOLE}"
        )
        count = 0
        for count, (front, moves, *found) in enumerate(every, 1):  # noqa: B007 - how many there were
            row = Row(*found)
            # Before they are read: of bytes that are not as they were written nobody knows what reading them does.
            if (front, moves) != (checksum_of(row.front), checksum_of(row.moves)):
                raise Damaged
            if row.readable and row_again(row.id, row.hash, row.front, row.moves)[:-2] != row[:-2]:
                raise Damaged
        sound = sum(1 for _entry in self.within(Bounds()))
        if not count == sound == self.connection.execute("SELECT count(*) FROM ticket").fetchone()[0]:
            raise Damaged

    def _insert(self, numbered: Iterator[tuple[int, Row]]) -> None:
        while some := list(islice(numbered, _AT_ONCE)):
            self.connection.executemany(_TICKET, [(number, *row[:-2]) for number, row in some])
            fronts = [(number, checksum_of(row.front), row.front) for number, row in some]
            self.connection.executemany("INSERT OR REPLACE INTO record VALUES (?, ?, ?)", fronts)
            moves = [(number, checksum_of(row.moves), row.moves) for number, row in some]
            self.connection.executemany("INSERT OR REPLACE INTO journal VALUES (?, ?, ?)", moves)

    def _remove(self, ids: Iterable[str]) -> None:
        for one in ids:
            found = self.connection.execute("SELECT number FROM ticket WHERE id = ?", (one,)).fetchone()
            for table in ("ticket", "record", "journal", "life") if found else ():
                self.connection.execute(f"DELETE FROM {table} WHERE number = ?", found)

    def _stand(self, standing: Standing) -> None:
        commit, doubtful, *rest = standing
        said = json.dumps([commit, sorted(doubtful), *rest])
        self.connection.execute("INSERT OR REPLACE INTO standing VALUES (1, ?, ?)", (checksum_of(said.encode()), said))


def _entry(
    number: int,
    ticket_id: str,
    hashed: str,
    readable: int,
    opened: int,
    said: int,
    front: bytes,
    checksum: int,
    life: bytes | None,
    judged: bytes | None,
    checked: int,
) -> IndexEntry:
    """An entry as the database has it; raises Damaged where it is not as it was put there."""
    if checksum_of(front) != checksum:
        raise Damaged
    if life is None or judged is None:
        return IndexEntry(number, ticket_id, hashed, bool(readable), opened, said, front)
    if checksum_of(life, judged) != checked:
        raise Damaged
    return IndexEntry(number, ticket_id, hashed, bool(readable), opened, said, front, life, judged)


def _condition(bounds: Bounds) -> tuple[str, list[object]]:
    """What SQL says of a ticket within some bounds, and the values in it."""
    said: list[str] = []
    values: list[object] = []
    named = (
        ("state", bounds.states),
        ("type", bounds.types),
        ("priority", bounds.priorities),
        ("assignee", bounds.assignees),
    )
    for column, words in named:
        if words is not None:
            said.append(f"{column} IN ({', '.join('?' * len(words))})")
            values.extend(sorted(words))
    # Files hold whole seconds.
    moments = (
        ("opened >= ?", bounds.opened_from and ceil(bounds.opened_from.timestamp())),
        ("opened <= ?", bounds.opened_by and floor(bounds.opened_by.timestamp())),
        ("(open OR said >= ?)", bounds.alive_from and ceil(bounds.alive_from.timestamp())),
    )
    for condition, second in moments:
        if second is not None:
            said.append(condition)
            values.append(second)
    return (f"(NOT readable OR ({' AND '.join(said)}))" if said else "1"), values


def _lookup(bounds: Bounds) -> tuple[str, list[object]]:
    """Which tickets to look up so that none within some bounds is missing; "" where only all of them would do."""
    if bounds.states is not None and bounds.states <= OPEN:
        return _PRESSING, []
    if bounds.alive_from is not None:
        second = ceil(bounds.alive_from.timestamp())
        return f"{_PRESSING} UNION SELECT number FROM ticket WHERE said >= ?", [second]
    return "", []


def _quoted(path: str) -> str:
    from urllib.parse import quote

    return quote(path)
