"""A report of a few tickets that has something in every section, and one of none."""

from __future__ import annotations

from dataclasses import replace

from tests.metrics.months import JANUARY, SETTINGS
from tests.service_level.lives import life, said
from tkt.domain.ticket import Ticket
from tkt.metrics.series.report import Report, draw_up_report

# What must reach neither a page, nor Markdown, nor a spreadsheet, nor a terminal as anything but text.
HOSTILE = "=1+1 <script>alert(1)</script> | [x](http://evil.example) \x1b[2J\u202e & \"'"


def ticket(*entries: object, **fields: str) -> Ticket:
    one = life(*entries, **fields)  # type: ignore[arg-type]
    return replace(one, fields={"title": "Imprimante bloquée", "category": "Impression > Bac", **one.fields})


def tickets(text: str = "Imprimante bloquée") -> tuple[Ticket, ...]:
    """One resolved in time, one waiting, one breached and reopened, one of nobody's; `text` wherever people type."""
    held = {"assignee": text, "group": text, "title": text, "category": text}
    return (
        ticket(said("09:30", state="new → in_progress"), said("10:15", state="in_progress → resolved"), **held),
        ticket(said("10:00", state="new → pending", reason="vendor"), **held),
        ticket(
            said("10:00", state="new → in_progress"),
            said("11:00", state="in_progress → pending", reason="user"),
            said("09:00", day=17, state="pending → in_progress"),
            said("09:00", day=20, state="in_progress → resolved"),
            said("10:00", day=20, state="resolved → in_progress"),
            said("11:00", day=20, state="in_progress → resolved"),
            **held,
        ),
        ticket(priority="P1"),
    )


def report(*some: Ticket) -> Report:
    return draw_up_report(some, JANUARY, SETTINGS)


WHOLE = report(*tickets())
# The same beside a period before, whose figures differ.
COMPARED = replace(WHOLE, before=report(tickets()[2]).card)
EMPTY = report()
EVIL = report(*tickets(HOSTILE))
