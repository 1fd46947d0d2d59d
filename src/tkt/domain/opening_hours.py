"""Opening hours as a desk sets them: the weekly hours of a calendar, its closed days, and the days with hours of their
own."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date
from typing import NamedTuple
from zoneinfo import ZoneInfo

# The seconds of a local day between which it is open, in order, none touching the next; past 86,400 it is the next day.
DaySpans = tuple[tuple[int, int], ...]
DAY = 24 * 3600
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
ALWAYS: tuple[DaySpans, ...] = (((0, DAY),),) * 7
# The year in which the days of every year are written down: one with a 29 February.
EVERY_YEAR = 2000


class Days(NamedTuple):
    """Days from `first` to `last`, both of them included. `yearly`: of every year, their own being EVERY_YEAR.

    Yearly days whose last is before their first go over New Year. `name` is what people call them, "" for nothing.
    """

    first: date
    last: date
    yearly: bool = False
    name: str = ""

    def holds(self, day: date) -> bool:
        """Whether `day` is one of them."""
        if not self.yearly:
            return self.first <= day <= self.last
        day = day.replace(year=EVERY_YEAR)
        if self.first <= self.last:
            return self.first <= day <= self.last
        return day >= self.first or day <= self.last


class OwnHours(NamedTuple):
    """Days that have hours of their own in place of the week's: half days, exceptional openings."""

    days: Days
    spans: DaySpans


class CalendarVersion(NamedTuple):
    """A calendar as it stands from a day on.

    `weekly` are the hours from Monday to Sunday, each on the day on which they begin; `holidays` names the committed
    files whose days are closed; `corrected` says why a version was changed after it had come into force.
    """

    since: date
    timezone: ZoneInfo
    weekly: tuple[DaySpans, ...]
    holidays: tuple[str, ...] = ()
    closed: tuple[Days, ...] = ()
    open: tuple[OwnHours, ...] = ()
    corrected: str = ""


class OpeningHours(NamedTuple):
    """A named calendar and its versions, oldest first: each day is of the version in force on that day."""

    name: str
    versions: tuple[CalendarVersion, ...]

    def version_on(self, day: date) -> CalendarVersion | None:
        """The version in force on that day; None before the first."""
        return next((version for version in reversed(self.versions) if version.since <= day), None)


# ISO 3166: a country, and perhaps one of its subdivisions.
_REGION = re.compile(r"[A-Z]{2}(?:-[A-Z0-9]{1,3})?", re.ASCII)


def is_region(text: str) -> bool:
    """Whether a text has the form of the code of a country or of a part of one: `FR`, `FR-57`."""
    return _REGION.fullmatch(text) is not None


# The public holidays of a region: by year, each day's name. A year that is not there is not known.
HolidayYears = Mapping[int, Mapping[date, str]]
# The holidays of a file by its name; raises what the desk says of a file that is missing or wrong.
ReadHolidays = Callable[[str], HolidayYears]


def no_holidays(_name: str) -> HolidayYears:
    """The holidays where there are no files: no year of them is known."""
    return {}
