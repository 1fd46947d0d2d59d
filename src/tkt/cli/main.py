"""The entry point: the language first, then the command, then one handler for everything that can go wrong."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import click
import typer

import tkt
from tkt import language
from tkt.cli.commands import Commands
from tkt.cli.completion import say_in_our_words
from tkt.cli.options import everywhere
from tkt.cli.saying import complain
from tkt.errors import TktError, Unreadable
from tkt.language import _

INTERRUPTED = 130
BUG = 70
# What a shell sets when it asks for completions: click answers and ends the process.
_COMPLETION = "_TKT_COMPLETE"


def main(arguments: Sequence[str] | None = None) -> None:
    """Run one command line and end the process with its exit code."""
    line = list(sys.argv[1:] if arguments is None else arguments)
    _open_closed_streams()
    language.speak(_language_of(line))
    sys.exit(_run(line))


def _run(line: list[str]) -> int:
    command = _command()
    if _COMPLETION in os.environ:
        command.main(line, prog_name="tkt")
    try:
        # Not by `main`, which would end the process in its own way when interrupted, or when a reader goes away.
        with command.make_context("tkt", list(line)) as ctx:
            command.invoke(ctx)
        sys.stdout.flush()
        return 0
    except click.exceptions.Exit as end:
        return end.exit_code
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except TktError as error:
        complain(str(error))
        return error.exit_code
    except (KeyboardInterrupt, EOFError, click.Abort):
        complain(_("Interrupted: nothing was changed."))
        return INTERRUPTED
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
        "130 interrupted."
    )


def _language_of(line: Sequence[str]) -> str:
    """`--lang`, TKT_LANG, the desk's own language, the locale: the first that says something.

    It must be known before the commands are built, since their help is in it; so the line is looked at early.
    """
    asked = _value_of(line, "--lang") or os.environ.get("TKT_LANG", "")
    if asked in language.LANGUAGES:
        return asked
    from tkt.store.desk_folder import find_desk, peek_language

    try:
        desks = peek_language(find_desk(Path(_value_of(line, "-C") or ".").absolute()))
    except (TktError, OSError):
        desks = None
    return desks if desks in language.LANGUAGES else language.from_locale()


def _value_of(line: Sequence[str], option: str) -> str:
    for here, word in enumerate(line):
        if word == option and here + 1 < len(line):
            return line[here + 1]
        if word.startswith(f"{option}=") and option.startswith("--"):
            return word.partition("=")[2]
    return ""
