"""The hours and days of calendars as the settings write them: `mon-thu`, `08:30-12:30, 13:30-18:00`, `12-24..01-02`."""

from __future__ import annotations

import re
from datetime import date
from itertools import pairwise

from tkt.domain.opening_hours import ALWAYS, DAY, EVERY_YEAR, WEEKDAYS, Days, DaySpans
from tkt.domain.policies import ROUND_THE_CLOCK
from tkt.language import _
from tkt.store.settings.text import Unfit, calendar_date
from tkt.store.settings.value import Value

_SPAN = re.compile(r"(\d\d):([0-5]\d)\s*-\s*(\d\d):([0-5]\d)", re.ASCII)
_YEARLY = re.compile(r"\d\d-\d\d", re.ASCII)

Week = tuple[DaySpans, ...]


def week(value: Value) -> Week:
    """The hours from Monday to Sunday; a day that is not named is closed."""
    if value.is_text:
        return value.read(_always) or ()
    said: dict[int, Value] = {}
    hours: dict[int, DaySpans] = {}
    for name, item in value.named("mon-fri: 09:00-18:00").items():
        days = item.fit(name, _weekdays) or ()
        spans = day_spans(item)
        for day in days:
            if day in said:
                other = said[day].name.rpartition(".")[2]
                message = _("{day} is named already, in “{other}”.").format(day=WEEKDAYS[day], other=other)
                item.refuse(message, _("Name each day once."))
                break
            said[day], hours[day] = item, spans
    _refuse_long_nights(said, hours)
    return tuple(hours.get(day, ()) for day in range(7))


def _always(text: str) -> Week:
    if text != ROUND_THE_CLOCK:
        message = _("“{text}” names no day.").format(text=text)
        raise Unfit(message, _("Write 24x7, or {example}.").format(example="{mon-fri: 09:00-18:00}"))
    return ALWAYS


def _weekdays(text: str) -> tuple[int, ...]:
    """The numbers of the days of `mon`, `mon-thu`, `sat-mon` or `mon,wed`, Monday being 0."""
    days: list[int] = []
    for part in text.split(","):
        ends = [_weekday(end.strip()) for end in part.split("-", 1)]
        days += ends[:1] if len(ends) == 1 else _from_to(*ends)
    if len(set(days)) < len(days):
        raise Unfit(_("“{text}” names a day twice.").format(text=text), _("Name each day once."))
    return tuple(days)


def _from_to(first: int, last: int) -> list[int]:
    return [(first + step) % 7 for step in range(((last - first) % 7 or 7) + 1)]


def _weekday(text: str) -> int:
    if text not in WEEKDAYS:
        # All of them: the nearest to “lun” would be sun.
        known = _("Known: {words}.").format(words=", ".join(WEEKDAYS))
        raise Unfit(_("“{text}” is not a day of the week.").format(text=text), known)
    return WEEKDAYS.index(text)


def _refuse_long_nights(said: dict[int, Value], hours: dict[int, DaySpans]) -> None:
    """Refuse a night shift that is still on when the hours of the next day begin."""
    complained: set[str] = set()
    for day, spans in hours.items():
        after = hours.get((day + 1) % 7, ())
        if spans and after and spans[-1][1] - DAY > after[0][0] and said[day].name not in complained:
            complained.add(said[day].name)
            message = _("{span} runs into the hours of {day}, which begin at {begins}.")
            next_day = WEEKDAYS[(day + 1) % 7]
            begins = _clock(after[0][0])
            mend = _("Let it end at {time} at the latest.").format(time=begins)
            said[day].refuse(message.format(span=_span_text(spans[-1]), day=next_day, begins=begins), mend)


def day_spans(value: Value) -> DaySpans:
    """The hours of one day, in order; those that touch are one."""
    found = sorted(span for spans in value.read_each(_spans) for span in spans)
    for one, other in pairwise(found):
        if other[0] < one[1]:
            message = _("{one} and {other} overlap.")
            mend = _("Let one begin when the other has ended.")
            value.refuse(message.format(one=_span_text(one), other=_span_text(other)), mend)
            return ()
    joined: list[tuple[int, int]] = []
    for start, end in found:
        if joined and joined[-1][1] == start:
            start = joined.pop()[0]
        joined.append((start, end))
    return tuple(joined)


def _spans(text: str) -> list[tuple[int, int]]:
    return [_span(part.strip()) for part in text.split(",")]


def _span(text: str) -> tuple[int, int]:
    """The seconds of the day of `08:30-12:30`; an end at or before the start is on the next day."""
    found = _SPAN.fullmatch(text)
    numbers = [int(number) for number in found.groups()] if found else [24, 1, 24, 1]
    start, end = (hours * 3600 + minutes * 60 for hours, minutes in (numbers[:2], numbers[2:]))
    if start >= DAY or end > DAY:
        raise Unfit(_("“{text}” is no span of hours.").format(text=text), _("Write 08:30-12:30, up to 24:00."))
    if start == end == 0:
        raise Unfit(_("“{text}” can be read in two ways.").format(text=text), _("Write 00:00-24:00 for a whole day."))
    return start, end if end > start else end + DAY


def _span_text(span: tuple[int, int]) -> str:
    return f"{_clock(span[0])}-{_clock(span[1] if span[1] == DAY else span[1] % DAY)}"


def _clock(second: int) -> str:
    return f"{second // 3600:02d}:{second % 3600 // 60:02d}"


def named_days(text: str) -> Days:
    """`2026-05-15`, `2026-08-10..2026-08-14`, or of every year `12-24..01-02`; the words behind are their name."""
    days, _space, name = text.partition(" ")
    first, dots, last = days.partition("..")
    yearly = bool(_YEARLY.fullmatch(first))
    ends = [_day(end, yearly, text) for end in ((first, last) if dots else (first, first))]
    if ends[1] < ends[0] and not yearly:
        raise Unfit(_("“{text}”: the last day is before the first.").format(text=days), _("Put the earlier one first."))
    return Days(ends[0], ends[1], yearly, name.strip())


def _day(text: str, yearly: bool, whole: str) -> date:
    try:
        if bool(_YEARLY.fullmatch(text)) != yearly:
            raise Unfit(text)
        return calendar_date(f"{EVERY_YEAR}-{text}" if yearly else text)
    except Unfit:
        message = _("“{text}” does not begin with a day or days.").format(text=whole)
        raise Unfit(message, _("Write 2026-05-15, 2026-08-10..2026-08-14, or of every year 12-24..01-02.")) from None
