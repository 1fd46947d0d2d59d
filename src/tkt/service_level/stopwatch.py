"""The stopwatch: reads from a journal when each clock stopped, rested and went on (design.md, section 6)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from tkt.domain import words
from tkt.domain.author import is_by_requester
from tkt.domain.entry import Entry, FieldChange
from tkt.domain.ticket import Ticket
from tkt.service_level.period import Span, second_before, second_of
from tkt.service_level.remembered import seen_at
from tkt.service_level.timeline import ENDED, Gap, Move, Stop, Timeline, Wait

_Said = dict[str, FieldChange]
_WATCHED = frozenset({"state", "reason", "priority", "type", "late", "automatic"})


def read_timeline(ticket: Ticket, now: datetime, *, inclusive: bool = True) -> Timeline:
    """The ticket's life up to `now`, and with it where `inclusive`; later entries do not count.

    Before its first entry a ticket is `new`, of the priority and type that the journal first names: an imported
    journal may begin after the opening. An entry stamped before the one before it counts as at that one's instant.
    """
    end = second_of(now) if inclusive else second_before(now)
    remembered = ticket.recall(Timeline)
    if remembered is not None and ticket.last_second <= end:
        return seen_at(remembered, second_of(now))
    return _read(ticket, end, second_of(now))


def read_whole(ticket: Ticket) -> Timeline:
    """The ticket's whole life as of its last entry, read from its journal whatever is remembered of it."""
    last = ticket.last_second
    return _read(ticket, last, last)


def _read(ticket: Ticket, end: int, now: int) -> Timeline:
    """The life up to and with the second `end`, seen at `now`."""
    # What each entry says last of the keys that move a clock.
    said: list[_Said] = [
        {one.key: one for one in entry.changes if one.key in _WATCHED and isinstance(one, FieldChange)}
        for entry in ticket.moves
    ]
    kind, priority = _at_opening(ticket, said, "type"), _at_opening(ticket, said, "priority")
    watch = _Stopwatch(ticket, second_of(ticket.opened_at), kind, priority)
    if not _mentioned("state", said) and ticket.state:
        watch.move(FieldChange("state", ticket.state), "", late=False)
    for entry, changes in zip(ticket.moves, said, strict=True):
        at = int(entry.at.timestamp())  # whole seconds: files hold no others
        if at > end:
            break
        if at > watch.at:
            watch.at = at
        watch.entries_read += 1
        if changes or (entry.public and watch.response is None):
            watch.read(entry, changes)
    return watch.timeline(now)


def _mentioned(key: str, said: Sequence[_Said]) -> bool:
    for changes in said:  # noqa: SIM110 - every ticket of every report passes here, and a generator costs more
        if key in changes:
            return True
    return False


def _at_opening(ticket: Ticket, said: Sequence[_Said], key: str) -> str:
    for changes in said:
        if key in changes:
            return changes[key].old or changes[key].new
    return ticket.get(key)


@dataclass(slots=True)
class _Stopwatch:
    """Reads entries in journal order; `at` is the instant it has come to."""

    ticket: Ticket
    at: int
    type: str
    priority: str
    entries_read: int = 0
    state: str = "new"
    response: Stop | None = None
    resolution: Stop | None = None
    cancelled: Stop | None = None
    pending: tuple[int, str, bool] | None = None
    waits: list[Wait] = field(default_factory=list)
    gaps: list[Gap] = field(default_factory=list)
    moves: list[Move] = field(default_factory=list)
    priorities: list[tuple[int, str]] = field(default_factory=list)
    late_for_both: list[int] = field(default_factory=list)
    late_changes: list[tuple[int, str]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.priorities.append((self.at, self.priority))

    def read(self, entry: Entry, said: _Said) -> None:
        state = said.get("state")
        late = "late" in said
        if late:
            self.late_changes += [(self.at, change.key) for change in entry.changes]
        if "type" in said:
            self.type = said["type"].new
        if "priority" in said and said["priority"].new != self.priority:
            self.priority = said["priority"].new
            self.priorities.append((self.at, self.priority))
            if late:
                self.late_for_both.append(self.at)
        before = self.state
        if state is not None:
            self.move(state, said["reason"].new if "reason" in said else "", late=late)
        if self.response is None and entry.public and before != "cancelled" and self._answers(entry, said):
            self.response = self._stop(late)

    def _answers(self, entry: Entry, said: _Said) -> bool:
        """An agent's public words: that a ticket was opened is no answer to it."""
        if "automatic" in said or ("state" in said and said["state"].new == "new"):
            return False
        return not is_by_requester(self.ticket, entry)

    def move(self, change: FieldChange, reason: str, *, late: bool) -> None:
        """Go to another state: what that stops, pauses or sets going again."""
        before, after = self.state, change.new
        reopening = after not in ENDED and change.old in words.DONE and self._knew_of_the_end()
        if self.pending is not None:
            self._end_wait(late)
        if reopening:
            self._reopen(late)
        if after in ENDED:
            self._end(before, change, late)
        else:
            self.cancelled = None
            if after == "pending":
                self.pending = (self.at, reason, late)
            elif after == "in_progress" and self.response is None:
                self.response = self._stop(late)
            elif after == "new" and late:
                self.late_for_both.append(self.at)
        if before != after or reopening:
            self.moves.append(Move(self.at, before, after, reopening))
        self.state = after

    def _end(self, before: str, change: FieldChange, late: bool) -> None:
        """Into resolved, closed or cancelled: the last entry into resolved, or into closed straight from an open state,
        is the resolution."""
        if change.new == "cancelled":
            if before != "cancelled":
                self.cancelled, self.resolution = self._stop(late), None
            return
        if change.new == "resolved":
            self.cancelled = None
            resolved = not before == change.old == "resolved"
        else:
            resolved = before not in ENDED
        if resolved:
            self.resolution = self._stop(late)
            if self.response is None:
                self.response = self.resolution

    def _knew_of_the_end(self) -> bool:
        """Whether an entry that says it leaves resolved or closed does: a concurrent move that did not know of the
        resolution undoes none; one that did undoes it though another move came in between."""
        return self.state in words.DONE or self.resolution is not None

    def _reopen(self, late: bool) -> None:
        if self.resolution is not None:
            self.gaps.append(Gap(Span(self.resolution.second, self.at), late or self.resolution.late))
        self.resolution = None

    def _end_wait(self, late: bool) -> None:
        if self.pending is not None:
            since, reason, late_start = self.pending
            self.waits.append(Wait(Span(since, self.at), reason, late_start or late))
            self.pending = None

    def _stop(self, late: bool) -> Stop:
        return Stop(self.at, self.priority, self.entries_read, late)

    def timeline(self, now: int) -> Timeline:
        """What was read, seen at `now`."""
        opened = self.priorities[0][0]
        waiting = self.pending[1] if self.pending else ""
        self.at = max(now, self.at)
        self._end_wait(late=False)
        return Timeline(
            self.ticket,
            self.entries_read,
            opened,
            self.type,
            self.state,
            tuple(self.priorities),
            self.response,
            self.resolution,
            self.cancelled,
            tuple(self.waits),
            tuple(self.gaps),
            tuple(self.moves),
            waiting,
            tuple(self.late_for_both),
            tuple(self.late_changes),
        )
