"""The shift: what happened, and the handover to those who come next."""

from __future__ import annotations

from typing import Annotated

import click
import typer

from tkt.cli.arguments import AsJson, Asked, AsOf, Limit, new_app
from tkt.cli.completion import group_names
from tkt.cli.options import AskingVerb, examples
from tkt.cli.saying import tell_unreadable, tell_untold
from tkt.cli.session import Session, has_color
from tkt.cli.telling import tell
from tkt.errors import TktError
from tkt.language import _

app = new_app()
FORMATS = ("text", "markdown", "json")

ShiftFormat = Annotated[
    str, typer.Option("--format", click_type=click.Choice(FORMATS), help=_("text, markdown to paste, or json."))
]


@app.command(
    cls=AskingVerb,
    help=_(
        "Show what happened, as a feed with the newest last: who wrote what on which ticket. By default since the same "
        "time of the working day before: on a Monday, since Friday."
    ),
    epilog=examples(
        "tkt activity --since 18:00",
        "tkt activity --group Réseau --since -8h",
        "tkt activity --as me --since 2026-01-12",
        "tkt activity tag:vip --limit 20 --json",
    ),
)
def activity(
    ctx: typer.Context,
    query: Asked = None,
    since: Annotated[
        str,
        typer.Option(
            "--since",
            metavar="TIME",
            help=_("From this moment on: 18:00 (yesterday's where it is to come), -8h, -1bd, 2026-01-15."),
        ),
    ] = "",
    until: Annotated[
        str, typer.Option("--until", metavar="TIME", help=_("Up to and with this moment; by default now."))
    ] = "",
    group: Annotated[
        list[str] | None,
        typer.Option(
            "--group",
            help=_("While held by a group of this name, or a part of it, or given away by it."),
            autocompletion=group_names,
        ),
    ] = None,
    by: Annotated[
        str, typer.Option("--as", metavar="NAME", help=_("Written by someone of this name; me is you."))
    ] = "",
    limit: Limit = None,
    as_json: AsJson = False,
    format: ShiftFormat = "text",
) -> None:
    from tkt.desk import activity as desk_activity
    from tkt.desk.querying import context_of, read_asked
    from tkt.store.unreadable_ticket import UnreadableTicket

    session = Session.of(ctx)
    unreadable: list[UnreadableTicket] = []
    with session.reading() as desk:
        start = desk_activity.since_when(desk, since or desk_activity.DEFAULT_SINCE)
        end = session.instant(until) if until else desk.now
        context = context_of(desk)
        asked = read_asked(query or (), context)
        who = desk_activity.author_meant(desk, by)
        found = desk_activity.activity(desk, asked, context, start, end, unreadable, groups=group or (), by=who)
    shown = found.happenings[-limit:] if limit else found.happenings
    if as_json or format == "json":
        from tkt.presentation.json_form import dump
        from tkt.presentation.shift.shift_json import activity_json

        typer.echo(dump(activity_json(found, shown)), nl=False)
    elif shown:
        from tkt.presentation.shift.feed import feed

        typer.echo(feed(found, shown, desk.settings.timezone, format, color=has_color()), nl=False)
    else:
        tell(_("Nothing happened."))
    tell_unreadable(unreadable)


@app.command(
    cls=AskingVerb,
    help=_(
        "Hand over to the next shift: what is due next, which follow-ups are overdue, who holds what, with the last "
        "word on each ticket. Open tickets alone; docs/shift.md says what a follow-up is."
    ),
    epilog=examples(
        "tkt handover",
        "tkt handover --group Messagerie --within 12h",
        "tkt handover --mine",
        "tkt handover priority:P1,P2 --format markdown",
        "tkt handover --json",
    ),
)
def handover(
    ctx: typer.Context,
    query: Asked = None,
    group: Annotated[
        list[str] | None,
        typer.Option("--group", help=_("Held by a group of this name, or a part of it."), autocompletion=group_names),
    ] = None,
    mine: Annotated[bool, typer.Option("--mine", help=_("Held by me."))] = False,
    since: Annotated[
        str, typer.Option("--since", metavar="TIME", help=_("When the shift began, as for `tkt activity`."))
    ] = "-8h",
    within: Annotated[
        str, typer.Option("--within", metavar="DURATION", help=_("How far ahead to look for what is due."))
    ] = "8h",
    as_of: AsOf = None,
    as_json: AsJson = False,
    format: ShiftFormat = "text",
) -> None:
    from tkt.desk.activity import since_when
    from tkt.desk.querying import context_of, read_asked
    from tkt.desk.shift import hand_over
    from tkt.domain.duration import read_duration
    from tkt.store.unreadable_ticket import UnreadableTicket

    session = Session.of(ctx).looking_back(as_of)
    ahead = read_duration(within)
    options = [("group", group)] if group else []
    options += [("assignee", ["me"])] if mine else []
    unreadable: list[UnreadableTicket] = []
    untold: list[TktError] = []
    with session.reading() as desk:
        start = since_when(desk, since)
        context = context_of(desk)
        asked = read_asked(query or (), context, options)
        found = hand_over(desk, asked, context, start, unreadable, untold, within=ahead)
    if as_json or format == "json":
        from tkt.presentation.json_form import dump
        from tkt.presentation.shift.shift_json import handover_json

        typer.echo(dump(handover_json(found)), nl=False)
    else:
        from tkt.presentation.shift.handover import handover_report

        whose = ", ".join(group or ())
        typer.echo(handover_report(found, whose, desk.settings.timezone, format, color=has_color()), nl=False)
    tell_unreadable(unreadable)
    tell_untold(untold)
