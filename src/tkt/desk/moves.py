"""The moves of a ticket's life: log, start, hold, resume, resolve, close, reopen, cancel, rate."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from tkt.desk.acting import Actor
from tkt.desk.desk import Desk
from tkt.desk.said import Said, require_line, require_text
from tkt.desk.writing import Done, Step, change_tickets
from tkt.domain.entry import Change, FieldChange
from tkt.domain.ticket import Ticket
from tkt.domain.workflow import (
    Missing,
    last_resolution,
    needs_of_resolution,
    require_move,
    require_reopening_window,
)
from tkt.errors import CalledWrongly, RuleRefuses
from tkt.language import _


class NotYetResolved(RuleRefuses):
    """A rating of something that was never resolved."""


class NoSuchRating(CalledWrongly):
    """A rating that is no whole mark from 1 to 5."""


class Resolution(NamedTuple):
    """What resolving says: the cause, the action that put it right, a closing code, and a word on first contact."""

    cause: str = ""
    action: str = ""
    code: str = ""
    first_contact: bool | None = None


def log(desk: Desk, ids: Sequence[str], said: Said) -> list[Done]:
    """Add words to tickets; the requester's own resume one that waits for the user (design.md, section 3)."""

    def decide(ticket: Ticket, actor: Actor) -> list[Step]:
        require_said(ticket, said)
        waits_for_user = ticket.state == "pending" and waiting_for(ticket) == "user"
        if waits_for_user and actor.name == ticket.requester.name:
            return [Step("log", (FieldChange("state", "in_progress", "pending"),))]
        return [Step("log")]

    return change_tickets(desk, ids, said, decide)


def start(desk: Desk, ids: Sequence[str], said: Said) -> list[Done]:
    """Begin to work on tickets: whoever starts a ticket that nobody holds, holds it. Speaks to the requester."""

    def decide(ticket: Ticket, actor: Actor) -> list[Step]:
        changes = [_move(desk, ticket, "start")]
        if not ticket.assignee:
            changes.append(FieldChange("assignee", actor.name))
        return [Step("start", tuple(changes), public=True)]

    return change_tickets(desk, ids, said, decide)


def hold(desk: Desk, ids: Sequence[str], said: Said, reason: str, until: str = "", ref: str = "") -> list[Done]:
    """Let tickets wait, for a reason (`other` wants words), perhaps until a date, perhaps for a vendor's case."""
    facts = {"reason": reason, "until": until, "ref": require_line("--ref", ref)}

    def decide(ticket: Ticket, actor: Actor) -> list[Step]:
        move = _move(desk, ticket, "hold")
        _require(ticket, {"--reason": reason} | ({"TEXT": said.text} if reason == "other" else {}))
        return [Step("hold", (move, *_facts(facts)), public=reason == "user")]

    return change_tickets(desk, ids, said, decide)


def resume(desk: Desk, ids: Sequence[str], said: Said) -> list[Done]:
    """Go on with tickets that waited."""
    return change_tickets(desk, ids, said, lambda ticket, actor: [Step("resume", (_move(desk, ticket, "resume"),))])


def resolve(desk: Desk, ids: Sequence[str], said: Said, resolution: Resolution) -> list[Done]:
    """Say that tickets are solved, why they arose and what put them right. Speaks to the requester."""
    return change_tickets(desk, ids, said, lambda ticket, actor: [resolving(desk, ticket, resolution, actor)])


def resolving(desk: Desk, ticket: Ticket, resolution: Resolution, actor: Actor) -> Step:
    """The step that resolves one ticket: whoever solves what nobody holds, holds it.

    Raises TransitionRefused, Missing, and UnusableText where no ticket can hold what is said.
    """
    move = _move(desk, ticket, "resolve")
    missing = lacking(ticket.type, resolution)
    if missing:
        raise Missing(ticket.id, missing)
    fields = {
        "cause": require_text(resolution.cause).strip(),
        "action": require_text(resolution.action).strip(),
        "code": require_line("--code", resolution.code),
    }
    changes = [FieldChange(key, value, ticket.get(key)) for key, value in fields.items() if value]
    if not ticket.assignee and actor.name != ticket.requester.name:
        changes.append(FieldChange("assignee", actor.name))
    if resolution.first_contact is not None:
        changes.append(FieldChange("first_contact", "yes" if resolution.first_contact else "no"))
    return Step("resolve", (move, *changes), public=True)


