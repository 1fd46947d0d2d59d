"""A ticket as of the end of a period: the facts of its life that the indicators count."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cached_property
from itertools import pairwise
from typing import NamedTuple

from tkt.domain.author import is_by_requester
from tkt.domain.ticket import Ticket
from tkt.domain.words import DONE, LEVEL
from tkt.metrics.period import Period
from tkt.metrics.waiting import waiting_until_resolved
from tkt.service_level.agreements import Agreements
from tkt.service_level.course import course_of
from tkt.service_level.overrun import overrun
from tkt.service_level.reading import ClockReading, Clocks
from tkt.service_level.stopwatch import read_timeline
from tkt.service_level.timeline import Stop, Timeline
from tkt.service_level.verdict import judge

_FIELDS = ("assignee", "group", "level")
_FACTS = ("first_contact", "rating")
_MARKS = ("1", "2", "3", "4", "5")


@dataclass(frozen=True, slots=True)
class Rating:
    """A mark, 1 to 5, that the requester gave."""

    at: datetime
    mark: int


class Facts(NamedTuple):
    """What the journal of a ticket says beside its life: all that ever held it (nobody is none), the levels that it was
    raised to, what was last declared of its first contact, and the last mark that counts."""

    assignees: frozenset[str]
    groups: frozenset[str]
    rises: frozenset[str]
    first_contact: str
    rating: Rating | None


def read_facts(ticket: Ticket, timeline: Timeline) -> Facts:
    """Those of its whole journal; `timeline` is its life up to there."""
    values = _values(ticket)
    return Facts(
        frozenset(values["assignee"]) - {""},
        frozenset(values["group"]) - {""},
        _rises(values["level"]),
        values["first_contact"][-1],
        _last_rating(ticket, timeline) if any(values["rating"]) else None,
    )


@dataclass(frozen=True)
class History:
    """A ticket that was opened by the period's end, and how its life had gone by then; `clocks` and what follows from
    them is read when somebody asks, since most figures ask it of few tickets.
    """

    ticket: Ticket
    timeline: Timeline
    agreements: Agreements = field(repr=False)
    end: datetime

    @cached_property
    def clocks(self) -> Clocks:
        """Both clocks; raises what a calendar raises of days that it cannot know."""
        return judge(self.timeline, self.agreements, self.end)

    @cached_property
    def facts(self) -> Facts:
        """What its journal said by then beside its life."""
        return self.ticket.recall(Facts) or read_facts(self.ticket, self.timeline)

    @property
    def assignees(self) -> frozenset[str]:
        """All that ever held it; nobody is none."""
        return self.facts.assignees

    @property
    def groups(self) -> frozenset[str]:
        """All groups that ever held it."""
        return self.facts.groups

    @property
    def rises(self) -> frozenset[str]:
        """The levels that it was raised to, those passed on the way included."""
        return self.facts.rises

    @property
    def first_contact(self) -> str:
        """What was last declared of it: "yes", "no" or ""."""
        return self.facts.first_contact

    @property
    def rating(self) -> Rating | None:
        """The last mark that counts."""
        return self.facts.rating

    @cached_property
    def overrun(self) -> Mapping[str, int]:
        """The seconds of clock time by which each clock that is breached went over its target."""
        return {one.clock: self._overrun(one) for one in self.clocks if one.breached}

    def _overrun(self, reading: ClockReading) -> int:
        if len(self.timeline.priorities) == 1:  # as most are, and then nothing need be measured again
            return -(reading.remaining or 0)
        return overrun(course_of(self.timeline, reading.clock, self.agreements, self.end))

    @cached_property
    def waiting(self) -> Mapping[str, int]:
        """The real seconds that it was pending until it was resolved, by reason ("" for none)."""
        return waiting_until_resolved(self.timeline)

    @property
    def resolution(self) -> Stop | None:
        """The resolution that stands at the end, if one does."""
        return self.timeline.resolution

    @property
    def stayed_with_one(self) -> bool:
        """Whether it stayed where it came in: one assignee, one group, no higher level, never pending or reopened."""
        handed_over = len(self.assignees) > 1 or len(self.groups) > 1 or self.rises
        return not (handed_over or self.timeline.waits or self.timeline.reopenings)

    @property
    def after_first_contact(self) -> int:
        """The real seconds from the response to the resolution (0 without both)."""
        answered, resolved = self.timeline.response, self.timeline.resolution
        return round((resolved.at - answered.at).total_seconds()) if answered and resolved else 0

    @property
    def is_breached(self) -> bool:
        """Whether either clock went over its target."""
        return any(reading.breached for reading in self.clocks)


# Whether a ticket, as of the end of a period, counts in its figures.
Keep = Callable[[History, Period], bool]


@dataclass(slots=True)
class HistoryReader:
    """Reads tickets of some types (none named: all) as of the ends of several periods.

    A ticket whose life was over by two of those ends is read once. `keep` says which tickets count, as of each end.
    """

    tickets: tuple[Ticket, ...]
    agreements: Agreements
    types: tuple[str, ...] = ()
    keep: Keep | None = None
    _over: dict[int, History] = field(default_factory=dict)

    def read(self, period: Period) -> list[History]:
        """The tickets as of the period's end; those not opened by then are left out."""
        found = (self._read(number, ticket, period) for number, ticket in enumerate(self.tickets))
        return [one for one in found if one is not None and self._counts(one, period)]

    def _counts(self, one: History, period: Period) -> bool:
        of_type = not self.types or one.timeline.type in self.types
        return of_type and (self.keep is None or self.keep(one, period))

    def _read(self, number: int, ticket: Ticket, period: Period) -> History | None:
        then = ticket.as_of(period.end, inclusive=period.open_end)
        if then is None:
            return None
        if then is ticket and number in self._over:
            return self._over[number]
        timeline = read_timeline(ticket, period.end, inclusive=period.open_end)
        history = History(then, timeline, self.agreements, period.end)
        if then is ticket and not timeline.is_open:
            self._over[number] = history
        return history


def _values(ticket: Ticket) -> dict[str, list[str]]:
    """All that was ever said of each key that the indicators ask about, in order, from its value at the opening on."""
    said: dict[str, list[str]] = {}
    for entry in ticket.moves:
        for change in entry.field_changes():
            if change.key in _FIELDS or change.key in _FACTS:
                said.setdefault(change.key, [change.old]).append(change.new)
    never_changed = {key: [ticket.get(key)] for key in _FIELDS} | {key: [""] for key in _FACTS}
    return never_changed | said


def _rises(levels: list[str]) -> frozenset[str]:
    ranks = [LEVEL.rank(level) for level in levels if level in LEVEL]
    passed: set[str] = set()
    for before, after in pairwise(ranks):
        passed.update(LEVEL.codes[before + 1 : after + 1])
    return frozenset(passed)


def _last_rating(ticket: Ticket, timeline: Timeline) -> Rating | None:
    """The last mark that the requester gave after a resolution; any other is no answer to one."""
    first_resolved = min((move.at for move in timeline.moves if move.after in DONE), default=None)
    for entry in reversed(ticket.moves):
        mark = entry.value("rating")
        if mark not in _MARKS or not is_by_requester(ticket, entry):
            continue
        if first_resolved is not None and entry.at >= first_resolved:
            return Rating(entry.at.astimezone(UTC), int(mark))
    return None
