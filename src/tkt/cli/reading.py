"""Looking at tickets: show, list, history."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from tkt.cli.arguments import AsFormat, AsJson, Limit, Reference, new_app
from tkt.cli.options import Verb, examples
from tkt.cli.printing import print_table
from tkt.cli.saying import tell_unreadable, tell_untold
from tkt.cli.session import Session, has_color
from tkt.cli.telling import tell
from tkt.errors import CalledWrongly, TktError
from tkt.language import _

if TYPE_CHECKING:
    from tkt.desk.desk import Desk
    from tkt.domain.ticket import Ticket
    from tkt.service_level.reading import Clocks, HoldingReading

app = new_app()

Many = list[str] | None


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
    "list",
    cls=Verb,
    help=_("List tickets: open ones, next due first, a screenful. Words of either language and several by commas."),
    epilog=examples(
        "tkt list",
        "tkt list --mine --priority P1,P2",
        'tkt list --state "en attente" --group Réseau --sort opened',
        "tkt list --all --requester compta --format csv",
    ),
)
def list_(
    ctx: typer.Context,
    state: Annotated[Many, typer.Option("--state", help=_("Only these states; “open” is any open one."))] = None,
    priority: Annotated[Many, typer.Option("--priority", help=_("Only these priorities."))] = None,
    type: Annotated[Many, typer.Option("--type", help=_("Only these types."))] = None,
    level: Annotated[Many, typer.Option("--level", help=_("Only these support levels."))] = None,
    assignee: Annotated[
        Many, typer.Option("--assignee", help=_("Held by someone of this name, or a part of it."))
    ] = None,
    group: Annotated[Many, typer.Option("--group", help=_("Held by a group of this name, or a part of it."))] = None,
    category: Annotated[Many, typer.Option("-c", "--category", help=_("In a category that holds these words."))] = None,
    requester: Annotated[
        Many, typer.Option("-r", "--requester", help=_("Asked by this name, address or department."))
    ] = None,
    asset: Annotated[Many, typer.Option("--asset", help=_("About this configuration item."))] = None,
    tag: Annotated[Many, typer.Option("--tag", help=_("With this tag."))] = None,
    mine: Annotated[bool, typer.Option("--mine", help=_("Held by me."))] = False,
    unassigned: Annotated[bool, typer.Option("--unassigned", help=_("Held by nobody."))] = False,
    overdue: Annotated[bool, typer.Option("--overdue", help=_("With a running clock over its target."))] = False,
    every: Annotated[bool, typer.Option("--all", help=_("Closed and cancelled ones too, and every line."))] = False,
    sort: Annotated[
        str, typer.Option("--sort", help=_("due, id, opened, updated, priority, state…; -opened is backwards."))
    ] = "due",
    limit: Limit = None,
    as_json: AsJson = False,
    format: AsFormat = None,
) -> None:
    from tkt.desk.listing import Selection, list_tickets, read_words
    from tkt.store.ticket_file import UnreadableTicket

    session = Session.of(ctx)
    desk = session.desk
    if mine and (unassigned or assignee):
        raise CalledWrongly(_("--mine goes with neither --unassigned nor --assignee."))
    coded = {"state": state, "priority": priority, "type": type, "level": level}
    exact = {key: read_words(key, said) for key, said in coded.items() if said}
    exact |= {"assignee": [desk.keyboard.name]} if mine else {}
    named = {"assignee": assignee, "group": group, "category": category, "requester.name": requester, "asset": asset}
    parts = {key: said for key, said in named.items() if said}
    unreadable: list[UnreadableTicket] = []
    untold: list[TktError] = []
    chosen = Selection(exact, parts, tuple(tag or ()), unassigned, overdue, every)
    with session.reading() as reading:
        rows = list_tickets(reading, chosen, sort, unreadable, untold)
    _print_list(session, [(row.ticket, row.clocks) for row in rows], limit, every, as_json, format)
    tell_unreadable(unreadable)
    tell_untold(untold)


def _print_list(
    session: Session,
    rows: list[tuple[Ticket, Clocks]],
    limit: int | None,
    every: bool,
    as_json: bool,
    format: str | None,
) -> None:
    """A screenful on a terminal, everything in a pipe; what is left out is said."""
    from tkt.cli.session import screenful

    most = limit if limit is not None else None if every or as_json else screenful()
    shown = rows[:most] if most else rows
    if as_json:
        from tkt.presentation.json_form import dump, tickets_json

        typer.echo(dump(tickets_json(shown)), nl=False)
        return
    from tkt.presentation.listing import ticket_table

    print_table(ticket_table(shown, session.desk.settings.timezone), format)
    if len(shown) < len(rows):
        tell(_("{shown} of {all} tickets; --limit 0 shows all.").format(shown=len(shown), all=len(rows)))
    elif not rows:
        tell(_("No ticket."))


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
