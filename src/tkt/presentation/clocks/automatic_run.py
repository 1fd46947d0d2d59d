"""What the desk's own rules did, or would do: a line for each entry, and the JSON document (docs/json.md)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, tzinfo

from tkt.domain.automatic import Run, Written
from tkt.domain.instant import write_instant
from tkt.language import _
from tkt.presentation import phrases
from tkt.presentation.json_form import VERSION, Document, entry_json
from tkt.presentation.moves import lines_of
from tkt.presentation.safe_text import one_line


def run_lines(run: Run, zone: tzinfo) -> str:
    """One line for each entry, in the order written; instants in `zone`; "" for none.

    `INC0012345: escalation p1-half-way (2026-01-15 11:15): Escalated to N2; said to the requester`.
    """
    return "".join(one_line(_line(one, zone)) + "\n" for one in run.written)


def _line(one: Written, zone: tzinfo) -> str:
    reached = phrases.date_time(one.act.reached.astimezone(zone))
    return f"{one.ticket.id}: {one.act.rule} ({reached}): {'; '.join(_done(one))}"


def _done(one: Written) -> Iterator[str]:
    """What an entry moved, and to whom it speaks."""
    moves = lines_of(replace(one.entry, text="", changes=one.act.changes), ())
    yield from (line.removeprefix("→ ") for line in moves)
    if one.entry.text:
        yield _("said to the requester") if one.entry.public else _("noted")


def run_json(run: Run, now: datetime, *, dry_run: bool) -> Document:
    """The document of `tkt sla enforce` and `tkt autoclose`."""
    return {
        "version": VERSION,
        "now": write_instant(now),
        "dry_run": dry_run,
        "written": [_written(one) for one in run.written],
        "left_out": [{"id": one.ticket_id, "message": str(one.error)} for one in run.left_out],
    }


def _written(one: Written) -> Document:
    return {
        "id": one.ticket.id,
        "title": one.ticket.title,
        "rule": one.act.rule,
        "reached_at": write_instant(one.act.reached),
        "entry": entry_json(one.entry, one.ticket),
    }
