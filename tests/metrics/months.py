"""January 2026 as a period, and scorecards of a few tickets over it."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from tkt.domain.settings import Settings
from tkt.domain.ticket import Ticket
from tkt.metrics.indicator import Indicator
from tkt.metrics.period import Period
from tkt.metrics.scorecard import Scorecard, score

PARIS = ZoneInfo("Europe/Paris")
SETTINGS = Settings()


def local(year: int, month: int, day: int = 1, hour: int = 0, minute: int = 0) -> datetime:
    return datetime(year, month, day, hour, minute, tzinfo=PARIS)


JANUARY = Period(local(2026, 1), local(2026, 2), "Europe/Paris")


def card(*tickets: Ticket, period: Period = JANUARY, by: str = "") -> Scorecard:
    return score(tickets, period, SETTINGS, by)


def figure(key: str, *tickets: Ticket, period: Period = JANUARY) -> Indicator:
    return card(*tickets, period=period).indicators[key]


def quotient(key: str, *tickets: Ticket, period: Period = JANUARY) -> tuple[float | None, int | None]:
    one = figure(key, *tickets, period=period)
    return one.numerator, one.denominator
