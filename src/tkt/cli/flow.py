"""The flow of tickets: how long they spend where, the moves they make and the paths they take."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from tkt.cli.arguments import AsJson, Asked, AsOf, AtCommit, Limit, Month, Since, Types, Until, Whole, new_app
from tkt.cli.completion import calendar_names
from tkt.cli.options import AskingVerb, examples
from tkt.cli.printing import print_table
from tkt.cli.saying import tell_unreadable
from tkt.cli.session import Session, has_color, terminal_width
from tkt.cli.telling import tell
from tkt.language import _

if TYPE_CHECKING:
    from tkt.metrics.flow.flow import Flow

app = new_app()

# How many lines of a table, and how many transitions of a diagram, a person can still take in.
_LINES, _ARROWS = 10, 40

By = Annotated[str, typer.Option("--by", metavar="KEY", help=_("What a step is: state, group, level or assignee."))]
InHoursOf = Annotated[
    str,
    typer.Option(
        "--calendar",
        metavar="NAME",
        help=_("Count the open hours of this calendar; real time without."),
        autocompletion=calendar_names,
        show_default=False,
    ),
]
FlowFormat = Annotated[
    str | None,
    typer.Option(
        "--format",
        metavar="FORMAT",
        help=_("table, plain, markdown, html, mermaid or json; csv and tsv are an event log, a line for each visit."),
    ),
]


@app.command(
    cls=AskingVerb,
    help=_(
        "Show how tickets flow over a period, the current month by default: how long they spend in each state and with "
        "each group, the transitions and their counts, the most common paths and where they wait. What ended in the "
        "period counts, in its whole length. With QUERY, of the tickets that hold it at the period's end."
    ),
    epilog=examples(
        "tkt flow",
        "tkt flow --month last --by group",
        "tkt flow category:messagerie priority:P1,P2 --all",
        "tkt flow --all --calendar office --limit 0",
        "tkt flow --month 2026-01 --format mermaid",
        "tkt flow --all --format csv > events.csv",
    ),
)
def flow(
    ctx: typer.Context,
    query: Asked = None,
    since: Since = None,
    until: Until = None,
    month: Month = None,
    every: Whole = False,
    as_of: AsOf = None,
    at_commit: AtCommit = None,
    by: By = "state",
    type: Types = None,
    calendar: InHoursOf = "",
    limit: Limit = None,
    as_json: AsJson = False,
    format: FlowFormat = None,
) -> None:
    from tkt.desk.flow import BY, flow_of
    from tkt.desk.kpis import choose_period, choose_types
    from tkt.store.unreadable_ticket import UnreadableTicket

    session = Session.of(ctx).looking_back(as_of, at_commit)
    key = BY.read(by)
    asked = query or ()
    period = choose_period(session.desk, since=since, until=until, month=month, every=every)
    types = choose_types(type, session.desk, asked)
    unreadable: list[UnreadableTicket] = []
    with session.reading() as desk:
        log = format in ("csv", "tsv") and not as_json
        found = flow_of(desk, period, key, types, unreadable, asked, calendar=calendar, log=log)
    _print(session, found, "json" if as_json else format, calendar, limit)
    tell_unreadable(unreadable)


def _print(session: Session, found: Flow, format: str | None, calendar: str, limit: int | None) -> None:
    if format == "json":
        from tkt.presentation.flow.flow_json import flow_json
        from tkt.presentation.json_form import dump

        typer.echo(dump(flow_json(found, calendar, limit or 0)), nl=False)
    elif format == "mermaid":
        from tkt.presentation.flow.mermaid import mermaid

        typer.echo(mermaid(found, _ARROWS if limit is None else limit), nl=False)
    elif format in ("csv", "tsv"):
        from tkt.presentation.flow.event_log import event_log

        print_table(event_log(found, session.desk.settings.timezone), format)
    else:
        _print_report(found, format, _LINES if limit is None else limit)


def _print_report(found: Flow, format: str | None, most: int) -> None:
    from tkt.presentation.flow.report import left_out_words, report

    width = terminal_width()
    chosen = format or ("table" if width else "plain")
    typer.echo(report(found, chosen, most=most, width=width, color=has_color()), nl=False)
    if left := left_out_words(found, most):
        tell(left)
