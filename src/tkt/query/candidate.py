"""A ticket as a query sees it: what only some queries ask for is read when one does."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from tkt.domain.ticket import Ticket
from tkt.errors import TktError
from tkt.query.context import Context
from tkt.service_level.reading import UNTOLD, ClockReading, Clocks
from tkt.service_level.stopwatch import read_timeline
from tkt.service_level.timeline import Timeline
from tkt.service_level.verdict import read_clocks


@dataclass(frozen=True)
class Candidate:
    """A ticket at the moment of a context, with its life and its clocks where somebody has read them already."""

    ticket: Ticket
    context: Context
    known: tuple[Timeline, Clocks] | None = None

    @cached_property
    def timeline(self) -> Timeline:
        """Its life up to the moment."""
        return self.known[0] if self.known else read_timeline(self.ticket, self.context.now)

    @cached_property
    def clocks(self) -> Clocks:
        """Both clocks; UNTOLD where a calendar does not know the days that they need, which the context is told."""
        if self.known:
            return self.known[1]
        try:
            return read_clocks(self.ticket, self.context.agreements, self.context.now)
        except TktError as trouble:
            self.context.on_untold(trouble)
            return UNTOLD

    @property
    def told(self) -> tuple[ClockReading, ...]:
        """The clocks of which something can be told."""
        return () if self.clocks is UNTOLD else self.clocks

    @property
    def due(self) -> datetime | None:
        """When the next of its clocks is due; None where none is."""
        return min((clock.due for clock in self.clocks if clock.due is not None), default=None)

    @property
    def answered_at(self) -> datetime | None:
        """When somebody first answered the requester, where that has been."""
        response = self.timeline.response
        return response.at if response else None

    @property
    def rating(self) -> int | None:
        """The last mark that its journal records, whoever gave it; None for none."""
        last = self.ticket.last_of("rating")
        return int(last.new) if last and last.new.isdecimal() and last.new.isascii() and len(last.new) < 3 else None

    @property
    def resolved_at(self) -> datetime | None:
        """When it was resolved, where that stands."""
        resolution = self.timeline.resolution
        return resolution.at if resolution else None

    @property
    def cancelled_at(self) -> datetime | None:
        """When it was cancelled, where that stands."""
        cancelled = self.timeline.cancelled
        return cancelled.at if cancelled else None

    @property
    def closed_at(self) -> datetime | None:
        """When it was closed, where that stands."""
        if self.timeline.state != "closed":
            return None
        return next((move.at for move in reversed(self.timeline.moves) if move.after == "closed"), None)


Test = Callable[[Candidate], bool]
