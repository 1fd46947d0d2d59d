"""Exercise 2 of the course as tickets: 200 created, 185 resolved in 740 hours, 130 at first contact, 10 reopened."""

from __future__ import annotations

from datetime import datetime, timedelta

from tests.metrics.months import local
from tests.service_level.lives import AGENT, life, said
from tkt.domain.ticket import Ticket

HOUR = timedelta(hours=1)


def exercise() -> list[Ticket]:
    first_contact = [resolved(n, hours) for n, hours in zip(range(130), (3, 5) * 65, strict=True)]
    reopened = [twice(n) for n in range(130, 140)]
    handed_over = [resolved(n, 4, handed_over=True) for n in range(140, 185)]
    return [*first_contact, *reopened, *handed_over, *(life(opened=opening(n)) for n in range(185, 200))]


def opening(number: int) -> datetime:
    return local(2026, 1, 1 + number % 28, 8, number % 60)


def resolved(number: int, hours: int, *, handed_over: bool = False) -> Ticket:
    opened, end = opening(number), opening(number) + hours * HOUR
    taken = said(end - HOUR, public=True, state="new → in_progress", assignee=AGENT)
    away = [said(end - HOUR / 2, assignee=f"{AGENT} → Luc PETIT")] if handed_over else []
    return life(taken, *away, said(end, state="in_progress → resolved"), opened=opened)


def twice(number: int) -> Ticket:
    opened = opening(number)
    return life(
        said(opened + HOUR, state="new → resolved"),
        said(opened + 2 * HOUR, state="resolved → in_progress"),
        said(opened + 4 * HOUR, state="in_progress → resolved"),
        opened=opened,
    )
