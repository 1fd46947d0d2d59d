"""Looking for trouble: `tkt check` over the files; exit 1 when some is found."""

from __future__ import annotations

from typing import Annotated

import typer

from tkt.cli.arguments import AsJson, new_app
from tkt.cli.options import ChangingVerb, examples
from tkt.cli.session import Session
from tkt.language import _

app = new_app()
FOUND_TROUBLE = 1


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
