"""The stopwatch: reads from a journal when each clock stopped, rested and went on (design.md, section 6)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime

from tkt.domain import words
from tkt.domain.author import is_by_requester
from tkt.domain.entry import Entry, FieldChange
from tkt.domain.ticket import Ticket
from tkt.service_level.period import Span
from tkt.service_level.timeline import ENDED, Gap, Move, Stop, Timeline, Wait

_Said = dict[str, FieldChange]


def read_timeline(ticket: Ticket, now: datetime, *, inclusive: bool = True) -> Timeline:
    """The ticket's life up to `now`, and with it where `inclusive`; later entries do not count.

    Before its first entry a ticket is `new`, of the priority and type that the journal first names: an imported
    journal may begin after the opening. An entry stamped before the one before it counts as at that one's instant.
    """
    said = [entry.latest() for entry in ticket.entries]
    opened, now = ticket.opened_at.astimezone(UTC), now.astimezone(UTC)
    watch = _Stopwatch(ticket, opened, _at_opening(ticket, said, "type"), _at_opening(ticket, said, "priority"))
    if ticket.state and not any("state" in one for one in said):
        watch.move(FieldChange("state", ticket.state), "", late=False)
    for entry, changes in zip(ticket.entries, said, strict=True):
        at = entry.at.astimezone(UTC)
        if at > now or (at == now and not inclusive):
            break
        watch.at = max(watch.at, at)
        watch.read(entry, changes)
    return watch.timeline(now)


def _at_opening(ticket: Ticket, said: Sequence[_Said], key: str) -> str:
    first = next((changes[key] for changes in said if key in changes), None)
    return (first.old or first.new) if first else ticket.get(key)


@dataclass(slots=True)
class _Stopwatch:
    """Reads entries in journal order; `at` is the instant it has come to."""

    ticket: Ticket
    at: datetime
    type: str
    priority: str
    state: str = "new"
    response: Stop | None = None
    resolution: Stop | None = None
    cancelled: Stop | None = None
    pending: tuple[datetime, str, bool] | None = None
    waits: list[Wait] = field(default_factory=list)
    gaps: list[Gap] = field(default_factory=list)
    moves: list[Move] = field(default_factory=list)
    priorities: list[tuple[datetime, str]] = field(default_factory=list)
    late_for_both: list[datetime] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.priorities.append((self.at, self.priority))

    def read(self, entry: Entry, said: _Said) -> None:
        late = "late" in said
        if "type" in said:
            self.type = said["type"].new
        if "priority" in said and said["priority"].new != self.priority:
            self.priority = said["priority"].new
            self.priorities.append((self.at, self.priority))
            if late:
                self.late_for_both.append(self.at)
        before = self.state
        if "state" in said:
            self.move(said["state"], said["reason"].new if "reason" in said else "", late=late)
        if self.response is None and before != "cancelled" and self._answers(entry, said):
            self.response = self._stop(late)

    def _answers(self, entry: Entry, said: _Said) -> bool:
        """An agent's public words: that a ticket was opened is no answer to it."""
        if not entry.public or "automatic" in said or _opens(said):
            return False
        return not is_by_requester(self.ticket, entry)

    def move(self, change: FieldChange, reason: str, *, late: bool) -> None:
        """Go to another state: what that stops, pauses or sets going again."""
        before, after = self.state, change.new
        if late and after == "new":
            self.late_for_both.append(self.at)
        reopening = self._reopens(change)
        self._end_wait(late)
        if after not in ENDED or after == "resolved":
            self.cancelled = None
        if reopening:
            self._reopen(late)
        if after == "pending":
            self.pending = (self.at, reason, late)
        if after == "cancelled" and before != "cancelled":
            self.cancelled, self.resolution = self._stop(late), None
        resolved = _resolves(before, change)
        if resolved:
            self.resolution = self._stop(late)
        if self.response is None and (resolved or after == "in_progress"):
            self.response = self._stop(late)
        if before != after or reopening:
            self.moves.append(Move(self.at, before, after, reopening))
        self.state = after

    def _reopens(self, change: FieldChange) -> bool:
        """Leaving resolved or closed for an open state, by the entry's own words: a concurrent move that did not know
        of the resolution undoes none; one that did undoes it though another move came in between."""
        if change.new in ENDED or change.old not in words.DONE:
            return False
        return self.state in words.DONE or self.resolution is not None

    def _reopen(self, late: bool) -> None:
        if self.resolution is not None:
            self.gaps.append(Gap(Span(self.resolution.at, self.at), late or self.resolution.late))
        self.resolution = None

    def _end_wait(self, late: bool) -> None:
        if self.pending is not None:
            since, reason, late_start = self.pending
            self.waits.append(Wait(Span(since, self.at), reason, late_start or late))
        self.pending = None

    def _stop(self, late: bool) -> Stop:
        return Stop(self.at, self.type, self.priority, late)

    def timeline(self, now: datetime) -> Timeline:
        """What was read, seen at `now`."""
        opened = self.priorities[0][0]
        waiting = self.pending[1] if self.pending else ""
        self.at = max(now, self.at)
        self._end_wait(late=False)
        return Timeline(
            opened=opened,
            opened_on=self.ticket.opened_at.date(),
            type=self.type,
            state=self.state,
            priorities=tuple(self.priorities),
            response=self.response,
            resolution=self.resolution,
            cancelled=self.cancelled,
            waits=tuple(self.waits),
            gaps=tuple(self.gaps),
            moves=tuple(self.moves),
            waiting=waiting,
            late_for_both=tuple(self.late_for_both),
        )


def _opens(said: _Said) -> bool:
    return "state" in said and said["state"].new == "new"


def _resolves(before: str, change: FieldChange) -> bool:
    """Whether a move is an entry into resolved, or into closed straight from an open state."""
    if change.new == "resolved":
        return not before == change.old == "resolved"
    return change.new == "closed" and before not in ENDED
