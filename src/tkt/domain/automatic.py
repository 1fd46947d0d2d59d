"""What the desk's own rules do to tickets: an act, the entry that it became, the tickets that had to be left out."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from tkt.domain.entry import Change, Entry
from tkt.domain.ticket import Ticket
from tkt.errors import TktError


class Act(NamedTuple):
    """What a rule does to a ticket. `rule` is what the entry's fact `automatic` says, `reached` when it was time."""

    rule: str
    reached: datetime
    changes: tuple[Change, ...] = ()
    text: str = ""
    public: bool = False


class Written(NamedTuple):
    """An act, the entry that it became, and the ticket with it."""

    ticket: Ticket
    act: Act
    entry: Entry


class LeftOut(NamedTuple):
    """A ticket that could not be looked at or written, and why."""

    ticket_id: str
    error: TktError


class Run(NamedTuple):
    """What one run of the rules did, or would do, in the order of ids."""

    written: tuple[Written, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
