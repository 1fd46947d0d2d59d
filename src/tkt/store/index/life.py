"""A ticket's life and what follows from it, as bytes that an index keeps: worked out once, and read again for ever."""

from __future__ import annotations

import marshal
from datetime import UTC

from tkt.domain.ticket import Ticket
from tkt.metrics.history import Facts, Rating, read_facts
from tkt.service_level.period import instant_of
from tkt.service_level.remembered import Judged, plain_timeline, timeline_of
from tkt.service_level.stopwatch import read_whole
from tkt.service_level.timeline import Timeline

Life = tuple[Timeline, Facts]


def read_life(ticket: Ticket) -> Life:
    """The whole life of a ticket, from its journal."""
    timeline = read_whole(ticket)
    return timeline, read_facts(ticket, timeline)


def dump_life(life: Life) -> bytes:
    """A life as bytes."""
    timeline, facts = life
    rating = (int(facts.rating.at.timestamp()), facts.rating.mark) if facts.rating else None
    held = (tuple(sorted(facts.assignees)), tuple(sorted(facts.groups)), tuple(sorted(facts.rises)))
    return marshal.dumps((plain_timeline(timeline), held, facts.first_contact, rating))


def load_life(ticket: Ticket, data: bytes) -> Life:
    """The life of a ticket that `dump_life` wrote down."""
    timeline, held, first_contact, rating = marshal.loads(data)
    mark = Rating(instant_of(rating[0], UTC), rating[1]) if rating else None
    assignees, groups, rises = map(frozenset, held)
    return timeline_of(ticket, timeline), Facts(assignees, groups, rises, first_contact, mark)


def dump_judged(judged: Judged) -> bytes:
    """Clocks as bytes."""
    return marshal.dumps(tuple(judged))


def load_judged(data: bytes) -> Judged:
    """The clocks that `dump_judged` wrote down."""
    return Judged(*marshal.loads(data))
