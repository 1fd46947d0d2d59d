"""Lengths of time as people write them: `15m`, `4h30`, `1h30m`, `24h`, and business days `7bd`."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from tkt.errors import CalledWrongly
from tkt.language import _

_CLOCK = re.compile(r"(?:(?P<hours>\d{1,6})\s*h\s*(?:(?P<rest>[0-5]?\d)\s*m?)?|(?P<minutes>\d{1,7})\s*(?:m|min))")
_DAYS = re.compile(r"(\d{1,5})\s*(?:bd|jo)")
_BARE_DAYS = re.compile(r"(\d{1,6})\s*(?:d|j|days?|jours?)")


class UnreadableDuration(CalledWrongly):
    """A length of time that cannot be read, or could be read in two ways."""


@dataclass(frozen=True, slots=True, order=True)
class BusinessDays:
    """So many working days: the same clock time on the `count`-th working day after."""

    count: int

    def __str__(self) -> str:
        return f"{self.count}bd"


# The same clock time so many working days after an instant, as a desk counts them; None where that cannot be known.
WorkingDayAfter = Callable[[datetime, BusinessDays], datetime | None]


def read_duration(text: str) -> int:
    """The seconds that `text` (`15m`, `4h`, `4h30`, `1h30m`) stands for.

    Raises UnreadableDuration; a bare day is refused, since tools disagree on whether it is 24 hours.
    """
    found = _CLOCK.fullmatch(text.strip().lower())
    if found is None:
        raise UnreadableDuration(_why_not(text))
    if found["minutes"] is not None:
        return int(found["minutes"]) * 60
    return int(found["hours"]) * 3600 + int(found["rest"] or 0) * 60


def read_business_days(text: str) -> BusinessDays:
    """The business days that `text` (`7bd`; French `7jo`) stands for; raises UnreadableDuration."""
    found = _DAYS.fullmatch(text.strip().lower())
    if found is None:
        raise UnreadableDuration(_why_not(text))
    return BusinessDays(int(found[1]))


def read_amount(text: str) -> int | BusinessDays:
    """The seconds or the business days that `text` stands for; raises UnreadableDuration."""
    return read_business_days(text) if _DAYS.fullmatch(text.strip().lower()) else read_duration(text)


def write_duration(seconds: int) -> str:
    """The canonical text of a length in seconds, as files hold it: `15m`, `4h`, `4h30`."""
    hours, minutes = divmod(round(seconds / 60), 60)
    if hours == 0:
        return f"{minutes}m"
    return f"{hours}h{minutes:02d}" if minutes else f"{hours}h"


def _why_not(text: str) -> str:
    days = _BARE_DAYS.fullmatch(text.strip().lower())
    if days:
        message = _(
            "“{text}” can be read in two ways: write {hours}h for round-the-clock time or {days}bd for business days."
        )
        return message.format(text=text, hours=int(days[1]) * 24, days=days[1])
    message = _("“{text}” is not a length of time: write 15m, 4h, 4h30 or 24h, or 7bd where business days are meant.")
    return message.format(text=text)
