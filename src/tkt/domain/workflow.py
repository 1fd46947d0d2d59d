"""The life of a ticket: which move leads where, what each needs, and why one is refused."""

from __future__ import annotations

import shlex
from collections.abc import Mapping
from datetime import datetime

from tkt.domain import words
from tkt.domain.duration import BusinessDays, WorkingDayAfter
from tkt.domain.ticket import Ticket
from tkt.errors import CalledWrongly, RuleRefuses
from tkt.language import _

Workflow = Mapping[str, tuple[str, ...]]

# The state that each verb leads to, and the states it starts from (None: wherever the workflow lets it).
VERBS: Mapping[str, tuple[str, tuple[str, ...] | None]] = {
    "assign": ("assigned", None),
    "start": ("in_progress", ("new", "assigned")),
    "hold": ("pending", None),
    "resume": ("in_progress", ("pending",)),
    "resolve": ("resolved", None),
    "close": ("closed", None),
    "reopen": ("in_progress", ("resolved", "closed", "cancelled")),
    "cancel": ("cancelled", None),
}


class TransitionRefused(RuleRefuses):
    """The workflow does not lead from the ticket's state where the verb wants to go."""


class TooLateToReopen(RuleRefuses):
    """The reopening window is over: a closed ticket stays closed."""


class Missing(CalledWrongly):
    """Something that the move needs was not said. `parts` holds the options' names."""

    def __init__(self, ticket_id: str, parts: Mapping[str, str]) -> None:
        self.parts = dict(parts)
        needed = ", ".join(f"{option} ({what})" for option, what in parts.items())
        super().__init__(_("{id}: still needed: {parts}.").format(id=ticket_id, parts=needed))


def allowed_verbs(state: str, workflow: Workflow) -> list[str]:
    """The verbs that `workflow` allows from `state`."""
    goals = workflow.get(state, ())
    return [verb for verb, (goal, sources) in VERBS.items() if goal in goals and (sources is None or state in sources)]


def require_move(ticket: Ticket, verb: str, workflow: Workflow) -> str:
    """The state that `verb` leads the ticket to; raises TransitionRefused with the moves that are allowed."""
    goal, _sources = VERBS[verb]
    allowed = allowed_verbs(ticket.state, workflow)
    if verb in allowed:
        return goal
    message = _("{id} is “{state}”: `tkt {verb}` is not possible.").format(
        id=ticket.id, state=words.STATE.label(ticket.state), verb=verb
    )
    moves = ", ".join(
        _("{verb} (→ {state})").format(verb=one, state=words.STATE.label(VERBS[one][0])) for one in allowed
    )
    way_out = _("Allowed from there: {moves}.").format(moves=moves) if moves else _("No move leads on from there.")
    raise TransitionRefused(f"{message} {way_out}")


def require_open(ticket: Ticket, verb: str) -> None:
    """Refuse a handover of a ticket on which nobody works any more."""
    if not ticket.is_open:
        raise TransitionRefused(
            _("{id} is “{state}”: `tkt {verb}` is for open tickets; `tkt reopen` comes first.").format(
                id=ticket.id, state=words.STATE.label(ticket.state), verb=verb
            )
        )


def last_resolution(ticket: Ticket) -> datetime | None:
    """The instant at which the ticket was last resolved (or closed from an open state), reopened since or not."""
    found, before = None, "new"
    for at, state in ticket.values_of("state"):
        if state == "resolved" or (state == "closed" and before != "resolved"):
            found = at
        before = state
    return found


def require_reopening_window(
    ticket: Ticket, now: datetime, window: BusinessDays, working_day_after: WorkingDayAfter
) -> None:
    """Refuse to reopen a closed ticket past the window, and propose a linked new one (design.md, section 3)."""
    resolved_at = last_resolution(ticket)
    if ticket.state != "closed" or resolved_at is None:
        return
    end = working_day_after(resolved_at, window)
    if end is not None and now > end:
        raise TooLateToReopen(
            _(
                "{id} could be reopened until {end} ({window} after its resolution). "
                "Open a new one that refers to it: {command}"
            ).format(id=ticket.id, end=f"{end:%Y-%m-%d %H:%M}", window=window, command=_new_one_linked_to(ticket))
        )


def _new_one_linked_to(ticket: Ticket) -> str:
    """A command line to copy: what a ticket holds is untrusted, so its words are quoted for the shell."""
    words_of_it = (ticket.title, "--requester", ticket.requester.name, "--link", f"related-to:{ticket.id}")
    return shlex.join(("tkt", "new", *words_of_it))


def needs_of_resolution(kind: str) -> tuple[str, ...]:
    """What resolving a ticket of this type must say: incidents and problems a cause and an action, others an action."""
    return ("cause", "action") if kind in ("incident", "problem") else ("action",)
