"""A ticket's sheet, as the course documents a ticket: who, what, how urgent, what was said and done, how it ended."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, tzinfo
from typing import TYPE_CHECKING

from tkt.domain import words
from tkt.domain.duration import UnreadableDuration, read_duration
from tkt.domain.person import Person
from tkt.domain.settings import Settings
from tkt.domain.ticket import Ticket
from tkt.language import _, pgettext
from tkt.presentation import labels, phrases
from tkt.presentation.clocks import clock_phrases
from tkt.presentation.safe_text import for_terminal, one_line
from tkt.presentation.sheet_journal import blocks
from tkt.presentation.style import painted
from tkt.service_level.reading import UNTOLD, Clocks, HoldingReading

if TYPE_CHECKING:
    from tkt.domain.concurrency import Move

_WIDTH = 63
_DOUBLE, _SINGLE = "═" * _WIDTH, "─" * _WIDTH


def sheet(
    ticket: Ticket,
    clocks: Clocks,
    settings: Settings,
    now: datetime,
    holdings: Sequence[HoldingReading] = (),
    *,
    color: bool = False,
) -> str:
    """The sheet in the spoken language, with times in the desk's zone; it ends with a line end.

    Of the ticket's `holdings` those are shown that go on, and those that were too long.
    """
    parts = [
        *_head(ticket, color),
        "\n".join(_standing(ticket, clocks, holdings, settings.timezone, now, color)),
        *_told(ticket, settings.timezone, color),
        *blocks(ticket, settings.timezone, color=color),
        *_ending(ticket, clocks, color),
    ]
    return "\n\n".join(parts) + "\n"


def _head(ticket: Ticket, color: bool) -> Iterator[str]:
    number = one_line(ticket.id)
    if ticket.type in words.KIND and words.PREFIX[ticket.type] != ticket.id[:3]:
        number += f" ({words.KIND.label(ticket.type)})"
    yield _line(pgettext("sheet", "TICKET"), number, color) + "\n" + _DOUBLE
    yield _field(pgettext("sheet", "TITLE"), (ticket.title,), color)
    who = ticket.requester
    yield "\n".join(
        (
            _field(pgettext("sheet", "REQUESTER"), (who.name, who.department, who.location), color),
            _field(pgettext("sheet", "CONTACT"), (who.email, who.phone), color, " | "),
            _field(pgettext("sheet", "ASSET"), (ticket.get("asset"),), color),
        )
    )


def _standing(
    ticket: Ticket, clocks: Clocks, holdings: Sequence[HoldingReading], zone: tzinfo, now: datetime, color: bool
) -> Iterator[str]:
    """How the ticket stands: the course's three lines, then what a desk adds to them."""
    holder = ticket.assignee or pgettext("assignee", "nobody")
    yield _field(pgettext("sheet", "CATEGORY"), (ticket.get("category"),), color)
    yield _field(pgettext("sheet", "PRIORITY"), (labels.priority(ticket.priority),), color)
    yield _line(pgettext("sheet", "SLA"), "?" if clocks is UNTOLD else _promise(clocks), color)
    yield _field(pgettext("sheet", "STATE"), (words.STATE.label(ticket.state),), color)
    yield _field(pgettext("sheet", "ASSIGNED TO"), (holder, labels.raised_level(ticket.level), ticket.group), color)
    readings = (clock_phrases.summary(reading, zone, now, color=color) for reading in clocks)
    yield _line(pgettext("sheet", "CLOCKS"), "?" if clocks is UNTOLD else " | ".join(readings), color)
    for one in holdings:
        if one.is_pressing:
            yield _line(pgettext("sheet", "OLA"), clock_phrases.holding_summary(one, zone, now, color=color), color)
    yield _line(pgettext("sheet", "OPENED"), _opened(ticket, zone, now), color)
    yield from _unsettled(ticket, zone, color)
    yield from _extras(ticket, color)


def _promise(clocks: Clocks) -> str:
    """What the agreement promises: `Resolution 24h`."""
    target = clocks.resolution.target
    if target is None:
        return words.VERDICT.label("none")
    label = words.CLOCK.label("resolution")
    return f"{label[:1].upper()}{label[1:]} {phrases.duration(target)}"


def _opened(ticket: Ticket, zone: tzinfo, now: datetime) -> str:
    """When it was opened; of an open ticket how long ago; how it came in, where that is known."""
    details = []
    if ticket.is_open:
        details.append(phrases.age(ticket.opened_at, now))
    if ticket.get("via"):
        details.append(one_line(words.VIA.label(ticket.get("via"))))
    when = phrases.date_time(ticket.opened_at.astimezone(zone))
    return f"{when} ({', '.join(details)})" if details else when


