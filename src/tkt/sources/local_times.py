"""The times of a log, which name no zone, as instants of the desk."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

_YEAR = r"(?P<year>19[7-9]\d|2\d{3})"
_TIME = r"(?P<hour>\d{1,2}):(?P<minute>\d{2})(?::(?P<second>\d{2}))?"
_PARTS = ("year", "month", "day", "hour", "minute", "second")
_SHAPES = (
    re.compile(rf"(?P<day>\d{{1,2}})([/.-])(?P<month>\d{{1,2}})\2{_YEAR} {_TIME}", re.ASCII),
    re.compile(rf"{_YEAR}-(?P<month>\d{{2}})-(?P<day>\d{{2}})[ T]{_TIME}", re.ASCII),
)


@dataclass(frozen=True, slots=True)
class LocalTime:
    """A time of the log. `at` carries the offset that the desk's zone then had.

    `doubtful`: the clocks were changed just then, so that this time came twice (the first counts) or never.
    """

    at: datetime
    doubtful: bool


@dataclass(slots=True)
class LocalTimes:
    """Reads the times said in `zone` and remembers them: a log says the same ones over and over."""

    zone: ZoneInfo
    desk_zone: ZoneInfo
    _read: dict[str, LocalTime] = field(default_factory=dict)

    def read(self, text: str) -> LocalTime:
        """The time that `text` says: day first (`29/2/2016 01:16`) or ISO; raises ValueError."""
        known = self._read.get(text)
        if known is None:
            known = self._read[text] = self._convert(_naive(text))
        return known

    def _convert(self, naive: datetime) -> LocalTime:
        local = naive.replace(tzinfo=self.zone)
        doubtful = local.utcoffset() != local.replace(fold=1).utcoffset()
        there = local.astimezone(UTC).astimezone(self.desk_zone)
        # A fixed offset, as when it is read back from a file: two datetimes that share one ZoneInfo are compared
        # and subtracted by their wall clocks, which is an hour wrong across a change of clocks.
        return LocalTime(there.replace(tzinfo=timezone(there.utcoffset() or timedelta(0)), fold=0), doubtful)


def _naive(text: str) -> datetime:
    found = next((match for shape in _SHAPES if (match := shape.fullmatch(text))), None)
    if found is None:
        raise ValueError(text)
    year, month, day, hour, minute, second = (int(found[part] or 0) for part in _PARTS)
    return datetime(year, month, day, hour, minute, second)
