"""A real year of a service desk under office hours: each of 500 incidents reads as a slow oracle says."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from itertools import accumulate, pairwise

import pytest

from tests.metrics import incident_log
from tests.service_level.wall_clock import Few, Plain, WallClock
from tkt.domain.opening_hours import OpeningHours
from tkt.domain.policies import Policy, PolicyVersion, Target
from tkt.domain.ticket import Ticket
from tkt.service_level.agreements import Agreements
from tkt.service_level.business.calendars import Calendars
from tkt.service_level.period import second_of
from tkt.service_level.verdict import read_clocks

pytestmark = pytest.mark.skipif(not incident_log.LOG.exists(), reason="the incident log is not beside the project")

HOLIDAYS = {
    "FR": {
        2016: {date(2016, month, day): "férié" for month, day in ((3, 28), (5, 5), (5, 16), (7, 14), (8, 15), (11, 1))},
        2017: {date(2017, 1, 1): "férié"},
    }
}
TWO_SPANS = ((8 * 60 + 30, 12 * 60 + 30), (13 * 60 + 30, 18 * 60))
SINCE = date(2016, 1, 1)
CLOCKS = {
    "office": WallClock(
        (
            Plain(
                SINCE,
                "Europe/Paris",
                dict.fromkeys(range(5), TWO_SPANS),
                ("FR",),
                (Few(date(2016, 3, 18), date(2016, 3, 18)), Few(date(2016, 4, 25), date(2016, 4, 29))),
                ((Few(date(2016, 3, 12), date(2016, 3, 12)), ((9 * 60, 12 * 60),)),),
            ),
            Plain(date(2016, 7, 1), "Europe/Paris", dict.fromkeys(range(5), ((8 * 60, 16 * 60),)), ("FR",)),
        ),
        HOLIDAYS,
    ),
    "nights": WallClock(
        (Plain(SINCE, "Europe/Paris", dict.fromkeys((*range(5), 6), ((20 * 60, 30 * 60),)), ("FR",)),), HOLIDAYS
    ),
}
# The targets in minutes: response, resolution, and the calendar that counts them.
PROMISED = {
    "nights": {"P1": (30, 240, "24x7"), "P2": (60, 480, "nights"), "P3": (240, 2400, "nights")},
    "standard": {
        "P1": (30, 120, "24x7"),
        "P2": (60, 480, "24x7"),
        "P3": (120, 1440, "office"),
        "P4": (240, 2880, "office"),
    },
}
PAUSES = {"nights": {"user"}, "standard": {"user", "vendor"}}
NIGHT_GROUPS = ("Group 56", "Group 70", "Group 24")
DONE = ("resolved", "closed")
FIRST, LAST = (int(datetime(year, 1, 1, tzinfo=UTC).timestamp()) // 60 for year in (2016, 2017))


def agreements() -> Agreements:
    versions = {
        name: PolicyVersion(
            SINCE,
            {code: Target(a * 60, b * 60, on) for code, (a, b, on) in targets.items()},
            frozenset(PAUSES[name]),
            calendar="office",
        )
        for name, targets in PROMISED.items()
    }
    policies = (
        Policy("nights", (versions["nights"],), {"group": NIGHT_GROUPS}),
        Policy("standard", (versions["standard"],)),
    )
    hours = tuple(OpeningHours(name, tuple(one.record() for one in clock.versions)) for name, clock in CLOCKS.items())
    return Agreements(policies, Calendars.of(hours, HOLIDAYS.__getitem__))


@pytest.fixture(scope="module")
def open_minutes() -> dict[str, list[int]]:
    """Of each calendar, how many minutes of the year were open before each of its minutes."""
    counted = {"24x7": list(range(LAST - FIRST + 1))}
    for name, clock in CLOCKS.items():
        half_hours = (clock.state(minute * 60) == "open" for minute in range(FIRST, LAST, 30))
        counted[name] = list(accumulate((int(is_open) for is_open in half_hours for _minute in range(30)), initial=0))
    return counted


@dataclass(frozen=True)
class Part:
    """What a ticket was over some minutes, counted from the year's first."""

    since: int
    until: int
    state: str
    reason: str
    priority: str


