"""What stands behind a key, and the ways to read it that several keys share: words, texts, yes or no."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from tkt.domain.bounds import EVERYTHING, Bounds
from tkt.domain.duration import BusinessDays, read_amount
from tkt.domain.words import Vocabulary, fold
from tkt.errors import CalledWrongly
from tkt.language import _
from tkt.query.candidate import Candidate, Test
from tkt.query.context import Context
from tkt.query.terms import Meaning
from tkt.query.tokens import Value, quoted, written
from tkt.query.vocabulary import SPECIAL, YES_NO, spoken

# Four years: beyond, calendars know no holidays, and counting days takes long.
_MOST_DAYS = 1000


class WrongValue(CalledWrongly):
    """A value or an operator that a key of a query does not take."""


class Asked(NamedTuple):
    """A key, an operator and values, as they were typed, and where."""

    key: str
    operator: str
    values: Sequence[Value]
    context: Context

    def require_list(self, *, exactly: bool = False) -> None:
        """Raises WrongValue where there is more than a list of values (with `exactly`, a `=` before one)."""
        if self.operator and not (exactly and self.operator == "="):
            message = _("{key} is not compared by {operator}: write {key}:A or {key}:A,B.")
            raise WrongValue(message.format(key=self.key, operator=self.operator))

    def require_words(self) -> None:
        """Raises WrongValue where a value stands behind a sign that other languages take for “not”."""
        for value in self.values:
            if not value.quoted and value.text[:1] in ("-", "!") and value.text[1:]:
                message = _("what is not so has its minus sign before the key: -{key}:{value}.")
                raise WrongValue(message.format(key=self.key, value=value.text[1:]))

    def wrong_way_round(self, first: str, last: str) -> WrongValue:
        """Why a range cannot be read that begins after its end."""
        message = _("{key} goes from {first} to {last}: write it the other way round.")
        return WrongValue(message.format(key=self.key, first=last, last=first))

    def require_one_if_compared(self) -> None:
        """Raises WrongValue where several values are compared."""
        if self.operator not in ("", "..") and len(self.values) > 1:
            message = _("{operator} compares with one value: put OR between two comparisons.")
            raise WrongValue(message.format(operator=self.operator))


# Values as they are written, and what is asked by them.
Read = tuple[tuple[str, ...], Meaning]
Reader = Callable[[Asked], Read]
BoundsOf = Callable[[frozenset[str]], Bounds]
ValueOf = Callable[[Candidate], str]


@dataclass(frozen=True, slots=True)
class Kind:
    """A key: how it is read, and whether a ticket has any value of it (None where that is no question); `words` are
    those that it takes beside what anybody may write."""

    read: Reader
    present: Test | None = None
    words: tuple[str, ...] = ()
    asks_clocks: bool = False


@lru_cache(maxsize=4096)
def folded(text: str) -> str:
    """`fold`, of which names and categories are asked over and over."""
    return fold(text)


def words_reader(
    vocabulary: Vocabulary,
    value_of: ValueOf,
    bounds: BoundsOf | None = None,
    meanings: dict[str, tuple[str, ...]] | None = None,
    *,
    steady: bool = True,
) -> Reader:
    """Reads the words of a vocabulary, also a range of them in its order; a word may stand for several values."""

    def read(asked: Asked) -> Read:
        asked.require_words()
        if asked.operator not in ("", ".."):
            message = _("{key} is not compared by {operator}: write {key}:A, {key}:A,B or {key}:A..B.")
            raise WrongValue(message.format(key=asked.key, operator=asked.operator))
        found = [_word(vocabulary, value) for value in asked.values]
        codes = frozenset(
            code for one in _between(vocabulary, found, asked) for code in (meanings or {}).get(one, (one,))
        )
        wanted = frozenset("" if code == "none" else code for code in codes)
        within = bounds(wanted) if bounds else EVERYTHING
        return tuple(found), Meaning(lambda one: value_of(one) in wanted, within, steady)

    return read


def _word(vocabulary: Vocabulary, value: Value) -> str:
    """A word of the vocabulary, or none where it has no such word of its own."""
    if not value.quoted and spoken(SPECIAL, value.text) == "none" and spoken(vocabulary, value.text) is None:
        return "none"
    return vocabulary.read(value.text)


def _between(vocabulary: Vocabulary, found: list[str], asked: Asked) -> Iterable[str]:
    if asked.operator != "..":
        return found
    first, last = map(vocabulary.rank, found)
    if first > last:
        raise asked.wrong_way_round(*found)
    return vocabulary.codes[first : last + 1]


def text_reader(values_of: Callable[[Candidate], Iterable[str]], *, whole: bool = False, steady: bool = True) -> Reader:
    """Reads texts: any part of what stands there by default (with `whole` all of it), all of it behind `=`, and with
    `*` a pattern of the whole. Letter case and accents make no difference; `none` is nothing at all."""

    def read(asked: Asked) -> Read:
        asked.require_list(exactly=True)
        asked.require_words()
        exactly = whole or asked.operator == "="
        tests = [_test_of(value, exactly) for value in asked.values]

        def test(candidate: Candidate) -> bool:
            stands = [folded(one) for one in values_of(candidate) if one]
            return any(one(stands) for one in tests)

        return tuple(_text_written(value) for value in asked.values), Meaning(test, steady=steady)

    return read


def _test_of(value: Value, exactly: bool) -> Callable[[list[str]], bool]:
    if is_none(value):
        return lambda stands: not stands
    wanted = fold(value.text)
    if "*" in value.text and not value.quoted:
        pattern = re.compile(".*".join(map(re.escape, wanted.split("*"))), re.DOTALL)
        return lambda stands: any(pattern.fullmatch(one) for one in stands)
    if exactly:
        return lambda stands: wanted in stands
    return lambda stands: any(wanted in one for one in stands)


def _text_written(value: Value) -> str:
    """As it reads back: what was in quotes stays there where it would mean something else without them."""
    if is_none(value):
        return "none"
    if value.quoted and (spoken(SPECIAL, value.text) or value.text[:1] in ("-", "!")):
        return quoted(value.text)
    return value.text if "*" in value.text and not value.quoted else written(value.text)


def is_none(value: Value) -> bool:
    """Whether a value says that there is none."""
    return not value.quoted and spoken(SPECIAL, value.text) == "none"


def yes_no_reader(test: Test, *, steady: bool = False, asks_clocks: bool = False) -> Reader:
    """Reads yes or no."""

    def read(asked: Asked) -> Read:
        asked.require_list()
        found = tuple(YES_NO.read(value.text) for value in asked.values)
        wanted = {one == "yes" for one in found}
        return found, Meaning(lambda one: test(one) in wanted, steady=steady, asks_clocks=asks_clocks)

    return read


def length_of(text: str) -> int | BusinessDays:
    """The seconds or the business days that a person means; raises WrongValue for more than can be counted."""
    amount = read_amount(text)
    if isinstance(amount, BusinessDays) and amount.count > _MOST_DAYS:
        raise WrongValue(_("{days} are too many: at most {most}bd are counted.").format(days=amount, most=_MOST_DAYS))
    return amount
