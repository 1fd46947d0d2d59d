"""Reporting: the indicators of a period, and a month at a glance."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from tkt.cli.arguments import AsFormat, AsJson, Asked, AsOf, AtCommit, Month, Since, Types, Until, Whole, new_app
from tkt.cli.options import AskingVerb, SurveyVerb, examples
from tkt.cli.saying import tell_unreadable
from tkt.cli.session import Session, has_color, terminal_width
from tkt.cli.telling import tell
from tkt.language import _

if TYPE_CHECKING:
    from tkt.metrics.scorecard import Scorecard

app = new_app()
MISSED_TARGET = 1

By = Annotated[
    str | None,
    typer.Option("--by", metavar="KEY", help=_("priority, category, assignee, group, level, type, policy or month.")),
]


@app.command(
    cls=AskingVerb,
    help=_(
        "Compute the indicators of a period, the current month by default: each with its formula, numerator, "
        "denominator and target. With QUERY, of the tickets that hold it at the period's end."
    ),
    epilog=examples(
        "tkt kpi",
        "tkt kpi --month last --by category",
        "tkt kpi --from 2026-01-01 --to 2026-04-01 --by month --format csv",
        "tkt kpi --by policy",
        "tkt kpi --month last group:Réseau category:=Messagerie",
        "tkt kpi --all --type problem --json",
        "tkt kpi --month 2026-01 --check",
        "tkt kpi --month 2026-01 --as-of 2026-01-15",
        "tkt kpi --month 2026-01 --at-commit v1.0",
    ),
)
def kpi(
    ctx: typer.Context,
    query: Asked = None,
    since: Since = None,
    until: Until = None,
    month: Month = None,
    every: Whole = False,
    as_of: AsOf = None,
    at_commit: AtCommit = None,
    by: By = None,
    type: Types = None,
    as_json: AsJson = False,
    format: AsFormat = None,
    check: Annotated[
        bool, typer.Option("--check", help=_("Name the targets missed; exit 1 when there is one."))
    ] = False,
) -> None:
    from tkt.desk import kpis
    from tkt.store.unreadable_ticket import UnreadableTicket

    session = Session.of(ctx).looking_back(as_of, at_commit)
    grouping = kpis.GROUPING.read(by) if by is not None else ""
    period = kpis.choose_period(session.desk, since=since, until=until, month=month, every=every)
    types = kpis.choose_types(type, session.desk, query or ())
    unreadable: list[UnreadableTicket] = []
    with session.reading() as desk:
        card = kpis.scorecard(desk, period, grouping, types, unreadable, query or ())
    _print_report(card, as_json, format)
    tell_unreadable(unreadable)
    if check:
        _tell_missed(card)


def _print_report(card: Scorecard, as_json: bool, format: str | None) -> None:
    if as_json:
        from tkt.presentation.json_form import dump, scorecard_json

        typer.echo(dump(scorecard_json(card)), nl=False)
        return
    from tkt.presentation.scorecard_table import report

    width = terminal_width()
    chosen = format or ("table" if width else "plain")
    typer.echo(report(card, chosen, width=width, color=has_color()), nl=False)


def _tell_missed(card: Scorecard) -> None:
    from tkt.desk.kpis import missed
    from tkt.presentation.indicator_phrases import missed_line

    lines = [missed_line(priority, figure) for priority, figure in missed(card)]
    for line in lines:
        tell(line)
    if lines:
        raise typer.Exit(MISSED_TARGET)


@app.command(
    cls=SurveyVerb,
    help=_("Show a month at a glance: volumes, shares of the categories, key figures against their targets."),
    epilog=examples("tkt dashboard", "tkt dashboard --month 2026-01 --lang fr", "tkt dashboard --month last --json"),
)
def dashboard(
    ctx: typer.Context,
    month: Month = None,
    as_of: AsOf = None,
    at_commit: AtCommit = None,
    as_json: AsJson = False,
) -> None:
    from tkt.desk import kpis
    from tkt.store.unreadable_ticket import UnreadableTicket

    session = Session.of(ctx).looking_back(as_of, at_commit)
    period = kpis.choose_period(session.desk, month=month)
    unreadable: list[UnreadableTicket] = []
    with session.reading() as desk:
        card = kpis.scorecard(desk, period, "category", kpis.DEFAULT_TYPES, unreadable)
    if as_json:
        _print_report(card, as_json, None)
    else:
        from tkt.presentation import dashboard as drawing

        typer.echo(drawing.dashboard(card, color=has_color()), nl=False)
    tell_unreadable(unreadable)
