"""A ticket's file read for what it says but not for its words, where each of its lines can mean but one thing."""

from __future__ import annotations

import re
from datetime import date, datetime
from functools import lru_cache
from typing import NamedTuple

from tkt.domain.instant import ISO
from tkt.domain.keys import KEYS, REQUIRED, kind_of
from tkt.store.index.plain_move import PlainChange, PlainMove, plain_change
from tkt.store.journal_text import CHANGE, HEADING, Flaw, parse_change, parse_who
from tkt.store.plain_front_matter import Pairs, read_pairs

_OPENING = "---\n"
_CLOSING = "\n---\n"
_JOURNAL = "\n## Journal\n"
# Behind the journal's heading stands an entry, or nothing: any other heading of that name is somebody's own.
_FIRST_ENTRY = re.compile(r"\n*(?:### \d{4}-\d{2}-\d{2}T|\Z)")
# So few characters hold no more of anything than can be read (journal_text.MOST_ITEMS): most tickets are shorter.
_LONGEST = 20_000


class Wordless(NamedTuple):
    """What a ticket's file says, its free texts aside."""

    fields: dict[str, str]
    lists: dict[str, tuple[str, ...]]
    moves: tuple[PlainMove, ...]


def read_wordless(text: str) -> Wordless | None:
    """What a ticket's file says, exactly as TicketFile has it; None wherever there is any doubt."""
    if len(text) > _LONGEST or not text.startswith(_OPENING) or "\r" in text:
        return None
    closing = text.find("\n---", len(_OPENING) - 1)
    pairs = read_pairs(text[len(_OPENING) : closing + 1]) if text.startswith(_CLOSING, closing) else None
    if pairs is None or not _is_sound(pairs):
        return None
    journal = text.find("\n## Journal", closing + len(_CLOSING) - 1)
    start = journal + len(_JOURNAL)
    if not text.startswith(_JOURNAL, journal) or not _FIRST_ENTRY.match(text, start):
        return None
    try:
        datetime.fromisoformat(pairs.fields["opened_at"])
        return Wordless(*pairs, _moves(text, start))
    except ValueError:
        return None


def _is_sound(pairs: Pairs) -> bool:
    """Whether TicketFile would take these pairs for a ticket's."""
    for key, value in pairs.fields.items():
        if not _is_sound_value(key, value):
            return False
    for key in REQUIRED:
        if not pairs.fields.get(key):
            return False
    return all(kind_of(key) == "set" or key not in KEYS for key in pairs.lists) and "requester" not in pairs.lists


@lru_cache(maxsize=8192)
def _is_sound_value(key: str, value: str) -> bool:
    known = KEYS.get(key)
    if known is None:
        return key != "requester"
    if known.kind == "set":
        return False
    if not value:
        return True
    if known.values is not None:
        return value in known.values
    return not known.is_instant or ISO.fullmatch(value) is not None


def _moves(text: str, start: int) -> tuple[PlainMove, ...]:
    """The moves of the journal that begins at `start`; raises ValueError where one of them is flawed."""
    headings = list(HEADING.finditer(text, start))
    ends = [*[heading.start() for heading in headings[1:]], len(text)]
    return tuple([_move(text, heading, end) for heading, end in zip(headings, ends, strict=False)])


def _move(text: str, heading: re.Match[str], end: int) -> PlainMove:
    at, ordinal, who, _cr = heading.groups()
    _require_day(at[:10])
    position = heading.end() + 1
    if text.startswith("\n", position, end):
        position += 1
    changes: tuple[PlainChange, ...] = ()
    if text.startswith("- ", position):
        behind = text.find("\n\n", position, end)
        changes = _changes(text[position : end if behind < 0 else behind].rstrip("\n"))
    author, level, public = _who(who)
    return at, author, level, public, changes, int(ordinal) if ordinal else 1


@lru_cache(maxsize=4096)
def _require_day(day: str) -> None:
    """Raises ValueError for a day that no calendar has."""
    date.fromisoformat(day)


@lru_cache(maxsize=8192)
def _changes(lines: str) -> tuple[PlainChange, ...]:
    """What these lines say, as far as they are changes: the first that is none begins the text."""
    changes: list[PlainChange] = []
    position = 0
    while found := CHANGE.match(lines, position):
        changes.append(_change(found[1], found[2] or ""))
        position = found.end() + 1
    return tuple(changes)


_who = lru_cache(maxsize=4096)(parse_who)


def _change(key: str, value: str) -> PlainChange:
    flaws: list[Flaw] = []
    change = parse_change(key, value.strip(" \t\r"), 0, flaws)
    if any(flaw.severity == "error" for flaw in flaws):
        raise ValueError(value)
    return plain_change(change)
