"""Editing what a ticket is about: edit, attach, link."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from tkt.cli.arguments import Reference, References, new_app
from tkt.cli.asking import asking_for_missing, taking_edited
from tkt.cli.options import WritingVerb, examples
from tkt.cli.saying import tell_done
from tkt.cli.session import Session, is_interactive
from tkt.desk import attaching, linking
from tkt.desk import editing as desk_editing
from tkt.desk.writing import Done
from tkt.domain import words
from tkt.domain.workflow import Missing
from tkt.language import _

app = new_app()

Value = str | None


def _field(name: str, help: str) -> typer.models.OptionInfo:
    option: typer.models.OptionInfo = typer.Option(f"--{name}", help=help, show_default=False)
    return option


@app.command(
    cls=WritingVerb,
    help=_(
        "Change what tickets are about; every change is journalled. Impact and urgency re-derive the priority; "
        "lowering it needs words. Without options your editor opens the file, journal excepted."
    ),
    epilog=examples(
        "tkt edit 12345 --urgency high",
        'tkt edit 12345 --priority P4 "Contournement en place"',
        "tkt edit 12345 --tag vip --untag doublon",
        "tkt edit 12345",
    ),
)
def edit(
    ctx: typer.Context,
    references: References,
    title: Annotated[Value, _field("title", _("What it is about."))] = None,
    type: Annotated[Value, _field("type", _("incident, request, problem or change."))] = None,
    asset: Annotated[Value, _field("asset", _("The configuration item."))] = None,
    category: Annotated[Value, _field("category", _("Any unambiguous part of a category."))] = None,
    impact: Annotated[Value, _field("impact", _("high, medium or low."))] = None,
    urgency: Annotated[Value, _field("urgency", _("high, medium or low."))] = None,
    priority: Annotated[Value, _field("priority", _("P1, P2, P3 or P4."))] = None,
    requester: Annotated[Value, _field("requester", _("Who asks."))] = None,
    department: Annotated[Value, _field("department", _("The requester's department."))] = None,
    email: Annotated[Value, _field("email", _("The requester's e-mail address."))] = None,
    phone: Annotated[Value, _field("phone", _("The requester's phone."))] = None,
    via: Annotated[Value, _field("via", _("phone, email, chat, walk_in, portal or monitoring."))] = None,
    tag: Annotated[list[str] | None, typer.Option("--tag", help=_("Add a tag."))] = None,
    untag: Annotated[list[str] | None, typer.Option("--untag", help=_("Take a tag off."))] = None,
) -> None:
    session = Session.of(ctx)
    ids, text = session.references(references)
    given = {
        "title": title,
        "type": type,
        "asset": asset,
        "category": category,
        "impact": impact,
        "urgency": urgency,
        "priority": priority,
        "requester.name": requester,
        "requester.department": department,
        "requester.email": email,
        "requester.phone": phone,
        "via": via,
    }
    fields = {key: value for key, value in given.items() if value is not None}
    if not fields and not tag and not untag:
        _edit_by_hand(session, ids, text)
        return
    done = asking_for_missing(
        {"TEXT": text},
        lambda known: desk_editing.edit(session.desk, ids, session.said(known["TEXT"]), fields, tag or (), untag or ()),
    )
    tell_done(session, done)


def _edit_by_hand(session: Session, ids: list[str], text: str) -> None:
    if len(ids) != 1 or not is_interactive():
        raise Missing(
            ", ".join(ids), {"--title …": _("what to change; the editor opens on a terminal, for one ticket")}
        )
    before = session.desk.load(ids[0]).data

    def take(changed: bytes) -> list[Done]:
        return asking_for_missing(
            {"TEXT": text},
            lambda known: desk_editing.apply_edited(session.desk, ids[0], session.said(known["TEXT"]), before, changed),
        )

    tell_done(session, taking_edited(before, take))


@app.command(
    cls=WritingVerb,
    help=_("Lay files beside a ticket: name, size and SHA-256 go into its journal. Nothing is ever overwritten."),
    epilog=examples('tkt attach 12345 capture.png trace.log -m "Capture de l\'erreur"'),
)
def attach(
    ctx: typer.Context,
    reference: Reference,
    files: Annotated[list[Path], typer.Argument(metavar="FILE...", help=_("The files to attach."))],
) -> None:
    session = Session.of(ctx)
    ticket_id = session.desk.find(reference)
    paths = [session.folder / file for file in files]
    tell_done(session, attaching.attach(session.desk, ticket_id, session.said(session.text or ""), paths))


@app.command(
    cls=WritingVerb,
    help=_("Link two tickets: caused-by, duplicates, child-of or related-to. Both show it."),
    epilog=examples("tkt link 12345 caused-by PRB0000012", 'tkt link 12346 duplicates 12345 "Même panne"'),
)
def link(
    ctx: typer.Context,
    reference: Reference,
    kind: Annotated[str, typer.Argument(metavar="KIND", help=_("caused-by, duplicates, child-of or related-to."))],
    other: Annotated[str, typer.Argument(metavar="ID2", help=_("The other ticket."))],
    text: Annotated[str, typer.Argument(metavar="[TEXT]", help=_("The words."))] = "",
) -> None:
    session = Session.of(ctx)
    said = session.said(session.words(text))
    ids = session.desk.find(reference), session.desk.find(other)
    tell_done(session, linking.link(session.desk, ids[0], said, words.LINK.read(kind), ids[1])[:1])
