"""Bounds: what surely lies outside of a question, so that tickets need not be read to be passed over."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from tkt.domain.ticket import Ticket


class Bounds(NamedTuple):
    """What a ticket must be for a question to be about it, each None for anything: a ticket within them may still be
    none that is asked for, one outside of them never is.

    `states`, `types`, `priorities` and `assignees` are the words that one of its fields must have. `opened_by` and
    `opened_from` are the last and the first moment of its opening. `alive_from`: it is open, or something was said of
    it at that moment or later.
    """

    states: frozenset[str] | None = None
    types: frozenset[str] | None = None
    priorities: frozenset[str] | None = None
    assignees: frozenset[str] | None = None
    opened_from: datetime | None = None
    opened_by: datetime | None = None
    alive_from: datetime | None = None

    def hold(self, ticket: Ticket) -> bool:
        """Whether a ticket is within them."""
        named = (
            (self.states, ticket.state),
            (self.types, ticket.type),
            (self.priorities, ticket.priority),
            (self.assignees, ticket.assignee),
        )
        if any(words is not None and value not in words for words, value in named):
            return False
        if self.opened_from is not None and ticket.opened_at < self.opened_from:
            return False
        if self.opened_by is not None and ticket.opened_at > self.opened_by:
            return False
        return self.alive_from is None or ticket.may_be_open or ticket.last_said_at >= self.alive_from


EVERYTHING = Bounds()
