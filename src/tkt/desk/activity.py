"""Activity: what happened on a desk since a moment, newest last; of everybody, of a group, of one person."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta

from tkt.desk.desk import Desk
from tkt.desk.querying import candidates
from tkt.domain.bounds import Bounds
from tkt.domain.duration import BusinessDays, read_amount
from tkt.domain.happening import Activity, Happening
from tkt.domain.instant import fixed, write_instant
from tkt.domain.moments import in_zone, read_moment
from tkt.domain.person import Person
from tkt.domain.ticket import Ticket
from tkt.domain.words import fold
from tkt.errors import CalledWrongly
from tkt.language import _
from tkt.query.context import Context
from tkt.query.query import Query
from tkt.store.unreadable_ticket import UnreadableTicket

# The same time of the working day before: on a Monday, Friday's.
DEFAULT_SINCE = "-1bd"
# No desk is closed for longer than that without a day on which it works.
_MOST_DAYS_CLOSED = 60


class NothingYet(CalledWrongly):
    """A moment from which on something is to be told, and which has not come."""


def activity(
    desk: Desk,
    query: Query,
    context: Context,
    since: datetime,
    until: datetime,
    unreadable: list[UnreadableTicket],
    *,
    groups: Sequence[str] = (),
    by: str = "",
) -> Activity:
    """What happened to the tickets that a query asks for; files that cannot be read are put aside.

    Of `groups` (names, or parts of them) it is what happened while one of them had the ticket, or gave it away; of `by`
    what people of that name, or address, wrote.
    """
    bounds = Bounds(opened_by=until, alive_from=since)
    found = [
        one
        for asked in candidates(desk, query, context, unreadable, within=bounds)
        for one in happenings(asked.ticket, since, until)
        if (not groups or _is_of(one.held_by("group"), groups)) and (not by or _is_by(one, by))
    ]
    found.sort(key=lambda one: (one.entry.at, one.ticket.id, one.number))
    return Activity(since, until, tuple(found))


def happenings(ticket: Ticket, since: datetime, until: datetime) -> Iterator[Happening]:
    """The entries of a ticket from `since` up to and with `until`."""
    if ticket.last_said_at < since:
        return
    for number, entry in enumerate(ticket.entries, 1):
        if since <= entry.at <= until:
            yield Happening(ticket, entry, number)


def _is_of(held_by: Iterable[str], groups: Iterable[str]) -> bool:
    return any(fold(group) in fold(name) for name in held_by for group in groups)


def _is_by(one: Happening, wanted: str) -> bool:
    author = Person.parse(one.entry.author)
    return fold(wanted) in fold(author.name) or fold(wanted) == fold(author.email)


def author_meant(desk: Desk, name: str) -> str:
    """Whose words `--as NAME` asks for: `me` is whoever sits at the keyboard."""
    return desk.keyboard.name if fold(name) in ("me", "moi") else name


def since_when(desk: Desk, text: str) -> datetime:
    """The moment that a person means by `--since`: as elsewhere, and two ways more.

    A time of the day that is still to come is yesterday's: at eight in the morning, 18:00 is last evening. `-1bd` is
    the same time one working day before. Raises NothingYet, and what moments raise.
    """
    text, now, zone = text.strip(), desk.now, desk.settings.timezone
    amount = read_amount(text[1:]) if text.startswith("-") else None
    if isinstance(amount, BusinessDays):
        return _working_days_before(desk, amount.count)
    moment = read_moment(text, now, zone)
    if moment > now and len(text) <= len("18:00:00"):
        day_before = moment.astimezone(zone).replace(tzinfo=None) - timedelta(days=1)
        moment = in_zone(day_before, zone)
    if moment > now:
        message = _("--since looks back: {moment} has not come, it is {now}.")
        raise NothingYet(message.format(moment=write_instant(moment), now=write_instant(now)))
    return moment


def _working_days_before(desk: Desk, count: int) -> datetime:
    """The same clock time so many of the desk's working days before now."""
    zone = desk.settings.timezone
    moment, left, closed = desk.now.astimezone(zone), count, 0
    while left and closed < _MOST_DAYS_CLOSED:
        moment -= timedelta(days=1)
        works = _works_on(desk, moment)
        left, closed = left - works, 0 if works else closed + 1
    return fixed(moment)


def _works_on(desk: Desk, moment: datetime) -> bool:
    """Whether the desk works on the day of a moment: then it is the working day that follows the day before."""
    day_before = fixed(moment - timedelta(days=1))
    return desk.working_day_after(day_before, BusinessDays(1)).date() == moment.date()
