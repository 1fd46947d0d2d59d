"""Reading a pull request: `tkt review BASE..HEAD` says in words what it does to the tickets."""

from __future__ import annotations

from typing import Annotated

import typer

from tkt.cli.arguments import AsJson, new_app
from tkt.cli.options import Verb, examples
from tkt.cli.session import Session, has_color
from tkt.cli.telling import tell
from tkt.domain.words import did_you_mean
from tkt.errors import CalledWrongly
from tkt.language import _

app = new_app()
FOUND_TROUBLE = 1
FORMATS = ("text", "markdown", "json")


@app.command(
    cls=Verb,
    help=_(
        "Say what a range of commits did to each ticket: opened, moved, assigned, new entries, priority and clocks "
        "before and after, and rules that it breaks; exit 1 when it breaks one. Nothing is checked out: git alone is "
        "read. Each side's clocks are those of its commit's date, both of --now where that is given."
    ),
    epilog=examples(
        "tkt review main..HEAD", "tkt review origin/main...topic --format markdown", "tkt review HEAD~5 --json"
    ),
)
def review(
    ctx: typer.Context,
    range: Annotated[
        str,
        typer.Argument(
            metavar="BASE..HEAD",
            help=_("Two commits; BASE...HEAD begins where they parted, BASE alone goes up to HEAD."),
        ),
    ],
    format: Annotated[str, typer.Option("--format", metavar="FORMAT", help=_("text, markdown or json."))] = "text",
    every: Annotated[bool, typer.Option("--all", help=_("Every ticket and every entry, however many."))] = False,
    as_json: AsJson = False,
) -> None:
    from tkt.wiring import review_of

    if format not in FORMATS:
        message = _("“{format}” is no format of a review.").format(format=format)
        raise CalledWrongly(message + did_you_mean(format, FORMATS))
    session = Session.of(ctx)
    found = review_of(session.desk, range)
    zone = session.desk.settings.timezone
    if as_json or format == "json":
        from tkt.presentation.json_form import dump, review_json

        text = dump(review_json(found.base.hash, found.head.hash, found.tickets))
    elif format == "markdown":
        from tkt.presentation.review import review_markdown

        text = review_markdown(found.tickets, zone, every=every)
    else:
        from tkt.presentation.review import review_text

        text = review_text(found.tickets, zone, every=every, color=has_color())
    typer.echo(text, nl=False)
    if found.parted:
        tell(
            _("The two have parted: what only the first has shows as lost. With three dots, where they parted counts.")
        )
    if found.has_errors:
        raise typer.Exit(FOUND_TROUBLE)
