"""A table on a terminal: bold titles, coloured verdicts, long texts cut to the width.

Drawn by hand: a list may be of thousands of lines, over which rich takes seconds, and of one screen, for which it takes
longer to load than to read the tickets.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tkt.presentation.safe_text import one_line
from tkt.presentation.style import painted
from tkt.presentation.table import Column, Table, Toned, cut, text_of, width_of

# A column is not cut below this many cells, nor below its own words where they are shorter: less tells nothing.
_LEAST, _LEAST_TITLE = 8, 4
_GAP = "  "


def draw(table: Table, width: int | None, color: bool) -> str:
    """`table` drawn for a terminal of so many cells (None: as wide as it needs).

    Where even the least does not fit, columns that may be spared go; then lines run over the edge: half a number
    would be a wrong number.
    """
    texts = [[one_line(cut(text_of(cell))) for cell in row] for row in table.rows]
    widest = [max((width_of(row[at]) for row in texts), default=0) for at in range(len(table.columns))]
    least = [_least(column, cells) for column, cells in zip(table.columns, widest, strict=True)]
    if width and _total(least) > width and any(column.spare for column in table.columns):
        return draw(_without_a_spare(table), width, color)
    room = _room(table.columns, widest, least, width)
    return "".join(f"{line.rstrip()}\n" for line in _lines(table, texts, room, color))


def _lines(table: Table, texts: Sequence[Sequence[str]], room: Sequence[int], color: bool) -> Iterator[str]:
    titles = [one_line(column.title) for column in table.columns]
    yield _line(table.columns, titles, ["title"] * len(titles), room, color)
    yield "─" * _total(room)
    for row, cells in zip(table.rows, texts, strict=True):
        tones = [cell.tone if isinstance(cell, Toned) else "" for cell in row]
        yield _line(table.columns, cells, tones, room, color)


def _line(
    columns: Sequence[Column], texts: Sequence[str], tones: Sequence[str], room: Sequence[int], color: bool
) -> str:
    parts = []
    for column, text, tone, cells in zip(columns, texts, tones, room, strict=True):
        fitted = _fitted(text, cells)
        rest = " " * (cells - width_of(fitted))
        shown = painted(fitted, tone, color and bool(fitted))
        parts.append(rest + shown if column.align == "right" else shown + rest)
    return _GAP.join(parts)


def _fitted(text: str, cells: int) -> str:
    """A text in so many cells: cut short, it ends with an ellipsis."""
    if width_of(text) <= cells:
        return text
    if text.isascii():
        return f"{text[: cells - 1]}…"
    from rich.cells import set_cell_size

    return f"{set_cell_size(text, cells - 1)}…"


def _least(column: Column, widest: int) -> int:
    widest = max(_LEAST_TITLE, widest)
    return min(_LEAST, widest) if column.weight else max(widest, width_of(one_line(column.title)))


def _without_a_spare(table: Table) -> Table:
    _, gone = max((column.spare, at) for at, column in enumerate(table.columns))
    rows = tuple(row[:gone] + row[gone + 1 :] for row in table.rows)
    return Table(table.columns[:gone] + table.columns[gone + 1 :], rows)


def _total(room: Sequence[int]) -> int:
    return sum(room) + len(_GAP) * (len(room) - 1)


def _room(columns: Sequence[Column], widest: Sequence[int], least: Sequence[int], width: int | None) -> list[int]:
    """The cells each column gets: what it needs, less what the shrinking ones must give up to fit the width."""
    room = [max(width_of(one_line(column.title)), cells) for column, cells in zip(columns, widest, strict=True)]
    shrinking = [at for at, column in enumerate(columns) if column.weight]
    while width and _total(room) > width:
        # A cell at a time from the column that has most for its weight, so that none is starved for another.
        roomy = [at for at in shrinking if room[at] > least[at]]
        if not roomy:
            break
        room[max(roomy, key=lambda at: room[at] / columns[at].weight)] -= 1
    return room
