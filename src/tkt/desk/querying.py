"""Asking a desk: queries as they are meant on it, and the tickets that they ask for."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from tkt.desk.desk import Desk
from tkt.domain.bounds import EVERYTHING, Bounds
from tkt.errors import TktError
from tkt.query.bounding import bounds_of_all
from tkt.query.candidate import Candidate
from tkt.query.context import Context, Phrases
from tkt.query.query import Query, open_unless_named, query_of, read_query
from tkt.query.typed import typed
from tkt.store.unreadable_ticket import UnreadableTicket

# A key of a query, and the values that an option of a command gives it.
Option = tuple[str, Sequence[str]]


def _refuse(trouble: TktError) -> None:
    raise trouble


def context_of(desk: Desk, on_untold: Callable[[TktError], object] = _refuse) -> Context:
    """What queries on a desk are read and answered in; `on_untold` is told why clocks or ages cannot be told, which is
    raised unless somebody listens."""

    def matching(phrases: Phrases) -> Iterable[str]:
        from tkt.desk.searching import matching

        return matching(desk, phrases)

    return Context(
        desk.now,
        desk.settings.timezone,
        lambda: desk.keyboard.name,
        desk.agreements,
        desk.working_day_after,
        matching,
        on_untold,
    )


def several(said: Iterable[str]) -> list[str]:
    """The words of an option that takes several, also in one argument (`P1,P2`)."""
    return [part.strip() for one in said for part in one.split(",") if part.strip()]


def read_asked(
    arguments: Sequence[str], context: Context, options: Iterable[Option] = (), *, every: bool = True
) -> Query:
    """The query that a command line means: its arguments, and its options as keys with their values.

    Without `every` it is about open tickets, unless it says by itself how far those that it asks for have come. Raises
    what reading a query raises.
    """
    query = read_query(typed(arguments, context), context)
    for key, values in options:
        query &= query_of(key, values, context)
    return query if every else open_unless_named(query, context)


def candidates(
    desk: Desk,
    query: Query,
    context: Context,
    unreadable: list[UnreadableTicket],
    ids: Iterable[str] = (),
    within: Bounds = EVERYTHING,
) -> Iterator[Candidate]:
    """The tickets that a query asks for (of those named, if any are), in the order of ids; what cannot be read is put
    aside. `within` are bounds that the command knows of besides."""
    bounds = bounds_of_all([query.bounds, within])
    seen = (Candidate(ticket, context) for ticket in desk.tickets(unreadable, ids, bounds))
    return (one for one in seen if query.holds(one))
