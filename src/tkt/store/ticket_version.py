"""One version of a ticket's file as history compares it, taken apart only as far as it is asked about."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cached_property

from tkt.domain.entry import Entry
from tkt.domain.finding import Finding
from tkt.domain.growth import Snapshot, Written
from tkt.domain.keys import KEYS
from tkt.store.journal_text import HEADING, MOST_ITEMS, bytes_of
from tkt.store.plain_front_matter import read_plainly
from tkt.store.ticket_file import LARGEST, TicketFile
from tkt.store.unreadable_ticket import UnreadableTicket

_FRONT = re.compile(rb"(?:\xef\xbb\xbf)?---[ \t]*\n(?P<front>(?:(?!---[ \t]*(?:\r?\n|\Z)).*\n)*)---[ \t]*\n")
_SETS = tuple(name for name, key in KEYS.items() if key.kind == "set")

# Even of the shortest members of a set, fewer than a journal may hold fit into so many bytes.
_NEVER_TOO_MUCH = 3 * MOST_ITEMS


class TicketVersion:
    """The bytes of a ticket's file at one commit. Where it has a `flaw`, nothing else may be asked."""

    def __init__(self, data: bytes) -> None:
        self.data = data

    @cached_property
    def _front(self) -> re.Match[bytes] | None:
        """The front matter with its `---` lines, where these are as tkt writes them."""
        return _FRONT.match(self.data) if len(self.data) <= LARGEST else None

    @property
    def front(self) -> bytes | None:
        """The text between the `---` lines, None where it takes the whole reader to find it."""
        return self._front["front"] if self._front else None

    @property
    def tail(self) -> int:
        """Where what follows the front matter begins; only where `front` is known."""
        assert self._front is not None
        return self._front.end()

    @cached_property
    def plain(self) -> Snapshot | None:
        """The snapshot, where it is written so plainly that it can be read without YAML."""
        if self.front is None:
            return None
        try:
            self.data.decode()
        except UnicodeDecodeError:
            return None
        return read_plainly(self.front.decode())

    @cached_property
    def file(self) -> TicketFile:
        """The file, read whole; its path is not known here."""
        return TicketFile.parse("", self.data)

    @cached_property
    def snapshot(self) -> Snapshot:
        """What the front matter says."""
        if self.plain is not None:
            return self.plain
        front = self.file.text.front_matter
        return Snapshot(front.fields, {key: front.members(key) for key in _SETS})

    @cached_property
    def flaw(self) -> Finding | None:
        """Why no ticket can be read in it, None where one can."""
        if self.plain is not None and len(self.data) < _NEVER_TOO_MUCH:
            return None
        try:
            if any(flaw.severity == "error" for flaw in self.file.text.excess):
                self.file.ticket  # noqa: B018 - says what is too much
        except UnreadableTicket as error:
            return error.finding
        return None

    @property
    def uid(self) -> str:
        """What tells the ticket from any other; "" where the file does not say."""
        return self.snapshot.fields.get("uid", "")

    @property
    def id(self) -> str:
        """The number that it has, as the file says; "" where it does not."""
        return self.snapshot.fields.get("id", "")

    @cached_property
    def entries(self) -> tuple[Written, ...]:
        """The entries of its journal that can be read as such."""
        text = self.file.text
        return written_entries(text.journal, text.entries, text.journal_line)

    @cached_property
    def body(self) -> str:
        """All that stands between the front matter and the journal's entries."""
        return self.file.text.body

    def let_go(self) -> None:
        """Forget what was taken apart: it is many times its bytes, and can be taken apart again."""
        for part in ("file", "entries", "body"):
            self.__dict__.pop(part, None)

    def line_of(self, key: str) -> int:
        """The line on which a key of the front matter stands, 1 where it does not."""
        return self.file.line_of(key)


def written_entries(source: str, entries: Iterable[Entry], first_line: int) -> tuple[Written, ...]:
    """The `entries` that were read in a journal's text, each with its own."""
    by_line = {entry.line: entry for entry in entries}
    starts = [heading.start() for heading in HEADING.finditer(source)]
    found, line, counted = [], first_line, 0
    ends = [*starts[1:], len(source)] if starts else []
    for start, end in zip(starts, ends, strict=True):
        line += source.count("\n", counted, start)
        counted = start
        if line in by_line:
            found.append(Written(source[start:end].rstrip("\r\n"), by_line[line]))
    return tuple(found)


def in_order(entries: Iterable[Written]) -> list[Entry]:
    """What entries say, in the journal's order: by instant, ordinal and bytes."""
    return sorted((one.entry for one in entries), key=lambda entry: (entry.position, bytes_of(entry)))
