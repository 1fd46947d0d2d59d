"""Instants: ISO text to the second with its UTC offset, and the business day arithmetic of deadlines."""

from __future__ import annotations

import re
from datetime import datetime, timedelta, timezone
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tkt.domain.duration import BusinessDays

# Years from 1000 to 2999: near the ends of the calendar, arithmetic with offsets overflows.
_DATE = r"[12][0-9]{3}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01])"
_TIME = r"(?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]"
ISO = re.compile(rf"{_DATE}T{_TIME}(?:Z|[+-](?:[01][0-9]|2[0-3]):[0-5][0-9])")


def read_instant(text: str) -> datetime:
    """The instant that a file's ISO text (with an offset) names; raises ValueError."""
    if not ISO.fullmatch(text):
        raise ValueError(text)
    return datetime.fromisoformat(text)


def write_instant(instant: datetime) -> str:
    """ISO text to the second with the offset, as files hold it: `2026-01-15T09:15:00+01:00`."""
    return instant.isoformat(timespec="seconds")


def fixed(moment: datetime) -> datetime:
    """The same instant with its offset alone, to the second (the offset to the minute: before 1911 Paris had 9:21).

    Python compares and subtracts two moments of one zone by their clock faces, an hour wrong across a
    change of clocks; with plain offsets it goes by the instants.
    """
    offset = moment.utcoffset() or timedelta()
    return moment.replace(microsecond=0).astimezone(timezone(offset - offset % timedelta(minutes=1)))


def add_business_days(start: datetime, days: BusinessDays) -> datetime:
    """The same clock time on the n-th working day (Monday to Friday) after `start`, in `start`'s zone."""
    if not days.count:
        return start
    weeks, left = divmod(days.count, 5)
    # From a weekend as from the Friday before it.
    day = start + timedelta(days=7 * weeks - max(start.weekday() - 4, 0))
    while left > 0:
        day += timedelta(days=1)
        left -= day.weekday() < 5
    return day
