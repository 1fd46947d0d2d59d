"""What a search found: each ticket with the passages that show why, the words marked, in every form."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import tzinfo

from tkt.domain.instant import write_instant
from tkt.domain.passages import Marked, Marks, TicketPassage
from tkt.domain.person import Person
from tkt.domain.ticket import Ticket
from tkt.language import NP_, pgettext
from tkt.presentation import labels, phrases
from tkt.presentation.json_form import VERSION, Document
from tkt.presentation.safe_text import one_line
from tkt.presentation.snippet import Snippet, snippet
from tkt.presentation.style import painted
from tkt.presentation.table import WIDEST, Column, Row, Table

Hits = Iterable[tuple[Ticket, Sequence[Marked]]]
# Of a passage, where no terminal says how much it takes; and the least that tells something.
_ROOM, _LEAST = 160, 40
_INDENT = "    "
_ELLIPSIS = "…"
_SECTIONS = {"description": NP_("passage", "description"), "actions": NP_("passage", "to do")}
_OF_A_TICKET = ("id", "title", "type", "priority", "state", "assignee", "group")


def search_json(hits: Hits, in_all: int, missing: Iterable[tuple[str, str]]) -> Document:
    """The document of `tkt search`."""
    return {
        "version": VERSION,
        "count": in_all,
        "hits": [_hit(ticket, marked) for ticket, marked in hits],
        "missing": [{"word": word, "nearest": nearest or None} for word, nearest in missing],
    }


def _hit(ticket: Ticket, marked: Sequence[Marked]) -> Document:
    known = {key: ticket.get(key) or None for key in _OF_A_TICKET}
    return {**known, "passages": [_passage(passage, marks) for passage, marks in marked]}


def _passage(passage: TicketPassage, marks: Marks) -> Document:
    entry, shown = passage.entry, snippet(passage.text, marks, _ROOM)
    return {
        "where": passage.where,
        "at": write_instant(entry.at) if entry else None,
        "ordinal": entry.ordinal if entry else None,
        "author": entry.author if entry else None,
        "text": shown.text,
        "marks": [list(mark) for mark in shown.marks],
    }


def hit_lines(hits: Hits, zone: tzinfo, *, width: int | None = None, color: bool = False) -> Iterator[str]:
    """The lines that show what was found: a ticket with its state and its title, and below it its passages."""
    for ticket, marked in hits:
        yield _heading(ticket, marked, width, color)
        for passage, marks in marked:
            if passage.where != "title":
                where = f"{_INDENT}{_where(passage, zone)}: "
                room = max(width - len(where), _LEAST) if width else _ROOM
                yield one_line(where) + _painted(snippet(passage.text, marks, room), color)


def _heading(ticket: Ticket, marked: Sequence[Marked], width: int | None, color: bool) -> str:
    of_it = (ticket.id, ticket.priority, labels.value("state", ticket.state))
    before = "  ".join(one for one in of_it if one) + "  "
    marks = next((marks for passage, marks in marked if passage.where == "title"), ())
    room = max(width - len(before), _LEAST) if width else WIDEST
    return one_line(before) + _painted(snippet(ticket.title, marks, room), color)


def hit_table(hits: Hits, zone: tzinfo) -> Table:
    """A line for each passage, that of a title alone where no other shows why a ticket was found."""
    columns = (
        Column(pgettext("column", "Ticket")),
        Column(pgettext("column", "Priority")),
        Column(pgettext("column", "State")),
        Column(pgettext("column", "Title"), weight=2),
        Column(pgettext("column", "Where"), weight=1),
        Column(pgettext("column", "Passage"), weight=3),
    )
    rows = ((ticket, one) for ticket, marked in hits for one in _but_the_title(marked))
    return Table(columns, tuple(_row(ticket, one, zone) for ticket, one in rows))


def _but_the_title(marked: Sequence[Marked]) -> Sequence[Marked | None]:
    return [one for one in marked if one.passage.where != "title"] or marked[:1] or [None]


def _row(ticket: Ticket, marked: Marked | None, zone: tzinfo) -> Row:
    known = (ticket.id, ticket.priority, labels.value("state", ticket.state), ticket.title)
    if marked is None:
        return (*known, None, None)
    return (*known, _where(marked.passage, zone), snippet(marked.passage.text, marked.marks, _ROOM).text)


def _where(passage: TicketPassage, zone: tzinfo) -> str:
    """Where a passage stands: the name of a section, or of an entry when and whose."""
    if passage.entry is None:
        return pgettext(*_SECTIONS[passage.where]) if passage.where in _SECTIONS else labels.field(passage.where)
    when = phrases.date_time(passage.entry.at.astimezone(zone))
    return f"{when} {Person.parse(passage.entry.author).name}"


def _painted(shown: Snippet, color: bool) -> str:
    """A snippet safe for a terminal, its marks in bold where it shows colour."""
    text, at = "", 0
    for start, end in shown.marks:
        text += one_line(shown.text[at:start]) + painted(one_line(shown.text[start:end]), "title", color)
        at = end
    return text + one_line(shown.text[at:])
