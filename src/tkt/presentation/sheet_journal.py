"""The journal of a ticket's sheet: what one author did at one instant is one block."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import tzinfo
from itertools import groupby

from tkt.domain.entry import Entry
from tkt.domain.person import Person
from tkt.domain.ticket import Ticket
from tkt.presentation import labels, phrases
from tkt.presentation.moves import lines_of
from tkt.presentation.safe_text import one_line
from tkt.presentation.style import painted


def blocks(ticket: Ticket, zone: tzinfo, *, color: bool = False) -> Iterator[str]:
    """A block of text for each author and instant at which something is to be shown, in journal order."""
    opening = opening_entry(ticket)
    for (_at, _author), group in groupby(ticket.entries, key=lambda entry: (entry.at, entry.author)):
        entries = list(group)
        lines = [line for one in entries for line in lines_of(one, ticket.concurrent_in(one), opening=one is opening)]
        if lines:
            yield "\n".join([painted(_heading(entries[0], ticket, zone), "title", color), *lines])


def opening_entry(ticket: Ticket) -> Entry | None:
    """The entry that opened the ticket: the first, when it gives the state its first value."""
    first = next(iter(ticket.entries), None)
    state = first.change("state") if first else None
    return first if state and not state.old else None


def _heading(entry: Entry, ticket: Ticket, zone: tzinfo) -> str:
    """`[10:15 - Pierre MARTIN - N2]`, with the day where it is no longer that of the opening."""
    at, opened = entry.at.astimezone(zone), ticket.opened_at.astimezone(zone)
    when = [phrases.clock_time(at)]
    if at.date() != opened.date():
        when.insert(0, phrases.day_of_year(at) if at.year == opened.year else phrases.day(at))
    author = Person.parse(entry.author).name
    parts = (" ".join(when), author, labels.raised_level(entry.level))
    return one_line(f"[{' - '.join(part for part in parts if part)}]")
