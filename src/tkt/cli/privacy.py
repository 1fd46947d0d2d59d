"""What the desk holds on a person: `tkt privacy export`."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import click
import typer

from tkt.cli.arguments import AsJson, new_app
from tkt.cli.options import Verb, Verbs, examples
from tkt.cli.saying import tell_unreadable
from tkt.cli.session import Session
from tkt.cli.telling import tell
from tkt.language import _, ngettext

if TYPE_CHECKING:
    from tkt.domain.personal_data import PersonalData
    from tkt.store.unreadable_ticket import UnreadableTicket

app = new_app()
privacy = typer.Typer(
    cls=Verbs, rich_markup_mode=None, help=_("Gather what the desk holds on a person."), no_args_is_help=True
)
_ENDINGS = {"text": "txt", "markdown": "md", "json": "json"}


@privacy.command(
    "export",
    cls=Verb,
    help=_(
        "Gather everything on a person: their line in people.csv, the tickets that they asked for, what they wrote, "
        "what was recorded for them and where they are named."
    ),
    epilog=examples(
        'tkt privacy export "Marie MARTIN"',
        "tkt privacy export marie.martin@entreprise.fr --format json",
        "tkt privacy export martin --to ~/export-martin --format markdown",
    ),
)
def export(
    ctx: typer.Context,
    who: Annotated[str, typer.Argument(metavar="WHO", help=_("A name, an address, or a part of either."))],
    format: Annotated[
        str,
        typer.Option(
            "--format",
            metavar="FORMAT",
            help=_("text, markdown or json (docs/json.md)."),
            click_type=click.Choice(list(_ENDINGS)),
        ),
    ] = "text",
    as_json: AsJson = False,
    to: Annotated[
        Path | None,
        typer.Option(
            "--to", metavar="DIR", help=_("Lay the document and the attachments in DIR, which must be empty.")
        ),
    ] = None,
) -> None:
    from tkt.desk.privacy import gather
    from tkt.desk.privacy_folder import lay_out, require_free
    from tkt.wiring import commits_by

    session = Session.of(ctx)
    format = "json" if as_json else format
    folder = session.folder / to if to else None
    if folder:
        require_free(session.desk, folder)
    unreadable: list[UnreadableTicket] = []
    with session.reading() as desk:
        data = gather(desk, who, partial(commits_by, desk), unreadable)
    document = _document(session, data, format)
    if folder:
        count = lay_out(session.desk, folder, f"export.{_ENDINGS[format]}", document, data)
        words = ngettext("{count} file in {path}.", "{count} files in {path}.", count)
        tell(words.format(count=count, path=folder))
    else:
        typer.echo(document, nl=False)
    tell_unreadable(unreadable)


def _document(session: Session, data: PersonalData, format: str) -> str:
    if format == "json":
        from tkt.presentation.json_form import dump
        from tkt.presentation.privacy_json import personal_data_json

        return dump(personal_data_json(data))
    from tkt.presentation.privacy_report import report

    return report(data, session.desk.settings.timezone, markdown=format == "markdown")


app.add_typer(privacy, name="privacy")
