"""Putting right what should not stand: redact, undo."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import click
import typer

from tkt.cli.arguments import Reference, new_app
from tkt.cli.asking import asking_for_missing
from tkt.cli.options import ChangingVerb, Verb, examples
from tkt.cli.saying import tell_off_branch
from tkt.cli.session import Session, is_interactive, read_stdin
from tkt.cli.telling import tell
from tkt.errors import CalledWrongly
from tkt.language import _, ngettext

if TYPE_CHECKING:
    from tkt.desk.redacting import Redaction
    from tkt.desk.taking_back import TakenBack

app = new_app()

Many = list[str] | None
Sure = Annotated[bool, typer.Option("--yes", help=_("Do not ask."))]
_MOST_PARTS = 12


class NotSure(CalledWrongly):
    """Nobody said that what is shown may go."""


@app.command(
    cls=ChangingVerb,
    help=_(
        "Make personal data unreadable in a ticket's files, its journal and attachments included, and record that it "
        "was done. Git's past keeps it: docs/privacy.md says how to purge that."
    ),
    epilog=examples(
        'tkt redact 12345 --field phone --why "Demande d\'effacement du 12 mars"',
        'tkt redact 12345 --text "Poste 1234" --text "marie.martin@" --why "RGPD" --dry-run',
        'tkt redact 12345 --attachment cv.pdf --why "Joint par erreur"',
    ),
)
def redact(
    ctx: typer.Context,
    reference: Reference,
    field: Annotated[Many, typer.Option("--field", metavar="KEY", help=_("Every value of this field: phone."))] = None,
    text: Annotated[
        Many, typer.Option("--text", metavar="TEXT", help=_("These words wherever they show (- reads standard input)."))
    ] = None,
    attachment: Annotated[
        Many, typer.Option("--attachment", metavar="NAME", help=_("The content of this attachment."))
    ] = None,
    why: Annotated[str, typer.Option("--why", metavar="WORDS", help=_("Why it goes, without repeating it."))] = "",
    dry_run: Annotated[bool, typer.Option("--dry-run", help=_("Show what would go, and change nothing."))] = False,
) -> None:
    from tkt.desk import redacting
    from tkt.desk.redaction_request import RedactionRequest

    session = Session.of(ctx)
    ticket_id = session.desk.find(reference)
    texts = [read_stdin() if one == "-" else one for one in text or ()]
    request = RedactionRequest(field or (), texts, attachment or (), why)
    if dry_run:
        found = redacting.look(session.desk, ticket_id, request)
        for line in found.lines():
            typer.echo(_shown(f"{line.path}:{line.number}: {line.text}"))
        for one in found.attachments.changed:
            typer.echo(_shown(one.new_name))
    else:
        found, _done = asking_for_missing(
            {"--why": why},
            lambda known: redacting.redact(session.desk, ticket_id, request._replace(why=known["--why"])),
        )
        tell_off_branch(session.desk.recorder)
    _tell(found, dry_run=dry_run)


@app.command(
    cls=Verb,
    help=_(
        "Take back your last command, while its commit is the newest, your own and nowhere else; what goes is shown "
        "first. Anything older or shared is put right by a new entry."
    ),
    epilog=examples("tkt undo", "tkt undo --yes"),
)
def undo(ctx: typer.Context, yes: Sure = False) -> None:
    from tkt.wiring import undo_on

    session = Session.of(ctx)
    undoing = undo_on(session.desk)
    told = undoing.look()
    if not yes and not is_interactive():
        message = _("{hash} “{subject}” would be taken back: say --yes.")
        raise NotSure(message.format(hash=told.abbreviated, subject=told.subject))
    _tell_what_goes(told, session)
    if not yes and not click.confirm(_("Take it back?"), default=False, err=True):
        raise click.Abort
    undoing.take_back(told)
    tell(_("Taken back. Git keeps it for a while: git cherry-pick {hash} brings it back.").format(hash=told.commit))


def _tell_what_goes(told: TakenBack, session: Session) -> None:
    from tkt.presentation.phrases import date_time

    tell(_("{hash} “{subject}” goes, and with it:").format(hash=told.abbreviated, subject=told.subject))
    for one in told.deeds:
        for entry in one.entries:
            at = date_time(entry.at.astimezone(session.desk.settings.timezone))
            tell("  " + _("{id}: the entry of {at} by {author}").format(id=one.ticket_id, at=at, author=entry.author))
            for line in entry.text.split("\n") if entry.text else ():
                tell(f"    {line}")
    for name in told.vanishing:
        tell("  " + _("{path}, which was not there before").format(path=name))
    for ticket_id in told.redactions:
        tell("  " + _("{id}: what was made unreadable can be read again.").format(id=ticket_id))


def _tell(found: Redaction, *, dry_run: bool) -> None:
    count = found.places
    message = (
        ngettext(
            "{id}: {count} place would be redacted: {parts}", "{id}: {count} places would be redacted: {parts}", count
        )
        if dry_run
        else ngettext("{id}: {count} place redacted: {parts}", "{id}: {count} places redacted: {parts}", count)
    )
    tell(message.format(id=found.ticket_id, count=count, parts=_listed(found.parts)))
    if found.alike:
        message = _("Something much like it still stands in: {parts}. Name it with --text too, if it is meant.")
        tell(message.format(parts=_listed(found.alike)))
    if found.unsearched:
        message = _("No words can be looked for in {names}: look there yourself, and name them with --attachment.")
        tell(message.format(names=_listed(found.unsearched)))
    for name in found.lists:
        tell(_("{name} still holds it: that is the desk's own list, which you edit yourself.").format(name=name))
    if not dry_run:
        tell(_("Git's past still holds it: docs/privacy.md says how to purge that."))


def _listed(parts: tuple[str, ...]) -> str:
    more = len(parts) - _MOST_PARTS
    return ", ".join(parts[:_MOST_PARTS]) + (_(" and {count} more").format(count=more) if more > 0 else "")


def _shown(text: str) -> str:
    from tkt.presentation.safe_text import one_line

    return one_line(text)
