"""The folder of a desk's index: which file is the index, and whether it is still what was left there."""

from __future__ import annotations

import json
import os
import sqlite3
import sys
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import tkt
from tkt.store.index.database import Damaged, Database, Standing
from tkt.store.index.entry import Row
from tkt.store.process import lives

_POINTER = "index.json"
# What a row holds, in which form: the next one that changes either takes the next number.
_FORM = 3
# Of another version of tkt, or of Python, nothing is understood, and all of it is made anew.
MAKER = f"{_FORM} {tkt.__version__} {sys.implementation.cache_tag}"
_Stamp = tuple[int, int, int]


@dataclass(frozen=True)
class IndexFolder:
    """A folder inside the git directory; nothing in it is missed where it is removed."""

    path: Path

    def open(self) -> Database | None:
        """The index, where there is one that can be believed; raises sqlite3.Error where it is locked."""
        try:
            pointer = json.loads((self.path / _POINTER).read_bytes())
            name, maker, stamp = str(pointer["file"]), pointer["maker"], pointer["stamp"]
        except (OSError, ValueError, KeyError, TypeError):
            return None
        if maker != MAKER or os.path.basename(name) != name:
            return None
        return self._opened(name, stamp)

    def _opened(self, name: str, stamp: object) -> Database | None:
        path = self.path / name
        if _stamp_of(path) is None:
            return None
        try:
            database = Database.open(str(path))
        except sqlite3.DatabaseError:
            return None  # no file that could be opened, or none of SQLite's
        try:
            if list(_stamp_of(path) or ()) != stamp:
                # Somebody wrote it and did not come to say so, or it is not what was written.
                database.verify()
                self._point_to(name)
            database.standing()
        except (Damaged, sqlite3.DatabaseError) as error:
            database.close()
            if isinstance(error, sqlite3.OperationalError) and "locked" in str(error):
                raise
            return None
        return database

    def create(self, rows: Iterable[Row], standing: Callable[[], Standing]) -> Database:
        """A new index in the place of the one that is there; raises OSError and sqlite3.Error where it cannot be."""
        self.path.mkdir(parents=True, exist_ok=True)
        name = f"index-{os.getpid()}-{os.urandom(4).hex()}.sqlite"
        path = self.path / name
        try:
            Database.create(str(path), rows, standing)
            self._point_to(name)
        except BaseException:
            with suppress(OSError):
                path.unlink()
            raise
        self._tidy(name)
        return Database.open(str(path))

    def left_as_it_is(self, database: Database) -> None:
        """Say that what the index holds now is what was put into it."""
        name = os.path.basename(database.connection.execute("PRAGMA database_list").fetchone()[2])
        with suppress(OSError):
            self._point_to(name)
            self._tidy(name)

    def _point_to(self, name: str) -> None:
        pointer = {"file": name, "maker": MAKER, "stamp": _stamp_of(self.path / name)}
        draft = self.path / f".{_POINTER}-{os.getpid()}"
        draft.write_text(json.dumps(pointer), encoding="utf-8")
        os.replace(draft, self.path / _POINTER)

    def _tidy(self, name: str) -> None:
        """Take away the indexes of before, but none that is being made; whoever reads one of them still holds it."""
        for other in self.path.glob("index-*-*.sqlite*"):
            maker = other.name.split("-")[1]
            at_work = maker.isdigit() and int(maker) != os.getpid() and lives(int(maker))
            if not other.name.startswith(name) and not at_work:
                with suppress(OSError):
                    other.unlink()


def _stamp_of(path: Path) -> _Stamp | None:
    """What tells that a file was written since; None where there is none."""
    try:
        found = os.stat(path, follow_symlinks=False)
    except OSError:
        return None
    return found.st_mtime_ns, found.st_size, found.st_ino
