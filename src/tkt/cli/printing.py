"""Printing a table: as wide as the terminal and in colour there, plain and stable in a pipe."""

from __future__ import annotations

from typing import TYPE_CHECKING

import typer

from tkt.cli.session import has_color, terminal_width

if TYPE_CHECKING:
    from tkt.presentation.table import Table


def print_table(table: Table, format: str | None) -> None:
    """Print `table` in the format asked for; by default drawn on a terminal and plain elsewhere."""
    from tkt.presentation.tables import render

    width = terminal_width()
    chosen = format or ("table" if width else "plain")
    typer.echo(render(table, chosen, width=width, color=has_color()), nl=False)
