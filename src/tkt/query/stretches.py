"""Moments in a query: a day, a month or an instant as a stretch of time, and what lies before, in and after it."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from tkt.domain.bounds import EVERYTHING, Bounds
from tkt.domain.duration import BusinessDays
from tkt.domain.instant import fixed
from tkt.domain.moments import UnreadableMoment, in_zone, month_of, read_moment
from tkt.domain.words import nearest
from tkt.language import _
from tkt.query.candidate import Candidate
from tkt.query.context import Context
from tkt.query.reading import Asked, Read, Reader, WrongValue, is_none, length_of
from tkt.query.terms import Meaning
from tkt.query.tokens import Value, written
from tkt.query.vocabulary import DAYS, spoken

_MONTH = re.compile(r"([12]\d{3})-(0[1-9]|1[0-2])")
_DAY = re.compile(r"[12]\d{3}-\d\d-\d\d")
_DATED = re.compile(r"[12]\d{3}-")
_MINUTE = re.compile(r"(?:[12]\d{3}-\d\d-\d\d[T ])?\d{1,2}[:h]\d\d")
# 9h15 is a time of day in French, and a length of time in tkt.
_TIME_OR_LENGTH = re.compile(r"\d{1,2}h\d\d", re.IGNORECASE)
_SECOND = timedelta(seconds=1)
# How many days and weeks from this one.
_DAYS = {"yesterday": -1, "today": 0, "tomorrow": 1}
_WEEKS = {"last_week": -1, "this_week": 0, "next_week": 1}


class Stretch(NamedTuple):
    """From `start` up to `end`, which is left out; None where it goes on for ever."""

    start: datetime | None
    end: datetime | None

    def holds(self, moment: datetime) -> bool:
        """Whether a moment lies in it."""
        return (self.start is None or moment >= self.start) and (self.end is None or moment < self.end)


BoundsOf = Callable[[Stretch], Bounds]
MomentOf = Callable[[Candidate], datetime | None]


def moment_reader(
    moment_of: MomentOf, bounds: BoundsOf | None = None, *, ahead: bool = False, asks_clocks: bool = False
) -> Reader:
    """Reads moments; with `ahead` a length of time is that far from now, as `-3h` lies behind."""

    def read(asked: Asked) -> Read:
        asked.require_one_if_compared()
        if not asked.operator and all(map(is_none, asked.values)):
            return ("none",), Meaning(lambda one: moment_of(one) is None, steady=False, asks_clocks=asks_clocks)
        found = _stretches(asked, ahead)

        def test(candidate: Candidate) -> bool:
            moment = moment_of(candidate)
            return moment is not None and any(one.holds(moment) for one in found)

        whole = Stretch(_first(found), _last(found))
        texts = tuple(_written(value) for value in asked.values)
        return texts, Meaning(test, bounds(whole) if bounds else EVERYTHING, False, asks_clocks)

    return read


def _first(found: Sequence[Stretch]) -> datetime | None:
    starts = [one.start for one in found if one.start is not None]
    return min(starts) if len(starts) == len(found) else None


def _last(found: Sequence[Stretch]) -> datetime | None:
    ends = [one.end for one in found if one.end is not None]
    return max(ends) if len(ends) == len(found) else None


def opened_within(stretch: Stretch) -> Bounds:
    """The bounds of what was opened in it."""
    return Bounds(opened_from=stretch.start, opened_by=stretch.end)


def said_within(stretch: Stretch) -> Bounds:
    """The bounds of that to which something happened in it."""
    return Bounds(alive_from=stretch.start)


def _stretches(asked: Asked, ahead: bool) -> list[Stretch]:
    if asked.operator == "..":
        first, last = (_stretch(one, asked, ahead) if one.text else None for one in asked.values)
        # Of ends that move with the time, the query of a queue would be refused from some day on.
        dated = all(_DATED.match(value.text) for value in asked.values)
        if dated and first and last and first.start and last.end and first.start >= last.end:
            raise asked.wrong_way_round(asked.values[0].text, asked.values[1].text)
        return [Stretch(first.start if first else None, last.end if last else None)]
    if not asked.operator:
        return [_plain(value, asked, ahead) for value in asked.values]
    at = _stretch(asked.values[0], asked, ahead)
    return [
        {
            ">": Stretch(at.end, None),
            ">=": Stretch(at.start, None),
            "<": Stretch(None, at.start),
            "<=": Stretch(None, at.end),
            "=": at,
        }[asked.operator]
    ]


def _plain(value: Value, asked: Asked, ahead: bool) -> Stretch:
    """A moment alone; one so far from now is all the time between."""
    found, now = _stretch(value, asked, ahead), asked.context.now
    if value.text.startswith("-"):
        return Stretch(found.start, now + _SECOND)
    return Stretch(now, found.end) if ahead and _length(value.text) is not None else found


def _stretch(value: Value, asked: Asked, ahead: bool) -> Stretch:
    context, text = asked.context, value.text.strip()
    word = spoken(DAYS, text)
    if word is not None:
        return _named(word, context)
    month = _MONTH.fullmatch(text)
    if month:
        return Stretch(*month_of(int(month[1]), int(month[2]), context.timezone))
    if ahead and (length := _length(text)) is not None:
        return _instant(_from_now(length, context))
    if text.startswith("-") and isinstance(length := _length(f"+{text[1:]}"), BusinessDays):
        return _instant(_days_ago(length, context))
    moment = _read(text, context)
    if _DAY.fullmatch(text):
        return Stretch(moment, _midnight(moment, 1, context))
    return Stretch(moment, moment + timedelta(minutes=1)) if _MINUTE.fullmatch(text) else _instant(moment)


def _read(text: str, context: Context) -> datetime:
    try:
        return read_moment(text, context.now, context.timezone)
    except UnreadableMoment as error:
        words = [DAYS.label(code).replace(" ", "_") for code in DAYS.codes]
        near = nearest(text, [*DAYS.codes, *words])
        meant = _("Did you mean {word}?").format(word=near) if near else _("Or {words}.").format(words=", ".join(words))
        raise WrongValue(f"{error} {meant}") from error


def _instant(moment: datetime) -> Stretch:
    return Stretch(moment, moment + _SECOND)


def _length(text: str) -> int | BusinessDays | None:
    """The length of time that a text is; None where it is none. Raises WrongValue for what may be a time of day."""
    if _TIME_OR_LENGTH.fullmatch(text):
        message = _(
            "“{text}” can be read in two ways: write {time} for the time of day or +{text} for so long from now."
        )
        raise WrongValue(message.format(text=text, time=text.lower().replace("h", ":")))
    bare = text.removeprefix("+")
    return length_of(bare) if re.match(r"\d+ ?[a-z]", bare.lower()) else None


def _from_now(length: int | BusinessDays, context: Context) -> datetime:
    if isinstance(length, BusinessDays):
        return context.days_after(context.now, length)
    return context.now + timedelta(seconds=length)


def _days_ago(days: BusinessDays, context: Context) -> datetime:
    """The latest day at this time of the day from which so many business days have gone by; raises WrongValue."""
    face = context.now.astimezone(context.timezone).replace(tzinfo=None)
    for back in range(days.count, 4 * days.count + 400):
        start = fixed((face - timedelta(days=back)).replace(tzinfo=context.timezone))
        if context.days_after(start, days) <= context.now:
            return start
    raise WrongValue(_("{days} lie too far back.").format(days=days))


def _named(word: str, context: Context) -> Stretch:
    now = context.now.astimezone(context.timezone)
    if word in _DAYS:
        first = _DAYS[word]
        return Stretch(_midnight(now, first, context), _midnight(now, first + 1, context))
    if word in _WEEKS:
        first = 7 * _WEEKS[word] - now.weekday()
        return Stretch(_midnight(now, first, context), _midnight(now, first + 7, context))
    day = now if word == "this_month" else now.replace(day=1) - timedelta(days=1)
    return Stretch(*month_of(day.year, day.month, context.timezone))


def _midnight(moment: datetime, days: int, context: Context) -> datetime:
    """The beginning of the day so many days from that of a moment."""
    day = moment.astimezone(context.timezone).date() + timedelta(days=days)
    return in_zone(datetime(day.year, day.month, day.day), context.timezone)


def _written(value: Value) -> str:
    if is_none(value):
        return "none"
    return spoken(DAYS, value.text) or (written(value.text.strip()) if value.text else "")
