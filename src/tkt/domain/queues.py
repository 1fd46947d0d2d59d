"""Queues: lists that a desk has names for. Those that it has unless it says otherwise."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

from tkt.language import NP_, pgettext


class Queue(NamedTuple):
    """A list by the name of `name`: a query, its columns, what it is sorted by (`-age` backwards) and grouped by.

    Without columns or an order of its own it has those of every list; `title` "" is that of its name.
    """

    name: str
    query: str
    title: str = ""
    columns: tuple[str, ...] = ()
    sort: tuple[str, ...] = ()
    by: str = ""

    def shown_title(self) -> str:
        """What it is called: its own title, or that of a queue that every desk has, in the spoken language."""
        known = _TITLES.get(self.name)
        return self.title or (pgettext(*known) if known else self.name)


class Counted(NamedTuple):
    """A queue with how many tickets are in it, and of how many of those a clock is breached, or else at risk."""

    queue: Queue
    tickets: int
    breached: int
    at_risk: int


_TITLES: Mapping[str, tuple[str, str]] = {
    "mine": NP_("queue", "Assigned to me"),
    "unassigned": NP_("queue", "Assigned to nobody"),
    "at-risk": NP_("queue", "At risk of a breach"),
    "waiting-for-user": NP_("queue", "Waiting for the user"),
    "breached": NP_("queue", "Open and breached"),
    "reopened": NP_("queue", "Reopened"),
}
_DEFAULTS = (
    Queue("mine", "state:open assignee:me"),
    Queue(
        "unassigned",
        "state:open no:assignee",
        columns=("id", "priority", "state", "title", "requester", "group", "age", "due", "sla"),
        sort=("priority", "due"),
    ),
    Queue(
        "at-risk",
        "state:open sla:at_risk",
        columns=("id", "priority", "title", "holder", "due", "remaining", "sla"),
    ),
    Queue(
        "waiting-for-user",
        "state:pending reason:user",
        columns=("id", "priority", "title", "requester", "holder", "updated", "idle"),
        sort=("-idle",),
    ),
    Queue(
        "breached",
        "state:open sla:breached",
        columns=("id", "priority", "state", "title", "holder", "response", "resolution", "age"),
        sort=("priority", "-age"),
    ),
    Queue(
        "reopened",
        "state:open reopened:>0",
        columns=("id", "priority", "state", "title", "holder", "reopened", "due", "sla"),
    ),
)
DEFAULT_QUEUES: Mapping[str, Queue] = MappingProxyType({queue.name: queue for queue in _DEFAULTS})
