"""The same history judged by two sets of policies: what each kept, and which verdicts differ."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from tkt.domain.policies import Policy
from tkt.domain.settings import Settings
from tkt.domain.ticket import Ticket
from tkt.domain.words import PRIORITY
from tkt.metrics.cohort import Cohort
from tkt.metrics.history import History, HistoryReader
from tkt.metrics.period import Period
from tkt.service_level.agreements import Agreements, matches
from tkt.service_level.reading import ClockReading, Clocks
from tkt.service_level.verdict import judge

CLOCKS = ("response", "resolution")
# What a breached ticket may have become by the end of the period.
ENDINGS = ("open", "resolved", "cancelled")


class Rate(NamedTuple):
    """Clocks met of those judged."""

    met: int
    judged: int

    @property
    def value(self) -> float | None:
        """From 0 to 1; None for 0/0."""
        return self.met / self.judged if self.judged else None


class Compliance(NamedTuple):
    """What was kept of a clock, before and after: of all tickets, of one `priority`, or of what one `policy` judges."""

    clock: str
    before: Rate
    after: Rate
    priority: str = ""
    policy: str = ""

    @property
    def difference(self) -> float | None:
        """After less before, None where either says nothing."""
        if self.before.value is None or self.after.value is None:
            return None
        return self.after.value - self.before.value


class Differing(NamedTuple):
    """A clock of a ticket whose verdict is another one after than before."""

    ticket: Ticket
    before: ClockReading
    after: ClockReading


class ToCome(NamedTuple):
    """A version of a policy that begins after the last of the tickets was opened."""

    policy: str
    since: date


@dataclass(frozen=True, slots=True)
class Simulation:
    """The tickets of a period under the desk's policies (`before`) and under others (`after`).

    `compared` counts those that are open at its end, or were resolved or cancelled in it. `too_old` are further ones,
    left out on both sides: none of the other policies judges them, and one that they match begins after they were
    opened. `breached` are tickets (before, after) by what became of them, one of ENDINGS.
    """

    period: Period
    compared: int
    too_old: int
    compliance: tuple[Compliance, ...]
    breached: Mapping[str, tuple[int, int]]
    differing: tuple[Differing, ...]
    to_come: tuple[ToCome, ...]

    @property
    def changes(self) -> list[tuple[tuple[str, str, str], int]]:
        """((clock, verdict before, verdict after), how many clocks), the most frequent first."""
        counted = Counter((one.before.clock, one.before.verdict, one.after.verdict) for one in self.differing)
        return counted.most_common()


class _Seen(NamedTuple):
    history: History
    after: Clocks


def simulate(
    tickets: Iterable[Ticket],
    period: Period,
    settings: Settings,
    others: Settings,
    types: tuple[str, ...] = ("incident", "request"),
) -> Simulation:
    """The tickets of those types (none named: all) as of the period's end, judged by `settings` and by `others`.

    Raises what the calendars raise of days that they cannot know.
    """
    reader = HistoryReader(tuple(tickets), Agreements.of(settings), types)
    cohort = Cohort(reader.read(period), period, settings.fcr_within)
    counted = {id(one): one for one in (*cohort.open, *cohort.resolved, *cohort.cancelled)}
    theirs = Agreements.of(others)
    judged = [_Seen(one, judge(one.timeline, theirs, period.end)) for one in counted.values()]
    seen = {id(one.history): one for one in judged if not _is_too_old(one, theirs)}
    resolved = _those_of(cohort.resolved, seen)
    endings = zip(ENDINGS, (cohort.open, cohort.resolved, cohort.cancelled), strict=True)
    return Simulation(
        period=period,
        compared=len(seen),
        too_old=len(judged) - len(seen),
        compliance=tuple(_compliance(resolved, (*settings.policies, *others.policies))),
        breached={ending: _breached(_those_of(members, seen)) for ending, members in endings},
        differing=tuple(sorted(_differing(seen.values()), key=_rank)),
        to_come=tuple(_to_come(counted.values(), settings, others)),
    )


def _is_too_old(one: _Seen, theirs: Agreements) -> bool:
    """Whether nothing judges it only because what would do so begins after it was opened."""
    if any(reading.policy for reading in one.after):
        return False
    ticket, timeline = one.history.ticket, one.history.timeline
    values = {key: ticket.values_after(key, timeline.read) for key in theirs.asked}
    values["priority"] = (timeline.priority,)
    opened = ticket.opened_at.date()
    return any(opened < policy.versions[0].since and matches(policy.when, values) for policy in theirs.policies)


def _those_of(histories: Iterable[History], seen: Mapping[int, _Seen]) -> list[_Seen]:
    return [seen[id(one)] for one in histories if id(one) in seen]


def _compliance(resolved: Sequence[_Seen], policies: Iterable[Policy]) -> Iterator[Compliance]:
    """Of each clock what was kept, overall, then of the priorities and policies by which something was judged."""
    names = dict.fromkeys(policy.name for policy in policies)
    for number, clock in enumerate(CLOCKS):
        before = [(one.history.timeline.priority, one.history.clocks[number]) for one in resolved]
        after = [(one.history.timeline.priority, one.after[number]) for one in resolved]
        yield Compliance(clock, _rate(before), _rate(after))
        for code in PRIORITY.codes:
            of_it = [_rate(one for one in side if one[0] == code) for side in (before, after)]
            yield from _judged(Compliance(clock, of_it[0], of_it[1], priority=code))
        for name in names:
            of_it = [_rate(one for one in side if one[1].policy == name) for side in (before, after)]
            yield from _judged(Compliance(clock, of_it[0], of_it[1], policy=name))


def _rate(readings: Iterable[tuple[str, ClockReading]]) -> Rate:
    verdicts = [reading.verdict for _priority, reading in readings]
    return Rate(verdicts.count("met"), verdicts.count("met") + verdicts.count("breached"))


def _judged(line: Compliance) -> Iterator[Compliance]:
    if line.before.judged or line.after.judged:
        yield line


def _breached(members: Iterable[_Seen]) -> tuple[int, int]:
    over = [(one.history.is_breached, any(reading.breached for reading in one.after)) for one in members]
    return sum(before for before, _after in over), sum(after for _before, after in over)


def _differing(seen: Iterable[_Seen]) -> Iterator[Differing]:
    for one in seen:
        for before, after in zip(one.history.clocks, one.after, strict=True):
            if (before.verdict, before.breached) != (after.verdict, after.breached):
                yield Differing(one.history.ticket, before, after)


def _rank(one: Differing) -> tuple[int, str, int]:
    """Newly breached first, then no longer breached, then the rest; by id."""
    turn = {(False, True): 0, (True, False): 1}.get((one.before.breached, one.after.breached), 2)
    return turn, one.ticket.id, CLOCKS.index(one.before.clock)


def _to_come(histories: Iterable[History], settings: Settings, others: Settings) -> Iterator[ToCome]:
    last = max((one.ticket.opened_at.date() for one in histories), default=date.max)
    for policy in others.policies:
        known = next((one.versions for one in settings.policies if one.name == policy.name), ())
        yield from (ToCome(policy.name, one.since) for one in policy.versions if one.since > last and one not in known)
