"""The six ways a table is written: table, plain, markdown, csv, tsv, html."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Sequence

from tkt.errors import CalledWrongly
from tkt.language import _
from tkt.presentation import safe_text
from tkt.presentation.table import WIDEST, Column, Table, cut, text_of, width_of

FORMATS = ("table", "plain", "markdown", "csv", "tsv", "html")
_GAP = "  "


class UnknownFormat(CalledWrongly):
    """A table was asked for in a format that there is not."""


def render(table: Table, format: str, *, width: int | None = None, color: bool = False) -> str:
    """`table` as text that ends with a line end.

    `width` (in terminal cells) and `color` count for the format "table" alone; without `width` it takes
    the room it needs. Raises UnknownFormat.
    """
    if format == "table":
        # Rich is slow to load and serves a terminal only.
        from tkt.presentation.terminal_table import draw

        return draw(table, width, color)
    writer = _WRITERS.get(format)
    if writer is None:
        known = ", ".join(FORMATS)
        raise UnknownFormat(_("“{format}” is not a table format. Known: {known}.").format(format=format, known=known))
    return writer(table)


def _plain(table: Table) -> str:
    """Two spaces between columns and nothing cut; ours and not tabulate's, which counts an ideogram as one cell."""
    lines = [[column.title for column in table.columns], *([text_of(cell) for cell in row] for row in table.rows)]
    safe = [[safe_text.one_line(text) for text in line] for line in lines]
    widths = [min(max(map(width_of, column)), WIDEST) for column in zip(*safe, strict=True)]
    return "".join(_plain_line(line, widths, table.columns) for line in safe)


def _plain_line(texts: Sequence[str], widths: Sequence[int], columns: Sequence[Column]) -> str:
    padded = (
        " " * (width - width_of(text)) + text if column.align == "right" else text + " " * (width - width_of(text))
        for text, width, column in zip(texts, widths, columns, strict=True)
    )
    return _GAP.join(padded).rstrip() + "\n"


def _markdown(table: Table) -> str:
    return _tabulated(table, "pipe", safe_text.for_markdown)


def _html(table: Table) -> str:
    return _tabulated(table, "unsafehtml", safe_text.for_html)


def _tabulated(table: Table, format: str, escape: Callable[[str], str]) -> str:
    from tabulate import tabulate

    rows = [[escape(cut(text_of(cell))) for cell in row] for row in table.rows]
    titles = [escape(column.title) for column in table.columns]
    # Without rows tabulate wants no alignment at all.
    aligned = [column.align for column in table.columns] if rows else None
    return tabulate(rows, headers=titles, tablefmt=format, colalign=aligned, disable_numparse=True) + "\n"


def _csv(table: Table) -> str:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerows(_guarded(table, safe_text.for_csv))
    return out.getvalue()


def _tsv(table: Table) -> str:
    return "".join("\t".join(map(str, line)) + "\n" for line in _guarded(table, safe_text.for_tsv))


def _guarded(table: Table, guard: Callable[[str], str]) -> Iterable[list[str | int | float]]:
    """Title line and rows for a spreadsheet: texts guarded, numbers in full."""
    yield [guard(column.title) for column in table.columns]
    for row in table.rows:
        yield [cell if isinstance(cell, int | float) else guard(text_of(cell)) for cell in row]


_WRITERS: dict[str, Callable[[Table], str]] = {
    "plain": _plain,
    "markdown": _markdown,
    "csv": _csv,
    "tsv": _tsv,
    "html": _html,
}
