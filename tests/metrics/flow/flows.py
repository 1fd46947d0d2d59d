"""Flows of a few lives, over a day of January 2026."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

from tests.service_level.lives import at, life, said
from tkt.domain.ticket import Ticket
from tkt.metrics.flow.counting import measure_flow
from tkt.metrics.flow.flow import Flow
from tkt.metrics.period import Period

MINUTE, HOUR = 60, 3600
STARTED = said("09:30", state="new → in_progress", assignee="Jean DUPONT", group="Support")
WAITED = said("10:00", state="in_progress → pending", reason="user")
RESUMED = said("10:20", state="pending → in_progress")
RESOLVED = said("11:00", state="in_progress → resolved")


def day(until: str | datetime = "20:00", since: str = "00:00") -> Period:
    """A part of the day on which the lives are lived, up to now."""
    return Period(at(since), at(until) if isinstance(until, str) else until, "Europe/Paris", open_end=True)


def flow(*tickets: Ticket, by: str = "state", period: Period | None = None, **options: Any) -> Flow:
    """The flow of those tickets, numbered in order."""
    numbered = (replace(one, fields={**one.fields, "id": f"INC{number:07d}"}) for number, one in enumerate(tickets, 1))
    return measure_flow(numbered, period or day(), by, **options)


def resolved() -> Ticket:
    """New for 15 minutes, worked on for 30 and 40, pending for 20 between."""
    return life(STARTED, WAITED, RESUMED, RESOLVED)
