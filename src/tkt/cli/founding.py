"""Founding a desk: `tkt init`, and `tkt demo` for one to play with."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tkt.cli.arguments import new_app
from tkt.cli.options import ChangingVerb, examples
from tkt.cli.saying import tell_off_branch
from tkt.cli.session import Session
from tkt.cli.telling import tell
from tkt.language import _, spoken

if TYPE_CHECKING:
    from tkt.desk.recording import Recorder

app = new_app()

Folder = Annotated[Path, typer.Argument(metavar="DIR", help=_("The desk's folder."))]


@app.command(
    cls=ChangingVerb,
    help=_(
        "Make a desk: tkt.yaml with every default and what it means, tickets/, templates/, .gitattributes. In a git "
        "repository, a folder of one, or a new one. What is there already is never overwritten."
    ),
    epilog=examples("tkt init", "tkt init support --lang fr --timezone Europe/Paris"),
)
def init(
    ctx: typer.Context,
    folder: Folder = Path(),
    timezone: Annotated[
        str, typer.Option("--timezone", help=_("The desk's time zone; this machine's by default."))
    ] = "",
) -> None:
    from tkt.desk.founding import found_desk, local_zone
    from tkt.domain.moments import zone_named
    from tkt.wiring import set_up_git

    session = Session.of(ctx)
    root = (session.folder / folder).resolve()
    zone = zone_named(timezone or local_zone())
    now, frozen = session.moment(zone)
    recorder = _laid_ground(session, root, commit=not session.options.get("no_commit"))
    written = found_desk(root, spoken(), zone.key, recorder, now if frozen else None)
    set_up = set_up_git(root)
    for name in written:
        tell(_("{path} written").format(path=name))
    tell(
        _("The desk stands in {path}.").format(path=root)
        if written
        else _("{path} is a desk already: nothing to do.").format(path=root)
    )
    if set_up and not written:
        tell(_("This clone merges tickets with tkt now."))
    if written:
        tell_off_branch(recorder)


@app.command(
    cls=ChangingVerb,
    help=_("Build a desk to play with: the course's ticket, its Word ticket and a month of plausible French tickets."),
    epilog=examples("tkt demo /tmp/desk && cd /tmp/desk && tkt dashboard --month 2026-01"),
)
def demo(ctx: typer.Context, folder: Folder) -> None:
    from tkt.demo.building import build_demo, require_empty
    from tkt.presentation.progress import progress
    from tkt.wiring import set_up_git

    session = Session.of(ctx)
    root = (session.folder / folder).resolve()
    require_empty(root)
    # Its made-up commits have no place in the history of a repository around it.
    recorder = _laid_ground(session, root, commit=not session.options.get("no_commit"), own=True)
    with progress(_("Building the desk")) as step:
        build_demo(root, recorder, step)
    set_up_git(root)
    typer.echo(str(root))


def _laid_ground(session: Session, root: Path, *, commit: bool, own: bool = False) -> Recorder:
    """The folder of a desk to be, in a git repository (`own`: of its own) where it commits; what will record it."""
    from tkt.desk.founding import make_folder
    from tkt.wiring import ensure_repository, recorder_of, require_identity

    if commit:
        require_identity(root)
    make_folder(root)
    if commit:
        ensure_repository(root, own=own)
    return recorder_of(root, commit, (session.command, tell))
