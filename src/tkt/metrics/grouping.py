"""What figures can be broken down by, and which group a ticket is in at the end of the period."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from tkt.domain.words import KIND, LEVEL, PRIORITY, did_you_mean
from tkt.errors import CalledWrongly
from tkt.language import _
from tkt.metrics.history import History

CATEGORY_SEPARATOR = " > "
_KEYS: Mapping[str, Callable[[History], str]] = {
    "priority": lambda one: one.timeline.priority,
    "category": lambda one: one.ticket.get("category").split(CATEGORY_SEPARATOR)[0].strip(),
    "assignee": lambda one: one.ticket.assignee,
    "group": lambda one: one.ticket.group,
    "level": lambda one: one.ticket.level,
    "type": lambda one: one.timeline.type,
    "policy": lambda one: one.clocks.resolution.policy,
}
_VOCABULARIES = {"priority": PRIORITY, "level": LEVEL, "type": KIND}
# A month is no property of a ticket: each is a period of its own.
BY = (*_KEYS, "month")


class UnknownGrouping(CalledWrongly):
    """Figures are not broken down by that."""


def require_grouping(by: str) -> None:
    """Refuse a `by` that is none of BY ("" for no groups is allowed)."""
    if by and by not in BY:
        message = _("Figures cannot be broken down by “{by}”.").format(by=by)
        raise UnknownGrouping(message + did_you_mean(by, BY))


def grouped(histories: Iterable[History], by: str) -> dict[str, list[History]]:
    """The tickets by their value of `by` (any of BY but month), "" for those that have none, which come last.

    Words of a vocabulary keep its order, other values that of the alphabet.
    """
    groups: dict[str, list[History]] = {}
    for one in histories:
        groups.setdefault(_KEYS[by](one), []).append(one)
    return dict(sorted(groups.items(), key=lambda group: _rank(by, group[0])))


def _rank(by: str, value: str) -> tuple[bool, int, str, str]:
    vocabulary = _VOCABULARIES.get(by)
    return not value, vocabulary.rank(value) if vocabulary else 0, value.casefold(), value
