"""hooks: git asks tkt before it commits, pushes or takes in; installed, shown, taken away, and run by git."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import Annotated

import typer

from tkt.cli import proving
from tkt.cli.arguments import AsJson, new_app
from tkt.cli.options import Verb, Verbs, examples
from tkt.cli.session import Session
from tkt.cli.telling import tell
from tkt.errors import CalledWrongly
from tkt.language import _, pgettext

app = new_app()
hooks = typer.Typer(
    cls=Verbs, rich_markup_mode=None, help=_("Let git check what is committed and pushed."), no_args_is_help=True
)
FOUND_TROUBLE = 1

PreCommit = Annotated[bool, typer.Option("--pre-commit", help=_("Before a commit: the tickets that are staged."))]
PrePush = Annotated[bool, typer.Option("--pre-push", help=_("Before a push: the history that is pushed."))]
PreReceive = Annotated[
    bool, typer.Option("--pre-receive", help=_("On a server, in a bare repository: the history that comes in."))
]


class UnknownHook(CalledWrongly):
    """A hook that tkt knows nothing of."""


@hooks.command(
    "install",
    cls=Verb,
    help=_("Write git hooks that ask tkt, all that fit where none is named; somebody else's hook is never touched."),
    epilog=examples("tkt hooks install", "tkt hooks install --pre-push", "tkt hooks install -C /srv/git/desk.git"),
)
def install(
    ctx: typer.Context, pre_commit: PreCommit = False, pre_push: PrePush = False, pre_receive: PreReceive = False
) -> None:
    from tkt.wiring import hooks_of

    for hook in hooks_of(Session.of(ctx).folder).install(_named(pre_commit, pre_push, pre_receive)):
        tell(_("{hook}: installed as {path}").format(hook=hook.name, path=hook.path))


@hooks.command(
    "uninstall",
    cls=Verb,
    help=_("Take away the git hooks that tkt wrote, and no other."),
    epilog=examples("tkt hooks uninstall", "tkt hooks uninstall --pre-commit"),
)
def uninstall(
    ctx: typer.Context, pre_commit: PreCommit = False, pre_push: PrePush = False, pre_receive: PreReceive = False
) -> None:
    from tkt.wiring import hooks_of

    gone = hooks_of(Session.of(ctx).folder).uninstall(_named(pre_commit, pre_push, pre_receive))
    for hook in gone:
        tell(_("{hook}: taken away").format(hook=hook.name))
    if not gone:
        tell(_("There is no hook of tkt's here."))


def _named(pre_commit: bool, pre_push: bool, pre_receive: bool) -> list[str]:
    named = {"pre-commit": pre_commit, "pre-push": pre_push, "pre-receive": pre_receive}
    return [name for name, wanted in named.items() if wanted]


@hooks.command(
    "show",
    cls=Verb,
    help=_("Say which hooks are installed."),
    epilog=examples("tkt hooks show", "tkt hooks show --json"),
)
def show(ctx: typer.Context, as_json: AsJson = False) -> None:
    from tkt.wiring import hooks_of

    states = hooks_of(Session.of(ctx).folder).states()
    if as_json:
        from tkt.presentation.json_form import dump, hooks_json

        typer.echo(dump(hooks_json((hook.name, hook.state, str(hook.path)) for hook in states)), nl=False)
        return
    from tkt.presentation.labels import HOOK_STATES
    from tkt.presentation.safe_text import one_line

    for hook in states:
        typer.echo(one_line(f"{hook.name}: {pgettext(*HOOK_STATES[hook.state])} ({hook.path})"))


@hooks.command(
    "run",
    cls=Verb,
    help=_("What the hooks call: check what git tells on standard input, as githooks(5) has it; exit 1 on errors."),
    epilog=examples("tkt hooks run pre-commit", "tkt hooks run pre-push origin URL", "tkt hooks run pre-receive"),
)
def run(
    ctx: typer.Context,
    name: Annotated[str, typer.Argument(metavar="HOOK", help=_("pre-commit, pre-push or pre-receive."))],
    arguments: Annotated[
        list[str] | None, typer.Argument(metavar="[ARG...]", help=_("What git gives the hook."))
    ] = None,
) -> None:
    session = Session.of(ctx)
    if name == "pre-commit":
        report = proving.check_staged(session)
    elif name in ("pre-push", "pre-receive"):
        remote = None if name == "pre-receive" else (arguments or [""])[0]
        report = proving.check_push(session, _lines(), remote)
    else:
        raise UnknownHook(
            _("“{hook}” is no hook of tkt's: pre-commit, pre-push and pre-receive are.").format(hook=name)
        )
    errors = [finding for finding in report.findings if finding.severity == "error"]
    # Git's own work goes on in silence as long as nothing stands in its way.
    if errors or (report.findings and name != "pre-commit"):
        proving.show(report)
    if errors:
        raise typer.Exit(FOUND_TROUBLE)


def _lines() -> Sequence[str]:
    """What git tells; a name may be of any bytes."""
    return sys.stdin.buffer.read().decode("utf-8", "surrogateescape").split("\n")


app.add_typer(hooks, name="hooks")
