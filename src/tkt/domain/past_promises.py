"""Promises that had come into force, and whether they still stand: a past of settings against the present."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import NamedTuple

from tkt.domain.promises import NOTHING, Fact, FactKey, Facts, fact, leaves_the_past


class Change(NamedTuple):
    """What one commit made of the settings, by what they said in its parents (none: it is the first) and in itself.

    `day` is the day of the commit and `before` names its parent. `judged`: the desk had a ticket by then; what was
    changed on a desk without one changed no verdict.
    """

    day: date
    before: str
    parents: Sequence[Facts]
    after: Facts
    judged: bool = True


class Rewritten(NamedTuple):
    """A fact that is not what it was when it had come into force; `commit` is the last that had it as it was."""

    key: FactKey
    was: Fact
    now: Fact
    commit: str


def rewritten(changes: Iterable[Change], now: Facts, today: date, head: str) -> Iterator[Rewritten]:
    """The facts that were changed when they had come into force, without a reason given there, and stand so.

    `changes` come oldest first; `now` is what the settings say today, and `head` the commit that they follow. Whoever
    puts back what was is done.
    """
    settled: dict[FactKey, Fact] = {}
    departed: dict[FactKey, str] = {}
    for change in changes:
        for key in _changed(change, settled):
            after = fact(change.after, key)
            before = settled.get(key, NOTHING)
            if not change.judged or not change.parents or _may_follow(key, before, after, change.day):
                settled[key] = after
                departed.pop(key, None)
            elif key not in departed:
                departed[key] = change.before
    if not settled:
        return
    for key in sorted({*settled, *now}):
        was, stands = settled.get(key, NOTHING), fact(now, key)
        if not _may_follow(key, was, stands, today):
            yield Rewritten(key, was, stands, departed.get(key, head))


def _changed(change: Change, settled: Facts) -> list[FactKey]:
    """What a commit changed against each of its parents; a beginning says what nothing has said before it."""
    if not change.parents:
        return [key for key in change.after if key not in settled]
    keys = {key for facts in (*change.parents, change.after) for key in facts}
    return [key for key in keys if all(fact(one, key) != fact(change.after, key) for one in change.parents)]


def _may_follow(key: FactKey, before: Fact, after: Fact, day: date) -> bool:
    given = bool(after.corrected) and after.corrected != before.corrected
    return given or leaves_the_past(key, before, after, day)