@dataclass(frozen=True)
class Life:
    """The parts of a ticket's life up to a minute, and its group after each of its entries up to then."""

    parts: tuple[Part, ...]
    groups: tuple[str, ...]
    instants: tuple[int, ...]
    states: tuple[str, ...]


def minute_of(instant: datetime) -> int:
    assert instant.second == 0
    return second_of(instant) // 60 - FIRST


def life_of(ticket: Ticket, now: int) -> Life:
    """The log's own rows, as far as they had been written by then."""
    values = {"state": "new", "priority": "", "group": "", "reason": ""}
    seen: list[tuple[int, dict[str, str]]] = []
    for entry in ticket.entries:
        at = minute_of(entry.at)
        if at > now:
            break
        said = {change.key: change.new for change in entry.field_changes()}
        moved = {"reason": said.get("reason", "")} if "state" in said else {}
        values = {**values, **said, **moved}
        seen.append((at, values))
    first_priority = next(
        change.new for one in ticket.entries for change in one.field_changes() if change.key == "priority"
    )
    opening = (minute_of(ticket.opened_at), {"state": "new", "priority": first_priority, "reason": "", "group": ""})
    parts = [
        Part(since, until, was["state"], was["reason"], was["priority"])
        for (since, was), (until, _next) in pairwise([opening, *seen, (max(now, opening[0]), {})])
    ]
    return Life(
        tuple(parts),
        tuple(was["group"] for _at, was in seen),
        tuple(at for at, _was in seen),
        tuple(was["state"] for _at, was in seen),
    )


def stop_of(life: Life, clock: str) -> int | None:
    """The number of the entry at which a clock stopped; None while it has not."""
    befores = ("new", *life.states)
    if clock == "response":
        enters = (
            n for n, state in enumerate(life.states) if state != befores[n] and state in ("in_progress", "resolved")
        )
        return next(enters, None)
    if not life.states or life.states[-1] not in DONE:
        return None
    entries = [
        n
        for n, state in enumerate(life.states)
        if (state == "resolved" != befores[n]) or (state == "closed" and befores[n] not in DONE)
    ]
    return entries[-1]


@dataclass(frozen=True)
class Said:
    """What the oracle says of a clock; instants and lengths in minutes."""

    policy: str
    verdict: str
    elapsed: int
    breached: int | None
    stopped: int | None
    due: int | None


