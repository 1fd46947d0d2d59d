"""The options that every verb takes, in one place: two kinds of command carry them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import click
from typer.core import TyperCommand, TyperGroup

from tkt.language import LANGUAGES, _

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

_KEPT = "tkt.options"
# Where the shared options keep what git was asked of the tickets' files, and that no index is wanted.
STANDING, NO_INDEX = "standing", "no_index"
# A file's name has dots too, and French has a space before its colon.
_END_OF_CLAUSE = r"\s?[:;]\s|\.(?:\s|$)"


def kept(ctx: click.Context) -> dict[str, Any]:
    """The shared options of this command line, by name; the one nearest the verb wins."""
    found: dict[str, Any] = ctx.meta.setdefault(_KEPT, {})
    return found


def _keep(ctx: click.Context, param: click.Parameter, value: Any) -> Any:
    if value is not None and param.name and (value is not False or param.name not in kept(ctx)):
        kept(ctx)[param.name] = value
    return value


def _option(*names: str, help: str, **more: Any) -> click.Option:
    return click.Option(names, help=help, expose_value=False, callback=_keep, **more)


def everywhere() -> list[click.Option]:
    """Options of every command, before or after the verb."""
    return [
        _option("-C", "directory", metavar="DIR", help=_("Work as if started in DIR.")),
        _option("--now", metavar="ISO", help=_("Freeze the clock at this instant (or set TKT_NOW).")),
        _option("--lang", type=click.Choice(LANGUAGES), help=_("Speak this language (or set TKT_LANG).")),
        _option("--debug", is_flag=True, help=_("Show the traceback of a bug.")),
    ]


def when_writing() -> list[click.Option]:
    """Options of every command that writes an entry."""
    return [
        _option("-m", "--text", "words", metavar="TEXT", help=_("The words of the entry (- reads standard input).")),
        _option("--as", "author", metavar="NAME", help=_('Who says it: an agent, the requester, or "Name <mail>".')),
        _option("--at", metavar="TIME", help=_("When it was: 09:15, -10m or an ISO instant.")),
        _option(
            "--late", metavar="WHY", help=_("Why it is recorded so late; needed further back than the desk allows.")
        ),
        _option("--public/--internal", "public", default=None, help=_("Said to the requester, or among ourselves.")),
        _option("--spent", metavar="DURATION", help=_("Working time spent: 15m, 1h30.")),
        _option("--no-commit", is_flag=True, help=_("Write the file and leave the commit to you.")),
    ]


class Verb(TyperCommand):
    """A command that looks: it takes the options of every command."""

    def __init__(self, *args: Any, params: list[click.Parameter] | None = None, **more: Any) -> None:
        super().__init__(*args, params=[*(params or []), *self.shared()], **more)

    def shared(self) -> list[click.Option]:
        """The options that this kind of command shares with its like."""
        return everywhere()


class SurveyVerb(Verb):
    """A command that looks at all tickets: git is asked how their files stand while it gets ready."""

    def shared(self) -> list[click.Option]:
        """Those of every command, and whether to do without the index."""
        help = _("Read every file, as if there were no index of them.")
        return [_option("--no-index", NO_INDEX, is_flag=True, help=help), *super().shared()]

    def invoke(self, ctx: click.Context) -> Any:
        """Ask git, and run the command."""
        if not kept(ctx).get(NO_INDEX):
            from tkt.cli.survey import standing_for

            kept(ctx)[STANDING] = standing_for(kept(ctx))
        return super().invoke(ctx)


class AskingVerb(SurveyVerb):
    """A command that takes a query, of which `-tag:vip` is a term and no options."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Read the line, a negated term under a sign that begins no option."""
        try:
            return super().parse_args(ctx, [f"\u2212{arg[1:]}" if _is_negated_term(arg) else arg for arg in args])
        except click.NoSuchOption as error:
            if error.option_name.startswith("--"):
                raise
            hint = _("What tickets must not say goes behind --: {command} -- -word.").format(command=ctx.command_path)
            raise click.NoSuchOption(error.option_name, f"{error.message} {hint}", ctx=ctx) from error

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        """What begins as typed: options, and negated terms."""
        from click.shell_completion import CompletionItem

        from tkt.cli.completion import query_terms

        found = super().shell_complete(ctx, incomplete)
        terms = query_terms(ctx, incomplete) if incomplete[1:2].isalpha() else []
        return [*found, *map(CompletionItem, terms)]


def _is_negated_term(argument: str) -> bool:
    if argument.startswith("-("):
        return True
    if not argument.startswith("-") or ":" not in argument:
        return False
    from tkt.query.typed import is_key

    return is_key(argument[1:].partition(":")[0])


class WritingVerb(Verb):
    """A command that writes entries: who, when, to whom, in what words."""

    def shared(self) -> list[click.Option]:
        """Those of every command, and those of a write."""
        return [*when_writing(), *everywhere()]


class ChangingVerb(Verb):
    """A command that writes files of the desk, but no entry of a person's."""

    def shared(self) -> list[click.Option]:
        """Those of every command, and whether to commit."""
        return [option for option in when_writing() if option.name == "no_commit"] + everywhere()


class Verbs(TyperGroup):
    """A command of several sub-commands: the options of every command may stand before the sub-command too."""

    def __init__(self, *, params: list[click.Parameter] | None = None, **more: Any) -> None:
        super().__init__(params=[*(params or []), *everywhere()], **more)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The list of sub-commands, each with the first clause of its help: click would break off within one."""
        with formatter.section(_("Commands")):
            formatter.write_dl([(name, _first_clause(self.commands[name].help)) for name in self.list_commands(ctx)])


def _first_clause(text: str | None) -> str:
    return f"{re.split(_END_OF_CLAUSE, text or '', maxsplit=1)[0]}."


def examples(*lines: str) -> str:
    """The examples under a command's help, one to a line."""
    return "\b\n" + "\n".join([_("Examples:"), *(f"  {line}" for line in lines)])
