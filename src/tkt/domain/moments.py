"""Moments and periods as people say them: `09:15`, `-10m`, ISO dates and instants, months."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from tkt.domain.duration import read_duration
from tkt.domain.instant import fixed, write_instant
from tkt.domain.words import did_you_mean
from tkt.errors import CalledWrongly
from tkt.language import _

_TIME = re.compile(r"([01]?\d|2[0-3])[:h]([0-5]\d)(?::([0-5]\d))?")
_MONTH = re.compile(r"([12]\d{3})-(0[1-9]|1[0-2])")
# Those that a ticket's file can hold.
_YEARS = range(1000, 3000)


class UnreadableMoment(CalledWrongly):
    """A moment that cannot be read."""


class AmbiguousMoment(CalledWrongly):
    """A local time that the clocks showed twice, or never (daylight saving)."""


def read_moment(text: str, now: datetime, zone: ZoneInfo) -> datetime:
    """The instant that `text` means in the desk's `zone`: `09:15` (today), `-10m`, an ISO date or instant.

    Raises UnreadableMoment, and AmbiguousMoment with both readings (design.md, section 5).
    """
    moment = _moment(text.strip(), now, zone)
    if moment.year not in _YEARS:
        raise _unreadable(text)
    return moment


def _moment(text: str, now: datetime, zone: ZoneInfo) -> datetime:
    if text.startswith("-"):
        return fixed((now - timedelta(seconds=read_duration(text[1:]))).astimezone(zone))
    clock = _TIME.fullmatch(text)
    if clock:
        hour, minute, second = (int(part or 0) for part in clock.groups())
        today = now.astimezone(zone).replace(tzinfo=None)
        return in_zone(today.replace(hour=hour, minute=minute, second=second), zone)
    try:
        moment = datetime.fromisoformat(text).replace(microsecond=0)
        return in_zone(moment, zone) if moment.tzinfo is None else fixed(moment.astimezone(zone))
    except (ValueError, OverflowError) as error:
        raise _unreadable(text) from error


def _unreadable(text: str) -> UnreadableMoment:
    message = _("“{text}” is no moment: write 09:15, -10m, 2026-01-15 or 2026-01-15T09:15.")
    return UnreadableMoment(message.format(text=text))


def in_zone(naive: datetime, zone: ZoneInfo) -> datetime:
    """A local time in `zone`, as an instant; raises AmbiguousMoment where it is none, or two."""
    from dateutil.tz import datetime_ambiguous, datetime_exists

    moment = naive.replace(tzinfo=zone, microsecond=0, fold=0)
    exists = datetime_exists(moment)
    if exists and not datetime_ambiguous(moment):
        return fixed(moment)
    readings = [write_instant(moment), write_instant(moment.replace(fold=1))]
    if exists:
        message = _("the clocks showed {time} twice: write {first} or {second}.")
    else:
        message = _("the clocks never showed {time} (daylight saving): write {first} or {second}.")
    raise AmbiguousMoment(message.format(time=f"{naive:%Y-%m-%d %H:%M}", first=readings[0], second=readings[1]))


def read_month(text: str, now: datetime, zone: ZoneInfo) -> tuple[datetime, datetime]:
    """The start and the end of a month: `2026-01`, `last`, `this`."""
    this = now.astimezone(zone).replace(day=1)
    relative: dict[str, Callable[[], datetime]] = {
        "this": lambda: this,
        "last": lambda: this - timedelta(days=1),
    }
    if text in relative:
        day = relative[text]()
        return month_of(day.year, day.month, zone)
    found = _MONTH.fullmatch(text)
    if found is None:
        raise UnreadableMoment(_("“{text}” is no month: write 2026-01, this or last.").format(text=text))
    return month_of(int(found[1]), int(found[2]), zone)


def month_of(year: int, month: int, zone: ZoneInfo) -> tuple[datetime, datetime]:
    """Midnight of a month's first day and of the next month's, in `zone`."""
    start = datetime(year, month, 1)
    end = datetime(year + month // 12, month % 12 + 1, 1)
    return in_zone(start, zone), in_zone(end, zone)


def zone_named(name: str) -> ZoneInfo:
    """The time zone of that name; raises UnreadableMoment with the nearest."""
    from zoneinfo import available_timezones

    known = available_timezones()
    if name not in known:
        message = _("“{name}” is no time zone: write one such as Europe/Paris or UTC.").format(name=name)
        raise UnreadableMoment(message + did_you_mean(name, known))
    return ZoneInfo(name)
