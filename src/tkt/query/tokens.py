"""The tokens of a query: parentheses, OR, words, phrases, and keys with what stands behind their colon."""

from __future__ import annotations

import re
from dataclasses import dataclass

from tkt.errors import CalledWrongly
from tkt.language import _

_BLANKS = re.compile(r"\s+")
# http://proxy and C:\Temp are texts.
_KEY = re.compile(r"(?![^\W\d_]:\\)([^\W\d_][\w.-]*):(?!//)")
_OPERATOR = re.compile(r">=|<=|>|<|=")
_QUOTED = re.compile(r'"((?:[^"\\]|\\.)*)"')
_WORD = re.compile(r'[^\s()"]+')
_VALUE = re.compile(r'[^\s,()"]+')
# Whole words in capitals; in either language.
_JOINERS = {"OR": "or", "OU": "or", "AND": "and", "ET": "and", "NOT": "not", "NON": "not"}


class UnreadableQuery(CalledWrongly):
    """A query that cannot be read: its message points at the word, whose `column` counts from 1."""

    def __init__(self, why: str, word: str, column: int) -> None:
        message = _("In the query, at “{word}” (column {column}): {why}")
        super().__init__(message.format(word=word, column=column, why=why))
        self.why = why
        self.word = word
        self.column = column


@dataclass(frozen=True, slots=True)
class Value:
    """One value behind a key; in quotes it stands for itself alone."""

    text: str
    quoted: bool = False


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of a query. `kind` is one of: `(`, `)`, or, and, not, words, term.

    Words are `text`, `quoted` or not. A term has a `key` as it was typed, an `operator` ("" for none, `..` for a range)
    and its values, of which a range has two.
    """

    kind: str
    source: str
    column: int
    negated: bool = False
    text: str = ""
    quoted: bool = False
    key: str = ""
    operator: str = ""
    values: tuple[Value, ...] = ()

    def refused(self, why: str) -> UnreadableQuery:
        """Why this piece cannot be read."""
        return UnreadableQuery(why, self.source, self.column)


def tokens(text: str) -> list[Token]:
    """The pieces of a query, in order; raises UnreadableQuery."""
    scanner = _Scanner(text)
    found = []
    while (token := scanner.next()) is not None:
        found.append(token)
    return found


def joins(text: str) -> str:
    """The kind of piece that a word is in capitals: or, and, not; words for any other."""
    return _JOINERS.get(text.upper(), "words")


def is_key(text: str) -> bool:
    """Whether a query takes `text` for a key when a colon stands behind it."""
    return _KEY.fullmatch(f"{text}:") is not None


class _Scanner:
    """Reads a query from left to right."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0

    def next(self) -> Token | None:
        """The next piece; None at the end."""
        self._take(_BLANKS)
        start = self.at
        if start >= len(self.text):
            return None
        negated = self._take_if("-")
        if self._take_if("("):
            return Token("(", self.text[start : self.at], start + 1, negated)
        if not negated and self._take_if(")"):
            return Token(")", ")", start + 1)
        if self.text.startswith('"', self.at):
            said = self._quoted(start)
            return Token("words", self.text[start : self.at], start + 1, negated, said, quoted=True)
        key = _KEY.match(self.text, self.at)
        if key:
            self.at = key.end()
            return self._term(key[1], start, negated)
        return self._word(start, negated)

    def _word(self, start: int, negated: bool) -> Token:
        found = self._take(_WORD)
        if not found:
            raise UnreadableQuery(_("there is nothing behind the minus sign."), "-", start + 1)
        kind = _JOINERS.get(found, "words") if not negated else "words"
        return Token(kind, self.text[start : self.at], start + 1, negated, found)

    def _term(self, key: str, start: int, negated: bool) -> Token:
        operator = self._take(_OPERATOR)
        values = [self._value(start)]
        while self._take_if(","):
            values.append(self._value(start))
        if not operator and len(values) == 1 and not values[0].quoted and _is_range(values[0].text):
            operator = ".."
            values = [Value(part) for part in values[0].text.split("..", 1)]
        source = self.text[start : self.at]
        return Token("term", source, start + 1, negated, key=key, operator=operator, values=tuple(values))

    def _value(self, start: int) -> Value:
        if self.text.startswith('"', self.at):
            return Value(self._quoted(start), quoted=True)
        found = self._take(_VALUE)
        if not found:
            source = self.text[start : self.at]
            raise UnreadableQuery(_("a value is missing; one with blanks goes in quotes."), source, start + 1)
        return Value(found)

    def _quoted(self, start: int) -> str:
        found = _QUOTED.match(self.text, self.at)
        if found is None:
            raise UnreadableQuery(_("the quotes are not closed."), self.text[start:], start + 1)
        self.at = found.end()
        return re.sub(r"\\(.)", r"\1", found[1], flags=re.DOTALL)

    def _take(self, pattern: re.Pattern[str]) -> str:
        found = pattern.match(self.text, self.at)
        if found is None:
            return ""
        self.at = found.end()
        return found[0]

    def _take_if(self, sign: str) -> bool:
        if not self.text.startswith(sign, self.at):
            return False
        self.at += len(sign)
        return True


def _is_range(text: str) -> bool:
    return ".." in text and text.strip(".") != ""


# A value that reads as one piece without quotes.
_PLAIN = re.compile(r'[^\s,()"<>=*][^\s,()"*]*')


def quoted(text: str) -> str:
    """`text` in quotes, as a query reads it."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def written(text: str) -> str:
    """A value as a query reads it back: in quotes where it needs them."""
    return text if _PLAIN.fullmatch(text) and ".." not in text else quoted(text)
