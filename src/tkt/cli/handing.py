"""Handing over: take, assign, escalate."""

from __future__ import annotations

from typing import Annotated

import typer

from tkt.cli.arguments import References, new_app
from tkt.cli.asking import asking_for_missing
from tkt.cli.completion import ticket_ids
from tkt.cli.options import WritingVerb, examples
from tkt.cli.saying import tell_done, tell_untold
from tkt.cli.session import Session
from tkt.cli.telling import tell
from tkt.desk import handover
from tkt.domain.words import LEVEL
from tkt.errors import TktError
from tkt.language import _

app = new_app()

To = Annotated[
    str, typer.Option("--to", metavar="NAME", help=_("The agent: any unambiguous part of the name, or “me”."))
]
Group = Annotated[str, typer.Option("--group", metavar="GROUP", help=_("The support group."))]
Level = Annotated[str, typer.Option("--level", metavar="N1|N2|N3", help=_("The support level."))]


def _level(text: str) -> str:
    return LEVEL.read(text) if text else ""


@app.command(
    cls=WritingVerb,
    help=_("Hold tickets yourself. Without an id: the next one due of those that are yours and new, or nobody's."),
    epilog=examples("tkt take 12345", "tkt take"),
)
def take(
    ctx: typer.Context,
    references: Annotated[
        list[str] | None,
        typer.Argument(metavar="[ID... [TEXT]]", help=_("Tickets, then the words."), autocompletion=ticket_ids),
    ] = None,
) -> None:
    from tkt.desk.listing import next_to_take

    session = Session.of(ctx)
    if references:
        ids, text = session.references(references)
    else:
        with session.reading() as desk:
            untold: list[TktError] = []
            found = next_to_take(desk, [], untold)
        tell_untold(untold)
        if found is None:
            tell(_("Nothing to take: no open ticket is nobody's."))
            return
        ids, text = [found], session.text or ""
    done = handover.take(session.desk, ids, session.said(text))
    tell_done(session, done)
    for one in [] if references else done:
        typer.echo(one.after.id)


@app.command(
    cls=WritingVerb,
    help=_("Give tickets to an agent, a group or both."),
    epilog=examples('tkt assign 12345 --to "Pierre MARTIN"', "tkt assign 12345 12346 --group Réseau --level N2"),
)
def assign(ctx: typer.Context, references: References, to: To = "", group: Group = "", level: Level = "") -> None:
    session = Session.of(ctx)
    ids, text = session.references(references)
    said, chosen = session.said(text), _level(level)
    done = asking_for_missing(
        {"--to": to}, lambda known: handover.assign(session.desk, ids, said, known["--to"], group, chosen)
    )
    tell_done(session, done)


@app.command(
    cls=WritingVerb,
    help=_("Hand tickets to a higher level, the next one by default; without --to nobody holds them."),
    epilog=examples(
        'tkt escalate 12345 --to "Pierre MARTIN" "Vérification serveur mail"', "tkt escalate 12345 --level N3"
    ),
)
def escalate(ctx: typer.Context, references: References, to: To = "", group: Group = "", level: Level = "") -> None:
    session = Session.of(ctx)
    ids, text = session.references(references)
    tell_done(session, handover.escalate(session.desk, ids, session.said(text), to, group, _level(level)))
