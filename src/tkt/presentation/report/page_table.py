"""A table of the report's page: with a caption and headings that a screen reader tells, and no inline style."""

from __future__ import annotations

from tkt.presentation.safe_text import for_html
from tkt.presentation.table import Cell, Column, Row, Table, Toned, cut, text_of


def page_table(table: Table, caption: str) -> str:
    """A table as an element that scrolls by itself where it is too wide."""
    heads = "".join(f'<th scope="col"{_class(column)}>{for_html(column.title)}</th>' for column in table.columns)
    rows = "".join(f"<tr>{_row(row, table.columns)}</tr>" for row in table.rows)
    said = for_html(caption)
    return (
        f'<div class="scroll" role="group" tabindex="0" aria-label="{said}"><table><caption>{said}</caption>'
        f"<thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table></div>"
    )


def _row(row: Row, columns: tuple[Column, ...]) -> str:
    first, *others = zip(row, columns, strict=True)
    head = f'<th scope="row"{_class(first[1])}>{_cell(first[0])}</th>'
    return head + "".join(f"<td{_class(column, cell)}>{_cell(cell)}</td>" for cell, column in others)


def _cell(cell: Cell) -> str:
    return for_html(cut(text_of(cell)))


def _class(column: Column, cell: Cell = None) -> str:
    names = ["figure"] if column.align == "right" else []
    if isinstance(cell, Toned) and cell.tone:
        names.append(cell.tone)
    return f' class="{" ".join(names)}"' if names else ""
