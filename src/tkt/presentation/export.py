"""Tickets for other programs: a line each, with every field, both clocks and the times of its life."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from pathlib import PurePath
from typing import Any

from tkt.domain.instant import write_instant
from tkt.domain.keys import KEYS
from tkt.domain.ticket import Ticket
from tkt.domain.words import CLOCK
from tkt.errors import CalledWrongly
from tkt.language import _
from tkt.presentation.json_form import VERSION, Document, summary_json
from tkt.presentation.safe_text import for_csv, for_json
from tkt.query.candidate import Candidate
from tkt.service_level.reading import ClockReading, Clocks

FORMATS = ("csv", "jsonl")
_TIMES = ("updated_at", "resolved_at", "closed_at", "cancelled_at", "reopened")
# Of which only the names of the parts count.
_BLANK = Clocks(*(ClockReading(clock, "", "", None, 0, 0) for clock in CLOCK.codes))


class UnknownExport(CalledWrongly):
    """A format that tickets are not exported in."""


def export_format(said: str | None, file_name: str) -> str:
    """The format that a person says, or that the name of the file ends with, by default csv; raises UnknownExport."""
    format = said or PurePath(file_name).suffix[1:].lower() or "csv"
    if format in FORMATS:
        return format
    message = _("“{format}” is no format of an export. Known: {known}.")
    raise UnknownExport(message.format(format=format, known=", ".join(FORMATS)))


def export_lines(rows: Sequence[Candidate], format: str) -> Iterator[str]:
    """The lines of an export, each with its end; those of csv begin with a line of titles."""
    return _csv(rows) if format == "csv" else map(_json_line, rows)


def _exported(row: Candidate) -> Document:
    """A ticket as `tkt list --json` has it, with the times of its life."""
    return {"version": VERSION, **summary_json(row.ticket, row.clocks), **_times(row)}


def _times(row: Candidate) -> Document:
    moments = (row.ticket.last_said_at, row.resolved_at, row.closed_at, row.cancelled_at)
    return dict(zip(_TIMES, (*(_here(row, one) for one in moments), len(row.timeline.reopenings)), strict=True))


def _here(row: Candidate, instant: datetime | None) -> str | None:
    return write_instant(instant.astimezone(row.context.timezone)) if instant else None


def _json_line(row: Candidate) -> str:
    return for_json(json.dumps(_exported(row), ensure_ascii=False, separators=(",", ":"))) + "\n"


def _csv(rows: Sequence[Candidate]) -> Iterator[str]:
    """The same with a column for each value: what is within another is named `requester.name`."""
    blank = summary_json(Ticket({}, datetime.min), _BLANK)
    own = sorted({key for row in rows for key in row.ticket.fields if key not in KEYS})
    titles = [*(title for title, _value in _flat(blank)), *_TIMES, *(f"other.{key}" for key in own)]
    yield _csv_line(titles)
    for row in rows:
        cells = dict(_flat(_exported(row)))
        yield _csv_line([cells.get(title) for title in titles])


def _csv_line(cells: Iterable[Any]) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerow([_cell(cell) for cell in cells])
    return out.getvalue()


def _cell(value: Any) -> str | int:
    match value:
        case None:
            return ""
        case bool():
            return "true" if value else "false"
        case int():
            return value
        case list():
            return for_csv(", ".join(f"{one['kind']}:{one['id']}" if isinstance(one, dict) else one for one in value))
        case _:
            return for_csv(str(value))


def _flat(document: Document, within: str = "") -> Iterator[tuple[str, Any]]:
    for key, value in document.items():
        if isinstance(value, dict):
            yield from _flat(value, f"{within}{key}.")
        else:
            yield f"{within}{key}", value
