"""The list of tickets: the columns asked for, in sections where it is grouped, in every format of tables."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime

from tkt.columns.column import Column, Value
from tkt.columns.layout import DEFAULT_TABLE, Layout, Section
from tkt.language import _, pgettext
from tkt.presentation import labels, phrases
from tkt.presentation.clocks import clock_phrases
from tkt.presentation.safe_text import for_html, for_markdown, one_line
from tkt.presentation.style import painted, tone_of
from tkt.presentation.table import Cell, Table, Toned
from tkt.presentation.table import Column as Drawn
from tkt.presentation.tables import render
from tkt.query.candidate import Candidate

_SPREADSHEETS = ("csv", "tsv")
_PAGES = ("markdown", "html")
# What is told from others by its first letters, and nothing would be by fewer.
_NEVER_CUT = frozenset({"id", "uid"})
# Of the columns that a list has by itself, those that may be missing where there is no room, the greatest first.
_SPARED = {"requester": 3, "state": 2, "holder": 1}
_HOLDERS = frozenset({"assignee", "holder"})


def listing(
    layout: Layout, sections: Sequence[Section], format: str, *, width: int | None = None, color: bool = False
) -> str:
    """The sections of a list in one of the formats of tables; raises UnknownFormat.

    A spreadsheet gets one table, in which the column that tickets are grouped by has its place; for people it stands
    above each section.
    """
    sections = [section for section in sections if section.rows]
    rows = [row for section in sections for row in section.rows]
    spare = layout.columns == DEFAULT_TABLE
    if layout.by is None or format in _SPREADSHEETS:
        columns = layout.columns
        if layout.by is not None and layout.by not in columns:
            columns = (layout.by, *columns)
        return render(ticket_table(columns, rows, spare=spare), format, width=width, color=color)
    columns = tuple(one for one in layout.columns if one != layout.by) or layout.columns
    if format in _PAGES:
        return "\n".join(_page(layout.by, columns, section, format) for section in sections)
    lines = render(ticket_table(columns, rows, spare=spare), format, width=width, color=color).splitlines(keepends=True)
    return "".join(_in_sections(layout.by, lines, sections, color and format == "table"))


def _in_sections(by: Column, lines: list[str], sections: Sequence[Section], color: bool) -> Iterator[str]:
    """The lines of a table, one for each ticket below those of its heads, with the sections' titles among them."""
    heads = len(lines) - sum(len(section.rows) for section in sections)
    yield from lines[:heads]
    at = heads
    for section in sections:
        yield f"\n{painted(one_line(section_title(by, section)), 'title', color)}\n"
        yield from lines[at : at + len(section.rows)]
        at += len(section.rows)


def _page(by: Column, columns: Sequence[Column], section: Section, format: str) -> str:
    title = section_title(by, section)
    head = f"<h2>{for_html(title)}</h2>\n" if format == "html" else f"## {for_markdown(title)}\n\n"
    return head + render(ticket_table(columns, section.rows), format)


def section_title(by: Column, section: Section) -> str:
    """What stands above a section: its value, and how many tickets have it."""
    title, shown = _value_title(by, section.value), len(section.rows)
    if shown < section.size:
        return _("{group} ({shown} of {count})").format(group=title, shown=shown, count=section.size)
    return _("{group} ({count})").format(group=title, count=section.size)


def _value_title(by: Column, value: Value | date) -> str:
    if value is None:
        return pgettext("assignee", "nobody") if by.name in _HOLDERS else pgettext("value", "none")
    if isinstance(value, date) and not isinstance(value, datetime):
        return phrases.day(value)
    if by.name == "priority":
        return labels.priority(str(value))
    return by.words.label(str(value)) if by.kind == "verdict" and by.words else _text(by, value)


def ticket_table(columns: Sequence[Column], rows: Sequence[Candidate], *, spare: bool = False) -> Table:
    """A line for each ticket, in the order given; with `spare`, some columns may be missing where there is no room."""
    drawn = tuple(_drawn(column, spare=spare) for column in columns)
    return Table(drawn, tuple(tuple(_cell(column, row) for column in columns) for row in rows))


def _drawn(column: Column, *, spare: bool) -> Drawn:
    is_figure = column.is_length or column.kind == "count"
    free = column.kind in ("text", "members") and column.name not in _NEVER_CUT
    weight = 3 if column.name == "title" else 1 if free or column.name == "priority" else 0
    return Drawn(column.title(), "right" if is_figure else "left", weight, _SPARED.get(column.name, 0) if spare else 0)


def _cell(column: Column, row: Candidate) -> Cell:
    value = column.read(row)
    if column.clock is not None:
        reading = column.clock(row)
        return "?" if value is None else Toned(clock_phrases.verdict(reading), tone_of(reading.verdict))
    if value is None or isinstance(value, int):
        return _length(column, value) if column.is_length and value is not None else value
    return phrases.date_time(value) if isinstance(value, datetime) else _text(column, value)


def _length(column: Column, seconds: int) -> str:
    return phrases.days(seconds) if column.kind == "age" else phrases.duration(seconds)


def _text(column: Column, value: Value) -> str:
    if isinstance(value, tuple):
        return ", ".join(labels.link(one) if column.name == "links" else one for one in value)
    return labels.value(column.key or column.name, str(value))
