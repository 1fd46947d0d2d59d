"""Calculating without a ticket: `tkt sla due` and `tkt sla elapsed`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from tkt.cli.arguments import AsJson
from tkt.cli.completion import calendar_names
from tkt.cli.options import Verb, examples
from tkt.cli.printing import print_table
from tkt.cli.session import Session
from tkt.cli.sla.group import sla
from tkt.cli.telling import tell
from tkt.errors import CalledWrongly
from tkt.language import _

if TYPE_CHECKING:
    from tkt.desk.calculating import Calculation
    from tkt.domain.duration import BusinessDays

InCalendar = Annotated[
    str,
    typer.Option(
        "--calendar",
        metavar="NAME",
        help=_("By this calendar, or 24x7; by default the desk's, else its only one, else 24x7."),
        autocompletion=calendar_names,
        show_default=False,
    ),
]
Explain = Annotated[bool, typer.Option("--explain", help=_("Show the working, day by day."))]


class NoWorking(CalledWrongly):
    """Business days are counted by the day: there are no hours to show."""


@sla.command(
    "due",
    cls=Verb,
    help=_(
        "Say when so much time of a calendar is over: 8h of open time, or 7bd, business days by the desk's calendar "
        "(Monday to Friday without one)."
    ),
    epilog=examples(
        "tkt sla due 8h",
        "tkt sla due --calendar 24x7 --at 2026-01-15T09:15 4h30",
        "tkt sla due 7bd",
        "tkt sla due 40h --explain",
    ),
)
def sla_due(
    ctx: typer.Context,
    amount: Annotated[str, typer.Argument(metavar="DURATION", help=_("How much: 15m, 4h30, 24h, or 7bd."))],
    calendar: InCalendar = "",
    at: Annotated[str | None, typer.Option("--at", metavar="TIME", help=_("From this moment; by default now."))] = None,
    explain: Explain = False,
    as_json: AsJson = False,
) -> None:
    from tkt.desk.calculating import calculate_due
    from tkt.domain.duration import read_amount
    from tkt.presentation.clocks.calculation import due_line

    session = Session.of(ctx)
    wanted = read_amount(amount)
    _require_hours(wanted, explain)
    start = session.instant(at) if at is not None else session.desk.now
    found = calculate_due(session.desk, wanted, start, calendar, explain=explain)
    _show(session, found, due_line(found), as_json)


def _require_hours(amount: int | BusinessDays, explain: bool) -> None:
    if explain and not isinstance(amount, int):
        raise NoWorking(_("--explain shows open hours: business days are counted by the day."))


@sla.command(
    "elapsed",
    cls=Verb,
    help=_("Say how much time of a calendar lies between two moments, to the second."),
    epilog=examples(
        "tkt sla elapsed 09:15 17:00",
        "tkt sla elapsed --calendar office 2026-01-15T09:15 2026-01-19T11:00 --explain",
        "tkt sla elapsed 2026-03-28 2026-03-30 --json",
    ),
)
def sla_elapsed(
    ctx: typer.Context,
    start: Annotated[str, typer.Argument(metavar="START", help=_("From when: 09:15 or an ISO date or instant."))],
    end: Annotated[str, typer.Argument(metavar="END", help=_("Until when."))],
    calendar: InCalendar = "",
    explain: Explain = False,
    as_json: AsJson = False,
) -> None:
    from tkt.desk.calculating import calculate_elapsed
    from tkt.presentation.clocks.calculation import elapsed_line

    session = Session.of(ctx)
    since, until = session.instant(start), session.instant(end)
    found = calculate_elapsed(session.desk, since, until, calendar, explain=explain)
    _show(session, found, elapsed_line(found), as_json)


def _show(session: Session, found: Calculation, line: str, as_json: bool) -> None:
    """The answer alone on standard output; beside it, by which calendar."""
    from tkt.presentation.clocks import calculation

    zone = session.desk.settings.timezone
    if as_json:
        from tkt.presentation.json_form import dump

        typer.echo(dump(calculation.calculation_json(found, zone)), nl=False)
        return
    if found.days is not None:
        print_table(calculation.working_table(found.days, zone), None)
    typer.echo(line, nl=False)
    tell(calculation.said_of(found))