def lacking(kind: str, resolution: Resolution) -> dict[str, str]:
    """What the resolution of a ticket of this type still needs, by option, and what each of them says."""
    said = {"cause": resolution.cause, "action": resolution.action}
    return _blank({f"--{part}": said[part] for part in needs_of_resolution(kind)})


def close(desk: Desk, ids: Sequence[str], said: Said, rating: str = "") -> list[Done]:
    """Close resolved tickets, perhaps with the requester's rating. Speaks to the requester."""

    def decide(ticket: Ticket, actor: Actor) -> list[Step]:
        return closing(desk, ticket, actor, rating)

    return change_tickets(desk, ids, said, decide)


def closing(desk: Desk, ticket: Ticket, actor: Actor, rating: str = "") -> list[Step]:
    """The steps that close one ticket: a rating is the requester's own word, so it is said in their name."""
    move = _move(desk, ticket, "close")
    if not rating:
        return [Step("close", (move,), public=True)]
    mark = FieldChange("rating", read_rating(rating))
    if actor.name == ticket.requester.name:
        return [Step("close", (move, mark), public=True)]
    return [Step("close", (move,), public=True), Step("rate", (mark,), text="", by_requester=True)]


def reopen(desk: Desk, ids: Sequence[str], said: Said) -> list[Done]:
    """Take tickets up again, within the window, saying why. Speaks to the requester."""

    def decide(ticket: Ticket, actor: Actor) -> list[Step]:
        move = _move(desk, ticket, "reopen")
        require_reopening_window(ticket, desk.now, desk.settings.reopen_within, desk.working_day_after)
        require_said(ticket, said)
        return [Step("reopen", (move,), public=True)]

    return change_tickets(desk, ids, said, decide)


def cancel(desk: Desk, ids: Sequence[str], said: Said, reason: str) -> list[Done]:
    """Put tickets aside that are no work: a reason and words are needed."""

    def decide(ticket: Ticket, actor: Actor) -> list[Step]:
        move = _move(desk, ticket, "cancel")
        _require(ticket, {"--reason": reason, "TEXT": said.text})
        return [Step("cancel", (move, FieldChange("reason", reason)))]

    return change_tickets(desk, ids, said, decide)


def rate(desk: Desk, ids: Sequence[str], said: Said, rating: str) -> list[Done]:
    """Record the requester's mark, 1 to 5, of a ticket that was resolved; it is said in the requester's name."""
    mark = read_rating(rating)

    def decide(ticket: Ticket, actor: Actor) -> list[Step]:
        if last_resolution(ticket) is None:
            raise NotYetResolved(_("{id} was never resolved: there is nothing to rate yet.").format(id=ticket.id))
        return [Step("rate", (FieldChange("rating", mark),), by_requester=True)]

    return change_tickets(desk, ids, said, decide)


def read_rating(text: str) -> str:
    """A mark from 1 to 5; raises NoSuchRating."""
    if text not in ("1", "2", "3", "4", "5"):
        raise NoSuchRating(_("“{rating}” is no rating: a whole number from 1 to 5 is.").format(rating=text))
    return text


def waiting_for(ticket: Ticket) -> str:
    """Why a pending ticket waits, "" where nothing says so."""
    for entry in reversed(ticket.entries):
        if entry.value("state") == "pending":
            return entry.value("reason")
    return ""


def require_said(ticket: Ticket, said: Said) -> None:
    """Raises Missing where a move needs words and none were said."""
    _require(ticket, {"TEXT": said.text})


def _require(ticket: Ticket, parts: Mapping[str, str]) -> None:
    missing = _blank(parts)
    if missing:
        raise Missing(ticket.id, missing)


def _blank(parts: Mapping[str, str]) -> dict[str, str]:
    return {option: _what(option) for option, value in parts.items() if not value.strip()}


def _what(option: str) -> str:
    return {
        "--cause": _("what caused it; “unknown” is an answer"),
        "--action": _("what put it right"),
        "--reason": _("why"),
        "TEXT": _("the words"),
    }[option]


def _move(desk: Desk, ticket: Ticket, verb: str) -> FieldChange:
    return FieldChange("state", require_move(ticket, verb, desk.settings.workflow), ticket.state)


def _facts(facts: Mapping[str, str]) -> tuple[Change, ...]:
    return tuple(FieldChange(key, value) for key, value in facts.items() if value)
