"""Settling what several people moved without seeing each other: settle."""

from __future__ import annotations

from typing import Annotated

import typer

from tkt.cli.arguments import References, new_app
from tkt.cli.options import WritingVerb, examples
from tkt.cli.saying import tell_done
from tkt.cli.session import Session
from tkt.language import _

app = new_app()


@app.command(
    cls=WritingVerb,
    help=_(
        "Confirm what stands where people moved a field of a ticket without seeing each other, as `tkt show` tells. "
        "To have another value, use its own command instead: that settles it too."
    ),
    epilog=examples("tkt settle 12345", 'tkt settle 12345 --field state "Vu avec Pierre."'),
)
def settle(
    ctx: typer.Context,
    references: References,
    field: Annotated[
        list[str] | None, typer.Option("--field", metavar="KEY", help=_("Only this field: state, assignee, priority…"))
    ] = None,
) -> None:
    from tkt.desk import settling

    session = Session.of(ctx)
    ids, text = session.references(references)
    tell_done(session, settling.settle(session.desk, ids, session.said(text), field or ()))
