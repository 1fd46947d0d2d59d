"""Continuous integration: `tkt ci github` writes the workflow with which GitHub merges, checks and reviews."""

from __future__ import annotations

from typing import Annotated

import typer

from tkt.cli.arguments import new_app
from tkt.cli.options import ChangingVerb, Verbs, examples
from tkt.cli.saying import tell_off_branch
from tkt.cli.session import Session
from tkt.cli.telling import tell
from tkt.language import _

app = new_app()
ci = typer.Typer(
    cls=Verbs, rich_markup_mode=None, help=_("Set up what a hosting site runs on pull requests."), no_args_is_help=True
)


@ci.command(
    cls=ChangingVerb,
    help=_(
        "Write .github/workflows/tkt.yml: on a pull request that touches the desk it merges the base branch with tkt's "
        "merge driver, which GitHub itself does not use, checks the tickets and their history, and says what the "
        "request does to each. A workflow that was changed is not overwritten."
    ),
    epilog=examples("tkt ci github", 'tkt ci github --install "pipx install tkt==0.1.0"'),
)
def github(
    ctx: typer.Context,
    install: Annotated[
        str, typer.Option("--install", metavar="COMMAND", help=_("The command that installs tkt there."))
    ] = "pip install tkt",
    force: Annotated[bool, typer.Option("--force", help=_("Write over a workflow that was changed."))] = False,
) -> None:
    from tkt.desk.continuous import WORKFLOW, github_workflow, write_workflow
    from tkt.wiring import place_in_repository

    desk = Session.of(ctx).desk
    desk.require_writable()
    top, folder = place_in_repository(desk)
    recorder = desk.recorder
    if not write_workflow(top, github_workflow(folder, install), recorder, desk.frozen_at, force=force):
        tell(_("{path} stands there just so: nothing to do.").format(path=WORKFLOW))
        return
    tell(_("{path} written").format(path=WORKFLOW))
    tell_off_branch(recorder)


app.add_typer(ci, name="ci")
