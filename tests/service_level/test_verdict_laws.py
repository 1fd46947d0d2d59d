"""The verdicts against a slow oracle that walks each life minute by minute, and the laws that hold for every life."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.service_level.lives import agreed, at, life, said
from tests.torture import scaled
from tkt.domain.entry import Entry
from tkt.domain.policies import Policy, PolicyVersion, Target
from tkt.domain.settings import DEFAULT_WORKFLOW
from tkt.domain.ticket import Ticket
from tkt.service_level.verdict import read_clocks

OPENED = at("09:15")
# In minutes, so short that lives of an hour or two meet and breach them all; P4 promises nothing.
TARGETS = {"P1": (5, 12), "P2": (10, 25), "P3": (20, 50)}
PAUSES = ("user", "vendor")
POLICY = Policy(
    "short",
    (PolicyVersion(date(2026, 1, 1), {code: Target(a * 60, b * 60) for code, (a, b) in TARGETS.items()}),),
)


@dataclass(frozen=True)
class Step:
    """A minute after the opening, and what the ticket is from then on."""

    minute: int
    state: str
    reason: str
    priority: str
    public: bool


@st.composite
def lives(draw: st.DrawFn) -> tuple[list[Step], int]:
    """A life that follows the workflow, in steps at whole minutes, and the minute at which it is looked at."""
    first = Step(0, "new", "", draw(st.sampled_from(("P1", "P2", "P3", "P4"))), False)
    steps = [first]
    for _ in range(draw(st.integers(0, 9))):
        last = steps[-1]
        goal = draw(st.sampled_from((last.state, *DEFAULT_WORKFLOW[last.state])))
        moves = goal != last.state or goal == "pending"
        reason = draw(st.sampled_from(("user", "vendor", "other", ""))) if moves and goal == "pending" else last.reason
        steps.append(
            Step(
                last.minute + draw(st.integers(0, 15)),
                goal,
                reason if goal == "pending" else "",
                draw(st.sampled_from((last.priority, "P1", "P2", "P3", "P4"))),
                draw(st.booleans()),
            )
        )
    return steps, draw(st.integers(0, steps[-1].minute + 40))


def ticket_of(steps: list[Step]) -> Ticket:
    entries = [_entry(before, after) for before, after in pairwise(steps)]
    return life(*entries, opened=OPENED, priority=steps[0].priority)


def _entry(before: Step, after: Step) -> Entry:
    changes: dict[str, str] = {}
    if before.state != after.state or after.state == "pending":
        changes["state"] = f"{before.state} → {after.state}"
    if after.reason:
        changes["reason"] = after.reason
    if before.priority != after.priority:
        changes["priority"] = f"{before.priority} → {after.priority}"
    return said(OPENED + timedelta(minutes=after.minute), public=after.public, **changes)


@dataclass
class Seen:
    """What the oracle says of one clock, in minutes."""

    verdict: str
    elapsed: int
    breached_minute: int | None
    stop: int | None


DONE = ("resolved", "closed")


def oracle(steps: list[Step], now: int, clock: str) -> Seen:
    """Walk every minute from the opening on, asking of each what the ticket then was."""
    past = [step for step in steps if step.minute <= now]
    stop = _response(past) if clock == "response" else _resolution(past)
    end = stop.minute if stop else _since(past) if past[-1].state == "cancelled" else now
    elapsed, breached = 0, None
    for minute in range(end):
        then = [step for step in past if step.minute <= minute][-1]
        in_gap = clock == "resolution" and then.state in DONE
        paused = clock == "resolution" and then.state == "pending" and then.reason in PAUSES
        elapsed += not (in_gap or paused)
        target = TARGETS.get(then.priority, (10**9, 10**9))[clock == "resolution"]
        if elapsed > target and not in_gap and breached is None:
            breached = minute
    return Seen(_verdict(past, clock, stop, elapsed, breached), elapsed, breached, stop.minute if stop else None)


def _verdict(past: list[Step], clock: str, stop: Step | None, elapsed: int, breached: int | None) -> str:
    if past[-1].state == "cancelled":
        return "cancelled"
    if breached is not None:
        return "breached"
    target = TARGETS.get(_priority(past, stop), (None, None))[clock == "resolution"]
    if target is None:
        return "none"
    if stop:
        return "met"
    if clock == "resolution" and past[-1].state == "pending" and past[-1].reason in PAUSES:
        return "paused"
    return "at_risk" if elapsed * 10 >= target * 8 else "running"


def _priority(past: list[Step], stop: Step | None) -> str:
    """The one in force up to the stop; where no time passed, the one given with it; else the last."""
    held = [step for step in past if stop is None or step.minute < stop.minute]
    return (held[-1] if held else stop or past[-1]).priority


def _since(past: list[Step]) -> int:
    """The minute since which the ticket has been in the state it is in."""
    return [after.minute for before, after in pairwise(past) if before.state != after.state][-1]


def _response(past: list[Step]) -> Step | None:
    for before, step in pairwise(past):
        enters = step.state != before.state and step.state in ("in_progress", "resolved")
        if enters or (step.public and before.state != "cancelled"):
            return step
    return None


def _resolution(past: list[Step]) -> Step | None:
    if past[-1].state not in DONE:
        return None
    return [after for before, after in pairwise(past) if after.state == "resolved" != before.state][-1]


@settings(max_examples=scaled(150, 4_000), deadline=None)
@given(lives())
def test_every_reading_is_what_walking_the_life_minute_by_minute_gives(drawn: tuple[list[Step], int]) -> None:
    steps, now = drawn
    clocks = read_clocks(ticket_of(steps), agreed(POLICY), OPENED + timedelta(minutes=now))
    for reading in clocks:
        seen = oracle(steps, now, reading.clock)
        breached_at = None if seen.breached_minute is None else OPENED + timedelta(minutes=seen.breached_minute)
        stopped_at = None if seen.stop is None else OPENED + timedelta(minutes=seen.stop)
        assert (reading.verdict, reading.elapsed) == (seen.verdict, seen.elapsed * 60)
        assert (reading.breached_at, reading.stopped_at) == (breached_at, stopped_at)
        assert reading.breached is (seen.breached_minute is not None)


@settings(max_examples=scaled(100, 2_000), deadline=None)
@given(lives())
def test_a_running_clock_left_alone_is_at_its_target_when_due_and_breached_a_second_later(
    drawn: tuple[list[Step], int],
) -> None:
    steps, minute = drawn
    now = OPENED + timedelta(minutes=minute)
    ticket = ticket_of([step for step in steps if step.minute <= minute])
    for number, reading in enumerate(read_clocks(ticket, agreed(POLICY), now)):
        if reading.due is None or reading.due < now or reading.breached:
            continue
        at_due, after = (
            tuple(read_clocks(ticket, agreed(POLICY), reading.due + timedelta(seconds=more)))[number] for more in (0, 1)
        )
        assert (at_due.elapsed, at_due.verdict) == (reading.target, "at_risk")
        assert (after.verdict, after.breached_at) == ("breached", reading.due)


@settings(max_examples=scaled(100, 2_000), deadline=None)
@given(lives(), st.integers(0, 10_000))
def test_a_stopped_clock_reads_the_same_for_ever(drawn: tuple[list[Step], int], later: int) -> None:
    steps, _now = drawn
    end = OPENED + timedelta(minutes=steps[-1].minute)
    ticket = ticket_of(steps)
    then, afterwards = (read_clocks(ticket, agreed(POLICY), end + timedelta(minutes=more)) for more in (0, later))
    for one, the_same in zip(then, afterwards, strict=True):
        assert the_same == one or one.stopped_at is None


@settings(max_examples=scaled(100, 2_000), deadline=None)
@given(lives())
def test_a_ticket_read_in_the_past_reads_as_it_stood_then(drawn: tuple[list[Step], int]) -> None:
    steps, minute = drawn
    now = OPENED + timedelta(minutes=minute)
    ticket = ticket_of(steps)
    as_it_stood = ticket.as_of(now)
    assert as_it_stood is not None
    assert read_clocks(ticket, agreed(POLICY), now) == read_clocks(as_it_stood, agreed(POLICY), now)
