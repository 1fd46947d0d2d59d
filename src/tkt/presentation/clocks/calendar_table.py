"""Calendars as tables: each with its hours at a glance, and one day by day."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from itertools import groupby

from tkt.domain.opening_hours import DAY, WEEKDAYS, CalendarVersion, DaySpans
from tkt.language import NP_, _, pgettext
from tkt.presentation.phrases import day, exact_duration
from tkt.presentation.table import Column, Row, Table
from tkt.service_level.business.day_by_day import OpenDay

_WEEKDAYS = (
    NP_("weekday", "Mon"),
    NP_("weekday", "Tue"),
    NP_("weekday", "Wed"),
    NP_("weekday", "Thu"),
    NP_("weekday", "Fri"),
    NP_("weekday", "Sat"),
    NP_("weekday", "Sun"),
)


def weekday(number: int) -> str:
    """A day of the week, Monday being 0: `Mon`; in French `lun`."""
    return pgettext(*_WEEKDAYS[number])


def wall_clock(second: int) -> str:
    """The time of a second of a day: `08:30`, `24:00` for its end."""
    second = second if second <= DAY else second - DAY
    return f"{second // 3600:02d}:{second % 3600 // 60:02d}"


def hours(spans: DaySpans) -> str:
    """The hours of a day: `08:30-12:30, 13:30-18:00`."""
    return ", ".join(f"{wall_clock(start)}-{wall_clock(end)}" for start, end in spans)


def week(version: CalendarVersion) -> str:
    """The hours of a week: `Mon-Thu 08:30-12:30, 13:30-18:00; Fri 08:30-12:30`; `24x7` for all of it."""
    if all(spans == ((0, DAY),) for spans in version.weekly):
        return "24x7"
    alike = [list(numbers) for _spans, numbers in groupby(range(len(WEEKDAYS)), lambda one: version.weekly[one])]
    said = [f"{_weekdays(days)} {hours(version.weekly[days[0]])}" for days in alike if version.weekly[days[0]]]
    return "; ".join(said) or _("never")


def _weekdays(numbers: Sequence[int]) -> str:
    ends = [weekday(number) for number in dict.fromkeys((numbers[0], numbers[-1]))]
    return "-".join(ends)


def calendars_table(every: Iterable[tuple[str, bool, Sequence[CalendarVersion], Sequence[OpenDay]]]) -> Table:
    """A line for each version of each calendar: its name, whether business days go by it, its versions, and the days
    on which it is closed next, which stand with the last version."""
    columns = (
        Column(_("Calendar"), weight=1),
        Column(_("From")),
        Column(_("Time zone")),
        Column(_("Hours"), weight=3),
        Column(_("Holidays"), spare=True),
        Column(_("Closed next"), weight=2),
    )
    rows = [row for name, default, versions, closed in every for row in _versions(name, default, versions, closed)]
    return Table(columns, tuple(rows))


def _versions(
    name: str, default: bool, versions: Sequence[CalendarVersion], closed: Sequence[OpenDay]
) -> Iterable[Row]:
    label = _("{calendar} (business days)").format(calendar=name) if default else name
    for version in versions:
        ahead = ", ".join(_closed(one) for one in closed) if version is versions[-1] else ""
        since, holidays = day(version.since), ", ".join(version.holidays)
        yield label, since, version.timezone.key, week(version), holidays, ahead


def _closed(one: OpenDay) -> str:
    return f"{day(one.day)} {one.name}".rstrip()


def days_table(days: Iterable[OpenDay]) -> Table:
    """A line for each day: when it is open, for how long, and why it is not."""
    columns = (
        Column(_("Day")),
        Column(""),
        Column(_("Open"), weight=2),
        Column(_("Open time"), align="right"),
        Column(_("Why"), weight=2),
    )
    return Table(columns, tuple(_day(one) for one in days))


def _day(one: OpenDay) -> Row:
    return day(one.day), weekday(one.day.weekday()), hours(one.spans), exact_duration(one.seconds), reason(one)


def reason(one: OpenDay) -> str:
    """Why a day does not have the hours of an ordinary one; "" for one that has."""
    reasons = {
        "week": "" if one.spans else _("closed every {weekday}").format(weekday=weekday(one.day.weekday())),
        "own": _("hours of its own"),
        "holiday": one.name,
        "closed": one.name or _("closed"),
    }
    return reasons[one.kind]


def total(days: Sequence[OpenDay]) -> str:
    """What the days come to: `Open days: 21 of 31, 168h in all`."""
    message = _("Open days: {open} of {days}, {time} in all.")
    opened = sum(1 for one in days if one.seconds)
    return message.format(open=opened, days=len(days), time=exact_duration(sum(one.seconds for one in days)))


def holidays_lines(days: Iterable[tuple[date, str]]) -> str:
    """Public holidays, one to a line: `2026-12-25 Fri  Christmas Day`."""
    return "".join(f"{when} {weekday(when.weekday())}  {name}\n" for when, name in days)
