"""The document of a list: its tickets whole or in the columns asked for, and its groups (docs/json.md)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from tkt.columns.column import Value
from tkt.columns.layout import Layout, Section
from tkt.domain.instant import write_instant
from tkt.presentation.json_form import VERSION, Document, summary_json
from tkt.query.candidate import Candidate


def list_json(layout: Layout, sections: Sequence[Section], total: int, *, chosen: bool = False) -> Document:
    """The tickets of some sections, of `total` that there are; `chosen`: in the columns of the layout."""
    rows = [row for section in sections for row in section.rows]
    return {
        "version": VERSION,
        "total": total,
        "tickets": [_columns(layout, row) if chosen else summary_json(row.ticket, row.clocks) for row in rows],
        "by": layout.by.name if layout.by else None,
        "groups": [_group(section) for section in sections] if layout.by else None,
    }


def _columns(layout: Layout, row: Candidate) -> Document:
    return {column.json_key: _value(column.read(row)) for column in layout.columns}


def _value(value: Value) -> Any:
    if isinstance(value, datetime):
        return write_instant(value)
    return list(value) if isinstance(value, tuple) else value


def _group(section: Section) -> Document:
    value = section.value
    known = value.isoformat() if isinstance(value, date) else list(value) if isinstance(value, tuple) else value
    return {"value": known, "count": section.size, "shown": len(section.rows)}
