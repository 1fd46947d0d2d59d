"""The feed of what happened: day after day, ticket by ticket, newest last."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import tzinfo
from itertools import groupby

from tkt.domain.happening import Activity, Happening
from tkt.language import _, ngettext
from tkt.presentation import labels, phrases
from tkt.presentation.shift.outline import Item, Pen, Section
from tkt.presentation.shift.shift_words import author_words, counted, day_words, lines_told

# Of one entry: what goes on longer is for `tkt show` to tell.
_MOST_LINES = 6


def feed(
    activity: Activity, shown: Sequence[Happening], zone: tzinfo, format: str = "text", *, color: bool = False
) -> str:
    """The last happenings of an activity (`shown`), with times in `zone`, as text or Markdown; then how many there
    were in all. It ends with a line end."""
    pen = Pen.of(format, color=color)
    days = groupby(shown, key=lambda one: one.entry.at.astimezone(zone).date())
    sections = [_day(list(happenings), zone, pen) for _day_of, happenings in days]
    return pen.outline("", "", [*sections]) + "\n" + pen.said(summary(activity)) + "\n"


def summary(activity: Activity) -> str:
    """`42 entries on 17 tickets: 5 opened, 4 resolved.`"""
    number = len(activity.happenings)
    entries = ngettext("{count} entry", "{count} entries", number).format(count=number)
    tickets = ngettext("{count} ticket", "{count} tickets", activity.tickets).format(count=activity.tickets)
    what = counted(activity.counts)
    message = _("{entries} on {tickets}: {what}.") if what else _("{entries} on {tickets}.")
    return message.format(entries=entries, tickets=tickets, what=what)


def _day(happenings: Sequence[Happening], zone: tzinfo, pen: Pen) -> Section:
    items: list[Item] = []
    before = ""
    for one in happenings:
        items.append(_item(one, one.ticket.id == before, zone, pen))
        before = one.ticket.id
    return Section(day_words(happenings[0].entry.at.astimezone(zone)), tuple(items))


def _item(one: Happening, goes_on: bool, zone: tzinfo, pen: Pen) -> Item:
    """An entry under its ticket, which is named once where several entries of it follow one another."""
    clock = phrases.clock_time(one.entry.at.astimezone(zone))
    first, *more = _lines(one, pen)
    if goes_on:
        return Item(f"{clock}  {first}", tuple(more))
    return Item(f"{clock}  {pen.strong(one.ticket.id)}  {pen.said(one.ticket.title)}", (first, *more))


def _lines(one: Happening, pen: Pen) -> Iterator[str]:
    said = [line for line in (*_opening(one), *_said(one)) if line.strip()]
    first = said[0].removeprefix("→ ") if said else ""
    who = pen.said(author_words(one.entry))
    yield _("{entry}: {words}").format(entry=who, words=pen.said(first)) if first else who
    yield from (pen.said(line) for line in said[1:_MOST_LINES])
    if len(said) > _MOST_LINES:
        yield "…"


def _said(one: Happening) -> list[str]:
    return lines_told(one.entry, one.ticket.concurrent_in(one.entry), opening=one.is_opening)


def _opening(one: Happening) -> Iterator[str]:
    """How it began, which the words of an opening do not say."""
    if one.is_opening:
        priority = one.entry.value("priority") or one.ticket.priority
        asked = one.ticket.requester_before(one.entry).name
        yield _("Opened for {requester}: {priority}").format(requester=asked, priority=labels.priority(priority))
