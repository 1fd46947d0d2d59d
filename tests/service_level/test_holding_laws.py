"""Holdings against a slow oracle that walks each life minute by minute, and the laws that hold for every life."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby, pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.service_level.lives import at, life, said
from tests.torture import scaled
from tkt.domain.entry import Entry
from tkt.domain.policies import HOLDERS, Ola, PolicyVersion, Target
from tkt.domain.settings import DEFAULT_WORKFLOW, Settings
from tkt.domain.ticket import Ticket
from tkt.domain.words import OPEN
from tkt.service_level.agreements import Agreements
from tkt.service_level.explanation import explain_holdings
from tkt.service_level.holding import holdings, read_holdings
from tkt.service_level.reading import HoldingReading
from tkt.service_level.stopwatch import read_timeline

OPENED = at("09:15")
# In minutes; P4 promises nothing.
TARGETS = {"P1": 4, "P2": 9, "P3": 20}
PAUSES = ("user", "vendor")
VERSION = PolicyVersion(
    date(2026, 1, 1), {code: Target(None, None, holding=minutes * 60) for code, minutes in TARGETS.items()}
)
OLAS = (Ola("groups", "group", "*", (VERSION,)), Ola("second line", "level", "N2", (VERSION,)))
AGREED = Agreements.of(Settings(olas=OLAS))
GROUPS = ("", "Réseau", "Messagerie")


@dataclass(frozen=True)
class Step:
    """A minute after the opening, and what the ticket is from then on."""

    minute: int
    state: str
    reason: str
    priority: str
    group: str
    level: str

    def holder(self, key: str) -> str:
        """Who has it, "" for nobody."""
        held = self.group if key == "group" else self.level
        return held if self.state in OPEN else ""


@st.composite
def lives(draw: st.DrawFn) -> tuple[list[Step], int]:
    """A life that follows the workflow, in steps at whole minutes, and the minute at which it is looked at."""
    priorities = st.sampled_from(("P1", "P2", "P3", "P4"))
    groups, levels = st.sampled_from(GROUPS), st.sampled_from(("N1", "N2"))
    steps = [Step(0, "new", "", draw(priorities), draw(groups), "N1")]
    for _ in range(draw(st.integers(0, 9))):
        last = steps[-1]
        goal = draw(st.sampled_from((last.state, *DEFAULT_WORKFLOW[last.state])))
        moves = goal != last.state or goal == "pending"
        reason = draw(st.sampled_from(("user", "vendor", "other"))) if moves and goal == "pending" else last.reason
        steps.append(
            Step(
                last.minute + draw(st.integers(0, 12)),
                goal,
                reason if goal == "pending" else "",
                draw(st.just(last.priority) | priorities),
                draw(st.just(last.group) | groups),
                draw(st.just(last.level) | levels),
            )
        )
    return steps, draw(st.integers(0, steps[-1].minute + 30))


def ticket_of(steps: list[Step]) -> Ticket:
    first = said(OPENED, state="new", priority=steps[0].priority, group=steps[0].group, level=steps[0].level)
    entries = [first, *(_entry(before, after) for before, after in pairwise(steps))]
    return life(*entries, opened=OPENED, priority=steps[0].priority)


def _entry(before: Step, after: Step) -> Entry:
    changes: dict[str, str] = {}
    if before.state != after.state or after.state == "pending":
        changes["state"] = f"{before.state} → {after.state}"
    if after.reason:
        changes["reason"] = after.reason
    for key in ("priority", "group", "level"):
        old, new = getattr(before, key), getattr(after, key)
        if old != new:
            changes[key] = f"{old} → {new}"
    return said(minute(after.minute), **changes)


def minute(number: int) -> datetime:
    return OPENED + timedelta(minutes=number)


@dataclass(frozen=True)
class Seen:
    """What the oracle says of a holding, in minutes."""

    holder: str
    since: int
    until: int | None
    verdict: str
    elapsed: int
    breached_minute: int | None


def oracle(steps: list[Step], now: int, key: str) -> list[Seen]:
    """Ask of every minute from the opening on who then had the ticket."""
    past = [step for step in steps if step.minute <= now]

    def then(number: int) -> Step:
        return [step for step in past if step.minute <= number][-1]

    runs = [list(run) for _holder, run in groupby(range(now + 1), key=lambda one: then(one).holder(key))]
    return [_seen(run, now, then, key) for run in runs if then(run[0]).holder(key)]


def _seen(run: list[int], now: int, then: Callable[[int], Step], key: str) -> Seen:
    until = None if run[-1] == now else run[-1] + 1
    elapsed, breached = 0, None
    for number in [one for one in run if one < now]:
        step = then(number)
        elapsed += not (step.state == "pending" and step.reason in PAUSES)
        if elapsed > TARGETS.get(step.priority, 10**9) and breached is None:
            breached = number
    last = then(run[-1])
    if until is not None and then(until).state == "cancelled":
        verdict = "cancelled"
    elif breached is not None:
        verdict = "breached"
    elif last.priority not in TARGETS:
        verdict = "none"
    elif until is not None:
        verdict = "met"
    elif last.state == "pending" and last.reason in PAUSES:
        verdict = "paused"
    else:
        verdict = "at_risk" if elapsed * 10 >= TARGETS[last.priority] * 8 else "running"
    return Seen(last.holder(key), run[0], until, verdict, elapsed, breached)


def _minutes(one: HoldingReading) -> Seen:
    def of(instant: datetime | None) -> int | None:
        return None if instant is None else int((instant - OPENED).total_seconds()) // 60

    since, clock = of(one.since), one.clock
    assert since is not None
    assert (clock.wall % 60, clock.elapsed % 60) == (0, 0)
    return Seen(one.holder, since, of(one.until), clock.verdict, clock.elapsed // 60, of(clock.breached_at))


@settings(max_examples=scaled(150, 6_000), deadline=None)
@given(lives())
def test_every_holding_is_what_walking_the_life_minute_by_minute_gives(drawn: tuple[list[Step], int]) -> None:
    steps, now = drawn
    found = read_holdings(ticket_of(steps), AGREED, minute(now))
    assert [_minutes(one) for one in found if one.ola == "groups"] == oracle(steps, now, "group")
    of_second_line = [seen for seen in oracle(steps, now, "level") if seen.holder == "N2"]
    assert [_minutes(one) for one in found if one.ola == "second line"] == of_second_line


@settings(max_examples=scaled(100, 3_000), deadline=None)
@given(lives())
def test_the_holdings_tile_the_time_that_the_ticket_was_open_and_somebodys(drawn: tuple[list[Step], int]) -> None:
    steps, now = drawn
    timeline = read_timeline(ticket_of(steps), minute(now))
    past = [step for step in steps if step.minute <= now]
    for key in HOLDERS:
        found = list(holdings(timeline, key, minute(now)))
        assert all(one.span.end <= after.span.start for one, after in pairwise(found))
        assert all(one.span.end < after.span.start or one.holder != after.holder for one, after in pairwise(found)), (
            "a holding is as long as it can be"
        )
        held = sum(
            end - step.minute
            for step, end in zip(past, [*(after.minute for after in past[1:]), now], strict=True)
            if step.holder(key)
        )
        assert sum(one.span.seconds for one in found) == held * 60


@settings(max_examples=scaled(100, 3_000), deadline=None)
@given(lives(), st.integers(0, 10_000))
def test_a_holding_that_is_over_reads_the_same_for_ever(drawn: tuple[list[Step], int], later: int) -> None:
    steps, now = drawn
    ticket = ticket_of(steps)
    then = [one for one in read_holdings(ticket, AGREED, minute(now)) if one.until is not None]
    after = read_holdings(ticket, AGREED, minute(now + 1 + later))
    # What is set back at the very instant at which it went was never taken away.
    over = [one for one in then if one.until is not None and one.until < minute(now)]
    assert [one for one in over if one not in after] == []


@settings(max_examples=scaled(60, 2_000), deadline=None)
@given(lives())
def test_holdings_read_in_the_past_read_as_they_stood_then(drawn: tuple[list[Step], int]) -> None:
    steps, number = drawn
    ticket, now = ticket_of(steps), minute(number)
    as_it_stood = ticket.as_of(now)
    assert as_it_stood is not None
    assert read_holdings(ticket, AGREED, now) == read_holdings(as_it_stood, AGREED, now)


def test_the_lives_that_are_drawn_meet_every_verdict_of_a_holding() -> None:
    found: set[str] = set()

    @settings(max_examples=scaled(120, 1_000), deadline=None, database=None, derandomize=True)
    @given(lives())
    def look(drawn: tuple[list[Step], int]) -> None:
        steps, now = drawn
        found.update(one.clock.verdict for one in read_holdings(ticket_of(steps), AGREED, minute(now)))

    look()
    assert found == {"running", "at_risk", "paused", "met", "breached", "cancelled", "none"}


@settings(max_examples=scaled(80, 20_000), deadline=None)
@given(lives())
def test_each_holding_is_explained_by_the_reading_that_judges_it_and_adds_up(lived: tuple[list[Step], int]) -> None:
    steps, now = lived
    ticket = ticket_of(steps)
    told = explain_holdings(ticket, AGREED, minute(now))
    assert tuple(holding for holding, _told in told) == read_holdings(ticket, AGREED, minute(now))
    for holding, one in told:
        assert one.reading == holding.clock
        assert one.account.elapsed == holding.clock.elapsed
        assert sum(part.span.seconds for part in one.account.intervals) == holding.clock.wall
        assert (one.breach is not None) == holding.clock.breached
        # Whoever has it was given it, or it was opened or reopened while theirs; and so it ended.
        assert not one.account.intervals or one.account.intervals[0].by
        assert (one.ended_by is not None and one.ended_by.at) == (holding.until or False)
