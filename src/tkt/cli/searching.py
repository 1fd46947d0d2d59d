"""Searching tickets by their words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from tkt.cli.arguments import AsFormat, AsJson, AsOf, Limit, new_app
from tkt.cli.completion import query_terms
from tkt.cli.options import AskingVerb, examples
from tkt.cli.printing import print_table
from tkt.cli.saying import tell_unreadable, tell_untold
from tkt.cli.session import Session, has_color, terminal_width
from tkt.cli.telling import tell
from tkt.errors import TktError
from tkt.language import _

if TYPE_CHECKING:
    from tkt.desk.searching import Found, Missing
    from tkt.store.unreadable_ticket import UnreadableTicket

app = new_app()

_USUAL = 20


@app.command(
    cls=AskingVerb,
    help=_(
        "Search titles, descriptions, journals and resolutions: the tickets that say most of the words come first, "
        "each with the passage. Conditions narrow it down."
    ),
    epilog=examples(
        "tkt search relay denied",
        "tkt search '\"relay denied\" OR blacklist'",
        "tkt search imprim* state:open group:Support",
        "tkt search VPN --limit 5 --json",
    ),
)
def search(
    ctx: typer.Context,
    text: Annotated[
        list[str],
        typer.Argument(
            metavar="TEXT...",
            help=_("Words, phrases in quotes, and conditions of a query (docs/queries.md)."),
            autocompletion=query_terms,
        ),
    ],
    as_of: AsOf = None,
    limit: Limit = _USUAL,
    as_json: AsJson = False,
    format: AsFormat = None,
) -> None:
    from tkt.desk.searching import search

    session = Session.of(ctx).looking_back(as_of)
    unreadable: list[UnreadableTicket] = []
    untold: list[TktError] = []
    with session.reading() as desk:
        found = search(desk, text, limit or None, unreadable, untold.append)
    if as_json:
        from tkt.presentation.json_form import dump
        from tkt.presentation.passages import search_json

        typer.echo(dump(search_json(found.hits, found.in_all, found.missing)), nl=False)
    else:
        _print_hits(session, found, format)
    tell_unreadable(unreadable)
    tell_untold(untold)


def _print_hits(session: Session, found: Found, format: str | None) -> None:
    from tkt.presentation.passages import hit_lines, hit_table

    zone = session.desk.settings.timezone
    if format:
        print_table(hit_table(found.hits, zone), format)
    else:
        for line in hit_lines(found.hits, zone, width=terminal_width(), color=has_color()):
            typer.echo(line)
    if not found.in_all:
        _tell_nothing(found.missing, found.called)
    elif len(found.hits) < found.in_all:
        counted = _("{shown} of {all} tickets; --limit 0 shows all.")
        tell(counted.format(shown=len(found.hits), all=found.in_all))


def _tell_nothing(missing: Sequence[Missing], called: Sequence[str]) -> None:
    """Why nothing was found, and what was probably meant."""
    tell(_("Nothing found."))
    for one in missing:
        message = _("No ticket says “{word}”.").format(word=one.word)
        meant = _("Did you mean {word}?").format(word=one.nearest) if one.nearest else ""
        tell(f"{message} {meant}".rstrip())
    for ticket_id in called:
        tell(_("{id} is a ticket: `tkt show {id}`.").format(id=ticket_id))
