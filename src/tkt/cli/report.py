"""The report of a period: a page, Markdown or a bundle of CSV files, written where a person says."""

from __future__ import annotations

from datetime import tzinfo
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tkt.cli.arguments import AsJson, Asked, AsOf, AtCommit, Month, Since, Types, Until, Whole, new_app
from tkt.cli.options import AskingVerb, examples
from tkt.cli.saying import tell_unreadable
from tkt.cli.session import Session
from tkt.cli.telling import tell
from tkt.language import _, ngettext

if TYPE_CHECKING:
    from tkt.metrics.series.report import Report

app = new_app()
_STANDARD_OUTPUT = Path("-")
Output = Annotated[
    Path | None,
    typer.Option(
        "--output",
        "-o",
        metavar="FILE",
        help=_("Where to: a .html or .md file, or for CSV files a .zip or a folder. Without it, standard output."),
    ),
]
ReportFormat = Annotated[
    str | None, typer.Option("--format", metavar="FORMAT", help=_("html, markdown or csv; else as FILE is named."))
]


@app.command(
    cls=AskingVerb,
    help=_(
        "Report on a period, the current month by default, beside the period before: the dashboard, what came and "
        "went, what was open, SLA, times, categories, load, waiting, and every breached clock with why. A page is one "
        "file that opens offline. With QUERY, of the tickets that it finds."
    ),
    epilog=examples(
        "tkt report --month 2026-01 --output report.html",
        "tkt report --month last --output report.md --lang fr",
        "tkt report --from 2026-01-01 --to 2026-04-01 --output quarter.zip",
        "tkt report --month last group:Réseau --output network.html",
        "tkt report --month 2026-01 --as-of 2026-01-15 --output half.html",
        "tkt report --all --json",
    ),
)
def report(
    ctx: typer.Context,
    query: Asked = None,
    since: Since = None,
    until: Until = None,
    month: Month = None,
    every: Whole = False,
    as_of: AsOf = None,
    at_commit: AtCommit = None,
    type: Types = None,
    output: Output = None,
    format: ReportFormat = None,
    as_json: AsJson = False,
) -> None:
    from tkt.desk import kpis, reporting
    from tkt.store.unreadable_ticket import UnreadableTicket

    session = Session.of(ctx).looking_back(as_of, at_commit)
    place = session.folder / output if output and output != _STANDARD_OUTPUT else None
    wanted = "json" if as_json else reporting.choose_format(format, place)
    period = kpis.choose_period(session.desk, since=since, until=until, month=month, every=every)
    types = kpis.choose_types(type, session.desk, query or ())
    unreadable: list[UnreadableTicket] = []
    with session.reading() as desk:
        drawn = reporting.report(desk, period, types, unreadable, query or ())
    content = _content(drawn, wanted, place, session.desk.settings.timezone)
    if place:
        reporting.write_report(place, content)
        _tell_written(output or place, content)
    else:
        typer.echo(content, nl=False)
    tell_unreadable(unreadable)


def _content(drawn: Report, wanted: str, place: Path | None, zone: tzinfo) -> str | bytes | dict[str, str]:
    """What is written: a text, an archive, or texts by the names of their files."""
    if wanted == "json":
        from tkt.presentation.json_form import dump
        from tkt.presentation.report.frames import report_json

        return dump(report_json(drawn, zone))
    if wanted == "html":
        from tkt.presentation.report.page import page

        return page(drawn, zone)
    if wanted == "markdown":
        from tkt.presentation.report.markdown import markdown

        return markdown(drawn, zone)
    from tkt.presentation.report.bundle import bundle, zipped

    files = bundle(drawn, zone)
    return zipped(files) if place and place.suffix.lower() == ".zip" else files


def _tell_written(output: Path, content: str | bytes | dict[str, str]) -> None:
    count = len(content) if isinstance(content, dict) else 1
    words = ngettext("Written: {path}", "Written: {count} files in {path}", count)
    tell(words.format(path=output, count=count))
