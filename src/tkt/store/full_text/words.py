"""Texts and what is looked for in them, as SQLite's FTS5 takes them: nothing that a person types is its syntax."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterable, Sequence
from contextlib import closing
from typing import NamedTuple

# Case and accents count for nothing, whole or decomposed.
TOKENIZER = "unicode61 remove_diacritics 2"
# A word of no text, so that no phrase runs from one passage into the next. Both stand round what is marked, too.
SEPARATOR, END = "\ue000", "\ue001"
# What Unicode takes for letters of their own, and people write as two; what SQLite cannot hold, or we take for ours.
_TWO_LETTERS = {"œ": "oe", "Œ": "Oe", "æ": "ae", "Æ": "Ae", "ß": "ss", "ẞ": "ss"}
_UNUSUAL = re.compile(f"[\0œŒæÆßẞ\ud800-\udfff{SEPARATOR}{END}]")


class Sought(NamedTuple):
    """Words one after the other; with `begins`, the last of them is the beginning of one."""

    words: str
    begins: bool = False

    @property
    def expression(self) -> str:
        """What FTS5 is asked: a string of its own, in which no character has a meaning but the quote."""
        quoted = plain(self.words).replace('"', '""')
        return f'"{quoted}"{" *" if self.begins else ""}'


def sought(words: str, *, exact: bool = False) -> Sought:
    """What a person looks for; `imprim*` is the beginning of a word, unless it stood in quotes."""
    return Sought(words, begins=not exact and words.endswith("*"))


def plain(text: str) -> str:
    """`text` as it is looked at: ligatures in two letters, and blanks for what is no text."""
    return _UNUSUAL.sub(lambda found: _TWO_LETTERS.get(found[0], " "), text)


def together(passages: Sequence[str]) -> str:
    """Several texts as one, without a phrase from one to the next."""
    return f" {SEPARATOR} ".join(map(plain, passages))


def every_one(phrases: Iterable[Sought]) -> str:
    """What FTS5 is asked for texts that hold all of them."""
    return " AND ".join(dict.fromkeys(one.expression for one in phrases))


def any_one(phrases: Iterable[Sought]) -> str:
    """What FTS5 is asked for texts that hold one of them."""
    return " OR ".join(dict.fromkeys(one.expression for one in phrases))


def place_in(text: str, looked_at: str) -> list[int] | range:
    """For each character of `plain(text)`, and for its end, where it stands in `text`."""
    if len(text) == len(looked_at):
        return range(len(text) + 1)
    places = [at for at, char in enumerate(text) for _letter in _TWO_LETTERS.get(char, " ")]
    return [*places, len(text)]


def words_of(texts: Sequence[str]) -> list[list[str]]:
    """The words of each text, as SQLite takes it apart: in small letters and without accents."""
    found: list[list[str]] = [[] for _text in texts]
    with closing(sqlite3.connect(":memory:")) as memory:
        memory.execute(f"CREATE VIRTUAL TABLE texts USING fts5(text, tokenize='{TOKENIZER}')")
        memory.execute("CREATE VIRTUAL TABLE words USING fts5vocab(texts, instance)")
        rows = ((number, plain(text)) for number, text in enumerate(texts))
        memory.executemany("INSERT INTO texts(rowid, text) VALUES (?, ?)", rows)
        for number, word in memory.execute("SELECT doc, term FROM words ORDER BY doc, offset"):
            found[number].append(word)
    return found
