"""Queries of the tests: asked on a Thursday morning in Paris, by Jean DUPONT."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from tests.course_months import CET
from tkt.domain.settings import Settings
from tkt.domain.ticket import Ticket
from tkt.query.candidate import Candidate
from tkt.query.context import Phrases
from tkt.query.query import Context, Query, read_query
from tkt.service_level.agreements import Agreements

NOW = datetime(2026, 1, 15, 10, 0, tzinfo=CET)
PARIS = ZoneInfo("Europe/Paris")


def matching(phrases: Phrases) -> set[str]:
    """Ticket 1 says anything, and no other says a word."""
    return {"INC0000001"} if phrases else set()


CONTEXT = Context(NOW, PARIS, lambda: "Jean DUPONT", Agreements.of(Settings()), matching=matching)


def query(text: str) -> Query:
    """The query that a text means."""
    return read_query(text, CONTEXT)


def holds(text: str, ticket: Ticket, context: Context = CONTEXT) -> bool:
    """Whether a ticket is what a text asks for."""
    return read_query(text, context).holds(Candidate(ticket, context))
