"""The bundle: a report as CSV files, one for each kind of figure, for spreadsheets and other programs."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from datetime import tzinfo

from tkt.domain.instant import write_instant
from tkt.metrics.series.report import Report
from tkt.presentation.report.frames import Record, frames
from tkt.presentation.table import Column, Table
from tkt.presentation.tables import render

# The first that a zip archive can say: what is in it shall not tell when it was made.
_NO_TIME = (1980, 1, 1, 0, 0, 0)
_KEYS: Mapping[str, Sequence[str]] = {
    "waits": ("reason", "tickets", "seconds", "pending"),
    "categories": ("category", "created", "created_before", "resolved", "open", "mttr_seconds"),
    "loads": ("by", "holder", "resolved", "in_hand", "waiting", "breached", "mttr_seconds"),
    "breaches": (
        *("id", "type", "title", "category", "priority", "assignee", "group", "standing", "clock", "policy"),
        *("target_seconds", "elapsed_seconds", "overrun_seconds", "opened_at", "breached_at", "stopped_at"),
        *("paused_seconds", "waited_seconds", "silence_from", "silence_seconds", "groups", "reopenings", "why"),
    ),
}


def bundle(report: Report, zone: tzinfo) -> dict[str, str]:
    """The text of each file by its name; no formula of a ticket's reaches a spreadsheet."""
    files = {f"{name}.csv": _csv(records, _KEYS.get(name, ())) for name, records in frames(report, zone).items()}
    return {"report.csv": _csv([_of_the_whole(report)], ()), **files}


def zipped(files: Mapping[str, str]) -> bytes:
    """Files as one archive, the same bytes for the same files."""
    from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

    out = io.BytesIO()
    with ZipFile(out, "w") as archive:
        for name, text in files.items():
            entry = ZipInfo(name, _NO_TIME)
            entry.compress_type, entry.external_attr = ZIP_DEFLATED, 0o644 << 16
            archive.writestr(entry, text.encode())
    return out.getvalue()


def _csv(records: Sequence[Record], keys: Sequence[str]) -> str:
    """Records under the names of their keys, which stand there without any record too."""
    titles = keys or (tuple(records[0]) if records else ())
    rows = tuple(tuple(record[key] for key in titles) for record in records)
    return render(Table(tuple(map(Column, titles)), rows), "csv")


def _of_the_whole(report: Report) -> Record:
    period, before = report.period, report.before.period if report.before else None
    return {
        "from": write_instant(period.start) if period.start else None,
        "to": write_instant(period.end),
        "before_from": write_instant(before.start) if before and before.start else None,
        "before_to": write_instant(before.end) if before else None,
        "timezone": period.timezone,
        "types": " ".join(report.types),
        "query": report.card.query or None,
        "open_before": report.open_before,
    }
