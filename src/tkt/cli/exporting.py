"""Exporting tickets for other programs."""

from __future__ import annotations

from typing import Annotated

import click
import typer

from tkt.cli.arguments import Asked, AsOf, AtCommit, new_app
from tkt.cli.options import AskingVerb, examples
from tkt.cli.saying import tell_unreadable, tell_untold
from tkt.cli.session import Session
from tkt.cli.telling import tell
from tkt.errors import TktError
from tkt.language import _, ngettext

app = new_app()

ExportFormat = Annotated[
    str | None,
    typer.Option("--format", metavar="FORMAT", help=_("csv or jsonl; by default as the file is named, or csv.")),
]
Output = Annotated[
    str | None, typer.Option("-o", "--output", metavar="FILE", help=_("Where to; standard output by default."))
]


@app.command(
    cls=AskingVerb,
    help=_(
        "Export tickets, open or not, a line each: every field, both clocks with all their figures, and the times of "
        "their lives, by the names that docs/json.md has for them. No cell of a CSV file is a formula."
    ),
    epilog=examples(
        "tkt export --output tickets.csv",
        "tkt export resolved:last_month -type:change --format jsonl",
        "tkt export state:open --as-of 2026-01-31 --output january.jsonl",
    ),
)
def export(
    ctx: typer.Context,
    query: Asked = None,
    as_of: AsOf = None,
    at_commit: AtCommit = None,
    format: ExportFormat = None,
    output: Output = None,
) -> None:
    from tkt.desk.querying import candidates, context_of, read_asked
    from tkt.presentation.export import export_format, export_lines
    from tkt.store.unreadable_ticket import UnreadableTicket

    chosen = export_format(format, output or "")
    session = Session.of(ctx).looking_back(as_of, at_commit)
    unreadable: list[UnreadableTicket] = []
    untold: list[TktError] = []
    with session.reading() as desk:
        context = context_of(desk, untold.append)
        rows = list(candidates(desk, read_asked(query or (), context), context, unreadable))
    to_file = output not in (None, "-")
    place = str(session.folder / output) if output and to_file else "-"
    try:
        with click.open_file(place, "w", encoding="utf-8", atomic=to_file) as file:
            file.writelines(export_lines(rows, chosen))
    except OSError as error:
        # The file beside it that is renamed at the end is not the one that was asked for.
        error.filename = output
        raise
    if to_file:
        said = ngettext("{count} ticket written to {file}.", "{count} tickets written to {file}.", len(rows))
        tell(said.format(count=len(rows), file=output))
    tell_unreadable(unreadable)
    tell_untold(untold)
