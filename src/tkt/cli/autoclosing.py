"""Closing by itself what was resolved and has gone unanswered."""

from __future__ import annotations

import typer

from tkt.cli.arguments import AsJson, new_app
from tkt.cli.options import ChangingVerb, examples
from tkt.cli.running import DryRun, tell_run
from tkt.cli.session import Session
from tkt.language import _

app = new_app()


@app.command(
    cls=ChangingVerb,
    help=_(
        "Close the tickets whose last resolution is as many business days ago as `autoclose` in tkt.yaml says, unless "
        "the requester has answered since. The entry says so to the requester. Safe to run as often as you like."
    ),
    epilog=examples("tkt autoclose --dry-run", "tkt autoclose", "tkt autoclose --json"),
)
def autoclose(ctx: typer.Context, dry_run: DryRun = False, as_json: AsJson = False) -> None:
    from tkt.desk import autoclosing

    session = Session.of(ctx)
    with session.reading() as desk:
        run = autoclosing.autoclose(desk, dry_run=dry_run)
    off = _("Off: “autoclose” in tkt.yaml is 0. Write 5bd there to close after five business days.")
    idle = _("Nothing to do.") if desk.settings.autoclose.count else off
    tell_run(session, run, idle, dry_run=dry_run, as_json=as_json)
