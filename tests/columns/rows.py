"""Tickets as a list sees them, made for tests."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from tests.presentation.course import at, make_ticket
from tkt.domain.entry import Entry
from tkt.domain.settings import Settings
from tkt.query.candidate import Candidate
from tkt.query.context import Context
from tkt.service_level.agreements import Agreements

PARIS = ZoneInfo("Europe/Paris")
NOON = Context(at("12:00").astimezone(PARIS), PARIS, agreements=Agreements.of(Settings()))


def row(*entries: Entry, context: Context = NOON, **fields: object) -> Candidate:
    """The course's ticket with other fields (`requester__name` is `requester.name`), seen at noon of its day."""
    return Candidate(make_ticket(*entries, **fields), context)


def numbered(number: int, **fields: object) -> Candidate:
    """The same by a number."""
    return row(id=f"INC{number:07d}", **fields)


def numbers(rows: list[Candidate]) -> list[int]:
    """The numbers of some."""
    return [int(one.ticket.id[3:]) for one in rows]
