"""An outline as text for a terminal, or as Markdown to paste: a title, sections, items with a few lines each."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import NamedTuple

from tkt.presentation.safe_text import for_markdown, one_line
from tkt.presentation.style import painted

_LONGEST = 200
# What begins a heading, a list, a quotation or a rule where a line begins with it.
_BLOCK = re.compile(r"^(\d{1,9}(?=[.)])|)([#+\-=>~.)])")


class Item(NamedTuple):
    """A line, and those that stand below it."""

    head: str
    lines: tuple[str, ...] = ()


class Section(NamedTuple):
    """Items under a title."""

    title: str
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Pen:
    """How the words of an outline are written: `said` are a ticket's own, made safe; `strong` its id; `alarm` what is
    over. `format` is `text` or `markdown`."""

    format: str
    said: Callable[[str], str]
    strong: Callable[[str], str]
    alarm: Callable[[str], str]

    @classmethod
    def of(cls, format: str, *, color: bool = False) -> Pen:
        """The pen for a format; `color` counts for text alone."""
        if format == "markdown":
            return cls(format, _as_words, _bold, _bold)
        return cls(
            format,
            lambda text: one_line(short(text)),
            lambda text: painted(one_line(text), "title", color),
            lambda text: painted(one_line(text), "bad", color),
        )

    def outline(self, title: str, introduction: str, sections: Iterable[Section]) -> str:
        """The whole, ending with a line end; each part "" where there is none."""
        if self.format == "markdown":
            head = f"# {title}" if title else ""
            parts = [head, introduction, *(_markdown(one) for one in sections)]
        else:
            parts = [self.strong(title) if title else "", introduction, *(self._text(one) for one in sections)]
        return "\n\n".join(part for part in parts if part) + "\n"

    def _text(self, section: Section) -> str:
        lines = [self.strong(section.title)]
        for item in section.items:
            lines += [f"  {item.head}", *(f"      {line}" for line in item.lines)]
        return "\n".join(lines)


def _markdown(section: Section) -> str:
    lines = [f"## {section.title}", ""]
    for item in section.items:
        lines += [f"- {item.head}", *(f"  - {line}" for line in item.lines)]
    return "\n".join(lines)


def _as_words(text: str) -> str:
    """A ticket's own words in Markdown, of which an item may begin with any."""
    return _BLOCK.sub(r"\1\\\2", for_markdown(short(text)))


def _bold(text: str) -> str:
    return f"**{for_markdown(text)}**"


def short(text: str) -> str:
    """A text as an item holds it: on one line, and no longer than a person reads out."""
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST else f"{line[: _LONGEST - 1]}…"
