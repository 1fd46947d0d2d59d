"""Closing by itself what was resolved and has gone unanswered for as long as the desk says."""

from __future__ import annotations

from collections.abc import Sequence

from tkt.desk.automatic import carry_out
from tkt.desk.desk import Desk
from tkt.domain.author import is_by_requester
from tkt.domain.automatic import Act, Run
from tkt.domain.duration import BusinessDays
from tkt.domain.entry import Entry, FieldChange
from tkt.domain.ticket import Ticket
from tkt.domain.workflow import require_move
from tkt.language import pgettext
from tkt.service_level.stopwatch import read_timeline

RULE = "autoclose"
# What the requester's entry may say without being an answer: it is content, or it is not, and nothing more.
_NO_ANSWER = frozenset({"rating", "recorded_by"})


def autoclose(desk: Desk, ids: Sequence[str] = (), *, dry_run: bool = False) -> Run:
    """Close every resolved ticket whose last resolution is so many business days ago, unless the requester answered."""
    return carry_out(desk, ids, {"resolved"}, closing, dry_run=dry_run) if desk.settings.autoclose.count else Run()


def closing(desk: Desk, ticket: Ticket) -> Act | None:
    """How a ticket is closed; None for one that is not resolved, not for so long, or was answered.

    Raises TransitionRefused where the desk's workflow closes none, and what a calendar raises of days that it cannot
    know.
    """
    if ticket.state != "resolved":
        return None
    resolved = read_timeline(ticket, desk.now).resolution
    if resolved is None or any(_answers(ticket, entry) for entry in ticket.entries[resolved.read :]):
        return None
    days = desk.settings.autoclose
    reached = desk.working_day_after(resolved.at, days)
    if reached > desk.now:
        return None
    move = FieldChange("state", require_move(ticket, "close", desk.settings.workflow), ticket.state)
    return Act(RULE, reached, (move,), _words(days, desk.settings.language), public=True)


def _answers(ticket: Ticket, entry: Entry) -> bool:
    """Whether the requester says something: a mark without words is none that waits for an answer."""
    if entry.value("automatic") or not is_by_requester(ticket, entry):
        return False
    said = {change.key for change in entry.changes}
    return bool(entry.text.strip()) or not said <= _NO_ANSWER


def _words(days: BusinessDays, language: str) -> str:
    """In the desk's language whoever has it run, so that two clones write the same."""
    if days.count == 1:
        return pgettext(
            "autoclose",
            "Closed automatically: one business day has passed without an answer since it was resolved.",
            language,
        )
    message = pgettext(
        "autoclose",
        "Closed automatically: {count} business days have passed without an answer since it was resolved.",
        language,
    )
    return message.format(count=days.count)
