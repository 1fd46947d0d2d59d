"""The catalogue of columns: every field of a ticket, both its clocks, and the times of its life."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from functools import cache

from tkt.columns.column import Column, Kind, Value
from tkt.domain import words
from tkt.domain.duration import read_duration
from tkt.domain.keys import KEYS
from tkt.errors import CalledWrongly
from tkt.language import NP_
from tkt.query.candidate import Candidate
from tkt.service_level.reading import UNTOLD, ClockReading

_ReadClock = Callable[[Candidate], ClockReading]


@cache
def own_column(key: str) -> Column:
    """The column of a desk's own field, `x_…`."""
    return Column(key, None, "text", _field(key), key)


def _field(key: str) -> Callable[[Candidate], Value]:
    return lambda row: row.ticket.get(key) or None


def _fields() -> Iterator[Column]:
    """The single values of the front matter, by the names that queries have for them."""
    labels = (
        ("id", "id", NP_("column", "Ticket")),
        ("uid", "uid", NP_("column", "Uid")),
        ("type", "type", NP_("column", "Type")),
        ("title", "title", NP_("column", "Title")),
        ("requester", "requester.name", NP_("column", "Requester")),
        ("department", "requester.department", NP_("column", "Department")),
        ("email", "requester.email", NP_("column", "Email")),
        ("phone", "requester.phone", NP_("column", "Phone")),
        ("location", "requester.location", NP_("column", "Location")),
        ("via", "via", NP_("column", "Came in by")),
        ("asset", "asset", NP_("column", "Asset")),
        ("category", "category", NP_("column", "Category")),
        ("impact", "impact", NP_("column", "Impact")),
        ("urgency", "urgency", NP_("column", "Urgency")),
        ("priority", "priority", NP_("column", "Priority")),
        ("state", "state", NP_("column", "State")),
        ("assignee", "assignee", NP_("column", "Assignee")),
        ("level", "level", NP_("column", "Level")),
        ("group", "group", NP_("column", "Group")),
        ("cause", "cause", NP_("column", "Cause")),
        ("action", "action", NP_("column", "Action")),
        ("code", "code", NP_("column", "Resolution code")),
    )
    for name, key, label in labels:
        vocabulary = KEYS[key].values
        yield Column(name, label, "code" if vocabulary else "text", _field(key), key, vocabulary)


def _sets() -> Iterator[Column]:
    yield Column("tags", NP_("column", "Tags"), "members", lambda row: row.ticket.tags, "tags")
    yield Column("links", NP_("column", "Links"), "members", lambda row: row.ticket.links, "links")
    yield Column("aliases", NP_("column", "Earlier numbers"), "members", lambda row: row.ticket.aliases, "aliases")


def _life() -> Iterator[Column]:
    """Who has it, what it waits for, and when things happened to it."""

    def at(name: str, label: tuple[str, str], read: Callable[[Candidate], Value], kind: Kind = "instant") -> Column:
        return Column(name, label, kind, read, "opened_at" if name == "opened" else "")

    yield at(
        "holder", NP_("column", "Assigned to"), lambda row: row.ticket.assignee or row.ticket.group or None, "text"
    )
    yield Column(
        "reason",
        NP_("column", "Waits for"),
        "code",
        lambda row: row.timeline.waiting or None,
        words=words.PENDING_REASON,
    )
    yield at("opened", NP_("moment", "Opened"), lambda row: _here(row, row.ticket.opened_at))
    yield at("updated", NP_("moment", "Updated"), lambda row: _here(row, row.ticket.last_said_at))
    yield at("answered", NP_("moment", "Answered"), lambda row: row.clocks.response.stopped_at)
    yield at("resolved", NP_("moment", "Resolved"), lambda row: _here(row, row.resolved_at))
    yield at("closed", NP_("moment", "Closed"), lambda row: _here(row, row.closed_at))
    yield at("age", NP_("column", "Age"), lambda row: _since(row, row.ticket.opened_at), "age")
    yield at("idle", NP_("column", "Idle"), lambda row: _since(row, row.ticket.last_said_at), "age")
    yield at("reopened", NP_("column", "Reopenings"), lambda row: len(row.timeline.reopenings), "count")
    yield at("entries", NP_("column", "Entries"), lambda row: len(row.ticket.entries), "count")
    yield at("spent", NP_("column", "Time spent"), _spent, "length")
    yield at("rating", NP_("column", "Rating"), lambda row: row.rating, "count")


def _here(row: Candidate, instant: datetime | None) -> datetime | None:
    """An instant in the desk's zone."""
    return instant and instant.astimezone(row.context.timezone)


def _since(row: Candidate, instant: datetime) -> int:
    return max(int((row.context.now - instant).total_seconds()), 0)


def _spent(row: Candidate) -> int | None:
    """The working time that its entries record; one that cannot be read is a finding, and counts for nothing here."""
    total = 0
    for entry in row.ticket.entries:
        try:
            total += read_duration(entry.value("spent")) if entry.change("spent") else 0
        except CalledWrongly:
            continue
    return total or None


def _clocks() -> Iterator[Column]:
    yield from _clock(
        lambda row: row.clocks.pressing,
        ("sla", NP_("column", "SLA")),
        due=NP_("column", "Due"),
        remaining=NP_("column", "Left"),
        policy=NP_("column", "Policy"),
    )
    yield from _clock(
        lambda row: row.clocks.response,
        ("response", NP_("column", "Response")),
        "response.",
        due=NP_("column", "Response due"),
        remaining=NP_("column", "Response left"),
        elapsed=NP_("column", "Response time"),
        target=NP_("column", "Response target"),
    )
    yield from _clock(
        lambda row: row.clocks.resolution,
        ("resolution", NP_("column", "Resolution")),
        "resolution.",
        due=NP_("column", "Resolution due"),
        remaining=NP_("column", "Resolution left"),
        elapsed=NP_("column", "Resolution time"),
        target=NP_("column", "Resolution target"),
    )


_OF_A_CLOCK: dict[str, tuple[Kind, Callable[[ClockReading], Value]]] = {
    "due": ("instant", lambda clock: clock.due),
    "remaining": ("length", lambda clock: None if clock.verdict == "cancelled" else clock.remaining),
    "elapsed": ("length", lambda clock: clock.elapsed),
    "target": ("length", lambda clock: clock.target),
    "policy": ("text", lambda clock: clock.policy or None),
}


def _clock(
    clock: _ReadClock, verdict: tuple[str, tuple[str, str]], prefix: str = "", **parts: tuple[str, str]
) -> Iterator[Column]:
    """The verdict of a clock, and what else of it is named."""
    name, label = verdict
    yield Column(name, label, "verdict", lambda row: _verdict(row, clock), words=words.VERDICT, clock=clock)
    for part, its_label in parts.items():
        kind, read = _OF_A_CLOCK[part]
        yield Column(f"{prefix}{part}", its_label, kind, _of(clock, read))


def _of(clock: _ReadClock, read: Callable[[ClockReading], Value]) -> Callable[[Candidate], Value]:
    return lambda row: read(clock(row)) if row.clocks is not UNTOLD else None


def _verdict(row: Candidate, clock: _ReadClock) -> str | None:
    return clock(row).verdict if row.clocks is not UNTOLD else None


COLUMNS = {column.name: column for column in (*_fields(), *_sets(), *_life(), *_clocks())}
DEFAULT_COLUMNS = ("id", "priority", "state", "title", "requester", "holder", "due", "sla")
