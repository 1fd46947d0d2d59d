"""A simulation made by hand: two incidents of January, of which a stricter policy breaches one."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from tests.metrics.months import JANUARY, SETTINGS
from tests.service_level.lives import COURSE_TICKET, life, said
from tkt.domain.policies import DEFAULT_POLICY, DEFAULT_TARGETS, Policy, PolicyVersion, Target
from tkt.domain.settings import Settings
from tkt.domain.ticket import Ticket
from tkt.metrics.simulation import Simulation, simulate

HOUR = 3600
TITLED = Ticket(
    {**COURSE_TICKET.fields, "title": "Outlook 365 - Impossible d'envoyer"},
    COURSE_TICKET.opened_at,
    COURSE_TICKET.entries,
)
QUICK = life(said("09:30", state="new → resolved"), id="INC0012346", title="Souris")
STRICT = Policy(
    "strict",
    (
        PolicyVersion(date(2026, 1, 1), {**DEFAULT_TARGETS, "P3": Target(HOUR, 4 * HOUR)}),
        PolicyVersion(date(2026, 12, 1), DEFAULT_TARGETS),
    ),
)


def under(*policies: Policy, **changed: Any) -> Settings:
    """Settings with these policies alone."""
    return replace(SETTINGS, policies=policies, **changed)


def simulation(*tickets: Ticket, others: Settings | None = None) -> Simulation:
    """The two, or these, under the course's targets and under the strict ones, or others."""
    return simulate(tickets or (TITLED, QUICK), JANUARY, under(DEFAULT_POLICY), others or under(STRICT))
