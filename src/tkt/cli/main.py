"""The entry point: the language first, then the command, then one handler for everything that can go wrong."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import click
import typer

import tkt
from tkt import language
from tkt.cli.commands import Commands
from tkt.cli.completion import say_in_our_words
from tkt.cli.desk_language import language_at
from tkt.cli.options import everywhere, kept
from tkt.cli.session import DESK
from tkt.cli.telling import complain, tell
from tkt.errors import TktError, Unreadable
from tkt.language import _
from tkt.presentation.safe_text import for_terminal

INTERRUPTED = 130
BUG = 70
# What a shell sets when it asks for completions: click answers and ends the process.
_COMPLETION = "_TKT_COMPLETE"


class Ended(KeyboardInterrupt):
    """Somebody ended this process: its exit code, 128 and the signal's number, is the argument."""


def main(arguments: Sequence[str] | None = None) -> None:
    """Run one command line and end the process with its exit code."""
    line = list(sys.argv[1:] if arguments is None else arguments)
    _open_closed_streams()
    language.speak(_language_of(line))
    with _ended_like_interrupted():
        code = _run(line)
    sys.exit(code)


def _run(line: list[str]) -> int:
    command = _command()
    if _COMPLETION in os.environ:
        command.main(line, prog_name="tkt")
    try:
        # Not by `main`, which would end the process in its own way when interrupted, or when a reader goes away.
        with command.make_context("tkt", list(line)) as ctx:
            _invoke(command, ctx)
        sys.stdout.flush()
        return 0
    except click.exceptions.Exit as end:
        return end.exit_code
    except click.ClickException as error:
        _show(error)
        return error.exit_code
    except TktError as error:
        complain(str(error))
        return error.exit_code
    except (KeyboardInterrupt, EOFError, click.Abort) as end:
        complain(_("Interrupted: nothing was changed."))
        return end.args[0] if isinstance(end, Ended) else INTERRUPTED
    except BrokenPipeError:
        # The reader went away (`tkt list | head`): not our failure, and nothing more to say to it.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except OSError as error:
        if "--debug" in line:
            raise
        complain(f"{error.filename or 'stdout'}: {language.reason_of(error)}")
        return Unreadable.exit_code
    except Exception as bug:
        if "--debug" in line:
            raise
        complain(_("A bug in tkt: {bug}. Run again with --debug for the traceback.").format(bug=repr(bug)))
        return BUG


def _invoke(command: click.Command, ctx: click.Context) -> None:
    """Run the command; where it was at work on a desk, say if its clone merges tickets without tkt."""
    try:
        command.invoke(ctx)
    except click.exceptions.Exit:
        _offer_setup(ctx)
        raise
    _offer_setup(ctx)


def _offer_setup(ctx: click.Context) -> None:
    root = kept(ctx).get(DESK)
    if root is None:
        return
    from tkt.wiring import merges_without_tkt

    if merges_without_tkt(root):
        tell(_("This clone merges tickets without tkt: run `tkt setup`."))


def _show(error: click.ClickException) -> None:
    """What click says of a line, which it quotes as it was typed or came out of some file."""
    import io

    said = io.StringIO()
    error.show(said)
    click.echo(for_terminal(said.getvalue()), err=True, nl=False)


@contextmanager
def _ended_like_interrupted() -> Iterator[None]:
    """Meanwhile a signal to end, or a terminal that goes away, lets us put back what was begun, as Ctrl-C does."""

    def end(number: int, _frame: object) -> None:
        raise Ended(128 + number)

    # What whoever started us has taken care of (nohup) stays as it is.
    ours = [one for one in (signal.SIGTERM, signal.SIGHUP) if signal.getsignal(one) is signal.SIG_DFL]
    for one in ours:
        signal.signal(one, end)
    try:
        yield
    finally:
        for one in ours:
            signal.signal(one, signal.SIG_DFL)


def _open_closed_streams() -> None:
    """A stream that whoever started us closed (`<&-`) holds nothing and takes anything, and no file gets its number."""
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, mode, encoding="utf-8"))  # noqa: SIM115 - for as long as we run


def _command() -> click.Command:
    app = typer.Typer(
        name="tkt",
        cls=Commands,
        help=_("A service desk that lives in a git repository: tickets are files, git is the audit trail."),
        epilog=_exit_codes(),
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
        no_args_is_help=True,
        context_settings={"help_option_names": ["-h", "--help"]},
    )
    app.callback()(_top)
    command = typer.main.get_command(app)
    say_in_our_words(command.params)
    command.params.extend(everywhere())
    return command


def _top(
    version: Annotated[
        bool,
        typer.Option(
            "--version", is_eager=True, callback=lambda wanted: _version(wanted), help=_("Show the version and exit.")
        ),
    ] = False,
) -> None:
    """Everything happens in the verbs."""


def _version(wanted: bool) -> None:
    if wanted:
        click.echo(f"tkt {tkt.__version__}")
        raise typer.Exit


def _exit_codes() -> str:
    return _(
        "Exit codes: 0 done; 1 looked, and found trouble; 2 called wrongly; 3 a rule refuses; 4 no such thing, or "
        "several; 5 unreadable on disk; 6 someone else was faster; 7 git or the outside failed; 70 a bug; "
        "130 interrupted; 129 or 143 ended by SIGHUP or SIGTERM."
    )


def _language_of(line: Sequence[str]) -> str:
    """`--lang`, TKT_LANG, the desk's own language, the locale: the first that says something.

    It must be known before the commands are built, since their help is in it; so the line is looked at early.
    """
    asked = _value_of(line, "--lang")
    return asked if asked in language.LANGUAGES else language_at(Path(_value_of(line, "-C") or ".").absolute())


def _value_of(line: Sequence[str], option: str) -> str:
    for here, word in enumerate(line):
        if word == option and here + 1 < len(line):
            return line[here + 1]
        if word.startswith(f"{option}=") and option.startswith("--"):
            return word.partition("=")[2]
    return ""
