"""Explaining a clock: what it counted, second by second, and why its verdict fell."""

from __future__ import annotations

from typing import Annotated

import typer

from tkt.cli.arguments import AsJson, AsOf, Reference
from tkt.cli.options import Verb, examples
from tkt.cli.session import Session, has_color, terminal_width
from tkt.cli.sla.group import sla
from tkt.cli.telling import tell
from tkt.domain.words import CLOCK
from tkt.language import _

Clock = Annotated[
    str | None, typer.Option("--clock", metavar="CLOCK", help=_("Only this clock: response or resolution."))
]
Ola = Annotated[bool, typer.Option("--ola", help=_("The OLAs too: each time that a group or a level held it."))]


@sla.command(
    "explain",
    cls=Verb,
    help=_("Show how a ticket's clocks came to their verdicts: policy, every interval, sums, due instant."),
    epilog=examples(
        "tkt sla explain 12345",
        "tkt sla explain @ --clock resolution",
        "tkt sla explain 12345 --ola",
        "tkt sla explain 12345 --now 2026-01-15T12:00 --json",
    ),
)
def sla_explain(
    ctx: typer.Context,
    reference: Reference,
    clock: Clock = None,
    ola: Ola = False,
    as_of: AsOf = None,
    as_json: AsJson = False,
) -> None:
    from tkt.desk.looking_back import as_it_stood
    from tkt.service_level.explanation import explain, explain_holdings

    wanted = (CLOCK.read(clock),) if clock else CLOCK.codes
    desk = Session.of(ctx).looking_back(as_of).desk
    file = desk.load(desk.find(reference))
    ticket = as_it_stood(desk, file.ticket)
    told = [explain(ticket, desk.agreements, desk.now, one) for one in wanted]
    holdings = explain_holdings(ticket, desk.agreements, desk.now) if ola else ()
    zone = desk.settings.timezone
    if as_json:
        from tkt.presentation.explanation.json import explanation_json
        from tkt.presentation.json_form import dump

        typer.echo(dump(explanation_json(ticket, file.path, told, desk.now, zone, holdings)), nl=False)
        return
    from tkt.presentation.explanation.explanation import explanation

    width = terminal_width()
    told += [of_holding for _holding, of_holding in holdings]
    typer.echo(explanation(ticket, file.path, told, zone, width=width, color=has_color()), nl=False)
    if ola and not holdings:
        tell(_("No group or level has held it under an OLA."))
