"""Running the desk's own rules: what every such command takes, and how it tells what came of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from tkt.cli.saying import tell_off_branch
from tkt.cli.session import Session
from tkt.cli.telling import tell
from tkt.language import _, ngettext

if TYPE_CHECKING:
    from tkt.domain.automatic import Run

DryRun = Annotated[bool, typer.Option("--dry-run", help=_("Say what would be written, and write nothing."))]


def tell_run(session: Session, run: Run, idle: str, *, dry_run: bool, as_json: bool) -> None:
    """Print what was written, and say which tickets were left out; ends with the exit code of the first of those.

    `idle` is what to say where there was nothing to do. A dry run has looked, and that is all: it ends well.
    """
    desk = session.desk
    if as_json:
        from tkt.presentation.clocks.automatic_run import run_json
        from tkt.presentation.json_form import dump

        typer.echo(dump(run_json(run, desk.now, dry_run=dry_run)), nl=False)
    elif run.written:
        from tkt.presentation.clocks.automatic_run import run_lines

        typer.echo(run_lines(run, desk.settings.timezone), nl=False)
    for one in run.left_out:
        tell(_("{id} left out: {why}").format(id=one.ticket_id, why=one.error))
    tell(_summary(len(run.written), dry_run) if run.written else idle)
    if run.written and not dry_run:
        tell_off_branch(desk.recorder)
    if run.left_out and not dry_run:
        raise typer.Exit(run.left_out[0].error.exit_code)


def _summary(count: int, dry_run: bool) -> str:
    if dry_run:
        return ngettext("{count} entry would be written.", "{count} entries would be written.", count).format(
            count=count
        )
    return ngettext("{count} entry written.", "{count} entries written.", count).format(count=count)
