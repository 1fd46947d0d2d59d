"""What the calculator says: an instant or a length of time, by which calendar, and the working day by day."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, tzinfo
from typing import Protocol

from tkt.domain.instant import write_instant
from tkt.language import _, ngettext, pgettext
from tkt.presentation import phrases
from tkt.presentation.clocks.calendar_table import weekday
from tkt.presentation.json_form import VERSION, Document
from tkt.presentation.table import Column, Row, Table
from tkt.service_level.period import Span, instant_of


class Worked(Protocol):
    """One day of the working."""

    @property
    def day(self) -> date: ...
    @property
    def open(self) -> tuple[Span, ...]: ...
    @property
    def closed(self) -> tuple[str, ...]: ...
    @property
    def counted(self) -> int: ...
    @property
    def total(self) -> int: ...


class Calculation(Protocol):
    """Time of a calendar from one moment to another, whoever calculated it."""

    @property
    def calendar(self) -> str: ...
    @property
    def start(self) -> datetime: ...
    @property
    def end(self) -> datetime: ...
    @property
    def elapsed(self) -> int | None: ...
    @property
    def business_days(self) -> int | None: ...
    @property
    def days(self) -> Sequence[Worked] | None: ...
    @property
    def wall(self) -> int: ...


def due_line(found: Calculation) -> str:
    """The instant, as one may give it to another command."""
    return f"{write_instant(found.end)}\n"


def elapsed_line(found: Calculation) -> str:
    """`4h30 (16200 s)`."""
    seconds = found.elapsed or 0
    in_seconds = _("{seconds} s").format(seconds=seconds)
    return f"{phrases.exact_duration(seconds)} ({in_seconds})\n"


def said_of(found: Calculation) -> str:
    """By which calendar, of how much, from when to when."""
    start, end = write_instant(found.start), write_instant(found.end)
    if found.business_days is not None:
        days = ngettext("{count} business day", "{count} business days", found.business_days)
        amount = days.format(count=found.business_days)
    else:
        amount = phrases.exact_duration(found.elapsed or 0)
    if not found.calendar:
        return _("{amount}, Monday to Friday, from {start} to {end}").format(amount=amount, start=start, end=end)
    words = _("{amount} by the calendar {calendar}, from {start} to {end}")
    return words.format(amount=amount, calendar=found.calendar, start=start, end=end)


def working_table(days: Sequence[Worked], zone: tzinfo) -> Table:
    """A line for each day: when the calendar is open, what of it counts, the sum up to there, why it is closed."""
    columns = (
        Column(pgettext("column", "Day")),
        Column(""),
        Column(pgettext("column", "Open hours")),
        Column(pgettext("column", "Counted"), align="right"),
        Column(pgettext("column", "Sum"), align="right"),
        Column(pgettext("column", "Closed"), weight=1),
    )
    return Table(columns, tuple(_row(one, zone) for one in days))


def _row(one: Worked, zone: tzinfo) -> Row:
    closed = ", ".join(name or pgettext("day", "closed") for name in one.closed)
    spans = ", ".join(_span(span, zone) for span in one.open)
    sums = (phrases.exact_duration(one.counted), phrases.exact_duration(one.total))
    return phrases.day(one.day), weekday(one.day.weekday()), spans, *sums, closed


def _span(span: Span, zone: tzinfo) -> str:
    start, end = (_clock(instant_of(second, zone)) for second in span)
    return f"{start}-{'24:00' if end == '00:00' else end}"


def _clock(moment: datetime) -> str:
    return f"{moment:%H:%M:%S}" if moment.second else phrases.clock_time(moment)


def calculation_json(found: Calculation, zone: tzinfo) -> Document:
    """The document of `tkt sla due` and `tkt sla elapsed`."""
    return {
        "version": VERSION,
        "calendar": found.calendar or None,
        "from": write_instant(found.start),
        "to": write_instant(found.end),
        "elapsed_seconds": found.elapsed,
        "business_days": found.business_days,
        "wall_seconds": found.wall,
        "days": None if found.days is None else [_worked(one, zone) for one in found.days],
    }


def _worked(one: Worked, zone: tzinfo) -> Document:
    return {
        "day": one.day.isoformat(),
        "open": [
            dict(zip(("from", "to"), (write_instant(instant_of(second, zone)) for second in span), strict=True))
            for span in one.open
        ],
        "closed": list(one.closed),
        "elapsed_seconds": one.counted,
        "total_seconds": one.total,
    }
