"""A desk's calendars by name."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from tkt.domain.opening_hours import OpeningHours, ReadHolidays
from tkt.domain.policies import ROUND_THE_CLOCK as ALWAYS_OPEN
from tkt.domain.words import did_you_mean
from tkt.errors import NoSuchThing
from tkt.language import _
from tkt.service_level.business.calendar import ROUND_THE_CLOCK, BusinessCalendar, Calendar


class UnknownCalendar(NoSuchThing):
    """No calendar of that name."""


class Calendars(NamedTuple):
    """The calendars of a desk, and round the clock; each keeps the tables that it made."""

    by_name: Mapping[str, Calendar]

    @classmethod
    def of(cls, every: tuple[OpeningHours, ...], holidays: ReadHolidays) -> Calendars:
        """Those of the settings."""
        made: dict[str, Calendar] = {one.name: BusinessCalendar.of(one, holidays) for one in every}
        return cls({ALWAYS_OPEN: ROUND_THE_CLOCK, **made})

    def named(self, name: str) -> Calendar:
        """The calendar of that name; raises UnknownCalendar with the nearest offered."""
        found = self.by_name.get(name)
        if found is None:
            message = _("“{name}” is no calendar of this desk.").format(name=name)
            raise UnknownCalendar(message + did_you_mean(name, self.by_name))
        return found
