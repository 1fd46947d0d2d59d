"""The words of a desk's tickets, where they are looked for: those kept beside the desk, or else in memory."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from functools import cached_property
from typing import Protocol, TypeVar, runtime_checkable

from tkt.desk.desk import Desk
from tkt.store import desk_folder
from tkt.store.bounded_file import read_file
from tkt.store.full_text.full_text import FullText
from tkt.store.full_text.kept_texts import OutOfReach, Read
from tkt.store.full_text.texts import Texts
from tkt.store.index.row import blob_hash
from tkt.store.ticket_file import LARGEST
from tkt.store.unreadable_ticket import UnreadableTicket

# Of a hash of that algorithm, in hexadecimal digits.
_SHA256 = 64
_Answer = TypeVar("_Answer")


@runtime_checkable
class Hashed(Protocol):
    """A source of the desk's own tickets that knows the hash of each file."""

    def hashes(self, desk: Desk) -> Mapping[str, str] | None:
        """The hash of each ticket's file, as git names it, by the ticket's id; None where that cannot be told."""


class Words:
    """The words of a desk's tickets: those kept beside it, brought up to date, or else read into memory, once."""

    def __init__(self, desk: Desk, unreadable: list[UnreadableTicket], stack: ExitStack) -> None:
        self._desk = desk
        self._unreadable = unreadable
        self._stack = stack
        self._in_memory: Texts | None = None

    @classmethod
    @contextmanager
    def of(cls, desk: Desk, unreadable: list[UnreadableTicket]) -> Iterator[Words]:
        """The words of a desk; what cannot be read is collected in `unreadable`, each once."""
        with ExitStack() as stack:
            yield cls(desk, unreadable, stack)

    def ask(self, question: Callable[[Texts], _Answer]) -> _Answer:
        """What `question` makes of the words of all tickets."""
        answer = self._asked(question)
        self._unreadable.sort(key=lambda error: error.finding.path)
        return answer

    def _asked(self, question: Callable[[Texts], _Answer]) -> _Answer:
        if self._in_memory is None and self._hashes is not None and self._desk.cache is not None:
            with suppress(OutOfReach):
                return FullText(self._desk.cache).ask(question, self._hashes, self._read, self._desk.progress)
        if self._in_memory is None:
            self._in_memory = self._stack.enter_context(Texts.in_memory())
            self._fill(self._in_memory)
        return question(self._in_memory)

    @property
    def _is_of_today(self) -> bool:
        """Whether the tickets are those of the files as they are."""
        return not self._desk.looking_back and (self._desk.source is None or isinstance(self._desk.source, Hashed))

    @cached_property
    def _hashes(self) -> Mapping[str, str] | None:
        """The hash of each ticket's file by its id; None where nothing is to be kept of the tickets."""
        source = self._desk.source
        if self._desk.looking_back or not isinstance(source, Hashed):
            return None
        return source.hashes(self._desk) or {one: self._hash_of(one) for one in self._everyone}

    @property
    def _everyone(self) -> list[str]:
        return sorted(desk_folder.ids(self._desk.root))

    def _hash_of(self, ticket_id: str) -> str:
        try:
            return _hash(read_file(self._desk.path(ticket_id), LARGEST))
        except OSError:
            return ""

    def _read(self, ticket_id: str) -> Read | None:
        try:
            file = self._desk.load(ticket_id)
            return Read(file.ticket, _hash(file.data, like=(self._hashes or {}).get(ticket_id, "")))
        except UnreadableTicket as error:
            if str(error) not in map(str, self._unreadable):
                self._unreadable.append(error)
            return None

    def _fill(self, texts: Texts) -> None:
        if not self._is_of_today:
            for ticket in self._desk.tickets(self._unreadable):
                texts.put(ticket.id, ticket)
            return
        everyone = self._everyone
        for number, one in enumerate(everyone, 1):
            if self._desk.progress:
                self._desk.progress(number, len(everyone))
            if found := self._read(one):
                texts.put(one, found.ticket)


def _hash(data: bytes, like: str = "") -> str:
    """What git calls these bytes, by the algorithm that made the hash `like`."""
    return blob_hash(data, "sha256" if len(like) == _SHA256 else "sha1")
