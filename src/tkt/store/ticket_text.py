"""A ticket's file as text: front matter, sections, journal; taken apart and put together without losing a byte."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from typing import NamedTuple

from tkt.domain.entry import Entry
from tkt.language import _
from tkt.store.free_text import close_block, unescape
from tkt.store.front_matter import FrontMatter
from tkt.store.journal_text import HEADING, Flaw, parse_entries, render_entry

_BOM = "\ufeff"
_OPENING = re.compile(r"---[ \t]*\r?\n")
_CLOSING = re.compile(r"^---[ \t]*\r?(?:\n|\Z)", re.MULTILINE)
# The journal begins at the first heading of that name behind which only an entry, or nothing at all, follows.
_JOURNAL = re.compile(
    r"^## Journal[ \t]*\r?(?:\n|\Z)(?=(?:[ \t]*\r?\n)*(?:### \d{4}-\d{2}-\d{2}T|[ \t]*\Z))", re.MULTILINE
)
# Nothing in it may be read in two ways: a line of a million blanks would be tried in as many. A possessive group would
# be shorter, and before 3.11.5 Python goes on behind what a vain try of one has read.
_SECTION = re.compile(
    r"^##[ \t]+(?P<title>(?:[ \t\r]*[^ \t\r\n]+(?:[ \t\r]+[^ \t\r\n]+)*)?)"
    r"[ \t\r]*?(?P<cr>\r?)$",
    re.MULTILINE,
)
_MOST_SECTIONS = 2000
_CONFLICT = tuple(re.compile(line, re.MULTILINE) for line in (r"^<{7} ", r"^={7}\r?$", r"^>{7} "))


class NoFrontMatter(ValueError):
    """The file does not begin with a front matter between `---` lines."""


class Block(NamedTuple):
    """A section of a body: its title ("" before the first heading) and where that stands, and from where to where its
    lines go. `crlf`: they end so; `last`: nothing of the body follows.
    """

    title: str
    title_at: int
    start: int
    end: int
    crlf: bool
    last: bool


@dataclass(frozen=True)
class TicketText:
    """The parts of a ticket's file; `str()` of it is the file again, byte for byte."""

    bom: str
    opening: str
    front_matter: FrontMatter
    closing: str
    body: str
    journal: str
    eol: str

    @classmethod
    def parse(cls, text: str) -> TicketText:
        """Take a file's text apart; raises NoFrontMatter."""
        bom = _BOM if text.startswith(_BOM) else ""
        opening = _OPENING.match(text, len(bom))
        closing = _CLOSING.search(text, opening.end()) if opening else None
        if opening is None or closing is None:
            raise NoFrontMatter
        eol = "\r\n" if opening[0].endswith("\r\n") else "\n"
        rest = text[closing.end() :]
        journal = _JOURNAL.search(rest)
        at = journal.end() if journal else len(rest)
        front = FrontMatter(text[opening.end() : closing.start()], eol)
        return cls(bom, opening[0], front, closing[0], rest[:at], rest[at:], eol)

    def __str__(self) -> str:
        return self.bom + self.opening + self.front_matter.source + self.closing + self.body + self.journal

    @property
    def has_journal(self) -> bool:
        """Whether there is a `## Journal`."""
        return _JOURNAL.search(self.body) is not None

    @cached_property
    def _parsed(self) -> tuple[tuple[Entry, ...], list[Flaw]]:
        return parse_entries(self.journal, self.journal_line)

    @property
    def entries(self) -> tuple[Entry, ...]:
        """The journal's entries, in the order in which they stand."""
        return self._parsed[0]

    @property
    def excess(self) -> tuple[Flaw, ...]:
        """What keeps the file from being read at all."""
        return (*self._sections_too_many(), *(flaw for flaw in self._parsed[1] if flaw.rule == "size"))

    def _sections_too_many(self) -> Iterator[Flaw]:
        if self.body.count("\n## ") + self.body.count("\n##\t") > _MOST_SECTIONS:
            message = _("more than {most} sections stand before the journal").format(most=_MOST_SECTIONS)
            yield Flaw(0, "error", "size", message, _("Put a backslash before those that are no headings."))

    @property
    def journal_line(self) -> int:
        """The number of the journal's first line in the file."""
        return (self.opening + self.front_matter.source + self.closing + self.body).count("\n") + 1

    def flaws(self) -> Iterator[Flaw]:
        """What follows no rule of the grammar."""
        line = conflict_line(str(self))
        if line:
            yield conflict(line)
        if not self.has_journal:
            mend = _("Put it back from git with its entries; the next entry that tkt writes begins a new one.")
            yield Flaw(0, "error", "journal", _("there is no `## Journal`"), mend)
        yield from self._sections_too_many()
        yield from self._parsed[1]

    def blocks(self) -> Iterator[Block]:
        """The sections of the body in their order, what stands before the first of them first."""
        headings = list(_SECTION.finditer(self.body))
        ends = [*(heading.start() for heading in headings), len(self.body)]
        yield Block("", 0, 0, ends[0], self.eol == "\r\n", not headings)
        for heading, end in zip(headings, ends[1:], strict=True):
            start = heading.end() + self.body.startswith("\n", heading.end())
            last = end == len(self.body)
            yield Block(heading["title"], heading.start("title"), start, end, bool(heading["cr"]), last)

    def section(self, *titles: str) -> str:
        """The text under the first heading of one of these titles, as its author typed it; "" without one."""
        return next((self.text_of(block) for block in self.blocks() if block.title in titles), "")

    def text_of(self, block: Block) -> str:
        """The text of a section, as its author typed it."""
        source = self.body[block.start : block.end]
        source = source.replace("\r\n", "\n") if block.crlf else source
        return unescape(close_block(source.removeprefix("\n"), last=block.last))

    def with_entry(self, entry: Entry) -> TicketText:
        """The file with one more entry at its end; everything before it stays as it is."""
        before = self if self.has_journal else self._with_journal()
        journal = self.ended(before.journal, HEADING)
        text = self._written("\n" + render_entry(entry))
        return replace(before, body=self.ended(before.body, _SECTION), journal=journal + text)

    def with_front_matter(self, front_matter: FrontMatter) -> TicketText:
        """The file with another front matter."""
        return replace(self, front_matter=front_matter)

    def _with_journal(self) -> TicketText:
        ended = self.ended(self.body, _SECTION)
        closing = self.closing if self.closing.endswith("\n") else self.closing + self.eol
        return replace(self, closing=closing, body=f"{ended}{self.eol}## Journal{self.eol}")

    def ended(self, block: str, heading: re.Pattern[str]) -> str:
        """`block` with its last line ended as the part that the line belongs to ends its lines: no text gains a CR."""
        if not block or block.endswith("\n"):
            return block
        last = next(iter(reversed(list(heading.finditer(block)))), None)
        if last is None or (last.end() == len(block) and not last["cr"]):
            return block + self.eol
        return block + ("\r\n" if last["cr"] and last.end() < len(block) else "\n")

    def _written(self, text: str) -> str:
        return text.replace("\n", "\r\n") if self.eol == "\r\n" else text


def conflict_line(text: str) -> int:
    """The line on which an unfinished merge begins, 0 when there is none."""
    at: list[int] = []
    for mark in _CONFLICT:
        found = mark.search(text, at[-1] if at else 0)
        if found is None:
            return 0
        at.append(found.start())
    return text.count("\n", 0, at[0]) + 1


def conflict(line: int) -> Flaw:
    """What is said of an unfinished merge."""
    mend = _("`tkt check --repair ID` unites both sides; put a backslash before “<<<<<<<” if it is text.")
    return Flaw(line, "error", "conflict-marker", _("a conflict marker of an unfinished merge"), mend)


def without_journal(body: str) -> str:
    """A body in which no line of a person's can be taken for the beginning of the journal."""
    return _JOURNAL.sub(lambda found: "\\" + found[0], body)
