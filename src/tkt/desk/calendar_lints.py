"""Calendars that can be read and cannot be counted by: never open, without the holidays that they will need."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from itertools import pairwise
from typing import NamedTuple

from tkt.domain.opening_hours import Days, OpeningHours, no_holidays
from tkt.domain.settings import Settings
from tkt.errors import Unreadable
from tkt.language import _
from tkt.service_level.business.calendar import BusinessCalendar, NeverOpen

# How long before a year begins its holidays must be known: clocks that start now are due then.
AHEAD = timedelta(days=92)


class Lint(NamedTuple):
    """Something of the settings that can never work; `place` is where it stands, by keys and indexes."""

    place: tuple[str | int, ...]
    severity: str
    rule: str
    message: str
    mend: str


def calendar_lints(settings: Settings, now: datetime) -> Iterator[Lint]:
    """What is wrong with the calendars: of all, whether they open and what they list; of those used, the holidays."""
    used = _used(settings, now.date())
    for calendar in settings.calendars:
        yield from _never_open(calendar, now)
        yield from _idle_closures(calendar)
        if calendar.name in used:
            yield from _missing_holidays(calendar, settings, now.date())


def _used(settings: Settings, today: date) -> set[str]:
    """The calendars that business days, and agreements in force or to come, are counted by."""
    agreements = [*settings.policies, *(one.policy for one in settings.olas)]
    found = {settings.calendar}
    for one in agreements:
        current = one.version_on(today)
        for version in one.versions:
            if version is current or version.since > today:
                found |= {version.calendar, *(target.calendar for target in version.targets.values())}
    return found


def _never_open(calendar: OpeningHours, now: datetime) -> Iterator[Lint]:
    """Holidays are left aside: they close no calendar for good, and may not be known yet."""
    bare = calendar._replace(versions=tuple(one._replace(holidays=()) for one in calendar.versions))
    first = calendar.versions[0]
    begins = datetime.combine(first.since, time(), first.timezone)
    try:
        BusinessCalendar.of(bare, no_holidays).due(int(max(now, begins).timestamp()), 1)
    except NeverOpen:
        message = _("the calendar “{name}” is never open from now on: no clock that runs by it is ever due")
        mend = _("Add a version with hours.")
        place = ("calendars", calendar.name)
        yield Lint(place, "error", "calendar", message.format(name=calendar.name), mend)


def _missing_holidays(calendar: OpeningHours, settings: Settings, today: date) -> Iterator[Lint]:
    needed = {
        (region, day.year): number
        for day in (today, today + AHEAD)
        for number, version in enumerate(calendar.versions)
        if version is calendar.version_on(day)
        for region in version.holidays
    }
    told: set[str] = set()
    for (region, year), number in needed.items():
        place = ("calendars", calendar.name, number, "holidays")
        try:
            known = settings.holidays(region)
        except Unreadable as error:
            if region not in told:
                yield Lint(place, "error", "holidays", str(error), "")
            told.add(region)
            continue
        if year not in known:
            message = _("the calendar “{name}” needs the public holidays of {region} in {year}, which are not known")
            mend = _("Write them: `tkt calendar holidays {region} {year}`.").format(region=region, year=year)
            yield Lint(place, "error", "holidays", message.format(name=calendar.name, region=region, year=year), mend)


def _idle_closures(calendar: OpeningHours) -> Iterator[Lint]:
    """Closed days on which another version is in force, or that have hours of their own."""
    ends = [later.since for _earlier, later in pairwise(calendar.versions)]
    for number, (version, end) in enumerate(zip(calendar.versions, [*ends, date.max], strict=True)):
        for index, days in enumerate(version.closed):
            if days.yearly:
                continue
            place = ("calendars", calendar.name, number, "closed", index)
            if days.last < version.since or days.first >= end:
                message = _("{days} closes nothing: the version from {date} is not in force then")
                yield _idle(place, message.format(days=_words(days), date=version.since))
            elif days.first == days.last and any(one.days.holds(days.first) for one in version.open):
                message = _("{days} closes nothing: the day has hours of its own under “open”")
                yield _idle(place, message.format(days=_words(days)))


def _idle(place: tuple[str | int, ...], message: str) -> Lint:
    return Lint(place, "warning", "calendar", message, _("Take it out, or put it where it is meant."))


def _words(days: Days) -> str:
    return str(days.first) if days.first == days.last else f"{days.first}..{days.last}"
