"""What the steps of a flow are called: states with what they wait for, holders by their names."""

from __future__ import annotations

from tkt.domain import words
from tkt.language import NP_, _, pgettext
from tkt.metrics.flow.flow import Path, Step, Transition

_NOBODY = {
    "group": NP_("holder", "no group"),
    "level": NP_("holder", "no level"),
    "assignee": NP_("assignee", "nobody"),
}
TITLES = {
    "state": NP_("column", "State"),
    "group": NP_("column", "Group"),
    "level": NP_("column", "Level"),
    "assignee": NP_("column", "Assigned to"),
}
_ARROW = " → "


def step_words(by: str, step: Step) -> str:
    """`In progress`, `Pending (user)`, `Messagerie`, `nobody`; of a ticket that is not open, by holders: `done`."""
    if step is None:
        return pgettext("step", "done")
    if by != "state":
        return step or pgettext(*_NOBODY[by])
    state, _colon, reason = step.partition(":")
    if not reason:
        return words.STATE.label(state)
    return _("{state} ({reason})").format(state=words.STATE.label(state), reason=words.PENDING_REASON.label(reason))


def ends_words(by: str, move: Transition) -> tuple[str, str]:
    """Where a transition comes from and where it goes."""
    opening = move.before is None and not move.reopening
    return pgettext("step", "opened") if opening else step_words(by, move.before), step_words(by, move.after)


def path_words(by: str, path: Path) -> str:
    """The steps of a path in order."""
    return _ARROW.join(step_words(by, step) for step in path.steps)
