"""`tkt sla`: the group that its commands, a room each, are hung into, and the arguments that they share."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import click
import typer

from tkt.cli.completion import ticket_ids, tickets_or_terms
from tkt.cli.options import Verbs
from tkt.language import _

if TYPE_CHECKING:
    from tkt.desk.desk import Desk

# From looking to acting.
_ORDER = ("status", "check", "explain", "due", "elapsed", "simulate", "enforce")


class Clocks(Verbs):
    """The commands of the clocks."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Every command, those that look first."""
        return sorted(super().list_commands(ctx), key=_ORDER.index)


sla = typer.Typer(cls=Clocks, rich_markup_mode=None, help=_("Check and show the SLA clocks."), no_args_is_help=True)

Every = Annotated[bool, typer.Option("--all", help=_("Closed and cancelled tickets too."))]
Identifiers = Annotated[
    list[str] | None,
    typer.Argument(metavar="[ID...]", help=_("Only these tickets."), autocompletion=ticket_ids),
]
Wished = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="[ID... | QUERY...]",
        help=_("Only these tickets: their ids, or what they are (docs/queries.md)."),
        autocompletion=tickets_or_terms,
        show_default=False,
    ),
]


def wished(desk: Desk, asked: list[str] | None) -> tuple[list[str], list[str]]:
    """The ids of the tickets that arguments name, and the terms of a query that the others are."""
    from tkt.cli.session import is_words

    terms = [one for one in asked or () if is_words(one) or ":" in one or one.startswith(("(", '"'))]
    return desk.find_all([one for one in asked or () if one not in terms]), terms
