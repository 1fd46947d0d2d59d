"""What a query is read and answered in: the moment, whoever asks, how tickets are judged and their words found."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

from tkt.domain.duration import BusinessDays
from tkt.domain.instant import add_business_days, fixed
from tkt.domain.opening_hours import no_holidays
from tkt.errors import TktError
from tkt.service_level.agreements import Agreements
from tkt.service_level.business.calendars import Calendars


class Phrase(NamedTuple):
    """Words that a ticket says one after the other; `exact` where they stood in quotes."""

    words: str
    exact: bool = False


Phrases = tuple[Phrase, ...]


def _nobody() -> str:
    return ""


def _nothing(_phrases: Phrases) -> Iterable[str]:
    return ()


def _untold(_trouble: TktError) -> None:
    return None


@dataclass(frozen=True)
class Context:
    """Where a query is asked. `now` and `timezone` are the desk's.

    `me` names who sits at the keyboard, and is asked only by a query that says so. `agreements` judge the tickets;
    `working_day_after` counts business days, Monday to Friday without one. `matching` finds the ids of the tickets that
    say every one of some phrases. `on_untold` is told why a ticket's clocks, or its age, cannot be told.
    """

    now: datetime
    timezone: ZoneInfo
    me: Callable[[], str] = _nobody
    agreements: Agreements = field(default_factory=lambda: Agreements((), Calendars.of((), no_holidays)))
    working_day_after: Callable[[datetime, BusinessDays], datetime] | None = None
    matching: Callable[[Phrases], Iterable[str]] = _nothing
    on_untold: Callable[[TktError], object] = _untold

    def days_after(self, start: datetime, days: BusinessDays) -> datetime:
        """The same clock time so many business days later; raises what a calendar raises of days it cannot know."""
        if self.working_day_after is not None:
            return self.working_day_after(start, days)
        return fixed(add_business_days(start.astimezone(self.timezone), days))
