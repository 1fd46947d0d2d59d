"""Checking the clocks: what is breached, or about to be, for people, scripts and hosting sites."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import click
import typer

from tkt.cli.arguments import AsJson, AsOf
from tkt.cli.options import AskingVerb, examples
from tkt.cli.printing import print_table
from tkt.cli.saying import tell_unreadable
from tkt.cli.session import Session, has_color
from tkt.cli.sla.group import Every, Wished, sla, wished
from tkt.cli.telling import tell
from tkt.language import _, ngettext

if TYPE_CHECKING:
    from tkt.desk.service_levels import SlaCheck, Trouble

FOUND_TROUBLE = 1
FAILINGS = ("breached", "at_risk")
FORMATS = ("lines", "json", "github", "gitlab", "table", "plain", "markdown", "csv", "tsv", "html")
# What a program reads whole, beside which nothing need be said.
_WHOLE = ("json", "gitlab")

FailOn = Annotated[
    str, typer.Option("--fail-on", click_type=click.Choice(FAILINGS), help=_("What counts: at_risk is both."))
]
CheckFormat = Annotated[
    str,
    typer.Option(
        "--format",
        click_type=click.Choice(FORMATS),
        help=_("A line each, a table, JSON, GitHub's annotations or GitLab's code quality report."),
    ),
]

Ola = Annotated[bool, typer.Option("--ola", help=_("The OLAs of groups and levels count too."))]


@sla.command(
    "check",
    cls=AskingVerb,
    help=_(
        "Name every breached clock of the open tickets, and with --fail-on at_risk every one at risk; exit 1 when "
        "there is one. A verdict that rests on an entry recorded late is marked."
    ),
    epilog=examples(
        "tkt sla check",
        "tkt sla check --all --json",
        "tkt sla check priority:P1,P2 -group:Réseau",
        "tkt sla check --fail-on at_risk --format markdown",
        "tkt sla check --ola",
        "tkt sla check --as-of 2026-01-31",
        "tkt sla check --format github",
        "tkt sla check --format gitlab > gl-code-quality-report.json",
    ),
)
def sla_check(
    ctx: typer.Context,
    asked: Wished = None,
    every: Every = False,
    fail_on: FailOn = "breached",
    as_json: AsJson = False,
    format: CheckFormat = "lines",
    ola: Ola = False,
    as_of: AsOf = None,
) -> None:
    from tkt.desk.querying import context_of, read_asked
    from tkt.desk.service_levels import check_service_levels, troubles

    session = Session.of(ctx).looking_back(as_of)
    ids, terms = wished(session.desk, asked)
    with session.reading() as desk:
        context = context_of(desk)
        query = read_asked(terms, context, every=every or bool(ids))
        report = check_service_levels(desk, query, context, ids)
    found = troubles(report.rows, at_risk=fail_on == "at_risk", ola=ola)
    chosen = "json" if as_json else format
    _print(session, report, found, chosen)
    if chosen not in _WHOLE:
        tell(_summary(report, fail_on) + (_summary_of_olas(found, fail_on) if ola else ""))
    if chosen != "github":
        tell_unreadable(report.unreadable)
    if found:
        raise typer.Exit(FOUND_TROUBLE)


def _print(session: Session, report: SlaCheck, found: list[Trouble], format: str) -> None:
    zone, now = session.desk.settings.timezone, session.desk.now
    if format == "json":
        from tkt.presentation.json_form import dump, sla_json

        typer.echo(dump(sla_json(((row.ticket, row.clocks) for row in report.rows), now, report.olas)), nl=False)
    elif format in ("github", "gitlab"):
        _print_for_site(session, report, found, format)
    elif format == "lines":
        from tkt.presentation.clocks.sla_lines import trouble_lines

        typer.echo(trouble_lines(found, zone, now, color=has_color()), nl=False)
    else:
        from tkt.presentation.clocks.sla_table import trouble_table

        print_table(trouble_table(found, zone, now), format)


def _print_for_site(session: Session, report: SlaCheck, found: list[Trouble], format: str) -> None:
    from tkt.desk.service_levels import locate
    from tkt.presentation.clocks import annotations
    from tkt.wiring import folder_in_repository

    desk = session.desk
    zone, folder, places = desk.settings.timezone, folder_in_repository(desk), locate(desk, found)
    if format == "gitlab":
        from tkt.presentation.json_form import dump

        typer.echo(dump(annotations.gitlab_report(places, folder, zone, desk.now)), nl=False)
        return
    text = annotations.github_annotations(places, folder, zone, desk.now)
    # What quotes a file goes where its words are escaped: GitHub takes commands from standard error too.
    text += annotations.github_findings((one.finding for one in report.unreadable), folder)
    typer.echo(text, nl=False)


def _summary(report: SlaCheck, fail_on: str) -> str:
    breached, at_risk = len(report.breached), len(report.at_risk)
    message = ngettext("{count} ticket of {all} breached.", "{count} tickets of {all} breached.", breached)
    said = message.format(count=breached, all=len(report.rows))
    if fail_on == "at_risk":
        said += " " + ngettext("{count} ticket at risk.", "{count} tickets at risk.", at_risk).format(count=at_risk)
    return said


def _summary_of_olas(found: list[Trouble], fail_on: str) -> str:
    """What is added for those of groups and levels: how many, since a ticket may have had several."""
    holders = [one.reading for one in found if one.reading.holder]
    breached = sum(reading.breached for reading in holders)
    said = " " + ngettext("{count} OLA breached.", "{count} OLAs breached.", breached).format(count=breached)
    if fail_on == "at_risk":
        at_risk = len(holders) - breached
        said += " " + ngettext("{count} OLA at risk.", "{count} OLAs at risk.", at_risk).format(count=at_risk)
    return said
