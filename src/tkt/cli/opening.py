"""Opening a ticket: `tkt new`, from the ringing phone to the printed id."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated

import typer

from tkt.cli.arguments import new_app
from tkt.cli.asking import asking_for_missing, taking_edited
from tkt.cli.completion import template_names
from tkt.cli.options import WritingVerb, examples
from tkt.cli.saying import tell_done
from tkt.cli.session import MOST_READ, Session, TwoAnswers, read_stdin, without_last_line_end
from tkt.desk import linking, opening
from tkt.desk.moves import Resolution
from tkt.desk.writing import Done
from tkt.errors import Unreadable
from tkt.language import _, reason_of
from tkt.store.bounded_file import read_file

app = new_app()


@app.command(
    cls=WritingVerb,
    help=_("Open a ticket and print its id. On a terminal you are asked for what is missing."),
    epilog=examples(
        'tkt new "Outlook 365 - Impossible d\'envoyer des emails externes" -r "Marie MARTIN" -c Outlook',
        'tkt new "Word 365 - Plantage" -r dupont -t application-crashes --edit',
        'tkt new "Mot de passe oublié" -r martin --resolve --cause unknown --action "Réinitialisation" --close',
    ),
)
def new(
    ctx: typer.Context,
    title: Annotated[str, typer.Argument(metavar="[TITLE]", help=_("What it is about, in a line."))] = "",
    title_option: Annotated[str, typer.Option("--title", help=_("The same, as an option."))] = "",
    requester: Annotated[
        str,
        typer.Option(
            "-r",
            "--requester",
            metavar="WHO",
            help=_("Who asks: any part of a name or address in people.csv, or a full name."),
        ),
    ] = "",
    department: Annotated[str, typer.Option("--department", help=_("The requester's department."))] = "",
    email: Annotated[str, typer.Option("--email", help=_("The requester's e-mail address."))] = "",
    phone: Annotated[str, typer.Option("--phone", help=_("The requester's phone."))] = "",
    via: Annotated[str, typer.Option("--via", help=_("phone, email, chat, walk_in, portal or monitoring."))] = "",
    type: Annotated[str, typer.Option("--type", help=_("incident, request, problem or change."))] = "",
    asset: Annotated[str, typer.Option("--asset", help=_("The configuration item."))] = "",
    category: Annotated[str, typer.Option("-c", "--category", help=_("Any unambiguous part of a category."))] = "",
    impact: Annotated[str, typer.Option("--impact", help=_("high, medium or low."))] = "",
    urgency: Annotated[str, typer.Option("--urgency", help=_("high, medium or low."))] = "",
    priority: Annotated[str, typer.Option("--priority", help=_("P1 to P4; from the matrix unless given."))] = "",
    description: Annotated[str, typer.Option("--description", metavar="TEXT", help=_("What happened, in full."))] = "",
    description_file: Annotated[
        str, typer.Option("--description-file", metavar="FILE|-", help=_("The same from a file, or standard input."))
    ] = "",
    template: Annotated[
        str,
        typer.Option(
            "-t", "--template", metavar="NAME", help=_("A template of the desk."), autocompletion=template_names
        ),
    ] = "",
    tag: Annotated[list[str] | None, typer.Option("--tag", help=_("Add a tag."))] = None,
    link: Annotated[
        list[str] | None, typer.Option("--link", metavar="KIND:ID", help=_("Link it, such as related-to:12345."))
    ] = None,
    to: Annotated[str, typer.Option("--to", metavar="AGENT", help=_("Assign it at once."))] = "",
    group: Annotated[str, typer.Option("--group", help=_("The support group."))] = "",
    edit: Annotated[bool, typer.Option("--edit", help=_("Open the filled template in your editor first."))] = False,
    resolve: Annotated[
        bool, typer.Option("--resolve", help=_("It is solved already: with --cause and --action."))
    ] = False,
    cause: Annotated[str, typer.Option("--cause", metavar="TEXT", help=_("What caused it."))] = "",
    action: Annotated[str, typer.Option("--action", metavar="TEXT", help=_("What put it right."))] = "",
    code: Annotated[str, typer.Option("--code", metavar="CODE", help=_("The desk's own closing code."))] = "",
    close: Annotated[bool, typer.Option("--close", help=_("Close it too."))] = False,
) -> None:
    session = Session.of(ctx)
    if title and title_option:
        raise TwoAnswers(_("The title is given twice: as an argument and with --title."))
    given = {
        "title": title or title_option,
        "requester.name": requester,
        "requester.department": department,
        "requester.email": email,
        "requester.phone": phone,
        "via": via,
        "type": type,
        "asset": asset,
        "category": category,
        "impact": impact,
        "urgency": urgency,
        "priority": priority,
    }
    wish = opening.Wish(
        {key: value for key, value in given.items() if value},
        _description(session, description, description_file),
        template,
        tuple(tag or ()),
        tuple(linking.read_link(session.desk, one) for one in link or ()),
        to,
        group,
    )
    said = session.said(session.text or "")

    def opened(wish: opening.Wish) -> Done:
        asked = {"TITLE": wish.fields.get("title", ""), "--requester": wish.fields.get("requester.name", "")}
        asked |= {"--cause": cause, "--action": action}

        def call(known: dict[str, str]) -> Done:
            named = {"title": known["TITLE"], "requester.name": known["--requester"]}
            resolution = Resolution(known["--cause"], known["--action"], code) if resolve or close else None
            complete = replace(wish, fields={**wish.fields, **named}, resolution=resolution, close=close)
            return opening.open_ticket(session.desk, complete, said)

        return asking_for_missing(asked, call)

    if edit:
        draft = opening.draft_text(session.desk, wish).encode()
        done = taking_edited(draft, lambda text: opened(opening.wish_of_draft(wish, text)))
    else:
        done = opened(wish)
    typer.echo(done.after.id)
    tell_done(session, [done])


def _description(session: Session, text: str, file: str) -> str:
    if text and file:
        raise TwoAnswers(_("The description is given twice: with --description and with --description-file."))
    if text == "-" or file == "-":
        return read_stdin()
    if not file:
        return text
    try:
        return without_last_line_end(read_file(session.folder / file, MOST_READ, pipes=True).decode("utf-8-sig"))
    except OSError as error:
        raise Unreadable(_("{path} cannot be read: {why}.").format(path=file, why=reason_of(error))) from error
    except UnicodeDecodeError as error:
        raise Unreadable(_("{path} is not UTF-8 text.").format(path=file)) from error
