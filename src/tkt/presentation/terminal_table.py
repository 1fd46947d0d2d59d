"""A table on a terminal: bold titles, coloured verdicts, long texts cut to the width."""

from __future__ import annotations

import io
from collections.abc import Sequence

from rich.box import SIMPLE_HEAD
from rich.cells import cell_len
from rich.console import Console
from rich.table import Table as RichTable
from rich.text import Text

from tkt.presentation.safe_text import one_line
from tkt.presentation.table import Cell, Column, Table, Toned, cut, text_of

_STYLES = {"title": "bold", "good": "green", "warning": "yellow", "bad": "red", "quiet": "dim", "": ""}
# A column is not cut below this many cells, nor below its own words where they are shorter: less tells nothing.
_LEAST, _LEAST_TITLE = 8, 4
# Two cells between two columns and nothing at the ends.
_BETWEEN = 2


def draw(table: Table, width: int | None, color: bool) -> str:
    """`table` drawn for a terminal of so many cells (None: as wide as it needs).

    Where even the least does not fit, columns that may be spared go; then lines run over the edge: half a number
    would be a wrong number.
    """
    if width and _least_total(table) > width and any(column.spare for column in table.columns):
        return draw(_without_a_spare(table), width, color)
    grid = [[_text(cell) for cell in row] for row in table.rows]
    titles = [Text(one_line(column.title), style="bold", end="") for column in table.columns]
    room = _room([titles, *grid], table.columns, width)
    drawn = RichTable(box=SIMPLE_HEAD, show_edge=False, pad_edge=False, padding=(0, 1, 0, 0))
    for column, title, cells in zip(table.columns, titles, room, strict=True):
        drawn.add_column(title, justify=column.align, no_wrap=True, overflow="ellipsis", max_width=cells)
    for row in grid:
        drawn.add_row(*row)
    return _printed(drawn, _total(room), color)


def _text(cell: Cell) -> Text:
    tone = cell.tone if isinstance(cell, Toned) else ""
    return Text(one_line(cut(text_of(cell))), style=_STYLES[tone], end="")


def _least(column: Column, texts: Sequence[str]) -> int:
    widest = max([_LEAST_TITLE, *map(cell_len, texts)])
    return min(_LEAST, widest) if column.weight else max(widest, cell_len(column.title))


def _least_total(table: Table) -> int:
    texts = [[one_line(cut(text_of(row[at]))) for row in table.rows] for at in range(len(table.columns))]
    return _total([_least(column, texts[at]) for at, column in enumerate(table.columns)])


def _without_a_spare(table: Table) -> Table:
    gone = max(at for at, column in enumerate(table.columns) if column.spare)
    rows = tuple(row[:gone] + row[gone + 1 :] for row in table.rows)
    return Table(table.columns[:gone] + table.columns[gone + 1 :], rows)


def _total(room: list[int]) -> int:
    return sum(room) + _BETWEEN * (len(room) - 1)


def _room(lines: list[list[Text]], columns: tuple[Column, ...], width: int | None) -> list[int]:
    """The cells each column gets: what it needs, less what the shrinking ones must give up to fit the width."""
    room = [max(cell_len(line[at].plain) for line in lines) for at in range(len(columns))]
    least = [_least(column, [line[at].plain for line in lines[1:]]) for at, column in enumerate(columns)]
    shrinking = [at for at, column in enumerate(columns) if column.weight]
    while width and _total(room) > width:
        # A cell at a time from the column that has most for its weight, so that none is starved for another.
        roomy = [at for at in shrinking if room[at] > least[at]]
        if not roomy:
            break
        room[max(roomy, key=lambda at: room[at] / columns[at].weight)] -= 1
    return room


def _printed(drawn: RichTable, width: int, color: bool) -> str:
    out = io.StringIO()
    console = Console(
        file=out,
        width=width,
        force_terminal=color,
        color_system="standard" if color else None,
        no_color=not color,
        highlight=False,
        markup=False,
        emoji=False,
        legacy_windows=False,
    )
    console.print(drawn)
    return "".join(line.rstrip() + "\n" for line in out.getvalue().splitlines())
