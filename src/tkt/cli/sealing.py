"""Sealing: a month's figures put down in a tag, the seals there are, and what became of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from tkt.cli.arguments import AsFormat, AsJson, new_app
from tkt.cli.options import Verb, examples
from tkt.cli.saying import tell_unreadable
from tkt.cli.session import Session, has_color, terminal_width
from tkt.cli.telling import tell
from tkt.errors import CalledWrongly
from tkt.language import _

if TYPE_CHECKING:
    from tkt.metrics.seal import Seal, Verification
    from tkt.store.unreadable_ticket import UnreadableTicket

app = new_app()
DOES_NOT_HOLD = 1

Months = Annotated[
    list[str] | None, typer.Argument(metavar="[MONTH...]", help=_("A month: 2026-01, or last."), show_default=False)
]
Sign = Annotated[
    bool | None, typer.Option("--sign/--no-sign", help=_("Sign the tag, or do not; else as git's tag.gpgSign says."))
]


class NothingToSeal(CalledWrongly):
    """A command line that names no month, or asks for several things at once."""


@app.command(
    cls=Verb,
    help=_(
        "Seal a month's figures: an annotated tag on the last commit that says them, and what they were computed from. "
        "--verify counts them again, at the sealed commit and from today's files, and exits 1 where they are others."
    ),
    epilog=examples(
        "tkt seal last",
        "tkt seal 2026-01 --sign",
        'tkt seal 2026-01 --force "two tickets were recorded late"',
        "tkt seal --list",
        "tkt seal --verify",
        "tkt seal --verify 2026-01 --json",
    ),
)
def seal(
    ctx: typer.Context,
    months: Months = None,
    sign: Sign = None,
    force: Annotated[
        str | None, typer.Option("--force", metavar="WHY", help=_("Replace the seal that is there, and say why."))
    ] = None,
    verify: Annotated[
        bool, typer.Option("--verify", help=_("Count again what is sealed: all, or these months."))
    ] = False,
    listing: Annotated[bool, typer.Option("--list", help=_("List the seals: all, or of these months."))] = False,
    as_json: AsJson = False,
    format: AsFormat = None,
) -> None:
    if verify and listing:
        raise NothingToSeal(_("--list and --verify are two commands: give one of them."))
    if (verify or listing) and (sign is not None or force is not None):
        raise NothingToSeal(_("--sign and --force go with a month to seal, not with --list or --verify."))
    session = Session.of(ctx)
    if verify:
        _verify(session, months or [], as_json, format)
    elif listing:
        _list(session, months or [], as_json, format)
    else:
        _seal(session, months or [], sign, force, as_json)


def _seal(session: Session, months: list[str], sign: bool | None, force: str | None, as_json: bool) -> None:
    from tkt.wiring import seal_month

    if not months:
        raise NothingToSeal(_("Name the month to seal: `tkt seal last` seals the last one."))
    if force is not None and not force.strip():
        raise NothingToSeal(_("--force needs the reason why the seal is replaced."))
    made: list[Seal] = []
    for month in dict.fromkeys(months):
        with session.reading() as desk:
            made.append(seal_month(desk, month, sign=sign, why=(force or "").strip()))
        if not as_json:
            typer.echo(made[-1].tag)
    if as_json:
        _print_json(made)


def _list(session: Session, months: list[str], as_json: bool, format: str | None) -> None:
    from tkt.wiring import seals_of

    seals = seals_of(session.desk, months)
    if as_json:
        _print_json(seals)
        return
    from tkt.cli.printing import print_table
    from tkt.presentation.seals import seal_table

    print_table(seal_table(seals, session.desk.settings.timezone), format)
    if not seals:
        tell(_("No month is sealed."))


def _print_json(seals: list[Seal]) -> None:
    from tkt.presentation.json_form import dump
    from tkt.presentation.seals_json import seals_json

    typer.echo(dump(seals_json(seals)), nl=False)


def _verify(session: Session, months: list[str], as_json: bool, format: str | None) -> None:
    from tkt.wiring import seals_of, verify_seal

    found: list[Verification] = []
    unreadable: list[UnreadableTicket] = []
    for one in seals_of(session.desk, months):
        unreadable.clear()  # each reads the same files
        with session.reading() as desk:
            found.append(verify_seal(desk, one, unreadable))
    _print_verified(found, as_json, format)
    tell_unreadable(unreadable)
    if not all(one.holds for one in found):
        raise typer.Exit(DOES_NOT_HOLD)


def _print_verified(found: list[Verification], as_json: bool, format: str | None) -> None:
    if as_json:
        from tkt.presentation.json_form import dump
        from tkt.presentation.seals_json import verifications_json

        typer.echo(dump(verifications_json(found)), nl=False)
        return
    from tkt.presentation.seals import verification_text

    width = terminal_width()
    chosen = format or ("table" if width else "plain")
    texts = [verification_text(one, chosen, width=width, color=has_color()) for one in found]
    typer.echo("\n".join(texts), nl=False)
    if not found:
        tell(_("No month is sealed."))
