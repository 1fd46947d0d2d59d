"""A slow oracle for calendars: at every minute it asks the zone what the wall clock reads, and looks the day up by the
rules of docs/sla.md. It shares no code with what it judges, but for the records that it is asked to make."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from functools import cached_property
from zoneinfo import ZoneInfo

from tkt.domain.opening_hours import CalendarVersion, Days, OpeningHours, OwnHours
from tkt.service_level.business.calendar import BusinessCalendar

MINUTE = 60
MIDNIGHT = 24 * 60
# From one minute of a day to another; past 1,440 it is of the next day.
Minutes = tuple[tuple[int, int], ...]


@dataclass(frozen=True)
class Few:
    """Some days: from one to another, of one year or, as months and days, of every year."""

    first: date
    last: date
    yearly: bool = False

    def has(self, day: date) -> bool:
        if not self.yearly:
            return day in (self.first + timedelta(days=n) for n in range((self.last - self.first).days + 1))
        first, last, asked = ((one.month, one.day) for one in (self.first, self.last, day))
        return first <= asked <= last if first <= last else not last < asked < first

    def record(self, name: str = "") -> Days:
        ends = (one.replace(year=2000) if self.yearly else one for one in (self.first, self.last))
        return Days(*ends, yearly=self.yearly, name=name)


@dataclass(frozen=True)
class Plain:
    """A version of a calendar, as plainly as it can be said: hours by the number of the weekday."""

    since: date
    zone: str
    week: Mapping[int, Minutes]
    holidays: tuple[str, ...] = ()
    closed: tuple[Few, ...] = ()
    own: tuple[tuple[Few, Minutes], ...] = ()

    def record(self) -> CalendarVersion:
        return CalendarVersion(
            self.since,
            ZoneInfo(self.zone),
            tuple(_seconds(self.week.get(weekday, ())) for weekday in range(7)),
            self.holidays,
            tuple(one.record("closed for good reason") for one in self.closed),
            tuple(OwnHours(days.record(), _seconds(spans)) for days, spans in dated_first(self.own)),
        )


def dated_first(own: tuple[tuple[Few, Minutes], ...]) -> list[tuple[Few, Minutes]]:
    """Days with hours of their own, those of one year before those of every year, which they take the place of."""
    return sorted(own, key=lambda one: one[0].yearly)


def _seconds(spans: Minutes) -> tuple[tuple[int, int], ...]:
    return tuple((start * MINUTE, end * MINUTE) for start, end in spans)


@dataclass(frozen=True, eq=False)
class WallClock:
    """A calendar of such versions, with the holidays of its regions by year."""

    versions: tuple[Plain, ...]
    holidays: Mapping[str, Mapping[int, Mapping[date, str]]] = field(default_factory=dict)
    _days: dict[tuple[date, date], tuple[Minutes, str]] = field(default_factory=dict, repr=False)

    def calendar(self) -> BusinessCalendar:
        """The same calendar, as the product has it."""
        hours = OpeningHours("office", tuple(one.record() for one in self.versions))
        return BusinessCalendar.of(hours, lambda name: self.holidays.get(name, {}))

    @cached_property
    def _zones(self) -> tuple[tuple[Plain, ZoneInfo], ...]:
        return tuple((one, ZoneInfo(one.zone)) for one in reversed(self.versions))

    def state(self, second: int) -> str:
        """`open`, or why not: `closed`, `holiday`, `hours`."""
        utc = datetime.fromtimestamp(second, UTC)
        for version, zone in self._zones:
            reads = utc.astimezone(zone)
            if reads.date() >= version.since:
                return self._by(version, reads)
        return "hours"

    def _by(self, version: Plain, reads: datetime) -> str:
        day = reads.date()
        key = (version.since, day)
        if key not in self._days:
            self._days[key] = self._day(version, day)
        spans, otherwise = self._days[key]
        minute = reads.hour * 60 + reads.minute
        return "open" if any(start <= minute < end for start, end in spans) else otherwise

    def _day(self, version: Plain, day: date) -> tuple[Minutes, str]:
        """The minutes of a day, from its midnight to the next, and what it is in the others."""
        own, kind = self._begins(version, day)
        eve = day - timedelta(days=1)
        night: Minutes = ()
        if kind == "week" and eve >= self.versions[0].since:
            before = version if eve >= version.since else [one for one in self.versions if one.since <= eve][-1]
            night = tuple((start - MIDNIGHT, end - MIDNIGHT) for start, end in self._begins(before, eve)[0])
        if kind == "week" and (own or any(end > 0 for _start, end in night)) and self._is_holiday(version, day):
            return (), "holiday"
        return (*own, *night), "hours" if kind in ("week", "own") else kind

    def _begins(self, version: Plain, day: date) -> tuple[Minutes, str]:
        """What begins on a day, leaving aside that a night shift alone may fall on a holiday."""
        for days, spans in dated_first(version.own):
            if days.has(day):
                return spans, "own"
        if any(days.has(day) for days in version.closed):
            return (), "closed"
        week = version.week.get(day.weekday(), ())
        return ((), "holiday") if week and self._is_holiday(version, day) else (week, "week")

    def _is_holiday(self, version: Plain, day: date) -> bool:
        return any(day in self.holidays[name][day.year] for name in version.holidays)

    def states(self, start: int, end: int, step: int = MINUTE) -> list[tuple[int, int, str]]:
        """What it is over every step from `start` to `end`, each as (from, to, state)."""
        first = start - start % step
        return [(max(at, start), min(at + step, end), self.state(at)) for at in range(first, end, step)]


def elapsed(states: list[tuple[int, int, str]]) -> int:
    """The open seconds of what was walked."""
    return sum(until - since for since, until, state in states if state == "open")


def due(states: list[tuple[int, int, str]], target: int) -> int | None:
    """The first instant of what was walked at which so many seconds had been open; None when it is not reached."""
    counted = 0
    if not target and states:
        return states[0][0]
    for since, until, state in states:
        if state != "open":
            continue
        if counted + until - since >= target:
            return since + target - counted
        counted += until - since
    return None
