"""A journal in which what was personal is unreadable: as many entries as before, in their places, still entries."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator
from functools import partial

from tkt.domain.attachment import read_attached
from tkt.domain.entry import Change, Entry, FieldChange
from tkt.domain.redaction import MARKER, is_redaction_of
from tkt.domain.sought import Sought
from tkt.store.free_text import close_block, source_stretches, unescape
from tkt.store.journal_text import (
    CHANGE,
    HEADING,
    MEMBER,
    SEPARATOR,
    as_json,
    read_side,
    side_spans,
    write_author,
    write_member,
    write_side,
)

# Where in a source something is replaced, and by what.
Edit = tuple[int, int, str]
# What becomes of a ticket's attachments: the new name of each that changes, and whether its content went.
Files = dict[str, tuple[str, bool]]


def edits_of_journal(source: str, entries: tuple[Entry, ...], sought: Sought, files: Files) -> Iterator[Edit]:
    """What to replace in a journal's source, in order; `entries` are those that it holds, all of them readable."""
    headings = list(HEADING.finditer(source))
    ends = [*(heading.start() for heading in headings[1:]), len(source)]
    for heading, end, entry in zip(headings, ends, entries, strict=True):
        author = redacted_whole(entry.author, sought.in_author(entry.author), write_author)
        if author != entry.author:
            yield _author_edit(heading["who"], heading.start("who"), entry, author)
        start = heading.end() + source.startswith("\n", heading.end())
        edits = partial(_edits_of_block, changes=entry.changes, sought=sought, files=files, last=end == len(source))
        yield from edits_within(source, start, end, edits, crlf=bool(heading["cr"]))


def _edits_of_block(
    block: str, *, changes: tuple[Change, ...], sought: Sought, files: Files, last: bool
) -> Iterator[Edit]:
    position = int(block.startswith("\n"))
    for change in changes:
        found = CHANGE.match(block, position)
        assert found is not None
        redacted = redacted_change(change, sought, files)
        if redacted != change:
            yield from _edits_of_line(found, redacted)
        position = found.end() + 1
    position += bool(changes) and block.startswith("\n", position)
    for start, end, marker in edits_of_text(close_block(block, last=last)[position:], sought):
        yield position + start, position + end, marker


def _author_edit(who: str, at: int, entry: Entry, author: str) -> Edit:
    """The author alone replaced; the level and `public` stand behind."""
    behind = bool(entry.level) + entry.public
    name = SEPARATOR.join(who.split(SEPARATOR)[:-behind]) if behind else who
    return at, at + len(name), _written_like(name, author, write_author)


def _edits_of_line(found: re.Match[str], redacted: Change) -> Iterator[Edit]:
    """The sides or members of a change that are no longer the same, and nothing else of its line."""
    line = found["value"] or ""
    value = line.strip(" \t\r")
    at = found.start("value") + len(line) - len(line.lstrip(" \t\r"))
    write: Callable[[str], str] = write_side
    if isinstance(redacted, FieldChange):
        spans = side_spans(value)
        sides = [redacted.old, redacted.new][-len(spans) :]
    else:
        members = list(MEMBER.finditer(value))
        spans = [one.span("text") for one in members]
        turns = {"+": iter(redacted.added), "-": iter(redacted.removed)}
        sides = [next(turns[one["sign"]]) for one in members]
        write = write_member
    for (start, end), side in zip(spans, sides, strict=True):
        piece = value[start:end]
        if read_side(piece) != side:
            yield at + start, at + end, _written_like(piece, side, write)


def _written_like(piece: str, text: str, write: Callable[[str], str]) -> str:
    """`text` in quotes where `piece` is, needed or not: what stands around the marker is to stay as it is."""
    return as_json(text) if piece.startswith('"') and text != MARKER else write(text)


def edits_of_text(source: str, sought: Sought) -> Iterator[Edit]:
    """What to replace in the source of a free text."""
    shown = sought.stretches(unescape(source))
    merged: list[tuple[int, int]] = []
    for start, end in source_stretches(source, shown) if shown else []:
        # One that took the beginning of its line with it may reach into the one before.
        if merged and start < merged[-1][1]:
            merged[-1] = (min(start, merged[-1][0]), end)
        else:
            merged.append((start, end))
    yield from ((start, end, MARKER) for start, end in merged)


def edits_within(
    source: str, start: int, end: int, edits: Callable[[str], Iterator[Edit]], *, crlf: bool
) -> Iterator[Edit]:
    """What to replace in a stretch of a source; `edits` sees it with line ends as texts have them."""
    block = source[start:end]
    plain = block.replace("\r\n", "\n") if crlf else block
    # Where in `plain` a CR was left out before the line end.
    left_out = [found.start() - number for number, found in enumerate(re.finditer("\r\n", block))] if crlf else []
    for first, behind, text in edits(plain):
        before, until = (start + place + bisect_left(left_out, place) for place in (first, behind))
        yield before, until, text


def applied(source: str, edits: list[Edit]) -> str:
    """`source` with the edits made."""
    ends = [0, *(end for _start, end, _text in edits)]
    starts = [*(start for start, _end, _text in edits), len(source)]
    kept = [source[end:start] for end, start in zip(ends, starts, strict=True)]
    return "".join(part for piece in zip(kept, [*(text for *_place, text in edits), ""], strict=True) for part in piece)


def redacted_value(key: str, value: str, sought: Sought) -> str:
    """The value of a field as it will stand, in the front matter as in every entry."""
    return redacted_whole(value, sought.in_value(key, value), write_side)


def redacted_member(member: str, sought: Sought) -> str:
    """A tag as it will stand."""
    return redacted_whole(member, sought.in_text(member), write_member)


def redacted_change(change: Change, sought: Sought, files: Files) -> Change:
    """A change as it will stand in its entry."""
    if not isinstance(change, FieldChange):
        if change.key != "tags":
            return change
        added, removed = (
            tuple(redacted_member(one, sought) for one in some) for some in (change.added, change.removed)
        )
        return type(change)(change.key, added, removed)
    if change.key == "attached":
        return FieldChange(change.key, _redacted_attached(change.new, sought, files), change.old)
    return FieldChange(change.key, *(redacted_value(change.key, one, sought) for one in (change.new, change.old)))


def _redacted_attached(fact: str, sought: Sought, files: Files) -> str:
    """What was attached, under the name that the file bears now; its size and its SHA-256 go with its content."""
    told = read_attached(fact)
    if told is None:
        return redacted_whole(fact, sought.in_text(fact), write_side)
    name, gone = files.get(told.name) or (sought.in_text(told.name), False)
    redacted = f"{name} ({MARKER})" if gone else str(told._replace(name=name))
    return redacted_whole(fact, redacted, write_side)


def redacted_whole(value: str, redacted: str, write: Callable[[str], str]) -> str:
    """`redacted`, or the marker alone where a value that is no longer written in quotes would not show what it was."""
    if redacted == value or is_redaction_of(write(redacted), write(value)):
        return redacted
    return MARKER
