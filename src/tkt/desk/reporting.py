"""Reporting: the report of a period, and the files that it is written to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from tkt.desk.desk import Desk
from tkt.desk.kpis import keep_asked
from tkt.desk.querying import context_of, read_asked
from tkt.domain.bounds import Bounds
from tkt.errors import CalledWrongly
from tkt.language import _, reason_of
from tkt.metrics.period import Period
from tkt.metrics.series.report import Report, draw_up_report
from tkt.metrics.series.slices import period_before
from tkt.store.desk_folder import CannotWrite, replace_file
from tkt.store.unreadable_ticket import UnreadableTicket

FORMATS = ("html", "markdown", "csv")
_ENDINGS = {".html": "html", ".htm": "html", ".md": "markdown", ".markdown": "markdown", ".zip": "csv"}


class UnknownReport(CalledWrongly):
    """A report was asked for in a form that there is not, or in one that needs a place of its own."""


def report(
    desk: Desk,
    period: Period,
    types: tuple[str, ...],
    unreadable: list[UnreadableTicket],
    asked: Sequence[str] = (),
) -> Report:
    """The report of the desk's tickets of those types; files that cannot be read are collected, and count nowhere.

    `asked` are the arguments of a query, which the tickets counted hold as of the end of the period, and of the one
    before. Raises what reading a query raises, and what a calendar raises of days that it cannot know.
    """
    before = period_before(period, desk.settings.timezone)
    # What was over before either period began counts in neither.
    bounds = Bounds(opened_by=period.end, alive_from=before.start if before else None)
    tickets = desk.tickets(unreadable, bounds=bounds)
    if not asked:
        return draw_up_report(tickets, period, desk.settings, types, desk.agreements)
    query = str(read_asked(asked, context_of(desk)))
    drawn = draw_up_report(tickets, period, desk.settings, types, desk.agreements, keep_asked(desk, asked))
    return replace(drawn, card=replace(drawn.card, query=query))


def choose_format(said: str | None, output: Path | None) -> str:
    """The format that a person means: the one said, or what the name of the file says; without either Markdown.

    A folder, one that is there or a name without an ending, takes the CSV files. Raises UnknownReport.
    """
    format = said or ("markdown" if output is None else _format_of(output))
    if format not in FORMATS:
        message = _("“{format}” is not a report's format. Known: {known}.")
        raise UnknownReport(message.format(format=format, known=", ".join(FORMATS)))
    if format == "csv" and output is None:
        raise UnknownReport(_("A report in CSV is several files: name a folder or a .zip with --output."))
    return format


def _format_of(output: Path) -> str:
    if output.is_dir() or not output.suffix:
        return "csv"
    found = _ENDINGS.get(output.suffix.lower())
    if found is None:
        message = _("{path} has no ending of a report: name a .html, .md or .zip file or a folder, or say --format.")
        raise UnknownReport(message.format(path=output))
    return found


def write_report(output: Path, content: str | Mapping[str, str] | bytes) -> None:
    """Write a report where a person says: a file, or the files of a bundle into a folder; each is put in place whole.

    Raises CannotWrite.
    """
    if isinstance(content, Mapping):
        for name, text in content.items():
            replace_file(output / name, text.encode())
        return
    data = content.encode() if isinstance(content, str) else content
    if not output.exists() or output.is_file():
        replace_file(output.resolve(), data)
        return
    try:
        output.write_bytes(data)  # a pipe or a device, which nothing takes the place of
    except OSError as error:
        raise CannotWrite(_("{path} cannot be written: {why}.").format(path=output, why=reason_of(error))) from error
