"""A query: which tickets, as a person asks for them in words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from tkt.domain.bounds import Bounds
from tkt.query.candidate import Candidate
from tkt.query.context import Context, Phrase, Phrases
from tkt.query.meaning import meaning_of
from tkt.query.parsing import Parser
from tkt.query.terms import NOTHING_ASKED, All, Node, Said, Term, all_of, leaves, steady_part
from tkt.query.tokens import UnreadableQuery, Value, tokens

__all__ = ["Context", "Phrase", "Query", "UnreadableQuery", "open_unless_named", "query_of", "read_query"]

# Keys that say how far a ticket has come: whoever uses one wants more than the open tickets.
_OF_THE_END = frozenset({"id", "state", "resolved", "closed"})


@dataclass(frozen=True)
class Query:
    """A condition on tickets. Two are equal when they are written in the same way; `str` of one reads back as it."""

    node: Node = NOTHING_ASKED

    def holds(self, row: Candidate) -> bool:
        """Whether a ticket is asked for."""
        return self.node.holds(row)

    @property
    def bounds(self) -> Bounds:
        """What surely holds every ticket that is asked for, at the moment that the query was read for."""
        return self.node.bounds

    @cached_property
    def words(self) -> Phrases:
        """The phrases that every ticket asked for says, in order."""
        parts = self.node.parts if isinstance(self.node, All) else (self.node,)
        return tuple(phrase for one in parts if isinstance(one, Said) and not one.negated for phrase in one.phrases)

    @cached_property
    def phrases(self) -> Phrases:
        """All phrases that a ticket may be asked for by, also those of which one is enough."""
        said = [one for one in leaves(self.node) if isinstance(one, Said) and not one.negated]
        return tuple(dict.fromkeys(phrase for one in said for phrase in one.phrases))

    @cached_property
    def keys(self) -> frozenset[str]:
        """The keys that it names."""
        return frozenset(one.key for one in leaves(self.node) if isinstance(one, Term))

    @cached_property
    def asks_clocks(self) -> bool:
        """Whether the SLA clocks of a ticket must be read."""
        return any(one.meaning.asks_clocks for one in leaves(self.node) if isinstance(one, Term))

    @property
    def steady(self) -> Query:
        """What of it depends on a ticket's file alone: what holds the query at any moment holds this one."""
        return Query(steady_part(self.node))

    def __and__(self, other: Query) -> Query:
        return Query(all_of([self.node, other.node]))

    def __str__(self) -> str:
        return str(self.node)


def read_query(text: str, context: Context) -> Query:
    """The query that a person means; raises UnreadableQuery, which points at the word and offers the nearest."""
    return Query(Parser(tokens(text), context).query())


def query_of(key: str, values: Iterable[str], context: Context, operator: str = "") -> Query:
    """The query of one term, from the values of an option of a command; raises what is wrong with them."""
    texts, meaning = meaning_of(key, operator, [Value(one) for one in values], context)
    return Query(Term(key, operator, texts, meaning))


def open_unless_named(query: Query, context: Context) -> Query:
    """The query about open tickets, unless it says by itself how far those that it asks for have come."""
    return query if query.keys & _OF_THE_END else query & query_of("state", ["open"], context)
