"""Arguments and options that several commands share."""

from __future__ import annotations

from typing import Annotated

import typer

from tkt.cli.completion import ticket_ids
from tkt.language import _

References = Annotated[
    list[str],
    typer.Argument(
        metavar="ID... [TEXT]",
        help=_("Tickets (an id, its number, or @ for the last one), then the words; - reads them from standard input."),
        autocompletion=ticket_ids,
        show_default=False,
    ),
]
Reference = Annotated[
    str,
    typer.Argument(
        metavar="ID", help=_("The ticket: an id, its number, or @ for the last one."), autocompletion=ticket_ids
    ),
]
AsJson = Annotated[bool, typer.Option("--json", help=_("Print JSON (docs/json.md)."))]
AsFormat = Annotated[
    str | None,
    typer.Option("--format", metavar="FORMAT", help=_("table, plain, markdown, csv, tsv or html.")),
]
# The period that figures are of.
Since = Annotated[str | None, typer.Option("--from", metavar="TIME", help=_("From this moment on."))]
Until = Annotated[str | None, typer.Option("--to", metavar="TIME", help=_("Up to this moment, which is left out."))]
Month = Annotated[str | None, typer.Option("--month", metavar="MONTH", help=_("A month: 2026-01, this or last."))]
Whole = Annotated[bool, typer.Option("--all", help=_("Everything up to now."))]
Types = Annotated[
    list[str] | None,
    typer.Option("--type", help=_("Only these types; incidents and requests by default."), show_default=False),
]
Limit = Annotated[int | None, typer.Option("--limit", min=0, help=_("At most so many lines; 0 for all."))]


def new_app() -> typer.Typer:
    """An empty set of commands, plain in its help."""
    return typer.Typer(rich_markup_mode=None, add_completion=False, pretty_exceptions_enable=False)
