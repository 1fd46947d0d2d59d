"""One table as a value: columns, rows, and what a person reads in a cell."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from tkt.presentation.phrases import number


@dataclass(frozen=True, slots=True)
class Column:
    """A column. One with a `weight` may be cut short on a narrow terminal: the more weight, the more room it keeps.

    One to `spare` is left out where the others would not fit: the one of the greatest number first, then the last.
    """

    title: str
    align: Literal["left", "right"] = "left"
    weight: int = 0
    spare: int = 0


@dataclass(frozen=True, slots=True)
class Toned:
    """A text with the tone of tkt.presentation.style in which a terminal shows it."""

    text: str
    tone: str


# No title that tkt takes is longer. One that is, written by hand, shall not make every other line as long.
WIDEST = 500
Cell = str | Toned | int | float | None
Row = tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """Columns and rows. A text cell may hold anything a person typed; numbers are ours; None is an empty cell."""

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]


def text_of(cell: Cell) -> str:
    """What a person reads in a cell, not yet made safe."""
    match cell:
        case None:
            return ""
        case str():
            return cell
        case Toned():
            return cell.text
        case _:
            return number(cell)


def cut(text: str) -> str:
    """A text as a drawn table holds it; what may go on from line to line, and to a spreadsheet, stays whole there."""
    return text if len(text) <= WIDEST else f"{text[: WIDEST - 1]}…"


def width_of(text: str) -> int:
    """How many terminal cells `text` takes: an ideogram two, a combining accent none."""
    if text.isascii():
        return len(text)
    from rich.cells import cell_len

    return cell_len(text)
