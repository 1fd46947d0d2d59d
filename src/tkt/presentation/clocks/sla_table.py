"""Clocks of tickets as tables: a line for each ticket, for each clock, or for each clock in trouble."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, tzinfo

from tkt.domain import words
from tkt.domain.ticket import Ticket
from tkt.language import _, pgettext
from tkt.presentation import phrases
from tkt.presentation.clocks import clock_phrases
from tkt.presentation.style import tone_of
from tkt.presentation.table import Cell, Column, Row, Table, Toned
from tkt.service_level.reading import NO_OLAS, ClockReading, Clocks, HoldingReading, Olas

# What goes to another program is complete, a line for each clock; what a person reads has a line for each ticket.
_FOR_PROGRAMS = ("csv", "tsv")


def sla_table(
    rows: Iterable[tuple[Ticket, Clocks]], zone: tzinfo, now: datetime, format: str = "table", olas: Olas = NO_OLAS
) -> Table:
    """The tickets in the order given, due instants in `zone`: as that format of a table shows them best."""
    return (clock_table if format in _FOR_PROGRAMS else status_table)(rows, zone, now, olas)


def status_table(rows: Iterable[tuple[Ticket, Clocks]], zone: tzinfo, now: datetime, olas: Olas = NO_OLAS) -> Table:
    """A line for each ticket: how both clocks stand, and when the one that presses most is due; with OLAs, how those
    stand that go on, or were too long."""
    columns = (
        Column(pgettext("column", "Ticket")),
        Column(pgettext("column", "Priority"), weight=1),
        Column(pgettext("column", "Title"), weight=3),
        Column(pgettext("column", "Assigned to"), weight=1, spare=True),
        Column(pgettext("column", "Response")),
        Column(pgettext("column", "Resolution")),
        # With OLAs beside them, what is left by the clocks says enough on a narrow terminal.
        Column(pgettext("column", "Due"), spare=bool(olas)),
        Column(pgettext("column", "Left"), spare=True),
        *([Column(pgettext("column", "OLA"), weight=2)] if olas else ()),
    )
    lines = (
        (*_status_row(ticket, clocks, zone, now), *([_olas(olas.get(ticket.id, ()))] if olas else ()))
        for ticket, clocks in rows
    )
    return Table(columns, tuple(lines))


def _olas(holdings: Iterable[HoldingReading]) -> Toned:
    """`45 min left (Messagerie) | breached by 1h (Réseau)`, in the tone of the worst.

    What is left stands first: a narrow terminal cuts the end.
    """
    pressing = [one.clock for one in holdings if one.is_pressing]
    said = " | ".join(
        _("{standing} ({holder})").format(holder=clock.holder, standing=clock_phrases.standing(clock))
        for clock in pressing
    )
    tones = [tone_of("breached" if clock.breached else clock.verdict) for clock in pressing]
    return Toned(said, next((tone for tone in ("bad", "warning") if tone in tones), tones[0] if tones else ""))


def _status_row(ticket: Ticket, clocks: Clocks, zone: tzinfo, now: datetime) -> Row:
    return (
        ticket.id,
        ticket.priority,
        ticket.title,
        ticket.assignee or ticket.group,
        _standing(clocks.response),
        _standing(clocks.resolution),
        *_due(clocks.pressing, zone, now),
    )


def _standing(reading: ClockReading) -> Toned:
    return Toned(clock_phrases.standing(reading), tone_of(reading.verdict))


def _due(reading: ClockReading, zone: tzinfo, now: datetime) -> tuple[Cell, Cell]:
    if reading.due is None:
        return None, None
    return phrases.date_time(reading.due.astimezone(zone)), phrases.relative_due(reading.due, now)


def clock_table(rows: Iterable[tuple[Ticket, Clocks]], zone: tzinfo, now: datetime, olas: Olas = NO_OLAS) -> Table:
    """A line for each clock, the response clock above the resolution clock, and below them those of the OLAs."""
    columns = (
        Column(pgettext("column", "Ticket")),
        Column(pgettext("column", "Priority")),
        Column(pgettext("column", "State")),
        Column(pgettext("column", "Assigned to"), weight=1),
        Column(pgettext("column", "Clock")),
        Column(pgettext("column", "Elapsed"), align="right"),
        Column(pgettext("column", "Target"), align="right"),
        Column(pgettext("column", "Clock time left"), align="right"),
        Column(pgettext("column", "Due")),
        Column(pgettext("column", "Left")),
        Column(pgettext("column", "Policy")),
        Column(pgettext("column", "Title"), weight=3),
        Column(pgettext("column", "Verdict")),
    )
    every = (
        (ticket, reading)
        for ticket, clocks in rows
        for reading in (*clocks, *(one.clock for one in olas.get(ticket.id, ())))
    )
    return Table(columns, tuple(_clock_row(ticket, reading, zone, now) for ticket, reading in every))


def _clock_row(ticket: Ticket, reading: ClockReading, zone: tzinfo, now: datetime) -> Row:
    ended = reading.stopped_at is not None or reading.verdict == "cancelled"
    return (
        ticket.id,
        ticket.priority,
        words.STATE.label(ticket.state),
        ticket.assignee or ticket.group,
        clock_phrases.name(reading),
        phrases.exact_duration(reading.elapsed),
        phrases.duration(reading.target) if reading.target is not None else None,
        phrases.exact_duration(reading.remaining) if reading.remaining is not None and not ended else None,
        *_due(reading, zone, now),
        reading.policy,
        ticket.title,
        Toned(clock_phrases.verdict(reading), tone_of(reading.verdict)),
    )


def trouble_table(found: Iterable[tuple[Ticket, ClockReading]], zone: tzinfo, now: datetime) -> Table:
    """A line for each clock that is breached or at risk, with the priority by which it is judged."""
    columns = (
        Column(pgettext("column", "Ticket")),
        Column(pgettext("column", "Priority"), weight=1),
        Column(pgettext("column", "Title"), weight=3),
        Column(pgettext("column", "Assigned to"), weight=1, spare=True),
        Column(pgettext("column", "Clock")),
        Column(pgettext("column", "Elapsed"), align="right"),
        Column(pgettext("column", "Target"), align="right"),
        Column(pgettext("column", "Verdict")),
        Column(pgettext("column", "Breached"), spare=True),
        Column(pgettext("column", "Due")),
        Column(pgettext("column", "Left"), spare=True),
    )
    return Table(columns, tuple(_trouble_row(ticket, reading, zone, now) for ticket, reading in found))


def _trouble_row(ticket: Ticket, reading: ClockReading, zone: tzinfo, now: datetime) -> Row:
    since = reading.breached_at
    return (
        ticket.id,
        reading.priority,
        ticket.title,
        ticket.assignee or ticket.group,
        clock_phrases.name(reading),
        phrases.exact_duration(reading.elapsed),
        phrases.duration(reading.target) if reading.target is not None else None,
        Toned(clock_phrases.standing(reading), "bad" if reading.breached else tone_of(reading.verdict)),
        phrases.date_time(since.astimezone(zone)) if since is not None else None,
        *_due(reading, zone, now),
    )