def _unsettled(ticket: Ticket, zone: tzinfo, color: bool) -> Iterator[str]:
    """A line for each field that several people moved without seeing each other: to what, and how to settle it."""
    if not ticket.replayed.concurrent:
        return
    from tkt.domain.concurrency import unsettled

    words = _("{field}: {moves}; {value} stands, `tkt settle {id}` keeps it")
    for one in unsettled(ticket):
        moves = ", ".join(_move(move, zone) for move in one.moves)
        field, value = labels.field(one.key), _shown(one.key, one.value)
        told = words.format(field=field, moves=moves, value=value, id=ticket.id)
        yield _line(pgettext("sheet", "TO SETTLE"), one_line(told), color)


def _move(move: Move, zone: tzinfo) -> str:
    """`Assigned (Jean DUPONT, 2026-01-15 10:00)`."""
    when = phrases.date_time(move.entry.at.astimezone(zone))
    return f"{_shown(move.change.key, move.change.new)} ({Person.parse(move.entry.author).name}, {when})"


def _shown(key: str, value: str) -> str:
    return labels.value(key, value) or pgettext("value", "none")


def _extras(ticket: Ticket, color: bool) -> Iterator[str]:
    """Lines that are there only when they have something to say."""
    spent = _time_spent(ticket)
    if spent:
        yield _line(pgettext("sheet", "TIME SPENT"), phrases.duration(spent), color)
    if ticket.tags:
        yield _field(pgettext("sheet", "TAGS"), ticket.tags, color, ", ")
    if ticket.links:
        yield _field(pgettext("sheet", "LINKS"), [labels.link(one) for one in ticket.links], color, ", ")
    if ticket.aliases:
        yield _field(pgettext("sheet", "EARLIER NUMBERS"), ticket.aliases, color, ", ")


def _time_spent(ticket: Ticket) -> int:
    """The seconds of work that the journal declares; what cannot be read is for `tkt check` to tell."""
    total = 0
    for change in (c for entry in ticket.entries for c in entry.field_changes() if c.key == "spent"):
        try:
            total += read_duration(change.new)
        except UnreadableDuration:
            continue
    return total


def _told(ticket: Ticket, zone: tzinfo, color: bool) -> Iterator[str]:
    """The description, the actions to do and the title of the journal: each only when there is one."""
    opened = phrases.clock_time(ticket.opened_at.astimezone(zone))
    sections = (
        (pgettext("sheet", "INITIAL DESCRIPTION ({time})").format(time=opened), ticket.description),
        (pgettext("sheet", "ACTIONS TO DO"), ticket.actions),
    )
    for title, text in sections:
        if text.strip():
            yield _ruled(painted(title, "title", color)) + "\n" + for_terminal(text).strip("\n")
    if any(blocks(ticket, zone)):
        yield _ruled(painted(pgettext("sheet", "PROCESSING JOURNAL"), "title", color))


def _ending(ticket: Ticket, clocks: Clocks, color: bool) -> Iterator[str]:
    """How a resolved ticket was resolved, and in how much time by the clock on the wall."""
    if ticket.state not in words.DONE:
        return
    lines = [
        _field(label, (labels.value(key, ticket.get(key)),), color)
        for key, label in (
            ("cause", pgettext("sheet", "RESOLUTION")),
            ("action", pgettext("sheet", "ACTION")),
            ("code", pgettext("sheet", "CODE")),
        )
        if ticket.get(key)
    ]
    if clocks.resolution.stopped_at is not None:
        lines.append(_line(pgettext("sheet", "DURATION"), phrases.duration(clocks.resolution.wall), color))
    if lines:
        yield _ruled("\n".join(lines))


def _ruled(text: str) -> str:
    return f"{_SINGLE}\n{text}\n{_SINGLE}"


def _field(label: str, parts: Sequence[str], color: bool, between: str = " - ") -> str:
    """A line of what people typed; "-" where nothing is known."""
    return _line(label, between.join(one_line(part) for part in parts if part) or "-", color)


def _line(label: str, shown: str, color: bool) -> str:
    """`LABEL: text`, the colon as the language sets it; `shown` is safe already."""
    heading = pgettext("sheet", "{label}:").format(label=label)
    return f"{painted(heading, 'title', color)} {shown}"
