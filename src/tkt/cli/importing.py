"""Importing: one sub-command per system that tickets come from."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated
from zoneinfo import ZoneInfo

import typer

from tkt.cli.arguments import new_app
from tkt.cli.options import ChangingVerb, Verbs, examples
from tkt.cli.saying import tell_off_branch
from tkt.cli.session import Session
from tkt.cli.telling import tell
from tkt.language import _

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tkt.sources.imported import Remark

app = new_app()
imports = typer.Typer(
    cls=Verbs, rich_markup_mode=None, help=_("Import tickets of another system."), no_args_is_help=True
)
_MOST_REMARKS = 20


@imports.command(
    cls=ChangingVerb,
    help=_(
        "Import a ServiceNow incident audit log (CSV, one row an update): one ticket a number, one entry a row that "
        "changes something, one commit. A second import of the same file changes nothing."
    ),
    epilog=examples(
        "tkt import servicenow incident_event_log.csv",
        "tkt import servicenow log.csv --timezone Europe/Paris --dry-run",
    ),
)
def servicenow(
    ctx: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="FILE.csv", help=_("The log."))],
    timezone: Annotated[
        str, typer.Option("--timezone", help=_("The zone of the log's dates, which name none."))
    ] = "UTC",
    dry_run: Annotated[bool, typer.Option("--dry-run", help=_("Say what would be done, and do nothing."))] = False,
) -> None:
    _import(Session.of(ctx), "servicenow", file, timezone, dry_run)


def _import(session: Session, source: str, file: Path, timezone: str, dry_run: bool) -> None:
    from tkt.desk.importing import import_tickets
    from tkt.domain.moments import zone_named
    from tkt.presentation.progress import progress
    from tkt.sources.catalogue import reader_of

    desk = session.desk
    zone: ZoneInfo = zone_named(timezone)
    with progress(_("Reading {file}").format(file=file.name)) as step:
        imported = reader_of(source)(session.folder / file, zone, desk.settings.timezone, step)
    with progress(_("Writing tickets")) as step:
        report = import_tickets(desk, imported.tickets, source, dry_run=dry_run, progress=step)
    _tell_remarks(imported.remarks)
    for finding in report.kept:
        tell(f"{finding.path}: {finding.message}")
    if report.added and not dry_run:
        tell_off_branch(desk.recorder)
    counts = {"added": len(report.added), "entries": report.entries}
    counts |= {"unchanged": len(report.unchanged), "kept": len(report.kept)}
    line = _("{added} tickets added ({entries} entries), {unchanged} unchanged, {kept} kept as they stand here.")
    typer.echo(line.format(**counts) + (" " + _("Nothing was written (--dry-run).") if dry_run else ""))


def _tell_remarks(remarks: Sequence[Remark]) -> None:
    for remark in remarks[:_MOST_REMARKS]:
        tell(
            _("line {line}, {number}: {message}").format(line=remark.line, number=remark.number, message=remark.message)
        )
    if len(remarks) > _MOST_REMARKS:
        tell(_("… and {count} more remarks.").format(count=len(remarks) - _MOST_REMARKS))


app.add_typer(imports, name="import")
