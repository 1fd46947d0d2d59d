"""A ticket's file with what was personal made unreadable: the marker stands in its place, all else byte for byte."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from functools import partial

from tkt.domain.consistency import discrepancies
from tkt.domain.entry import Entry
from tkt.domain.redaction import MARKER, is_redaction_of, place_of
from tkt.domain.sought import Sought
from tkt.errors import RuleRefuses
from tkt.language import _
from tkt.store.free_text import close_block
from tkt.store.front_matter import UneditableFrontMatter
from tkt.store.journal_text import render_entry
from tkt.store.redacted_front_matter import redacted_front_matter, redacted_keys
from tkt.store.redacted_journal import Edit, Files, applied, edits_of_journal, edits_of_text, edits_within
from tkt.store.ticket_file import TicketFile
from tkt.store.ticket_text import Block, TicketText
from tkt.store.unreadable_ticket import UnreadableTicket

# The sections of ours, by their titles; the journal is none that a person wrote.
_OURS = {"Description": "description", "Actions": "actions", "Journal": ""}
_BEFORE = "preamble"


class PartOfTheStructure(RuleRefuses):
    """What should go also stands where it holds the ticket together: a number, an instant, a key, a code word."""


def redacted_file(file: TicketFile, sought: Sought, files: Files) -> TicketFile:
    """The file with the marker where what is sought stood; `files` are its attachments that change.

    Raises PartOfTheStructure where it cannot go from everywhere and leave a sound ticket with all its entries.
    """
    text = file.text
    try:
        front = redacted_front_matter(text.front_matter, sought)
    except UneditableFrontMatter as error:
        raise _refusal(file, error.line + 1) from error
    body = applied(text.body, list(_edits_of_body(text, sought)))
    journal = applied(text.journal, list(edits_of_journal(text.journal, text.entries, sought, files)))
    made = replace(text, front_matter=front, body=body, journal=journal)
    try:
        after = TicketFile.parse(file.path, str(made).encode())
    except UnreadableTicket as error:
        raise _refusal(file, error.finding.line) from error
    line = _line_left(after, sought) or _line_broken(file, after)
    if line:
        raise _refusal(file, line)
    return after


def parts_redacted(before: TicketFile, after: TicketFile) -> list[str]:
    """What was made unreadable, as the entry that records it names it: keys, sections, places of entries."""
    keys = redacted_keys(before.text.front_matter, after.text.front_matter)
    entries = zip(before.text.entries, after.text.entries, strict=True)
    return [*keys, *_sections(before.text, after.text), *(place_of(new) for old, new in entries if old != new)]


def _edits_of_body(text: TicketText, sought: Sought) -> Iterator[Edit]:
    for block in text.blocks():
        if block.title not in _OURS:
            for start, end in sought.stretches(block.title):
                yield block.title_at + start, block.title_at + end, MARKER
        edits = partial(_edits_of_section, sought=sought, last=block.last)
        yield from edits_within(text.body, block.start, block.end, edits, crlf=block.crlf)


def _edits_of_section(source: str, *, sought: Sought, last: bool) -> Iterator[Edit]:
    start = int(source.startswith("\n"))
    for first, behind, marker in edits_of_text(close_block(source[start:], last=last), sought):
        yield start + first, start + behind, marker


def _sections(before: TicketText, after: TicketText) -> Iterator[str]:
    for old, new in zip(before.blocks(), after.blocks(), strict=True):
        if (old.title, before.text_of(old)) != (new.title, after.text_of(new)):
            yield _name(new)


def _name(block: Block) -> str:
    return _OURS.get(block.title) or (f"section {block.title}" if block.title else _BEFORE)


def _line_left(after: TicketFile, sought: Sought) -> int:
    """The first line on which a text still stands, 0 where there is none."""
    source = str(after.text).replace("\r\n", "\n")
    at = [source.index(text) for text in sought.texts if text in source]
    return source.count("\n", 0, min(at)) + 1 if at else 0


def _line_broken(before: TicketFile, after: TicketFile) -> int:
    """The line of what is no longer what it was, but for the marker; 0 where all is well."""
    pairs = list(zip(before.text.entries, after.text.entries, strict=False))
    if len(pairs) < max(len(before.text.entries), len(after.text.entries)):
        return before.text.journal_line
    for old, new in pairs:
        if old != new and (old.position != new.position or not is_redaction_of(render_entry(new), render_entry(old))):
            return old.line
    return _line_unsound(before, after)


def _line_unsound(before: TicketFile, after: TicketFile) -> int:
    """The line of an error that was not there before."""
    try:
        ticket = after.require_sound()
    except UnreadableTicket as error:
        return error.finding.line or 1
    known = Counter(one.rule for one in discrepancies(before.ticket, _alike) if one.severity == "error")
    for one in discrepancies(ticket, _alike):
        if one.severity == "error":
            known[one.rule] -= 1
            if known[one.rule] < 0:
                return one.line or after.line_of(one.key)
    return 0


def _alike(_entry: Entry) -> bytes:
    """Entries of one place stand in the order of their bytes; what is redacted stays where it stood."""
    return b""


def _refusal(file: TicketFile, line: int) -> PartOfTheStructure:
    message = _(
        "{path}:{line}: what should go also stands here, where it holds the ticket together (a number, an instant, a "
        "key, a code word): give the words around it too, so that only what a person wrote is meant."
    )
    return PartOfTheStructure(message.format(path=file.path, line=line))
