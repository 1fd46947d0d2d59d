"""Looking for trouble: `tkt check` over the files, `tkt sla` over the clocks; exit 1 when some is found."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from tkt.cli.arguments import AsFormat, AsJson, new_app
from tkt.cli.options import ChangingVerb, Verb, Verbs, examples
from tkt.cli.printing import print_table
from tkt.cli.saying import tell_unreadable
from tkt.cli.session import Session, has_color
from tkt.cli.telling import tell
from tkt.language import _, ngettext

if TYPE_CHECKING:
    from tkt.desk.service_levels import SlaCheck
    from tkt.domain.ticket import Ticket
    from tkt.service_level.reading import Clocks

    Judged = tuple[Ticket, Clocks]

app = new_app()
sla = typer.Typer(cls=Verbs, rich_markup_mode=None, help=_("Check and show the SLA clocks."), no_args_is_help=True)
FOUND_TROUBLE = 1

Every = Annotated[bool, typer.Option("--all", help=_("Closed and cancelled tickets too."))]
Identifiers = Annotated[list[str] | None, typer.Argument(metavar="[ID...]", help=_("Only these tickets."))]


@app.command(
    cls=ChangingVerb,
    help=_(
        "Check every file of the desk, or those named: form, values, journal, snapshot and the rules of a good ticket. "
        "With --repair, put right first what a merge made of the tickets named, in one commit. With --history, prove "
        "that commits only added to tickets; with --staged, check what the next commit would hold."
    ),
    epilog=examples(
        "tkt check",
        "tkt check --strict tickets/INC0012xxx",
        "tkt check --json",
        "tkt check --repair INC0012345",
        "tkt check --history origin/main..HEAD",
        "tkt check --history --since-last",
        "tkt check --staged",
    ),
)
def check(
    ctx: typer.Context,
    paths: Annotated[
        list[str] | None,
        typer.Argument(metavar="[PATH...]", help=_("Files or folders; with --history, commits: main..HEAD.")),
    ] = None,
    strict: Annotated[bool, typer.Option("--strict", help=_("Warnings count as trouble too."))] = False,
    repair: Annotated[
        bool, typer.Option("--repair", help=_("The arguments are tickets: unite what a merge left in their files."))
    ] = False,
    history: Annotated[
        bool, typer.Option("--history", help=_("Prove commits, all up to HEAD or those named (docs/history.md)."))
    ] = False,
    since_last: Annotated[
        bool, typer.Option("--since-last", help=_("With --history: only what is new since it was last proven."))
    ] = False,
    require_signed: Annotated[
        bool, typer.Option("--require-signed", help=_("With --history: commits of tickets must be well signed."))
    ] = False,
    staged: Annotated[bool, typer.Option("--staged", help=_("Check the tickets that are staged, as staged."))] = False,
    as_json: AsJson = False,
) -> None:
    from tkt.cli import proving

    session, words = Session.of(ctx), paths or []
    proving.require_sense(
        words, repair=repair, history=history, staged=staged, since_last=since_last, signed=require_signed
    )
    if history:
        report = proving.check_history(session, words, since_last=since_last, signed=require_signed)
    elif staged:
        report = proving.check_staged(session)
    else:
        report = proving.check_files(session, words, repair=repair)
    proving.show(report, as_json)
    if any(strict or finding.severity == "error" for finding in report.findings):
        raise typer.Exit(FOUND_TROUBLE)


@sla.command(
    "check",
    cls=Verb,
    help=_("Name every breached clock of the open tickets; exit 1 when there is one."),
    epilog=examples("tkt sla check", "tkt sla check --all --json"),
)
def sla_check(ctx: typer.Context, ids: Identifiers = None, every: Every = False, as_json: AsJson = False) -> None:
    from tkt.presentation.sla_lines import breach_lines

    session = Session.of(ctx)
    desk = session.desk
    report, rows = _judged(session, ids, every)
    if as_json:
        _print_json(session, rows)
    else:
        typer.echo(breach_lines(rows, desk.settings.timezone, desk.now, color=has_color()), nl=False)
        tell(_breaches(len(report.breached), len(report.rows)))
    tell_unreadable(report.unreadable)
    if report.breached:
        raise typer.Exit(FOUND_TROUBLE)


def _breaches(breached: int, looked_at: int) -> str:
    message = ngettext("{count} ticket of {all} breached.", "{count} tickets of {all} breached.", breached)
    return message.format(count=breached, all=looked_at)


@sla.command(
    "status",
    cls=Verb,
    help=_("Both clocks of every open ticket, next due first."),
    epilog=examples("tkt sla status", "tkt sla status 12345", "tkt sla status --all --format csv"),
)
def sla_status(
    ctx: typer.Context, ids: Identifiers = None, every: Every = False, as_json: AsJson = False, format: AsFormat = None
) -> None:
    session = Session.of(ctx)
    desk = session.desk
    report, rows = _judged(session, ids, every)
    if as_json:
        _print_json(session, rows)
    else:
        from tkt.presentation.sla_table import sla_table

        print_table(sla_table(rows, desk.settings.timezone, desk.now), format)
    tell_unreadable(report.unreadable)


def _judged(session: Session, ids: list[str] | None, every: bool) -> tuple[SlaCheck, list[Judged]]:
    """The open tickets with their clocks, or those named, or all."""
    from tkt.desk.listing import Selection
    from tkt.desk.service_levels import check_service_levels

    wanted = session.desk.find_all(ids or ())
    with session.reading() as desk:
        report = check_service_levels(desk, Selection(all_states=every or bool(wanted)), wanted)
    return report, [(row.ticket, row.clocks) for row in report.rows]


def _print_json(session: Session, rows: list[Judged]) -> None:
    from tkt.presentation.json_form import dump, sla_json

    typer.echo(dump(sla_json(rows, session.desk.now)), nl=False)


app.add_typer(sla, name="sla")
