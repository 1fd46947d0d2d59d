"""Follow-ups: what an open ticket is owed, since a day that it waited for is past, or nobody said a word for long."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, time, timedelta, tzinfo
from typing import NamedTuple

from tkt.domain.author import is_by_requester
from tkt.domain.duration import BusinessDays, WorkingDayAfter
from tkt.domain.entry import Entry
from tkt.domain.facts import is_past, read_until
from tkt.domain.instant import add_business_days
from tkt.domain.ticket import Ticket

KINDS = ("until", "unanswered", "silent")


class FollowUp(NamedTuple):
    """One that is overdue. `kind` is one of KINDS, `since` when it was to be followed up, `entry` what shows it.

    `until`: it is pending until a day, or an instant, that is past. `unanswered`: its requester had the last word.
    `silent`: nobody said anything for longer than the desk allows.
    """

    kind: str
    since: datetime
    entry: Entry


def follow_ups(
    ticket: Ticket, stale_after: BusinessDays, now: datetime, working_day_after: WorkingDayAfter | None = None
) -> Iterator[FollowUp]:
    """What an open ticket is owed at `now`, which is in the desk's zone; nothing of one that is not open.

    One that waits until a day that is still to come is silent by agreement. Business days are counted by
    `working_day_after`, from Monday to Friday without it.
    """
    if not ticket.is_open:
        return
    held = waits_until(ticket)
    if held is not None and is_past(held.value("until"), now):
        yield FollowUp("until", end_of_wait(held, now.tzinfo) or held.at, held)
    last = last_word(ticket)
    if last is None:
        return
    if is_by_requester(ticket, last) and last is not ticket.entries[0]:
        yield FollowUp("unanswered", last.at, last)
    elif held is None and (end := end_of_patience(last.at, stale_after, now, working_day_after)) and end < now:
        yield FollowUp("silent", end, last)


def waits_until(ticket: Ticket) -> Entry | None:
    """The entry that holds a pending ticket until a day or an instant that it names; None where none does."""
    if ticket.state != "pending":
        return None
    held = next((entry for entry in reversed(ticket.entries) if entry.value("state") == "pending"), None)
    return held if held is not None and read_until(held.value("until")) is not None else None


def end_of_wait(held: Entry, zone: tzinfo | None) -> datetime | None:
    """When the `until` of an entry is over: a day at its end in `zone`, an instant itself; None where it is neither."""
    until = read_until(held.value("until"))
    if until is None or isinstance(until, datetime):
        return until
    return datetime.combine(until + timedelta(days=1), time(), zone)


def last_word(ticket: Ticket) -> Entry | None:
    """The last entry that a person wrote: what a rule of the desk writes is no work."""
    return next((entry for entry in reversed(ticket.entries) if not entry.value("automatic")), None)


def end_of_patience(
    since: datetime, length: BusinessDays, now: datetime, working_day_after: WorkingDayAfter | None
) -> datetime | None:
    """When so many business days are over; None where that cannot be known, for the consistency rules to tell."""
    by_week: WorkingDayAfter = lambda start, days: add_business_days(start.astimezone(now.tzinfo), days)  # noqa: E731
    try:
        return (working_day_after or by_week)(since, length)
    except OverflowError:  # an instant at the edge of the calendar
        return None
