"""SLA clocks of the desk's tickets: what is breached, at risk, due next, and where a file shows it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import NamedTuple

from tkt.desk.desk import Desk
from tkt.desk.listing import Row
from tkt.domain.ticket import Ticket
from tkt.query.candidate import Candidate
from tkt.query.query import Context, Query
from tkt.service_level.reading import ClockReading, Olas
from tkt.store.unreadable_ticket import UnreadableTicket

# How tickets are read: those named, or all, what cannot be read put aside.
ReadTickets = Callable[[list[UnreadableTicket], Sequence[str]], Iterable[Ticket]]


@dataclass(frozen=True, slots=True)
class SlaCheck:
    """The tickets looked at, the most urgent first; `breached` holds those of which a clock is over its target."""

    rows: tuple[Row, ...]
    unreadable: tuple[UnreadableTicket, ...]

    @property
    def breached(self) -> tuple[Row, ...]:
        """Tickets with a breached clock."""
        return tuple(row for row in self.rows if any(clock.breached for clock in row.clocks))

    @property
    def olas(self) -> Olas:
        """By the id of each ticket the times that groups and levels had it, as far as there are OLAs."""
        return {row.ticket.id: row.holdings for row in self.rows if row.holdings}

    @property
    def at_risk(self) -> tuple[Row, ...]:
        """Tickets with a clock at risk."""
        return tuple(row for row in self.rows if any(clock.verdict == "at_risk" for clock in row.clocks))


class Trouble(NamedTuple):
    """One clock that is breached, or at risk, and whose."""

    ticket: Ticket
    reading: ClockReading


class Located(NamedTuple):
    """The same with the file, from the desk's root, and the line of it that says which target is meant."""

    ticket: Ticket
    reading: ClockReading
    path: str
    line: int


def check_service_levels(
    desk: Desk,
    query: Query,
    context: Context,
    ids: Sequence[str] = (),
    *,
    within: int | None = None,
    read: ReadTickets | None = None,
) -> SlaCheck:
    """Read both clocks of the tickets that a query asks for, or of those of them named.

    `within` leaves those of which a clock that still runs is over its target, or due in so many seconds of real time;
    `read` is another way of reading the tickets than each from its file.
    """
    unreadable: list[UnreadableTicket] = []
    tickets = read(unreadable, ids) if read else desk.tickets(unreadable, ids, query.bounds)
    seen = (Candidate(ticket, context) for ticket in tickets)
    rows = [_row(desk, one) for one in seen if query.holds(one)]
    if within is not None:
        rows = [row for row in rows if _is_due_within(row, desk, within)]
    rows.sort(key=lambda row: row.ticket.id)
    rows.sort(key=_urgency)
    return SlaCheck(tuple(rows), tuple(unreadable))


def _row(desk: Desk, one: Candidate) -> Row:
    if not desk.settings.olas:
        return Row(one.ticket, one.clocks)
    # Here, since most desks have none.
    from tkt.service_level.holding import judge_holdings

    return Row(one.ticket, one.clocks, judge_holdings(one.timeline, desk.agreements, desk.now))


def _is_due_within(row: Row, desk: Desk, seconds: int) -> bool:
    last = desk.now + timedelta(seconds=seconds)
    return any(_is_over(clock) or (clock.due is not None and clock.due <= last) for clock in row.clocks)


def _is_over(clock: ClockReading) -> bool:
    """Whether it is over its target and has not ended: somebody can still do something about it."""
    return clock.verdict == "breached" and clock.stopped_at is None


def _urgency(row: Row) -> tuple[int, float]:
    """What is over its target first, the longest so first; then what is due, the soonest first; then the rest."""
    since = [clock.breached_at.timestamp() for clock in row.clocks if clock.breached_at and _is_over(clock)]
    due = [clock.due.timestamp() for clock in row.clocks if clock.due]
    return (0, min(since)) if since else (1, min(due)) if due else (2, 0.0)


def troubles(rows: Iterable[Row], *, at_risk: bool = False, ola: bool = False) -> list[Trouble]:
    """The breached clocks of those tickets, and with `at_risk` those at risk; with `ola` the OLA clocks too."""
    clocks = ((row.ticket, clock) for row in rows for clock in _clocks(row, ola))
    return [Trouble(*one) for one in clocks if one[1].breached or (at_risk and one[1].verdict == "at_risk")]


def _clocks(row: Row, ola: bool) -> Iterator[ClockReading]:
    yield from row.clocks
    yield from (one.clock for one in row.holdings if ola)


def locate(desk: Desk, found: Iterable[Trouble]) -> Iterator[Located]:
    """Where the files of those tickets show it: at the priority that a clock was measured by."""
    for ticket, reading in found:
        file = desk.load(ticket.id)
        yield Located(ticket, reading, file.path, file.line_of("priority" if ticket.priority else "state"))
