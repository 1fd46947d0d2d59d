"""The clocks as a screen that is watched: what to say above, and as many tickets as there is room for."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, tzinfo
from textwrap import wrap
from typing import NamedTuple

from tkt.domain.ticket import Ticket
from tkt.language import _, ngettext
from tkt.presentation import phrases
from tkt.presentation.clocks.sla_table import status_table
from tkt.presentation.safe_text import one_line
from tkt.presentation.style import painted
from tkt.presentation.terminal_table import draw
from tkt.service_level.reading import NO_OLAS, Clocks, Olas

# A line above and one empty below it, the table's titles and the rule below them.
_ABOVE = 4


class Size(NamedTuple):
    """A terminal's, in cells."""

    width: int
    height: int


class Counted(NamedTuple):
    """How many tickets there are, of them breached and at risk, and how many files cannot be read."""

    tickets: int
    breached: int
    at_risk: int
    unreadable: int = 0


def sla_screen(
    rows: Sequence[tuple[Ticket, Clocks]],
    counted: Counted,
    size: Size,
    zone: tzinfo,
    now: datetime,
    olas: Olas = NO_OLAS,
    *,
    color: bool = False,
) -> str:
    """The screen at `now`; the tickets that there is no room for are counted below."""
    heading = painted(_heading(counted, now.astimezone(zone)), "title", color)
    room = max(size.height - _ABOVE, 1)
    shown = rows if len(rows) <= room else rows[: max(room - 1, 1)]
    lines = [heading, "", *draw(status_table(shown, zone, now, olas), size.width, color).splitlines()]
    if len(shown) < len(rows):
        more = len(rows) - len(shown)
        lines.append(ngettext("… and {count} more ticket", "… and {count} more tickets", more).format(count=more))
    return "\n".join(lines[: size.height])


def trouble_screen(message: str, now: datetime, size: Size, *, color: bool = False) -> str:
    """What is shown while there is nothing to be read: why, in as many lines as it takes."""
    heading = painted(_ending(phrases.exact_time(now)), "title", color)
    said = (painted(line, "bad", color) for line in wrap(one_line(message), max(size.width, 1)))
    return "\n".join([heading, "", *said][: size.height])


def _heading(counted: Counted, now: datetime) -> str:
    tickets = ngettext("{count} ticket", "{count} tickets", counted.tickets).format(count=counted.tickets)
    breached = ngettext("{count} breached", "{count} breached", counted.breached).format(count=counted.breached)
    parts = [tickets, breached, _("{count} at risk").format(count=counted.at_risk)]
    if counted.unreadable:
        parts.append(
            ngettext("{count} unreadable", "{count} unreadable", counted.unreadable).format(count=counted.unreadable)
        )
    return _ending(f"{phrases.exact_time(now)}   {', '.join(parts)}")


def _ending(text: str) -> str:
    ending = _("(Ctrl-C ends)")
    return f"{text}   {ending}"
