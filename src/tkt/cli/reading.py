"""Looking at one ticket: show, history."""

from __future__ import annotations

from typing import TYPE_CHECKING

import typer

from tkt.cli.arguments import AsFormat, AsJson, Reference, new_app
from tkt.cli.options import Verb, examples
from tkt.cli.printing import print_table
from tkt.cli.saying import tell_untold
from tkt.cli.session import Session, has_color
from tkt.cli.telling import tell
from tkt.errors import TktError
from tkt.language import _

if TYPE_CHECKING:
    from tkt.desk.desk import Desk
    from tkt.domain.ticket import Ticket
    from tkt.service_level.reading import HoldingReading

app = new_app()


@app.command(
    cls=Verb,
    help=_("Show a ticket: the sheet with its journal, its clocks and how it ended."),
    epilog=examples("tkt show 12345", "tkt show INC0012345 --lang fr", "tkt show @ --json"),
)
def show(ctx: typer.Context, reference: Reference, as_json: AsJson = False) -> None:
    from tkt.desk.clocks import clocks_or_untold

    session = Session.of(ctx)
    desk = session.desk
    file = desk.load(desk.find(reference))
    untold: list[TktError] = []
    clocks = clocks_or_untold(desk, file.ticket, untold.append)
    holdings = () if untold else _holdings(desk, file.ticket)
    if as_json:
        from tkt.presentation.json_form import dump, ticket_json

        typer.echo(dump(ticket_json(file.ticket, clocks, holdings)), nl=False)
        tell_untold(untold)
        return
    from tkt.presentation.sheet import sheet

    typer.echo(sheet(file.ticket, clocks, desk.settings, desk.now, holdings, color=has_color()), nl=False)
    tell_untold(untold)
    trouble = [finding for finding in file.findings() if finding.severity == "error"]
    if trouble:
        tell(_("{path} has errors: see `tkt check`.").format(path=file.path))


def _holdings(desk: Desk, ticket: Ticket) -> tuple[HoldingReading, ...]:
    if not desk.settings.olas:
        return ()
    # Here, since most desks have none.
    from tkt.service_level.holding import read_holdings

    return read_holdings(ticket, desk.agreements, desk.now)


@app.command(
    cls=Verb,
    help=_("Show the git commits of a ticket, oldest first, with their transitions."),
    epilog=examples("tkt history 12345", "tkt history @ --format markdown"),
)
def history(ctx: typer.Context, reference: Reference, as_json: AsJson = False, format: AsFormat = None) -> None:
    from tkt.presentation.history import history_table
    from tkt.wiring import history_of

    session = Session.of(ctx)
    ticket_id = session.desk.find(reference)
    commits = history_of(session.desk, ticket_id)
    if as_json:
        from tkt.presentation.json_form import dump, history_json

        typer.echo(dump(history_json(ticket_id, commits)), nl=False)
        return
    print_table(history_table(commits, session.desk.settings.timezone), format)
