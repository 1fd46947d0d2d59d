"""The desk's calendars: looked at day by day, and the committed files of their public holidays."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, timedelta
from pathlib import PurePosixPath
from typing import NamedTuple

from tkt.desk.desk import Desk
from tkt.desk.recording import CommitMessage
from tkt.desk.writing import write_and_record
from tkt.domain.moments import read_moment, read_month
from tkt.domain.opening_hours import ALWAYS, CalendarVersion, HolidayYears, OpeningHours, no_holidays
from tkt.domain.policies import ROUND_THE_CLOCK
from tkt.errors import CalledWrongly, Unreadable
from tkt.language import _
from tkt.service_level.business.calendar import BusinessCalendar
from tkt.service_level.business.day_by_day import OpenDay, closed_days, each_day

MOST_YEARS = 50
_YEARS = re.compile(r"([1-9]\d{3})(?:\.\.([1-9]\d{3}))?", re.ASCII)
_CLOSED_AHEAD = 3
_A_YEAR = timedelta(days=366)


class UnreadableYears(CalledWrongly):
    """Years that cannot be read, or too many of them."""


class UnreadableDays(CalledWrongly):
    """Days that are named in two ways, or that end before they begin."""


class AddedHolidays(NamedTuple):
    """What became of a file of public holidays.

    `added` are the days of the years put in, `kept` the years that stand there otherwise and were left.
    """

    path: PurePosixPath
    added: HolidayYears
    kept: tuple[int, ...] = ()


class CalendarGlance(NamedTuple):
    """A calendar, whether business days are counted by it, and the next days that it is closed though the week opens.

    `unknown` says why no more of those can be told, "" where they can.
    """

    hours: OpeningHours
    is_default: bool
    closed: tuple[OpenDay, ...]
    unknown: str = ""


def read_years(text: str) -> tuple[int, ...]:
    """The years of `2026` or `2026..2028`; raises UnreadableYears."""
    found = _YEARS.fullmatch(text)
    if found is None:
        raise UnreadableYears(_("“{text}” names no years: write 2026, or 2026..2028.").format(text=text))
    first, last = int(found[1]), int(found[2] or found[1])
    if last < first:
        raise UnreadableYears(_("“{text}”: the last year is before the first.").format(text=text))
    if last - first >= MOST_YEARS:
        message = _("“{text}”: more than {most} years at once.")
        raise UnreadableYears(message.format(text=text, most=MOST_YEARS))
    return tuple(range(first, last + 1))


def add_holidays(desk: Desk, region: str, years: HolidayYears, source: str, *, force: bool = False) -> AddedHolidays:
    """Put years into the file of a region and record it: those that stand there are left, unless `force` is given.

    `source` names what they come from. Raises BadHolidays, NotOneBelowTheOther and OutsideTheDesk.
    """
    from tkt.store.settings.holidays_edit import with_years
    from tkt.store.settings.holidays_file import data_of, file_name, holidays_path, parse_holidays

    desk.require_writable()
    name = PurePosixPath(file_name(region))
    with desk.recorder.lock():
        before = data_of(desk.root, region)
        standing = parse_holidays(str(name), before, region).years if before else {}
        otherwise = [year for year in years if year in standing and standing[year] != years[year]]
        added = {year: days for year, days in years.items() if year not in standing or (force and year in otherwise)}
        if added:
            path = holidays_path(desk.root, region)
            desk.recorder.prepare([path])
            data = with_years(before, region, added, source)
            write_and_record(desk.root, desk.recorder, [(path, data)], _message(desk, region, added), desk.frozen_at)
    return AddedHolidays(name, added, () if force else tuple(otherwise))


def _message(desk: Desk, region: str, years: Mapping[int, object]) -> CommitMessage:
    trailers = (("Clock", "frozen"),) if desk.frozen_at else ()
    return CommitMessage(f"tkt calendar holidays {region}: {', '.join(map(str, sorted(years)))}", trailers)


def calendar_named(desk: Desk, name: str) -> BusinessCalendar:
    """The calendar of that name, round the clock in the desk's zone; raises UnknownCalendar."""
    found = desk.agreements.calendars.named(name)
    if isinstance(found, BusinessCalendar):
        return found
    always = CalendarVersion(date(1970, 1, 1), desk.settings.timezone, ALWAYS)
    return BusinessCalendar.of(OpeningHours(ROUND_THE_CLOCK, (always,)), no_holidays)


def choose_days(
    desk: Desk, *, since: str | None = None, until: str | None = None, month: str | None = None
) -> tuple[date, date]:
    """The first day that a person means, and the day after the last; by default the current month's.

    `since` alone goes to the end of its month, `until` alone begins today. Raises UnreadableDays, and what moments
    raise.
    """
    now, zone = desk.now, desk.settings.timezone
    if month is not None and (since is not None or until is not None):
        raise UnreadableDays(_("--month and --from/--to each name all the days: give only one of them."))
    if since is None and until is None:
        start, end = read_month("this" if month is None else month, now, zone)
        return start.date(), end.date()
    first = read_moment(since, now, zone).date() if since is not None else now.date()
    after = read_moment(until, now, zone).date() if until is not None else None
    if after is None:
        after = read_month(f"{first:%Y-%m}", now, zone)[1].date()
    if after <= first:
        raise UnreadableDays(_("{end} is not after {start}.").format(start=first, end=after))
    return first, after


def days_of(desk: Desk, name: str, first: date, end: date) -> list[OpenDay]:
    """The days of a calendar from `first` on and before `end`.

    Raises UnknownCalendar, BeforeCalendar, HolidaysMissing and NoHolidaysFile.
    """
    return list(each_day(calendar_named(desk, name), first, end))


def glances(desk: Desk) -> list[CalendarGlance]:
    """Every calendar of the desk, as it stands today."""
    return [_glance(desk, hours) for hours in desk.settings.calendars]


def _glance(desk: Desk, hours: OpeningHours) -> CalendarGlance:
    first = max(desk.now.date(), hours.versions[0].since)
    closed: list[OpenDay] = []
    unknown = ""
    try:
        for one in closed_days(calendar_named(desk, hours.name), first, first + _A_YEAR):
            closed.append(one)
            if len(closed) == _CLOSED_AHEAD:
                break
    except Unreadable as missing:
        unknown = str(missing)
    return CalendarGlance(hours, hours.name == desk.settings.calendar, tuple(closed), unknown)
