"""The moves of a ticket's life: log, start, hold, resume, resolve, close, reopen, cancel, rate."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Annotated

import typer

from tkt.cli.arguments import Reference, References, new_app
from tkt.cli.asking import asking_for_missing
from tkt.cli.completion import ticket_ids
from tkt.cli.options import WritingVerb, examples
from tkt.cli.saying import tell_done
from tkt.cli.session import Session, read_stdin
from tkt.desk import moves
from tkt.desk.said import Said
from tkt.desk.writing import Done
from tkt.domain import words
from tkt.domain.instant import write_instant
from tkt.language import _

app = new_app()

Move = Callable[[Sequence[str], Said, dict[str, str]], list[Done]]


def _run(session: Session, references: Sequence[str], call: Move, **values: str) -> None:
    _move(session, *session.references(references), call, **values)


def _move(session: Session, ids: Sequence[str], text: str, call: Move, **values: str) -> None:
    said = session.said(text)
    asked = {f"--{name}": value for name, value in values.items()} | {"TEXT": text}
    tell_done(session, asking_for_missing(asked, lambda known: call(ids, replace(said, text=known["TEXT"]), known)))


@app.command(
    cls=WritingVerb,
    help=_("Add words to tickets. The requester's own words (--as) resume a ticket that waits for the user."),
    epilog=examples(
        'tkt log 12345 "Test envoi externe : OK" --spent 15m',
        'tkt log @ --public "Nous avons trouvé la panne."',
        'tkt log 12345 --as "Marie MARTIN" "Voici la capture d\'écran."',
        "ping -c 3 serveur | tkt log 12345 -",
    ),
)
def log(
    ctx: typer.Context,
    references: Annotated[
        list[str],
        typer.Argument(
            metavar="ID... TEXT",
            help=_("Tickets, then the words (- reads standard input)."),
            autocompletion=ticket_ids,
        ),
    ],
) -> None:
    session = Session.of(ctx)
    *before, last = references
    if session.text is None and before:
        ids, text = session.desk.find_all(before), read_stdin() if last == "-" else last
    else:
        ids, text = session.desk.find_all(references), session.text or ""
    _move(session, ids, text, lambda ids, said, known: moves.log(session.desk, ids, said))


@app.command(
    cls=WritingVerb,
    help=_("Begin to work on tickets. Whoever starts a ticket that nobody holds, holds it. Said to the requester."),
    epilog=examples('tkt start 12345 "Prise en charge du ticket."', "tkt start 12345 12346 --internal"),
)
def start(ctx: typer.Context, references: References) -> None:
    session = Session.of(ctx)
    _run(session, references, lambda ids, said, known: moves.start(session.desk, ids, said))


@app.command(
    cls=WritingVerb,
    help=_("Let tickets wait: for the user, a vendor, a change, a problem, an approval, or something else (say what)."),
    epilog=examples(
        'tkt hold 12345 --reason user "Merci de nous envoyer la capture."',
        "tkt hold 12345 --reason vendor --ref SR-4711 --until 2026-01-20",
    ),
)
def hold(
    ctx: typer.Context,
    references: References,
    reason: Annotated[str, typer.Option("--reason", help=_("user, vendor, change, problem, approval or other."))] = "",
    until: Annotated[str, typer.Option("--until", metavar="DATE", help=_("When to look at it again."))] = "",
    ref: Annotated[str, typer.Option("--ref", metavar="CASE", help=_("The vendor's case number."))] = "",
) -> None:
    session = Session.of(ctx)
    day = _day(session, until) if until else ""

    def call(ids: Sequence[str], said: Said, known: dict[str, str]) -> list[Done]:
        why = words.PENDING_REASON.read(known["--reason"]) if known["--reason"] else ""
        return moves.hold(session.desk, ids, said, why, day, ref)

    _run(session, references, call, reason=reason)


def _day(session: Session, until: str) -> str:
    moment = session.instant(until)
    return moment.date().isoformat() if len(until) == len("2026-01-20") else write_instant(moment)


@app.command(
    cls=WritingVerb, help=_("Go on with tickets that waited."), epilog=examples('tkt resume 12345 "Delist effectué."')
)
def resume(ctx: typer.Context, references: References) -> None:
    session = Session.of(ctx)
    _run(session, references, lambda ids, said, known: moves.resume(session.desk, ids, said))


@app.command(
    cls=WritingVerb,
    help=_(
        "Say that tickets are solved. An incident needs a cause (“unknown” is one) and an action, a request an action."
    ),
    epilog=examples(
        'tkt resolve 12345 --cause "IP en blacklist" --action "Demande de delist" "Test envoi externe : OK"',
        "tkt resolve 12345 --cause unknown --action redémarrage --no-first-contact",
    ),
)
def resolve(
    ctx: typer.Context,
    references: References,
    cause: Annotated[str, typer.Option("--cause", metavar="TEXT", help=_("What caused it."))] = "",
    action: Annotated[str, typer.Option("--action", metavar="TEXT", help=_("What put it right."))] = "",
    code: Annotated[str, typer.Option("--code", metavar="CODE", help=_("The desk's own closing code."))] = "",
    first_contact: Annotated[
        bool | None,
        typer.Option(
            "--first-contact/--no-first-contact",
            help=_("Whether it was solved at the first contact."),
            show_default=False,
        ),
    ] = None,
) -> None:
    session = Session.of(ctx)

    def call(ids: Sequence[str], said: Said, known: dict[str, str]) -> list[Done]:
        resolution = moves.Resolution(known["--cause"], known["--action"], code, first_contact)
        return moves.resolve(session.desk, ids, said, resolution)

    _run(session, references, call, cause=cause, action=action)


@app.command(
    cls=WritingVerb,
    help=_("Close resolved tickets; --rating is the requester's mark and is recorded in their name."),
    epilog=examples('tkt close 12345 --as "Marie MARTIN" "Validé. Merci !"', "tkt close 12345 12346 --rating 5"),
)
def close(
    ctx: typer.Context,
    references: References,
    rating: Annotated[str, typer.Option("--rating", metavar="1..5", help=_("The requester's mark."))] = "",
) -> None:
    session = Session.of(ctx)
    _run(session, references, lambda ids, said, known: moves.close(session.desk, ids, said, rating))


@app.command(
    cls=WritingVerb,
    help=_("Take tickets up again, saying why; a closed one within the reopening window."),
    epilog=examples('tkt reopen 12345 "La panne est revenue ce matin."'),
)
def reopen(ctx: typer.Context, references: References) -> None:
    session = Session.of(ctx)
    _run(session, references, lambda ids, said, known: moves.reopen(session.desk, ids, said))


@app.command(
    cls=WritingVerb,
    help=_("Put tickets aside that are no work, saying why."),
    epilog=examples('tkt cancel 12346 --reason duplicate "Même panne que INC0012345."'),
)
def cancel(
    ctx: typer.Context,
    references: References,
    reason: Annotated[str, typer.Option("--reason", help=_("duplicate, withdrawn, error or spam."))] = "",
) -> None:
    session = Session.of(ctx)

    def call(ids: Sequence[str], said: Said, known: dict[str, str]) -> list[Done]:
        why = words.CANCEL_REASON.read(known["--reason"]) if known["--reason"] else ""
        return moves.cancel(session.desk, ids, said, why)

    _run(session, references, call, reason=reason)


@app.command(
    cls=WritingVerb,
    help=_("Record the requester's mark, 1 to 5, of a ticket that was resolved."),
    epilog=examples("tkt rate 12345 5", 'tkt rate 12345 4 "Un peu long."'),
)
def rate(
    ctx: typer.Context,
    reference: Reference,
    rating: Annotated[str, typer.Argument(metavar="1..5", help=_("The requester's mark."))],
    text: Annotated[str, typer.Argument(metavar="[TEXT]", help=_("The requester's words."))] = "",
) -> None:
    session = Session.of(ctx)
    said = session.said(session.words(text))
    tell_done(session, moves.rate(session.desk, session.desk.find_all([reference]), said, rating))
