"""The table of commands: each one's room is opened only when it is called, so that a start stays quick."""

from __future__ import annotations

from importlib import import_module
from typing import Any

import click
import typer
from typer.core import TyperGroup
from typer.main import get_command_name, get_group
from typer.models import CommandInfo

from tkt.domain.words import did_you_mean
from tkt.language import NP_, _, pgettext

# Command -> the room of tkt.cli that holds it, and its line in `tkt --help`.
COMMANDS = {
    "init": ("founding", NP_("command", "Make a desk here, or in DIR.")),
    "new": ("opening", NP_("command", "Open a ticket; prints its id.")),
    "take": ("handing", NP_("command", "Hold tickets yourself; without an id, the next one due.")),
    "log": ("moving", NP_("command", "Add words to a ticket.")),
    "show": ("reading", NP_("command", "Show a ticket.")),
    "list": ("listing", NP_("command", "List tickets: open ones, next due first.")),
    "queue": ("queues", NP_("command", "Count the desk's queues, or open one.")),
    "search": ("searching", NP_("command", "Search tickets by their words.")),
    "start": ("moving", NP_("command", "Begin to work on a ticket.")),
    "hold": ("moving", NP_("command", "Let a ticket wait, and say for what.")),
    "resume": ("moving", NP_("command", "Go on with a ticket that waited.")),
    "resolve": ("moving", NP_("command", "Say that a ticket is solved, and how.")),
    "close": ("moving", NP_("command", "Close a resolved ticket.")),
    "reopen": ("moving", NP_("command", "Take a resolved, closed or cancelled ticket up again.")),
    "cancel": ("moving", NP_("command", "Put a ticket aside that is no work.")),
    "rate": ("moving", NP_("command", "Record the requester's mark, 1 to 5.")),
    "assign": ("handing", NP_("command", "Give tickets to an agent or a group.")),
    "escalate": ("handing", NP_("command", "Hand a ticket to a higher level.")),
    "edit": ("editing", NP_("command", "Change what a ticket is about.")),
    "attach": ("editing", NP_("command", "Lay files beside a ticket.")),
    "link": ("editing", NP_("command", "Link two tickets.")),
    "activity": ("shift", NP_("command", "Show what happened, newest last.")),
    "handover": ("shift", NP_("command", "Hand over to the next shift.")),
    "undo": ("correcting", NP_("command", "Take back your last command.")),
    "redact": ("correcting", NP_("command", "Make personal data in a ticket unreadable.")),
    "privacy": ("privacy", NP_("command", "Gather what the desk holds on a person.")),
    "settle": ("settling", NP_("command", "Confirm what stands after concurrent moves.")),
    "history": ("reading", NP_("command", "Show a ticket's git commits.")),
    "review": ("reviewing", NP_("command", "Say what a range of commits did to tickets.")),
    "check": ("checking", NP_("command", "Check every file of the desk.")),
    "hooks": ("hooking", NP_("command", "Let git check what is committed and pushed.")),
    "sla": ("sla", NP_("command", "Check and show the SLA clocks.")),
    "autoclose": ("autoclosing", NP_("command", "Close what was resolved and has gone unanswered.")),
    "calendar": ("calendars", NP_("command", "Show calendars, write public holidays.")),
    "kpi": ("reporting", NP_("command", "Compute the indicators of a period.")),
    "dashboard": ("reporting", NP_("command", "Show a month at a glance.")),
    "report": ("report", NP_("command", "Report on a period: a page, Markdown or CSV.")),
    "seal": ("sealing", NP_("command", "Seal a month's figures in a tag, and verify seals.")),
    "flow": ("flow", NP_("command", "Show how tickets flow, and where they wait.")),
    "export": ("exporting", NP_("command", "Export tickets for other programs.")),
    "setup": ("setting_up", NP_("command", "Have this clone's git merge tickets with tkt.")),
    "sync": ("syncing", NP_("command", "Exchange tickets with the others.")),
    "import": ("importing", NP_("command", "Import tickets of another system.")),
    "ci": ("continuous", NP_("command", "Write the pipeline of a hosting site.")),
    "demo": ("founding", NP_("command", "Build a desk to play with.")),
}


def _name_of(command: CommandInfo) -> str:
    return command.name or get_command_name(command.callback.__name__ if command.callback else "")


class Commands(TyperGroup):
    """The top of the command line."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Every command, in the order of a ticket's life."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of that name, from its room."""
        if cmd_name not in COMMANDS:
            return None
        room: typer.Typer = import_module(f"tkt.cli.{COMMANDS[cmd_name][0]}").app
        # Click offers the nearest sub-command too, and knows French.
        only = typer.Typer(rich_markup_mode=None, pretty_exceptions_enable=False, suggest_commands=False)
        # One command is built, not its whole room: building reads every parameter's type.
        only.registered_commands = [one for one in room.registered_commands if _name_of(one) == cmd_name]
        only.registered_groups = [one for one in room.registered_groups if one.name == cmd_name]
        return get_group(only).commands[cmd_name]

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The list of commands, without opening their rooms."""
        with formatter.section(_("Commands")):
            formatter.write_dl([(name, pgettext(*line)) for name, (_room, line) in COMMANDS.items()])

    def resolve_command(self, ctx: click.Context, args: list[str]) -> Any:
        """The command that the line calls; an unknown one is refused with the nearest."""
        if args and args[0] not in COMMANDS and not args[0].startswith("-"):
            message = _("“{command}” is no command of tkt.").format(command=args[0])
            ctx.fail(message + did_you_mean(args[0], COMMANDS))
        return super().resolve_command(ctx, args)
