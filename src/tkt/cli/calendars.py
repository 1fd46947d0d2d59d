"""Calendars: `tkt calendar` shows when the desk is open, and writes the public holidays on which it is not."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from tkt.cli.arguments import AsFormat, AsJson, new_app
from tkt.cli.options import ChangingVerb, Verb, Verbs, examples
from tkt.cli.saying import tell_off_branch
from tkt.cli.session import Session
from tkt.cli.telling import tell
from tkt.language import _

if TYPE_CHECKING:
    from tkt.desk.calendars import AddedHolidays

app = new_app()
calendar = typer.Typer(
    cls=Verbs,
    rich_markup_mode=None,
    help=_("Show calendars, and write their public holidays."),
    no_args_is_help=True,
)
app.add_typer(calendar, name="calendar")


@calendar.command(
    "list",
    cls=Verb,
    help=_("List the calendars of the settings: their versions, hours and holidays, and when they are closed next."),
    epilog=examples("tkt calendar list", "tkt calendar list --json"),
)
def list_(ctx: typer.Context, as_json: AsJson = False, format: AsFormat = None) -> None:
    from tkt.desk.calendars import glances

    found = glances(Session.of(ctx).desk)
    every = [(one.hours.name, one.is_default, one.hours.versions, one.closed) for one in found]
    if as_json:
        from tkt.presentation.clocks.calendar_json import calendars_json
        from tkt.presentation.json_form import dump

        typer.echo(dump(calendars_json(every)), nl=False)
    else:
        from tkt.cli.printing import print_table
        from tkt.presentation.clocks.calendar_table import calendars_table

        print_table(calendars_table(every), format)
    for unknown in dict.fromkeys(one.unknown for one in found if one.unknown):
        tell(unknown)
    if not found:
        tell(_("The desk has no calendar of its own: every clock runs round the clock (24x7)."))


@calendar.command(
    cls=Verb,
    help=_(
        "Show a calendar day by day, the current month by default: when it is open, for how long in real time, and why "
        "it is closed."
    ),
    epilog=examples(
        "tkt calendar show office",
        "tkt calendar show office --month 2026-12",
        "tkt calendar show office --from 2026-12-24 --to 2027-01-03 --json",
    ),
)
def show(
    ctx: typer.Context,
    name: Annotated[str, typer.Argument(metavar="NAME", help=_("A calendar of the settings, or 24x7."))],
    since: Annotated[str | None, typer.Option("--from", metavar="DAY", help=_("From this day on."))] = None,
    until: Annotated[
        str | None, typer.Option("--to", metavar="DAY", help=_("Up to this day, which is left out."))
    ] = None,
    month: Annotated[
        str | None, typer.Option("--month", metavar="MONTH", help=_("A month: 2026-01, this or last."))
    ] = None,
    as_json: AsJson = False,
    format: AsFormat = None,
) -> None:
    from tkt.desk.calendars import choose_days, days_of

    desk = Session.of(ctx).desk
    days = days_of(desk, name, *choose_days(desk, since=since, until=until, month=month))
    if as_json:
        from tkt.presentation.clocks.calendar_json import calendar_days_json
        from tkt.presentation.json_form import dump

        typer.echo(dump(calendar_days_json(name, days)), nl=False)
        return
    from tkt.cli.printing import print_table
    from tkt.presentation.clocks.calendar_table import days_table, total

    print_table(days_table(days), format)
    tell(total(days))


@calendar.command(
    cls=ChangingVerb,
    help=_(
        "Write the public holidays of a country (FR) or of a part of it (FR-57) into holidays/REGION.yaml, where the "
        "calendars that name it read them. A year that stands there is not changed: what was counted stays counted."
    ),
    epilog=examples(
        "tkt calendar holidays FR 2026..2028",
        "tkt calendar holidays FR-57 2027",
        "tkt calendar holidays DE-BY 2026 --force",
    ),
)
def holidays(
    ctx: typer.Context,
    region: Annotated[str, typer.Argument(metavar="REGION", help=_("Its ISO code: FR, FR-57, US-CA."))],
    years: Annotated[str, typer.Argument(metavar="YEARS", help=_("A year, or several: 2026..2028."))],
    force: Annotated[bool, typer.Option("--force", help=_("Change years that stand there otherwise."))] = False,
) -> None:
    from tkt.desk.calendars import add_holidays, read_years
    from tkt.sources.public_holidays import public_holidays

    session = Session.of(ctx)
    desk = session.desk
    desk.require_writable()
    found = public_holidays(region, read_years(years), session.options.get("lang") or desk.settings.language)
    added = add_holidays(desk, region, found.years, found.source, force=force)
    _tell_added(added, found.source)
    if added.added:
        tell_off_branch(desk.recorder)


def _tell_added(done: AddedHolidays, source: str) -> None:
    from tkt.presentation.clocks.calendar_table import holidays_lines

    days = [one for year in sorted(done.added) for one in sorted(done.added[year].items())]
    typer.echo(holidays_lines(days), nl=False)
    for year in done.kept:
        message = _("{path}: {year} stands there otherwise than in {source}, and is not changed: --force does.")
        tell(message.format(path=done.path, year=year, source=source))
    if done.added:
        written = ", ".join(map(str, sorted(done.added)))
        tell(_("{path}: {years} written, from {source}.").format(path=done.path, years=written, source=source))
    elif not done.kept:
        tell(_("{path} stands there just so: nothing to do.").format(path=done.path))
