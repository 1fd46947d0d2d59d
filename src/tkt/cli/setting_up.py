"""Setting a clone up: `tkt setup`, after which its git merges and shows tickets with tkt."""

from __future__ import annotations

import typer

from tkt.cli.arguments import new_app
from tkt.cli.options import Verb, examples
from tkt.cli.saying import tell_off_branch
from tkt.cli.session import Session
from tkt.cli.telling import tell
from tkt.language import _

app = new_app()


@app.command(
    cls=Verb,
    help=_(
        "Have this clone's git merge two versions of a ticket with tkt, and show tickets in words in `git diff` and "
        "`git log -p`. Git takes no such setting along when it clones: run it once in each clone."
    ),
    epilog=examples("tkt setup", "tkt -C support setup"),
)
def setup(ctx: typer.Context) -> None:
    from tkt.wiring import set_up_clone

    desk = Session.of(ctx).desk
    told, completed = set_up_clone(desk)
    if told:
        tell(_("This clone merges tickets with tkt now."))
    if completed:
        tell(_("{path} written").format(path=".gitattributes"))
        tell_off_branch(desk.recorder)
    if not told and not completed:
        tell(_("This clone merges tickets with tkt already: nothing to do."))
