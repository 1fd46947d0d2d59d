"""Settling: a person confirms what stands where several moved a field without seeing each other."""

from __future__ import annotations

from collections.abc import Sequence

from tkt.desk.acting import Actor
from tkt.desk.desk import Desk
from tkt.desk.said import Said
from tkt.desk.writing import Done, Step, change_tickets
from tkt.domain.concurrency import SETTLED, unsettled
from tkt.domain.entry import FieldChange
from tkt.domain.ticket import Ticket
from tkt.domain.words import did_you_mean
from tkt.errors import CalledWrongly
from tkt.language import _


class NothingToSettle(CalledWrongly):
    """A ticket, or a field of one, whose moves saw each other, or that somebody settled already."""


def settle(desk: Desk, ids: Sequence[str], said: Said, fields: Sequence[str] = ()) -> list[Done]:
    """Confirm the value at which `fields` (by their keys; all unsettled ones where none is named) stand.

    The entry says so by a fact: nothing is replayed otherwise, and no clock moves. Another value than the standing
    one is set by its own verb, which settles as well. Raises NothingToSettle.
    """

    def decide(ticket: Ticket, actor: Actor) -> list[Step]:
        open_ones = [one.key for one in unsettled(ticket)]
        if not open_ones:
            raise NothingToSettle(_("{id}: nothing to settle, nobody's moves were concurrent.").format(id=ticket.id))
        for key in fields:
            if key not in open_ones:
                message = _("{id}: “{key}” needs no settling; to be settled: {keys}.")
                message = message.format(id=ticket.id, key=key, keys=", ".join(open_ones))
                raise NothingToSettle(message + did_you_mean(key, open_ones))
        return [Step("settle", tuple(FieldChange(SETTLED, key) for key in dict.fromkeys(fields or open_ones)))]

    return change_tickets(desk, ids, said, decide)
