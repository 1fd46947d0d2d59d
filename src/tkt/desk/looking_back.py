"""Looking back: the desk as it stood at a moment that has passed."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from tkt.desk.desk import Desk
from tkt.domain.instant import fixed, write_instant
from tkt.domain.moments import read_moment
from tkt.domain.ticket import Ticket
from tkt.errors import CalledWrongly, NoSuchThing
from tkt.language import _

_DAY = re.compile(r"[12][0-9]{3}-[0-9]{2}-[0-9]{2}")


class NotYet(CalledWrongly):
    """A moment to look back from that has not come."""


class NotOpenedYet(NoSuchThing):
    """A ticket that was opened after the moment that is looked back to."""


def looking_back(desk: Desk, moment: str) -> Desk:
    """The desk as it stood at `moment`, which only what is said up to and with it moved; it is read, never written.

    A day alone is its end: all that was said on it counts, and of today all that was said so far. Raises NotYet for a
    moment that lies ahead, and what moments raise.
    """
    at = _moment(moment.strip(), desk.now, desk.settings.timezone)
    if at > desk.now:
        message = _("--as-of looks back: {moment} has not come, it is {now}.")
        raise NotYet(message.format(moment=write_instant(at), now=write_instant(desk.now)))
    return replace(desk, now=at, frozen=True, looking_back=True)


def as_it_stood(desk: Desk, ticket: Ticket) -> Ticket:
    """A ticket as the desk sees it: as it stood, on a desk that looks back. Raises NotOpenedYet."""
    if not desk.looking_back:
        return ticket
    then = ticket.as_of(desk.now)
    if then is None:
        message = _("{id} was not there yet at {moment}: it was opened at {opened}.")
        opened, moment = write_instant(ticket.opened_at), write_instant(desk.now)
        raise NotOpenedYet(message.format(id=ticket.id, moment=moment, opened=opened))
    return then


def _moment(text: str, now: datetime, zone: ZoneInfo) -> datetime:
    try:
        day = datetime.strptime(text, "%Y-%m-%d") if _DAY.fullmatch(text) else None
    except ValueError:
        day = None  # that month has no such day, as moments say
    if day is None:
        return read_moment(text, now, zone)
    return now if day.date() == now.astimezone(zone).date() else _last_second(day, zone)


def _last_second(day: datetime, zone: ZoneInfo) -> datetime:
    """The second before the next day's first one, whatever the clocks do about midnight."""
    after = (day + timedelta(days=1)).replace(tzinfo=zone)
    return fixed((after.astimezone(UTC) - timedelta(seconds=1)).astimezone(zone))
