"""The words of tickets in a database: put in, taken out, found and ranked; in a file and in memory alike."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import NamedTuple

from tkt.domain.passages import passages
from tkt.domain.redaction import redacted_in
from tkt.domain.ticket import Ticket
from tkt.domain.words import nearest
from tkt.store.full_text.words import TOKENIZER, Sought, any_one, every_one, together

# What a passage counts for, by the column that it goes into: a title tells more of a ticket than a word in passing.
_WEIGHTS = {"title": 10.0, "description": 4.0, "resolution": 4.0, "journal": 1.0}
_COLUMN_OF = {"actions": "description", "cause": "resolution", "action": "resolution"}
_COLUMNS = ", ".join(_WEIGHTS)
_SCORE = f"bm25(texts, {', '.join(map(str, _WEIGHTS.values()))})"
_SCHEMA = (
    "CREATE TABLE tickets (key INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, hash TEXT NOT NULL, "
    "readable INTEGER NOT NULL, redacted INTEGER NOT NULL)",
    "CREATE INDEX unreadable ON tickets (id) WHERE NOT readable",
    f"CREATE VIRTUAL TABLE texts USING fts5({_COLUMNS}, tokenize='{TOKENIZER}')",
    "CREATE VIRTUAL TABLE words USING fts5vocab(texts, row)",
    # One row: what stands for all ids and hashes, so that nothing need be compared where nothing changed.
    "CREATE TABLE whole (print TEXT NOT NULL)",
    # The tickets of which something was redacted that is not quite forgotten yet.
    "CREATE TABLE stains (id TEXT NOT NULL)",
)
# Raised with anything above, and with what goes into it: what an older tkt wrote is then written anew.
VERSION = 1
# Words that begin alike are many; those of which one was meant by a slip are about as long.
_SLIP = 2


class Differences(NamedTuple):
    """Which tickets are to be read (new or changed), and which are there no more; by id."""

    stale: tuple[str, ...]
    gone: tuple[str, ...]


class Texts:
    """The words of tickets, by id, each with the hash of what it was read from."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    @classmethod
    @contextmanager
    def in_memory(cls) -> Iterator[Texts]:
        """None as yet, kept nowhere."""
        connection = sqlite3.connect(":memory:", isolation_level=None)
        try:
            texts = cls(connection)
            texts.make()
            yield texts
        finally:
            connection.close()

    def make(self) -> None:
        """Make the tables, in a database that has none."""
        for statement in _SCHEMA:
            self._connection.execute(statement)

    def put(self, ticket_id: str, ticket: Ticket | None, hash: str = "") -> None:
        """Put the words of a ticket in, in place of those that it had; None: it cannot be read, and has none."""
        marks = len(redacted_in(ticket.entries)) if ticket else 0
        before = self._take_out(ticket_id)
        if before not in (None, marks):
            self._connection.execute("INSERT INTO stains VALUES (?)", (ticket_id,))
        added = self._connection.execute(
            "INSERT INTO tickets (id, hash, readable, redacted) VALUES (?, ?, ?, ?)",
            (ticket_id, hash, ticket is not None, marks),
        )
        if ticket is not None:
            self._connection.execute(
                f"INSERT INTO texts (rowid, {_COLUMNS}) VALUES (?, ?, ?, ?, ?)",
                (added.lastrowid, *map(together, _texts_of(ticket))),
            )

    def take_out(self, ids: Iterable[str]) -> None:
        """Forget tickets; those that are not there are no trouble."""
        for one in ids:
            self._take_out(one)

    def _take_out(self, ticket_id: str) -> int | None:
        """How many redactions it told of, None where it was not there."""
        query = "SELECT key, readable, redacted FROM tickets WHERE id = ?"
        key, readable, redacted = self._connection.execute(query, (ticket_id,)).fetchone() or (None, False, None)
        if readable:
            self._connection.execute("DELETE FROM texts WHERE rowid = ?", (key,))
        self._connection.execute("DELETE FROM tickets WHERE key = ?", (key,))
        return redacted

    def unreadable(self) -> list[str]:
        """The ids of the tickets that could not be read, in order."""
        return [row[0] for row in self._connection.execute("SELECT id FROM tickets WHERE NOT readable ORDER BY id")]

    @property
    def is_stained(self) -> bool:
        """Whether something was redacted that the file still holds."""
        return self._connection.execute("SELECT 1 FROM stains LIMIT 1").fetchone() is not None

    def forget_what_went(self) -> None:
        """Write the words anew, as a whole: FTS5 only notes that words went, and keeps them until it does so."""
        self._connection.execute("INSERT INTO texts (texts) VALUES ('optimize')")
        self._connection.execute("DELETE FROM stains")

    def is_whole(self, current: Mapping[str, str]) -> bool:
        """Whether all of `current`, the hash of each ticket by its id, was here when last looked at, and nothing
        else."""
        here = self._connection.execute("SELECT print FROM whole").fetchone()
        return here is not None and here[0] == _print_of(current)

    def differences(self, current: Mapping[str, str]) -> Differences:
        """How what is here differs from `current`."""
        known = dict(self._connection.execute("SELECT id, hash FROM tickets").fetchall())
        stale = sorted(one for one, hash in current.items() if known.get(one) != hash)
        return Differences(tuple(stale), tuple(sorted(known.keys() - current.keys())))

    def remember_whole(self, current: Mapping[str, str] | None) -> None:
        """Note that all of `current` is here, and nothing else; None: that it may not be."""
        self._connection.execute("DELETE FROM whole")
        if current is not None:
            self._connection.execute("INSERT INTO whole VALUES (?)", (_print_of(current),))

    def holding(self, phrases: Sequence[Sought]) -> set[str]:
        """The ids of the tickets that hold every one of the phrases."""
        query = "SELECT id FROM texts JOIN tickets ON key = texts.rowid WHERE texts MATCH ?"
        return {row[0] for row in self._connection.execute(query, (every_one(phrases),))}

    def ranked(self, phrases: Sequence[Sought], *, every: bool = True) -> Iterator[str]:
        """The ids of the tickets that hold the phrases (without `every`, one of them), what tells most of them first,
        newest first among equals.
        """
        query = (
            f"SELECT id FROM texts JOIN tickets ON key = texts.rowid WHERE texts MATCH ? "
            f"ORDER BY {_SCORE}, length(id) DESC, id DESC"
        )
        asked = every_one(phrases) if every else any_one(phrases)
        return (row[0] for row in self._connection.execute(query, (asked,)))

    def holds_word(self, word: str, *, begins: bool = False) -> bool:
        """Whether some ticket holds a word, or one that begins so."""
        asked = Sought(word, begins).expression
        found = self._connection.execute("SELECT 1 FROM texts WHERE texts MATCH ? LIMIT 1", (asked,))
        return found.fetchone() is not None

    def nearest_word(self, word: str) -> str | None:
        """What a word that no ticket holds was probably meant to be: one of about its length that begins alike."""
        query = "SELECT term FROM words WHERE term BETWEEN ? AND ? AND length(term) BETWEEN ? AND ? AND doc > 0"
        first, shortest, longest = word[:1], max(len(word) - _SLIP, 1), len(word) + _SLIP
        alike = self._connection.execute(query, (first, f"{first}\U0010ffff", shortest, longest))
        return nearest(word, sorted(row[0] for row in alike))


def _texts_of(ticket: Ticket) -> Iterable[list[str]]:
    """Its passages, by the columns that they go into."""
    columns: dict[str, list[str]] = {column: [] for column in _WEIGHTS}
    for passage in passages(ticket):
        columns[_COLUMN_OF.get(passage.where, passage.where)].append(passage.text)
    return columns.values()


def _print_of(current: Mapping[str, str]) -> str:
    """What stands for all of `current`; its order counts, since sorting would cost more than the odd comparison."""
    both = "\0".join(["\n".join(current), "\n".join(current.values())])
    return hashlib.sha256(both.encode("utf-8", "surrogatepass")).hexdigest()
