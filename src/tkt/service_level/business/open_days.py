"""Open days: the hours of each day as the wall clock of its zone has them, and where a day begins in real time."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cached_property
from itertools import accumulate
from typing import NamedTuple
from zoneinfo import ZoneInfo

from tkt.domain.opening_hours import DAY, CalendarVersion, DaySpans, OpeningHours, ReadHolidays
from tkt.errors import RuleRefuses, Unreadable
from tkt.language import _
from tkt.service_level.period import Span, intersect, second_of

_ONE_DAY = timedelta(days=1)
# So much earlier than anywhere else a day begins somewhere (UTC+14 to UTC-12).
_ROUND_THE_EARTH = 26 * 3600
_FOR_EVER = 10**12


class BeforeCalendar(RuleRefuses):
    """A calendar was asked about a time before its first version."""


class HolidaysMissing(Unreadable):
    """A calendar needs the public holidays of a year that its file does not have."""


class DayHours(NamedTuple):
    """What begins on a day, in seconds from its midnight by the wall clock (past 86,400: on the next day).

    `kind`: `week`, the week's hours; `own`, hours of its own; `closed` or `holiday`, with its `name`.
    """

    spans: DaySpans
    kind: str = "week"
    name: str = ""


@dataclass(frozen=True)
class OpenDays:
    """The days of a calendar, by its versions: each day is of the version in force on it."""

    hours: OpeningHours
    holidays: ReadHolidays

    @property
    def name(self) -> str:
        """The calendar's name."""
        return self.hours.name

    def change_after(self, year: int) -> int | None:
        """The first year after `year` in which something begins or ends that the settings give a date; None without."""
        return next((one for one in self._dated_years if one > year), None)

    @cached_property
    def _dated_years(self) -> list[int]:
        dated = [version.since.year for version in self.hours.versions]
        for version in self.hours.versions:
            for days in (*version.closed, *(own.days for own in version.open)):
                # What ends on the last day of a year shows in the next.
                dated += [] if days.yearly else [days.first.year, days.last.year, days.last.year + 1]
        return sorted(dated)

    @cached_property
    def eras(self) -> tuple[tuple[CalendarVersion, Span], ...]:
        """Each version with the real time over which it is in force: from the midnight of its first day, by its own
        clock, to that of the next version's, by that one's."""
        versions = self.hours.versions
        begins = [_midnight(version.timezone, version.since) for version in versions]
        # A later version that begins earlier, the other side of the earth, leaves nothing to the one before it.
        ends = list(accumulate(reversed([*begins[1:], _FOR_EVER]), min))[::-1]
        return tuple((one, Span(*span)) for one, *span in zip(versions, begins, ends, strict=True))

    @cached_property
    def begins(self) -> int:
        """The instant at which its first version comes into force."""
        return self.eras[0][1].start

    def begun(self, second: int) -> int:
        """An instant, or the calendar's beginning where that is later by no more than clocks differ round the earth: so
        what was opened on its first day by another clock can be counted. Raises BeforeCalendar further back."""
        if second < self.begins - _ROUND_THE_EARTH:
            raise self._before()
        return max(second, self.begins)

    def version_on(self, day: date) -> CalendarVersion:
        """The version in force on a day; raises BeforeCalendar."""
        for version in reversed(self.hours.versions):
            if version.since <= day:
                return version
        raise self._before()

    def _before(self) -> BeforeCalendar:
        message = _("The calendar {name} begins on {day}: what was before that, it cannot say.")
        return BeforeCalendar(message.format(name=self.name, day=self.hours.versions[0].since))

    def on(self, day: date) -> DayHours:
        """The hours that begin on a day: its own, else none where it is closed or a holiday, else the week's.

        Raises BeforeCalendar and HolidaysMissing.
        """
        return self._by(self.version_on(day), day)

    def _by(self, version: CalendarVersion, day: date) -> DayHours:
        own = next((one.spans for one in version.open if one.days.holds(day)), None)
        if own is not None:
            return DayHours(own, "own")
        closed = next((one for one in version.closed if one.holds(day)), None)
        if closed is not None:
            return DayHours((), "closed", closed.name)
        week = version.weekly[day.weekday()]
        # A day on which nothing could be open needs no holiday, nor a file that knows of it.
        holiday = self._holiday(version, day) if week or self._overnight(version, day) else None
        return DayHours((), "holiday", holiday) if holiday is not None else DayHours(week)

    def _holiday(self, version: CalendarVersion, day: date) -> str | None:
        for file in version.holidays:
            years = self.holidays(file)
            if day.year not in years:
                message = _(
                    "holidays/{file}.yaml: it does not have the year {year}, which the calendar {name} needs. "
                    "Write it with `tkt calendar holidays {file} {year}`."
                )
                raise HolidaysMissing(message.format(file=file, year=day.year, name=self.name))
            if day in years[day.year]:
                return years[day.year][day]
        return None

    def open_on(self, version: CalendarVersion, day: date) -> DaySpans:
        """When it is open by a version from a day's midnight to the next: what begins on the day, and a night shift of
        the day before.

        A day that does not have the week's hours has exactly its own: the night shift ends at its midnight.
        """
        hours = self._by(version, day)
        own = tuple((start, min(end, DAY)) for start, end in hours.spans)
        return own if hours.kind != "week" else (*self._overnight(version, day), *own)

    def _overnight(self, version: CalendarVersion, day: date) -> DaySpans:
        """What of the hours of the day before runs into a day."""
        eve = day - _ONE_DAY
        if eve < self.hours.versions[0].since:
            return ()
        before = version if eve >= version.since else self.version_on(eve)
        if not _may_run_over(before, eve):
            return ()
        return tuple((max(start - DAY, 0), end - DAY) for start, end in self._by(before, eve).spans if end > DAY)

    def start_of(self, day: date) -> int:
        """The instant at which a day begins in its zone; before the calendar begins, in that of its first version."""
        first = self.hours.versions[0]
        return _midnight((first if day < first.since else self.version_on(day)).timezone, day)

    def windows(self, start: int, end: int) -> Iterator[tuple[Span, DayHours]]:
        """The days from `start` to `end`, from midnight to midnight, with their hours; none before its beginning."""
        for version, era in self.eras:
            for within in intersect((era,), (Span(start, end),)):
                yield from self._windows(version, within)

    def _windows(self, version: CalendarVersion, within: Span) -> Iterator[tuple[Span, DayHours]]:
        day, begins = datetime.fromtimestamp(within.start, version.timezone).date(), within.start
        while begins < within.end:
            day += _ONE_DAY
            ends = min(within.end, _midnight(version.timezone, day))
            if ends > begins:
                yield Span(begins, ends), self._by(version, day - _ONE_DAY)
            begins = max(begins, ends)


def _may_run_over(version: CalendarVersion, eve: date) -> bool:
    every = [version.weekly[eve.weekday()], *(own.spans for own in version.open if own.days.holds(eve))]
    return any(end > DAY for spans in every for _start, end in spans)


def _midnight(zone: ZoneInfo, day: date) -> int:
    return second_of(datetime.combine(day, time(), zone).astimezone(UTC))
