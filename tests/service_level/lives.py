"""Lives of tickets in a few words, `life(said("09:30", state="new → in_progress"))`, on a winter's day in Paris."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta, timezone
from itertools import groupby

from tkt.domain.entry import Entry, FieldChange
from tkt.domain.opening_hours import OpeningHours, no_holidays
from tkt.domain.policies import DEFAULT_POLICY, Policy
from tkt.domain.ticket import Ticket
from tkt.service_level.agreements import Agreements
from tkt.service_level.business.calendars import Calendars

WINTER = timezone(timedelta(hours=1))
AGENT = "Jean DUPONT"
REQUESTER = "Marie MARTIN"
REQUESTER_MAIL = "marie.martin@entreprise.fr"


def agreed(*policies: Policy, calendars: tuple[OpeningHours, ...] = ()) -> Agreements:
    """What tickets are judged by under these policies and calendars alone."""
    return Agreements(policies, Calendars.of(calendars, no_holidays))


DEFAULT = agreed(DEFAULT_POLICY)


def at(clock: str, day: int = 15) -> datetime:
    """09:15 or 09:15:01 on a day of January 2026."""
    return datetime.fromisoformat(f"2026-01-{day:02d}T{clock}").replace(tzinfo=WINTER)


def said(when: str | datetime, author: str = AGENT, *, public: bool = False, day: int = 15, **changes: str) -> Entry:
    """An entry; a change is `"new"` or `"old → new"`, a key's dot is written `__`."""
    instant = at(when, day) if isinstance(when, str) else when
    made = tuple(_change(key.replace("__", "."), text) for key, text in changes.items())
    return Entry(instant, author, public=public, changes=made)


def _change(key: str, text: str) -> FieldChange:
    old, arrow, new = text.partition(" → ")
    return FieldChange(key, new, old) if arrow else FieldChange(key, text)


def life(
    *entries: Entry, opened: str | datetime = "09:15", priority: str = "P3", kind: str = "incident", **fields: str
) -> Ticket:
    """A ticket that was opened new at that priority and then lived through `entries`."""
    opened_at = at(opened) if isinstance(opened, str) else opened
    opening = said(opened_at, state="new", priority=priority)
    return imported(opened_at, opening, *entries, type=kind, **fields)


def imported(opened: str | datetime, *entries: Entry, **fields: str) -> Ticket:
    """A ticket with no entries but these; its fields are what the journal says last, then `fields`."""
    opened_at = at(opened) if isinstance(opened, str) else opened
    held = {"id": "INC0012345", "type": "incident", "requester.name": REQUESTER, "requester.email": REQUESTER_MAIL}
    ordered = number(entries)
    for entry in ordered:
        held |= {key: change.new for key, change in entry.latest().items()}
    dotted = {key.replace("__", "."): value for key, value in fields.items()}
    return Ticket(held | dotted, opened_at, ordered)


def number(entries: tuple[Entry, ...]) -> tuple[Entry, ...]:
    """The entries with their ordinals: those of one instant count from 1."""
    same_instant = (list(group) for _at, group in groupby(entries, key=lambda entry: entry.at))
    return tuple(replace(entry, ordinal=n) for group in same_instant for n, entry in enumerate(group, start=1))


COURSE_TICKET = life(
    said("09:30", public=True, state="new → in_progress", assignee=AGENT),
    said("09:30", assignee=f"{AGENT} → Pierre MARTIN", level="N1 → N2"),
    said("10:15", "Pierre MARTIN"),
    said("11:30", "Pierre MARTIN"),
    said("13:45", "Pierre MARTIN", public=True, state="in_progress → resolved"),
    said("14:00", REQUESTER, public=True, state="resolved → closed"),
)
