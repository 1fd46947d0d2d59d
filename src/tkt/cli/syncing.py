"""Exchanging tickets with the others: `tkt sync`, the one command that uses the network."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from tkt.cli.arguments import AsJson, new_app
from tkt.cli.options import Verb, examples
from tkt.cli.session import Session, has_color
from tkt.cli.telling import tell
from tkt.language import _

app = new_app()

NoNumbers = Annotated[
    bool,
    typer.Option("--no-numbers", help=_("Reserve no numbers: for a clone in which nobody opens tickets, as in CI.")),
]


@app.command(
    cls=Verb,
    help=_(
        "Fetch, merge and push: what others did comes in, what you did goes out, numbers are reserved for what you "
        "open next. Nothing is lost when two of you worked on one ticket; where only a person can decide, all stays as "
        "it was and you are told how."
    ),
    epilog=examples("tkt sync", "tkt sync --json", "tkt sync --no-numbers"),
)
def sync(ctx: typer.Context, no_numbers: NoNumbers = False, as_json: AsJson = False) -> None:
    from tkt.wiring import sync_desk

    session = Session.of(ctx)
    step = tell if sys.stderr.isatty() else None
    exchange = sync_desk(session.desk, (session.command, tell), step, numbers_ahead=not no_numbers)
    if as_json:
        from tkt.presentation.exchange_json import exchange_json
        from tkt.presentation.json_form import dump

        typer.echo(dump(exchange_json(exchange)), nl=False)
        return
    from tkt.presentation.exchange_lines import exchange_lines

    typer.echo(exchange_lines(exchange, color=has_color()), nl=False)
