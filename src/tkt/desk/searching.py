"""Searching: the tickets that say some words, the most telling first, and the passages in which they say them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from functools import partial
from typing import NamedTuple

from tkt.desk.desk import Desk
from tkt.desk.desk_words import Words
from tkt.desk.querying import candidates, context_of, read_asked
from tkt.domain.identifier import is_id, padded, read_number
from tkt.domain.passages import Marked
from tkt.domain.ticket import Ticket
from tkt.errors import CalledWrongly, TktError
from tkt.language import _
from tkt.query.context import Context, Phrase
from tkt.query.query import Query
from tkt.query.terms import Said
from tkt.store.full_text.marking import Marker
from tkt.store.full_text.texts import Texts
from tkt.store.full_text.words import Sought, sought, words_of
from tkt.store.unreadable_ticket import UnreadableTicket

# To look at so many tickets one by one is quicker than to go through all of them.
_FEW = 200


class NothingToSearch(CalledWrongly):
    """A search for nothing, or for signs alone."""


class Missing(NamedTuple):
    """A word that no ticket says, and the one that was probably meant, "" for none."""

    word: str
    nearest: str


class Hit(NamedTuple):
    """A ticket that was found, and its passages that show why: the title first, where it is one of them."""

    ticket: Ticket
    marked: Sequence[Marked]


class Found(NamedTuple):
    """The tickets that a search shows, how many it found in all; where it found none, the words that none says, and
    the tickets that are called by one of them."""

    hits: tuple[Hit, ...]
    in_all: int
    missing: tuple[Missing, ...]
    called: tuple[str, ...]


def matching(desk: Desk, phrases: Iterable[Phrase]) -> set[str]:
    """The ids of the tickets that say every one of the phrases, in title, description, journal or resolution."""
    with Words.of(desk, []) as words:
        return _saying(words, phrases)


def search(
    desk: Desk,
    arguments: Sequence[str],
    limit: int | None,
    unreadable: list[UnreadableTicket],
    on_untold: Callable[[TktError], object],
) -> Found:
    """The tickets that a query asks for, those first that say most of its words; `limit` of them are shown, None for
    all.

    What cannot be read is collected in `unreadable`, and hides no other; `on_untold` is told why clocks cannot be told.
    Raises NothingToSearch for a query without words, and what reading a query raises.
    """
    with Words.of(desk, unreadable) as words:
        context = replace(context_of(desk, on_untold), matching=partial(_saying, words))
        query = read_asked(arguments, context)
        if not query.phrases:
            raise NothingToSearch(_("There is no word to search for; `tkt list` takes conditions without words."))
        wanted = _sought(query.phrases)
        # Where one word of several is enough, a ticket need not say the others.
        every = query.words == query.phrases
        ranked = words.ask(lambda texts: list(texts.ranked(wanted, every=every))) if wanted else []
        found = _held(desk, query, context, ranked)
        missing = () if ranked else words.ask(lambda texts: tuple(_missing(texts, wanted)))
    called = () if found else tuple(dict.fromkeys(_called(desk, query.phrases)))
    return Found(tuple(_shown(desk, found[:limit], wanted)), len(found), missing, called)


def _called(desk: Desk, phrases: Iterable[Phrase]) -> Iterator[str]:
    """The tickets whose ids or numbers are looked for as words."""
    for phrase in phrases:
        if read_number(phrase.words) is not None or is_id(padded(phrase.words)):
            with suppress(TktError):
                yield desk.find(phrase.words)


def _saying(words: Words, phrases: Iterable[Phrase]) -> set[str]:
    wanted = _sought(phrases)
    return words.ask(lambda texts: texts.holding(wanted)) if wanted else set()


def _sought(phrases: Iterable[Phrase]) -> list[Sought]:
    """What FTS5 is to look for: signs among words are passed over."""
    wanted = [sought(phrase.words, exact=phrase.exact) for phrase in phrases]
    return [one for one, words in zip(wanted, words_of([one.words for one in wanted]), strict=True) if words]


def _held(desk: Desk, query: Query, context: Context, ranked: Sequence[str]) -> Sequence[str]:
    """Those of the tickets that the query asks for, in their order; of words alone nothing is left to be asked."""
    if not ranked or (isinstance(query.node, Said) and not query.node.negated):
        return ranked
    few = ranked if len(ranked) <= _FEW else ()
    held = {one.ticket.id for one in candidates(desk, query, context, [], few)}
    return [one for one in ranked if one in held]


def _shown(desk: Desk, ids: Sequence[str], wanted: Sequence[Sought]) -> Iterator[Hit]:
    with Marker.of(wanted) as marker:
        quiet = replace(desk, progress=None)
        for ticket in (ticket for one in ids for ticket in quiet.tickets(ids=[one])):
            yield Hit(ticket, marker.marked(ticket))


def _missing(texts: Texts, wanted: Sequence[Sought]) -> Iterator[Missing]:
    """The words that no ticket holds."""
    for phrase, words in zip(wanted, words_of([one.words for one in wanted]), strict=True):
        for word in words:
            begins = phrase.begins and word is words[-1]
            if not texts.holds_word(word, begins=begins):
                # Of a number another one is no slip.
                yield Missing(word, "" if word.isdigit() else texts.nearest_word(word) or "")
