"""Enforcing the escalation rules of the settings."""

from __future__ import annotations

import typer

from tkt.cli.arguments import AsJson
from tkt.cli.options import ChangingVerb, examples
from tkt.cli.running import DryRun, tell_run
from tkt.cli.session import Session
from tkt.cli.sla.group import Identifiers, sla
from tkt.language import _


@sla.command(
    "enforce",
    cls=ChangingVerb,
    help=_(
        "Apply the escalation rules of tkt.yaml to the open tickets whose clocks have come to them: each rule once for "
        "a ticket, as an entry by the desk's automatic author. Safe to run as often, and in as many clones, as you "
        "like."
    ),
    epilog=examples("tkt sla enforce --dry-run", "tkt sla enforce", "tkt sla enforce 12345 --json"),
)
def sla_enforce(ctx: typer.Context, ids: Identifiers = None, dry_run: DryRun = False, as_json: AsJson = False) -> None:
    from tkt.desk.enforcing import enforce

    session = Session.of(ctx)
    wanted = session.desk.find_all(ids or ())
    with session.reading() as desk:
        run = enforce(desk, wanted, dry_run=dry_run)
    idle = _("Nothing to do.") if desk.settings.escalations else _("Nothing to do: tkt.yaml has no escalation rules.")
    tell_run(session, run, idle, dry_run=dry_run, as_json=as_json)
