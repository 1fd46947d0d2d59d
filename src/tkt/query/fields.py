"""Terms about the fields of a ticket: code words, texts, who holds it, what category it is in, why it waits."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from tkt.domain import words
from tkt.domain.bounds import Bounds
from tkt.domain.words import fold
from tkt.query.candidate import Candidate
from tkt.query.reading import Asked, Kind, Read, ValueOf, text_reader, words_reader
from tkt.query.terms import Meaning
from tkt.query.tokens import Value, written
from tkt.query.vocabulary import REASONS, SPECIAL, spoken


def value_of(key: str) -> ValueOf:
    return lambda one: one.ticket.get(key)


def _values(*keys: str) -> Callable[[Candidate], Iterable[str]]:
    return lambda one: map(one.ticket.get, keys)


def field(*keys: str) -> Kind:
    return Kind(text_reader(_values(*keys)), lambda one: any(map(one.ticket.get, keys)))


def coded(key: str, vocabulary: words.Vocabulary, bounds: Callable[[frozenset[str]], Bounds] | None = None) -> Kind:
    return Kind(
        words_reader(vocabulary, value_of(key), bounds), lambda one: bool(one.ticket.get(key)), vocabulary.codes
    )


def read_assignee(asked: Asked) -> Read:
    """A name or a part of it, `me`, or `none`."""
    kinds = [None if value.quoted else spoken(SPECIAL, value.text) for value in asked.values]
    if asked.operator or not all(kinds):
        values = [
            Value(asked.context.me(), True) if kind == "me" else one
            for one, kind in zip(asked.values, kinds, strict=True)
        ]
        texts, meaning = _NAME.read(asked._replace(values=values))
        shown = (kind or text for kind, text in zip(kinds, texts, strict=True))
        return tuple(shown), meaning
    holders = frozenset(asked.context.me() if kind == "me" else "" for kind in kinds)
    return tuple(map(str, kinds)), Meaning(lambda one: one.ticket.assignee in holders, Bounds(assignees=holders))


_NAME = field("assignee")


def read_category(asked: Asked) -> Read:
    """A part of a category; behind `=` the category itself, and what is under it."""
    if asked.operator != "=":
        return text_reader(lambda one: [" > ".join(_levels(one.ticket.get("category")))])(
            asked._replace(values=[_spaced(value) for value in asked.values])
        )
    asked.require_list(exactly=True)
    wanted = [[fold(level) for level in _levels(value.text)] for value in asked.values]

    def test(candidate: Candidate) -> bool:
        found = [fold(level) for level in _levels(candidate.ticket.get("category"))]
        return any(found[: len(one)] == one for one in wanted)

    return tuple(written(_spaced(value).text) for value in asked.values), Meaning(test)


def _levels(category: str) -> list[str]:
    return [level.strip() for level in category.split(">")] if category else []


def _spaced(value: Value) -> Value:
    return Value(" > ".join(_levels(value.text)), value.quoted)


def _reason(candidate: Candidate) -> str:
    """Why a ticket waits, or was cancelled."""
    state = candidate.ticket.state
    if state == "cancelled":
        said = candidate.ticket.last_of("reason")
        # Another word is why it waited before.
        return said.new if said and said.new in words.CANCEL_REASON else ""
    return candidate.timeline.waiting if state == "pending" else ""


def _of_reasons(codes: frozenset[str]) -> Bounds:
    if "" in codes:
        return Bounds()
    pending = {"pending"} if codes & set(words.PENDING_REASON.codes) else set()
    cancelled = {"cancelled"} if codes & set(words.CANCEL_REASON.codes) else set()
    return Bounds(states=frozenset(pending | cancelled))


ASSIGNEE = Kind(read_assignee, lambda one: bool(one.ticket.assignee), SPECIAL.codes)
CATEGORY = Kind(read_category, lambda one: bool(one.ticket.get("category")))
REASON = Kind(words_reader(REASONS, _reason, _of_reasons, steady=False), lambda one: bool(_reason(one)), REASONS.codes)
