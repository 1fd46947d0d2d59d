"""An open year: the table of one year's open time, from which every question about it is answered by bisection."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import accumulate
from zoneinfo import ZoneInfo

from tkt.domain.opening_hours import DAY, CalendarVersion
from tkt.service_level.business.open_days import OpenDays
from tkt.service_level.period import Span, intersect, merge

_EPOCH_DAY = date(1970, 1, 1).toordinal()
# The two changes of an offset that come closest, over Ramadan, are a week apart but an hour.
_STEP = DAY


@dataclass(frozen=True, slots=True)
class OpenYear:
    """The open spans of a year in order, by their starts and ends, and the open time of the year up to each end.

    It answers for the instants from `begins` on and before `over`.
    """

    begins: int
    over: int
    starts: list[int]
    ends: list[int]
    sums: list[int]

    @property
    def total(self) -> int:
        """The open seconds of the year."""
        return self.sums[-1] if self.sums else 0

    def open_before(self, second: int) -> int:
        """The open seconds of the year before an instant in it."""
        span = bisect_right(self.starts, second) - 1
        if span < 0:
            return 0
        left = self.ends[span] - second
        return self.sums[span] - left if left > 0 else self.sums[span]

    def open_between(self, start: int, end: int) -> int:
        """The open seconds between two instants of the year, the second not before the first."""
        span = bisect_right(self.starts, start) - 1
        if span >= 0 and end <= self.ends[span]:
            return end - start
        return self.open_before(end) - self.open_before(start)

    def reaches(self, open_time: int) -> int:
        """The first instant before which so many seconds of the year were open: from 1 to `total`."""
        span = bisect_left(self.sums, open_time)
        return self.ends[span] - (self.sums[span] - open_time)


def open_year(days: OpenDays, year: int) -> OpenYear:
    """The table of a year, from its midnight to the next year's in the calendar's zone.

    The calendar is open at every second at which the wall clock reads a time within the hours of that day: an hour
    that comes twice counts twice, one that never comes not at all. Raises HolidaysMissing.
    """
    limits = Span(days.start_of(date(year, 1, 1)), days.start_of(date(year + 1, 1, 1)))
    spans = [
        span
        for version, era in days.eras
        for within in intersect((era,), (limits,))
        for span in _in_real_time(days, version, within)
    ]
    merged = merge(spans)
    lengths = accumulate(span.seconds for span in merged)
    return OpenYear(
        max(limits.start, days.begins),
        limits.end,
        [span.start for span in merged],
        [span.end for span in merged],
        list(lengths),
    )


def _in_real_time(days: OpenDays, version: CalendarVersion, within: Span) -> Iterator[Span]:
    """The instants at which the wall clock of a version's zone reads a time within the hours of that day."""
    for steady, offset in _offsets(version.timezone, *within):
        for number in range((steady.start + offset) // DAY, (steady.end + offset - 1) // DAY + 1):
            midnight = number * DAY - offset
            for start, end in days.open_on(version, date.fromordinal(_EPOCH_DAY + number)):
                yield Span(max(steady.start, midnight + start), min(steady.end, midnight + end))


def _offsets(zone: ZoneInfo, start: int, end: int) -> Iterator[tuple[Span, int]]:
    """The spans of real time over which a zone's offset, in seconds, does not change."""
    since, offset = start, _offset(zone, start)
    for before in range(start, end, _STEP):
        after = min(before + _STEP, end)
        following = _offset(zone, after)
        if following != offset:
            changed = _change(zone, before, after)
            yield Span(since, changed), offset
            since, offset = changed, following
    yield Span(since, end), offset


def _change(zone: ZoneInfo, before: int, after: int) -> int:
    """The second from which a zone has the offset that it has at `after`, and did not have at `before`."""
    offset = _offset(zone, after)
    return after - bisect_left(
        range(1, after - before + 1), True, key=lambda back: _offset(zone, after - back) != offset
    )


def _offset(zone: ZoneInfo, second: int) -> int:
    found = datetime.fromtimestamp(second, zone).utcoffset() or timedelta()
    return found // timedelta(seconds=1)
