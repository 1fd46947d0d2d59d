"""What the reports of a shift have in common: days, who wrote, how much of what happened."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, tzinfo

from tkt.domain.entry import Entry
from tkt.domain.journal import ConcurrentMove
from tkt.domain.person import Person
from tkt.language import _, ngettext, pgettext
from tkt.presentation import labels, phrases
from tkt.presentation.clocks.calendar_table import weekday
from tkt.presentation.moves import lines_of

_COUNTED: Mapping[str, Callable[[int], str]] = {
    "opened": lambda count: ngettext("{count} opened", "{count} opened", count),
    "resolved": lambda count: ngettext("{count} resolved", "{count} resolved", count),
    "reopened": lambda count: ngettext("{count} reopened", "{count} reopened", count),
    "closed": lambda count: ngettext("{count} closed", "{count} closed", count),
    "cancelled": lambda count: ngettext("{count} cancelled", "{count} cancelled", count),
    "escalated": lambda count: ngettext("{count} escalated", "{count} escalated", count),
}


def counted(counts: Mapping[str, int]) -> str:
    """`5 opened, 4 resolved`: what there was; "" where there was nothing."""
    return ", ".join(_COUNTED[kind](count).format(count=count) for kind, count in counts.items() if count)


def day_words(moment: datetime) -> str:
    """`Thu 2026-01-15`, in the moment's own zone."""
    return f"{weekday(moment.weekday())} {phrases.day(moment)}"


def moment_words(moment: datetime, now: datetime, zone: tzinfo) -> str:
    """`17:40`, with the day where it is not today: `Wed 2026-01-14 17:40`."""
    local = moment.astimezone(zone)
    clock = phrases.clock_time(local)
    return clock if local.date() == now.astimezone(zone).date() else f"{day_words(local)} {clock}"


def author_words(entry: Entry) -> str:
    """`Jean DUPONT · N1 · public`: who wrote an entry, not yet made safe."""
    parts = (Person.parse(entry.author).name, entry.level, _("public") if entry.public else "")
    return " · ".join(part for part in parts if part)


def lines_told(entry: Entry, concurrent: Sequence[ConcurrentMove] = (), *, opening: bool) -> list[str]:
    """What an entry says and moved, not yet made safe; of one that only records working time, how much."""
    lines = lines_of(entry, concurrent, opening=opening)
    if not lines and entry.value("spent"):
        lines = [
            pgettext("time spent", "{field}: {change}").format(field=labels.field("spent"), change=entry.value("spent"))
        ]
    return lines
