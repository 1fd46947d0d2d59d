"""Calendars: which time counts. Round the clock all of it does; by opening hours, that at which the desk is open."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, NamedTuple, Protocol

from tkt.domain.opening_hours import OpeningHours, ReadHolidays
from tkt.domain.policies import ROUND_THE_CLOCK as ALWAYS_OPEN
from tkt.errors import RuleRefuses
from tkt.language import _
from tkt.service_level.period import Span, subtract

if TYPE_CHECKING:
    from tkt.service_level.business.open_days import DayHours, OpenDays
    from tkt.service_level.business.open_year import OpenYear

# So many years in a row nothing opens where it is on a 29 February that is a Monday only (2100 has none), and one more.
EMPTY_YEARS = 40
# The last one that an instant can be written in (docs/format.md).
LAST_YEAR = 2999


class NeverOpen(RuleRefuses):
    """A calendar that does not open, or not any more: nothing that counts by it is ever due."""


def no_more_open(name: str) -> NeverOpen:
    """What is said of a calendar of that name."""
    message = _("The calendar {name} does not open any more: nothing that counts by it is ever due.")
    return NeverOpen(message.format(name=name))


def too_far(name: str) -> NeverOpen:
    """What is said of an end that is beyond the last year."""
    message = _("By the calendar {name} it would last beyond the year {year}.")
    return NeverOpen(message.format(name=name, year=LAST_YEAR))


class Stretch(NamedTuple):
    """A stretch of a calendar. `kind`: `open`; `hours`, closed by its hours; `holiday` or `closed`, with its `name`."""

    span: Span
    kind: str
    name: str = ""


class Calendar(Protocol):
    """What a clock asks of a calendar. Instants are seconds since 1970, lengths are seconds."""

    @property
    def name(self) -> str:
        """What the settings call it; `24x7` for round the clock."""
        ...

    def elapsed(self, start: int, end: int) -> int:
        """The open time from `start` to `end`; none where `end` is not after `start`."""
        ...

    def due(self, start: int, target: int) -> int:
        """The first instant, from `start` on, at which the open time since comes to `target`; raises NeverOpen."""
        ...

    def stretches(self, start: int, end: int) -> Iterator[Stretch]:
        """What it is from `start` to `end`, in order: open, or closed and why."""
        ...

    def is_working_day(self, day: date) -> bool:
        """Whether it opens on a day."""
        ...


class RoundTheClock(NamedTuple):
    """Open at every second of every day."""

    name: str = ALWAYS_OPEN

    def elapsed(self, start: int, end: int) -> int:
        """The seconds between: all of them count."""
        return max(0, end - start)

    def due(self, start: int, target: int) -> int:
        """So many seconds of real time after `start`."""
        return start + target

    def stretches(self, start: int, end: int) -> Iterator[Stretch]:
        """One, open."""
        if start < end:
            yield Stretch(Span(start, end), "open")

    def is_working_day(self, day: date) -> bool:
        """Every day is."""
        return True


ROUND_THE_CLOCK: Calendar = RoundTheClock()


@dataclass(frozen=True)
class BusinessCalendar:
    """A calendar with opening hours: one table a year, made when first asked for, so that a question about three years
    costs what one about an hour does.

    Every question raises BeforeCalendar for a time before its first version came into force anywhere on earth (from
    then to its own midnight it is closed), and HolidaysMissing for a year whose public holidays it needs and does not
    know.
    """

    days: OpenDays
    _years: dict[int, OpenYear] = field(default_factory=dict, repr=False)
    _starts: dict[int, int] = field(default_factory=dict, repr=False)

    @classmethod
    def of(cls, hours: OpeningHours, holidays: ReadHolidays) -> BusinessCalendar:
        """The calendar of those opening hours."""
        # Here, since most desks have none: round the clock no day is looked at.
        from tkt.service_level.business.open_days import OpenDays

        return cls(OpenDays(hours, holidays))

    @property
    def name(self) -> str:
        """What the settings call it."""
        return self.days.name

    def elapsed(self, start: int, end: int) -> int:
        """The open time from `start` to `end`."""
        if end <= start:
            return 0
        for table in self._years.values():
            # Most questions are about a part of one year, whose table is there: every clock of every report asks.
            if table.begins <= start and end < table.over:
                return table.open_between(start, end)
        start, end = self.days.begun(start), self.days.begun(end)
        first, last = self._year_at(start), self._year_at(end)
        if first == last:
            table = self._years.get(first) or self._year(first)
            return table.open_before(end) - table.open_before(start)
        open_time = self._until(last, end) - self._until(first, start)
        while first < last:
            open_time += self._year(first).total
            first += 1
        return open_time

    def due(self, start: int, target: int) -> int:
        """The first instant at which the open time since `start` comes to `target`: the closing time, where a target
        exactly fills a day."""
        if target <= 0:
            return start
        start = self.days.begun(start)
        year = self._year_at(start)
        target += self._until(year, start)
        empty = 0
        while (open_time := self._year(year).total) < target:
            target -= open_time
            empty = 0 if open_time else empty + 1
            year += 1
            if empty == EMPTY_YEARS:
                year, empty = self._change_from(year), 0
            if year > LAST_YEAR:
                raise too_far(self.name)
        return self._year(year).reaches(target)

    def _change_from(self, year: int) -> int:
        """The first year from `year` on that may differ from those before it; raises NeverOpen."""
        change = self.days.change_after(year - 1)
        if change is None or change > LAST_YEAR:
            raise no_more_open(self.name)
        return change

    def stretches(self, start: int, end: int) -> Iterator[Stretch]:
        """Open time, closed hours, and the holidays and closed days by name."""
        if start >= end:
            return
        years = range(self._year_at(self.days.begun(start)), self._year_at(self.days.begun(end - 1)) + 1)
        opened = [span for year in years for span in self._spans(year, start, end)]
        named = [
            Stretch(window, day.kind, day.name)
            for window, day in self.days.windows(start, end)
            if day.kind in ("holiday", "closed")
        ]
        closed = [Stretch(rest, one.kind, one.name) for one in named for rest in subtract((one.span,), opened)]
        plain = subtract((Span(start, end),), [*opened, *(one.span for one in closed)])
        found = [*(Stretch(span, "open") for span in opened), *closed, *(Stretch(span, "hours") for span in plain)]
        yield from sorted(found)

    def is_working_day(self, day: date) -> bool:
        """Whether hours of it begin on a day."""
        return bool(self.days.on(day).spans)

    def hours_on(self, day: date) -> DayHours:
        """The hours of a day, as its wall clock has them."""
        return self.days.on(day)

    def _year_at(self, second: int) -> int:
        """The year, in the calendar's zone, in which an instant that is not before its beginning lies."""
        year = 1970 + second // 31_556_952
        begins, ends = self._starts.get(year), self._starts.get(year + 1)
        if begins is not None and ends is not None and begins <= second < ends:
            return year
        while second < self._start(year):
            year -= 1
        while second >= self._start(year + 1):
            year += 1
        return year

    def _start(self, year: int) -> int:
        if year not in self._starts:
            self._starts[year] = self.days.start_of(date(year, 1, 1))
        return self._starts[year]

    def _until(self, year: int, second: int) -> int:
        # The very start of a year asks nothing of it: its holidays may not be known yet.
        return 0 if second == self._start(year) else self._year(year).open_before(second)

    def _year(self, year: int) -> OpenYear:
        if year not in self._years:
            from tkt.service_level.business.open_year import open_year

            self._years[year] = open_year(self.days, year)
        return self._years[year]

    def _spans(self, year: int, start: int, end: int) -> Iterator[Span]:
        """The open spans of a year, as far as they lie between two instants."""
        table = self._year(year)
        within = slice(bisect_right(table.ends, start), bisect_left(table.starts, end))
        for opens, closes in zip(table.starts[within], table.ends[within], strict=True):
            yield Span(max(start, opens), min(end, closes))