class Oracle:
    """One clock of one life, walked part by part."""

    def __init__(self, life: Life, clock: str, now: int, counted: dict[str, list[int]]) -> None:
        self.counted, self.clock = counted, clock
        number = stop_of(life, clock)
        self.stopped = None if number is None else life.instants[number]
        self.end = max(now, life.parts[0].since) if self.stopped is None else self.stopped
        read = life.groups if number is None else life.groups[: number + 1]
        self.policy = "nights" if read and read[-1] in NIGHT_GROUPS else "standard"
        cut = (Part(one.since, min(one.until, self.end), one.state, one.reason, one.priority) for one in life.parts)
        self.parts = [one for one in cut if one.since < one.until]
        self.last = life.parts[-1]
        given = life.parts[0 if number is None else number + 1]
        self.priority = self.last.priority if number is None else (self.parts[-1] if self.parts else given).priority

    def counts(self, part: Part) -> bool:
        """Whether a clock runs over a part."""
        if self.clock == "response":
            return True
        return part.state not in DONE and not (part.state == "pending" and part.reason in PAUSES[self.policy])

    def promise(self, priority: str) -> tuple[int | None, str]:
        response, resolution, calendar = PROMISED[self.policy].get(priority, (None, None, "office"))
        return (response if self.clock == "response" else resolution), calendar

    def elapsed_before(self, calendar: str, minute: int) -> int:
        counted = self.counted[calendar]
        parts = (part for part in self.parts if self.counts(part) and part.since < minute)
        return sum(counted[min(part.until, minute)] - counted[part.since] for part in parts)

    def breached(self) -> int | None:
        """The first minute by whose end more had elapsed than its priority allowed."""
        for part in self.parts:
            target, calendar = self.promise(part.priority)
            if target is None or (self.clock == "resolution" and part.state in DONE):
                continue
            before = self.elapsed_before(calendar, part.since)
            if before > target:
                return part.since
            if self.counts(part) and self.elapsed_before(calendar, part.until) > target:
                return self.nth_open(calendar, part.since, target - before + 1) - 1
        return None

    def nth_open(self, calendar: str, since: int, count: int) -> int:
        """The end of the n-th open minute from one on."""
        counted = self.counted[calendar]
        return bisect_left(counted, counted[since] + count)

    def due(self, elapsed: int) -> int | None:
        target, calendar = self.promise(self.priority)
        if target is None or self.stopped is not None or not self.counts(self.last):
            return None
        if elapsed < target:
            return self.nth_open(calendar, self.end, target - elapsed)
        return next(m for m in range(self.parts[0].since, self.end + 1) if self.elapsed_before(calendar, m) == target)

    def said(self) -> Said:
        target, calendar = self.promise(self.priority)
        elapsed, breached = self.elapsed_before(calendar, self.end), self.breached()
        return Said(
            self.policy, self.verdict(target, elapsed, breached), elapsed, breached, self.stopped, self.due(elapsed)
        )

    def verdict(self, target: int | None, elapsed: int, breached: int | None) -> str:
        if breached is not None:
            return "breached"
        if target is None:
            return "none"
        if self.stopped is not None:
            return "met"
        if not self.counts(self.last):
            return "paused"
        return "at_risk" if elapsed * 10 >= target * 8 else "running"


def readings(counted: dict[str, list[int]], now: datetime) -> Iterator[tuple[str, str, Said, Said]]:
    """Each ticket's number, clock, what tkt says of it, and what the oracle does."""
    agreed = agreements()
    for ticket in incident_log.tickets():
        life = life_of(ticket, minute_of(now))
        for clock in read_clocks(ticket, agreed, now):
            minutes = [None if at is None else minute_of(at) for at in (clock.breached_at, clock.stopped_at, clock.due)]
            assert clock.elapsed % 60 == 0
            found = Said(clock.policy, clock.verdict, clock.elapsed // 60, *minutes)
            yield ticket.id, clock.clock, found, Oracle(life, clock.clock, minute_of(now), counted).said()


@pytest.mark.parametrize(
    "day", ["2016-03-04T10:30", "2016-03-12T11:00", "2016-03-27T01:00", "2016-04-06T16:45", "2016-12-31T00:00"]
)
def test_every_ticket_of_the_log_reads_as_the_oracle_says(day: str, open_minutes: dict[str, list[int]]) -> None:
    """At the end of the year and on days before it, one of them the night on which Paris put its clock forward."""
    every = list(readings(open_minutes, datetime.fromisoformat(day).replace(tzinfo=UTC)))
    assert [(number, clock, found) for number, clock, found, _said in every] == [
        (number, clock, said) for number, clock, _found, said in every
    ]
    assert len(every) == 1_000


def test_the_log_shows_every_verdict_and_both_policies(open_minutes: dict[str, list[int]]) -> None:
    """What was compared is worth comparing."""
    seen: Counter[tuple[str, str]] = Counter()
    for day in ("2016-03-04T10:30", "2016-12-31T00:00"):
        for _number, clock, found, _said in readings(open_minutes, datetime.fromisoformat(day).replace(tzinfo=UTC)):
            seen[clock, found.verdict] += 1
            seen["policy", found.policy] += 1
    assert {("resolution", word) for word in ("met", "breached", "paused", "running", "at_risk", "none")} <= set(seen)
    assert min(seen["policy", "nights"], seen["policy", "standard"]) > 20
