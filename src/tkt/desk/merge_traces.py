"""What a file's merges brought together, as git or the marks in the file still tell."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple, Protocol

from tkt.store.merging.conflict_sides import UnclearMarkers, sides_of
from tkt.store.merging.journal_merge import is_sound
from tkt.store.ticket_file import TicketFile
from tkt.store.ticket_repair import MergedTexts
from tkt.store.ticket_text import TicketText, conflict_line
from tkt.store.unreadable_ticket import UnreadableTicket


class Sides(NamedTuple):
    """The versions of a file that a merge brought together, and what it made of them; None where there is no file."""

    base: bytes | None
    ours: bytes | None
    theirs: bytes | None
    result: bytes | None = None


class MergeTraces(Protocol):
    """What is still known of the merges that the files of a desk went through (git)."""

    def unmerged(self, path: Path) -> Sides | None:
        """The sides of a merge that is not ended and left the file in conflict."""

    def merges(self, path: Path) -> Sequence[Sides]:
        """The sides of every merge that the file went through, the newest first."""

    def committed(self, path: Path) -> bytes | None:
        """What the last commit holds there."""

    def under_way(self) -> str:
        """The operation that is not ended, "" for none: what is written then becomes part of it."""

    def take_in(self, paths: Sequence[Path]) -> None:
        """Say that files are as they are to be, in an operation that is not ended."""


class NoTraces:
    """The merges of a desk that is in no repository: there are none."""

    def unmerged(self, path: Path) -> Sides | None:
        """Nothing merges here."""
        return None

    def merges(self, path: Path) -> Sequence[Sides]:
        """Nothing merged here."""
        return ()

    def committed(self, path: Path) -> bytes | None:
        """Nothing is committed here."""
        return None

    def under_way(self) -> str:
        """Nothing is."""
        return ""

    def take_in(self, paths: Sequence[Path]) -> None:
        """Nobody is to be told."""


def parted(name: str, data: bytes, stages: Sides | None, merges: Sequence[Sides]) -> Sides | None:
    """The two sides out of which a file is to be made anew; None where it can be read as it is, and is one ticket's.

    Its own marks tell them; else what git has of a merge that is not ended, or of the one that made the file just so.
    Raises UnclearMarkers, and UnreadableTicket where nothing tells.
    """
    known = [one for one in ([stages] if stages else [*merges[:1]]) if one.ours and one.theirs]
    known = [one for one in known if one is stages or one.result == data]
    try:
        source = data.decode()
        if conflict_line(source):
            return _by_marks(name, source, stages, merges)
        read(name, data)
    except (UnicodeDecodeError, UnclearMarkers, UnreadableTicket):
        if known:
            return known[0]
        read(name, data)
        raise
    return stages if stages and len(_uids(name, stages)) > 1 else None


def _by_marks(name: str, source: str, stages: Sides | None, merges: Sequence[Sides]) -> Sides:
    marked = sides_of(source)
    ours, theirs = marked.ours.encode(), marked.theirs.encode()
    mine, other = read(name, ours), read(name, theirs)
    if marked.base is not None:
        return Sides(marked.base.encode(), ours, theirs)
    known = (one.base for one in ([stages] if stages else []) + list(merges) if one.base)
    base = next((one for one in known if _grew_into(name, one, mine, other)), None)
    return Sides(base, ours, theirs)


def _grew_into(name: str, base: bytes, *sides: TicketFile) -> bool:
    """Whether both sides hold every entry of a version, so that it may be the one that both grew from."""
    try:
        entries = set(read(name, base).text.entries)
    except UnreadableTicket:
        return False
    return all(entries <= set(side.text.entries) for side in sides)


def read(name: str, data: bytes) -> TicketFile:
    """A version of a file; raises UnreadableTicket."""
    return TicketFile.parse(name, data)


def _uids(name: str, sides: Sides) -> set[str]:
    return {uid for data in (sides.ours, sides.theirs) if data and (uid := _uid(_sound(name, data)))}


def _uid(text: TicketText | None) -> str:
    return text.front_matter.fields.get("uid", "") if text else ""


def texts_of(name: str, uid: str, known: Sequence[Sides]) -> Iterator[MergedTexts]:
    """What merges brought together of the ticket with that uid, as far as it can be read."""
    for sides in known:
        texts = [_sound(name, data) if data else None for data in sides]
        yield MergedTexts(*(text if _uid(text) == uid else None for text in texts))


def _sound(name: str, data: bytes) -> TicketText | None:
    try:
        text = read(name, data).text
    except UnreadableTicket:
        return None
    return text if is_sound(text) else None
