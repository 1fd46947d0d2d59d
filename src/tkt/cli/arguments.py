"""Arguments and options that several commands share."""

from __future__ import annotations

from typing import Annotated

import typer

from tkt.cli.completion import column_names, order_names, query_terms, ticket_ids
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
Asked = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="[QUERY...]",
        help=_("Which tickets: key:value, -key:value, words to look for (docs/queries.md)."),
        autocompletion=query_terms,
        show_default=False,
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
AsOf = Annotated[
    str | None,
    typer.Option("--as-of", metavar="TIME", help=_("As it stood at this moment, or at the end of this day.")),
]
AtCommit = Annotated[
    str | None,
    typer.Option("--at-commit", metavar="REV", help=_("As this commit holds it, settings and all; git alone is read.")),
]
Types = Annotated[
    list[str] | None,
    typer.Option("--type", help=_("Only these types; incidents and requests by default."), show_default=False),
]
# How a list is laid out.
Columns = Annotated[
    list[str] | None,
    typer.Option(
        "--columns",
        metavar="COLUMN,…",
        help=_("These columns: id, title, age, response.due… (docs/queues.md)."),
        autocompletion=column_names,
        show_default=False,
    ),
]
Sort = Annotated[
    list[str] | None,
    typer.Option(
        "--sort",
        metavar="COLUMN,…",
        help=_("By these columns: due, priority, updated…; -opened is backwards."),
        autocompletion=order_names,
        show_default=False,
    ),
]
GroupedBy = Annotated[
    str | None,
    typer.Option(
        "--by",
        metavar="COLUMN",
        help=_("In sections: priority, state, assignee, opened (by its day)…"),
        autocompletion=column_names,
    ),
]
NoPager = Annotated[bool, typer.Option("--no-pager", help=_("Do not show a long list in your pager."))]
Limit = Annotated[int | None, typer.Option("--limit", min=0, help=_("At most so many lines; 0 for all."))]


def new_app() -> typer.Typer:
    """An empty set of commands, plain in its help."""
    return typer.Typer(rich_markup_mode=None, add_completion=False, pretty_exceptions_enable=False)
