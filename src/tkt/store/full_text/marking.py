"""Where in a ticket the words stand that it was found by: its passages, with the stretches to mark."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from tkt.domain.passages import Marked, Marks, passages
from tkt.domain.ticket import Ticket
from tkt.store.full_text.words import END, SEPARATOR, TOKENIZER, Sought, any_one, place_in, plain

# Of one ticket: so many passages show more of what was looked for than anybody reads.
_MOST = 3


class Marker:
    """Marks some phrases in any number of tickets."""

    def __init__(self, connection: sqlite3.Connection, phrases: Sequence[Sought]) -> None:
        self._connection = connection
        self._phrases = list(dict.fromkeys(phrases))

    @classmethod
    @contextmanager
    def of(cls, phrases: Sequence[Sought]) -> Iterator[Marker]:
        """What marks these phrases."""
        connection = sqlite3.connect(":memory:", isolation_level=None)
        try:
            connection.execute(f"CREATE VIRTUAL TABLE texts USING fts5(text, tokenize='{TOKENIZER}')")
            yield cls(connection, phrases)
        finally:
            connection.close()

    def marked(self, ticket: Ticket) -> list[Marked]:
        """The title where a phrase stands in it, then as few other passages as show each phrase that the ticket says
        elsewhere; first those that say most of them.
        """
        every = list(passages(ticket))
        found = self._marks([one.text for one in every])
        shown = [Marked(every[at], found[at]) for at in sorted(found) if every[at].where == "title"]
        elsewhere = {at: marks for at, marks in found.items() if every[at].where != "title"}
        return shown + [Marked(every[at], found[at]) for at in self._fewest(elsewhere)]

    def _marks(self, texts: list[str]) -> dict[int, Marks]:
        """The marks of each text that holds a phrase, by its number."""
        self._connection.execute("DELETE FROM texts")
        rows = ((number, plain(text)) for number, text in enumerate(texts))
        self._connection.executemany("INSERT INTO texts (rowid, text) VALUES (?, ?)", rows)
        query = "SELECT rowid, highlight(texts, 0, ?, ?) FROM texts WHERE texts MATCH ?"
        found = self._connection.execute(query, (SEPARATOR, END, any_one(self._phrases)))
        return {number: _marks_in(texts[number], marked) for number, marked in found}

    def _fewest(self, found: dict[int, Marks]) -> list[int]:
        """The numbers of as few texts as hold every phrase that one of them holds, in the order of their worth."""
        query = "SELECT rowid FROM texts WHERE texts MATCH ?"
        holds: dict[int, set[Sought]] = {at: set() for at in sorted(found)}
        for phrase in self._phrases:
            for (at,) in self._connection.execute(query, (phrase.expression,)):
                if at in holds:
                    holds[at].add(phrase)
        chosen: list[int] = []
        left = {phrase for held in holds.values() for phrase in held}
        while left and len(chosen) < _MOST:
            chosen.append(max(holds, key=lambda at: len(holds[at] & left)))
            left -= holds[chosen[-1]]
        return chosen


def _marks_in(text: str, marked: str) -> Marks:
    """The stretches between the signs that were put into a text as it was looked at."""
    before, *pieces = marked.split(SEPARATOR)
    spans, at = [], len(before)
    for piece in pieces:
        inside, _end, behind = piece.partition(END)
        spans.append((at, at + len(inside)))
        at += len(inside) + len(behind)
    places = place_in(text, plain(text))
    return tuple((places[start], places[end]) for start, end in spans)
