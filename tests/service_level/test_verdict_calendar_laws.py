"""The verdicts under calendars, where each priority has hours of its own, against an oracle that walks every minute."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property
from itertools import accumulate, pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.service_level.lives import agreed
from tests.service_level.test_verdict_laws import DONE, OPENED, Step, lives, ticket_of
from tests.service_level.wall_clock import Minutes, Plain
from tests.torture import reached, scaled
from tkt.domain.opening_hours import OpeningHours
from tkt.domain.policies import Policy, PolicyVersion, Target
from tkt.service_level.agreements import Agreements
from tkt.service_level.verdict import read_clocks

SINCE = date(2026, 1, 1)
FIRST = OPENED.hour * 60 + OPENED.minute
# Lives last two to three hours of this one day; so far ahead due instants are looked for.
HORIZON = 24 * 60 - FIRST


@dataclass(frozen=True)
class Promise:
    """What a priority is promised, in minutes, and by what it is counted."""

    policy: str
    target: tuple[int, int]
    hours: Minutes | None
    pauses: frozenset[str]

    def opens(self, minute: int) -> bool:
        at = FIRST + minute
        return self.hours is None or any(start <= at < end for start, end in self.hours)


@st.composite
def hours(draw: st.DrawFn) -> Minutes:
    """The hours of the day, in spans of minutes and with breaks of minutes."""
    marks = draw(st.sets(st.integers(FIRST - 10, FIRST + 240), max_size=12).map(sorted))
    return tuple(zip(marks[::2], marks[1::2], strict=False))


@st.composite
def desks(draw: st.DrawFn) -> dict[str, Promise]:
    """P1 round the clock in a policy of its own; P2 and P3 in one policy, each by its hours; P4 promised nothing."""
    pauses = [frozenset(draw(st.sets(st.sampled_from(("user", "vendor", "other"))))) for _policy in range(2)]
    targets = [tuple(sorted((draw(st.integers(1, 30)), draw(st.integers(1, 60))))) for _priority in range(3)]
    critical, second, third = ((one[0], one[1]) for one in targets)
    return {
        "P1": Promise("critical", critical, None, pauses[0]),
        "P2": Promise("standard", second, draw(hours()), pauses[1]),
        "P3": Promise("standard", third, draw(hours()), pauses[1]),
    }


def agreements(desk: dict[str, Promise]) -> Agreements:
    made = []
    calendars = []
    for name in ("critical", "standard"):
        own = {code: one for code, one in desk.items() if one.policy == name}
        targets = {
            code: Target(one.target[0] * 60, one.target[1] * 60, code if one.hours is not None else "24x7")
            for code, one in own.items()
        }
        version = PolicyVersion(SINCE, targets, next(iter(own.values())).pauses)
        made.append(Policy(name, (version,), {"priority": ("P1",)} if name == "critical" else {}))
        for code, one in own.items():
            if one.hours is not None:
                record = Plain(SINCE, "Europe/Paris", {OPENED.weekday(): one.hours}).record()
                calendars.append(OpeningHours(code, (record,)))
    return agreed(*made, calendars=tuple(calendars))


class Walk:
    """One clock of a life, asked at every minute what the ticket then was."""

    def __init__(self, steps: list[Step], now: int, clock: str, desk: dict[str, Promise]) -> None:
        self.counted: dict[Promise, list[int]] = {}
        self.past = [step for step in steps if step.minute <= now]
        self.clock, self.desk, self.which = clock, desk, clock == "resolution"
        self.cancelled = self.past[-1].state == "cancelled"
        stop = self.response() if clock == "response" else self.resolution()
        self.stopped = stop is not None
        ending = stop or (self.last_move() if self.cancelled else None)
        self.end = now if ending is None else ending.minute
        self.ended = ending is not None
        held = [step for step in self.past if not self.ended or step.minute < self.end]
        given = ending or self.past[-1]
        self.priority = (held[-1] if held and self.ended else given).priority

    def response(self) -> Step | None:
        for before, step in pairwise(self.past):
            enters = step.state != before.state and step.state in ("in_progress", "resolved")
            if enters or (step.public and before.state != "cancelled"):
                return step
        return None

    def resolution(self) -> Step | None:
        if self.past[-1].state not in DONE:
            return None
        return [after for before, after in pairwise(self.past) if after.state == "resolved" != before.state][-1]

    def last_move(self) -> Step:
        return [after for before, after in pairwise(self.past) if before.state != after.state][-1]

    @cached_property
    def then(self) -> list[Step]:
        """What the ticket was in each minute of the day."""
        untils = [*(step.minute for step in self.past[1:]), HORIZON]
        return [step for step, until in zip(self.past, untils, strict=True) for _minute in range(step.minute, until)]

    def runs(self, minute: int, promise: Promise) -> bool:
        then = self.then[minute]
        rests = self.which and (then.state in DONE or (then.state == "pending" and then.reason in promise.pauses))
        return promise.opens(minute) and not rests

    def elapsed(self, promise: Promise, until: int) -> int:
        if promise not in self.counted:
            run = (self.runs(minute, promise) for minute in range(HORIZON))
            self.counted[promise] = list(accumulate(run, initial=0))
        return self.counted[promise][until]

    def breached(self) -> int | None:
        for minute in range(self.end):
            then = self.then[minute]
            promise = self.desk.get(then.priority)
            if promise is None or (self.which and then.state in DONE):
                continue
            if self.elapsed(promise, minute + 1) > promise.target[self.which]:
                return minute
        return None

    def rests(self, promise: Promise) -> bool:
        last = self.past[-1]
        return self.which and last.state == "pending" and last.reason in promise.pauses

    def due(self, promise: Promise) -> int | None:
        if self.ended or self.rests(promise):
            return None
        return next((m for m in range(HORIZON) if self.elapsed(promise, m) == promise.target[self.which]), None)

    def verdict(self, breached: int | None) -> str:
        if self.cancelled:
            return "cancelled"
        if breached is not None:
            return "breached"
        promise = self.desk.get(self.priority)
        if promise is None:
            return "none"
        if self.stopped:
            return "met"
        if self.rests(promise):
            return "paused"
        return "at_risk" if self.elapsed(promise, self.end) * 10 >= promise.target[self.which] * 8 else "running"


def differences(steps: list[Step], now: int, desk: dict[str, Promise]) -> list[str]:
    """Where a reading is not what walking the life gives."""
    found: list[str] = []
    for reading in read_clocks(ticket_of(steps), agreements(desk), OPENED + timedelta(minutes=now)):
        walk = Walk(steps, now, reading.clock, desk)
        breached, promise = walk.breached(), desk.get(walk.priority)
        read = [reading.verdict, reading.priority, _minute(reading.breached_at)]
        said = [walk.verdict(breached), walk.priority, breached]
        if promise is not None:
            due = walk.due(promise)
            # What is not due on this day is due on one to come, or never.
            read += [reading.policy, reading.elapsed, _on_this_day(reading.due)]
            said += [promise.policy, walk.elapsed(promise, walk.end) * 60, due]
        if read != said:
            found.append(f"{reading.clock}: {read} and not {said}")
    return found


def _minute(instant: datetime | None) -> int | None:
    return None if instant is None else (instant - OPENED) // timedelta(minutes=1)


def _on_this_day(instant: datetime | None) -> int | None:
    minute = _minute(instant)
    return minute if minute is not None and minute < HORIZON else None


@pytest.mark.slow
def test_every_reading_under_calendars_is_what_walking_the_life_gives() -> None:
    walked = Counter(lives=0, clocks=0, disagreements=0)

    @settings(max_examples=scaled(40, 4_000))
    @given(lives(), desks())
    def every_life_reads_as_the_oracle_says(drawn: tuple[list[Step], int], desk: dict[str, Promise]) -> None:
        found = differences(*drawn, desk)
        walked.update(lives=1, clocks=2, disagreements=len(found))
        assert not found

    try:
        every_life_reads_as_the_oracle_says()
    finally:
        reached("verdicts", **walked)
