"""The balance: how the tickets open at the start of a period became those open at its end."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from tkt.domain import words
from tkt.metrics.history import History
from tkt.metrics.period import Period
from tkt.service_level.timeline import Move


@dataclass(frozen=True, slots=True)
class Balance:
    """Events of a period: open_start + created + reopened + restored + unsettled − resolutions − cancelled = open_end.

    `restored`: brought back from cancelled. `unsettled`: taken out of resolved or closed by a concurrent move that did
    not know of it, and so without a reopening. `resolutions` and `cancelled` count every move out of an open state,
    those undone since too.
    """

    open_start: int = 0
    created: int = 0
    reopened: int = 0
    restored: int = 0
    unsettled: int = 0
    resolutions: int = 0
    cancelled: int = 0
    open_end: int = 0


def draw_up(histories: Iterable[History], period: Period) -> Balance:
    """The balance of some tickets over a period."""
    count = dict.fromkeys(Balance.__dataclass_fields__, 0)
    for history in histories:
        count["open_end"] += history.timeline.is_open
        for at, term, opens in _events(history):
            if period.holds_second(at):
                count[term] += 1
            else:
                count["open_start"] += 1 if opens else -1
    return Balance(**count)


def _events(history: History) -> Iterator[tuple[int, str, bool]]:
    """(second, term of the balance, whether it adds to the open tickets) in a ticket's life."""
    yield history.timeline.start, "created", True
    for move in history.timeline.moves:
        if move.opens:
            yield move.second, _opening_term(move), True
        elif move.ends:
            yield move.second, "cancelled" if move.after == "cancelled" else "resolutions", False


def _opening_term(move: Move) -> str:
    if move.before not in words.DONE:
        return "restored"
    return "reopened" if move.reopening else "unsettled"
