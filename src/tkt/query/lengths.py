"""Lengths of time and numbers in a query: how long since, and how often."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from functools import cache
from operator import eq, ge, gt, le, lt
from typing import Any

from tkt.domain.duration import BusinessDays, write_duration
from tkt.domain.instant import fixed
from tkt.errors import TktError
from tkt.language import _
from tkt.query.candidate import Candidate
from tkt.query.context import Context
from tkt.query.reading import Asked, Read, Reader, WrongValue, length_of
from tkt.query.stretches import BoundsOf, Stretch
from tkt.query.terms import Meaning
from tkt.query.vocabulary import YES_NO, spoken

_COMPARED: dict[str, Callable[[Any, Any], bool]] = {">": gt, ">=": ge, "<": lt, "<=": le, "=": eq}
# A day less the hour by which a change of clocks may shorten the days between, and some to spare.
_SLACK = timedelta(hours=3)
_SECOND = timedelta(seconds=1)
NOON = time(12)
_Limit = tuple[str, int | BusinessDays]


def since_reader(since: Callable[[Candidate], datetime], bounds: BoundsOf) -> Reader:
    """Reads how long it is since some moment of a ticket; `bounds` are those of tickets whose moment lies in a
    stretch."""

    def read(asked: Asked) -> Read:
        limits = _limits(asked)
        tests = [_limit_test(limit, asked.context) for limit in limits]

        def test(candidate: Candidate) -> bool:
            moment = since(candidate)
            return all(one(moment) for one in tests)

        texts = tuple(_written(value.text) for value in asked.values)
        return texts, Meaning(test, bounds(_stretch(limits, asked.context)), steady=False)

    return read


def _limits(asked: Asked) -> list[_Limit]:
    asked.require_one_if_compared()
    amounts = [length_of(value.text) if value.text else None for value in asked.values]
    if asked.operator == "..":
        first, last = amounts
        if _is_more(first, last):
            raise asked.wrong_way_round(asked.values[0].text, asked.values[1].text)
        return [(sign, one) for sign, one in ((">=", first), ("<=", last)) if one is not None]
    if asked.operator in ("", "=") or amounts[0] is None:
        message = _("{key} is a length of time: write {key}:>4h, {key}:<=3bd or {key}:4h..8h.")
        raise WrongValue(message.format(key=asked.key))
    return [(asked.operator, amounts[0])]


def _is_more(first: int | BusinessDays | None, last: int | BusinessDays | None) -> bool:
    """Whether one length is surely more than another: of business days and real time none is."""
    if isinstance(first, BusinessDays) and isinstance(last, BusinessDays):
        return first.count > last.count
    return isinstance(first, int) and isinstance(last, int) and first > last


def _limit_test(limit: _Limit, context: Context) -> Callable[[datetime], bool]:
    sign, amount = limit
    compare, now = _COMPARED[sign], context.now
    if not isinstance(amount, BusinessDays):
        return lambda moment: compare((now - moment).total_seconds(), amount)
    end_of = _end_of(amount, context)

    def test(moment: datetime) -> bool:
        try:
            return compare(now, end_of(moment))
        except TktError as trouble:
            context.on_untold(trouble)
            return False

    return test


def _end_of(days: BusinessDays, context: Context) -> Callable[[datetime], datetime]:
    """What gives a moment that is before now, now or after it, as the one so many business days after another is.

    Days are counted once for all that begins on one day; only where they end today does the time of the day matter.
    """
    zone = context.timezone
    today = context.now.astimezone(zone).date()

    @cache
    def end_of_day(day: date) -> datetime:
        return context.days_after(fixed(datetime.combine(day, NOON, zone)), days)

    def end_of(moment: datetime) -> datetime:
        end = end_of_day(moment.astimezone(zone).date())
        return context.days_after(moment, days) if end.astimezone(zone).date() == today else end

    return end_of


def _stretch(limits: list[_Limit], context: Context) -> Stretch:
    """The time in which a moment surely lies that is so long ago: business days take as many days at least, and may
    take any number."""
    first, last = None, None
    for sign, amount in limits:
        if sign in ("<", "<=") and not isinstance(amount, BusinessDays):
            first = context.now - timedelta(seconds=amount)
        elif sign in (">", ">="):
            days = timedelta(days=amount.count) - _SLACK if isinstance(amount, BusinessDays) else timedelta(0, amount)
            last = context.now - days + _SECOND
    return Stretch(first, last)


def _written(text: str) -> str:
    """As it is written in one way: the minutes of `90m` are those of `1h30`."""
    if not text:
        return ""
    amount = length_of(text)
    return str(amount) if isinstance(amount, BusinessDays) else write_duration(amount)


def count_reader(count: Callable[[Candidate], int | None]) -> Reader:
    """Reads how many there are of something: a number, compared or not, and yes or no."""

    def read(asked: Asked) -> Read:
        asked.require_one_if_compared()
        words = [spoken(YES_NO, value.text) for value in asked.values]
        if not asked.operator and all(words):
            wanted = {word == "yes" for word in words}
            return tuple(map(str, words)), Meaning(lambda one: bool(count(one)) in wanted, steady=False)
        numbers = [_number(value.text, asked.key) for value in asked.values]
        texts = tuple("" if one is None else str(one) for one in numbers)
        if asked.operator == ".." and all(texts) and int(texts[0]) > int(texts[1]):
            raise asked.wrong_way_round(*texts)
        return texts, Meaning(lambda one: _fits(count(one), asked.operator, numbers), steady=False)

    return read


def _fits(count: int | None, operator: str, numbers: list[int | None]) -> bool:
    if count is None:
        return False
    if operator == "..":
        first, last = numbers
        return (first is None or count >= first) and (last is None or count <= last)
    if operator:
        return numbers[0] is not None and _COMPARED[operator](count, numbers[0])
    return count in numbers


def _number(text: str, key: str) -> int | None:
    if not text:
        return None
    if not (text.isascii() and text.isdigit() and len(text) < 19):
        message = _("“{text}” is no number: write {key}:2, {key}:>0 or {key}:yes.")
        raise WrongValue(message.format(text=text, key=key))
    return int(text)
