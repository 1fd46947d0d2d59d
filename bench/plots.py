"""The ways in which the tickets of the benchmarks' desks go and what is said of them, and how often each."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from itertools import accumulate
from typing import NamedTuple

# How often tickets have which impact and urgency, how they come in, and what marks they get.
IMPACTS = {
    ("high", "high"): 2,
    ("high", "medium"): 4,
    ("medium", "high"): 6,
    ("medium", "medium"): 36,
    ("low", "high"): 5,
    ("high", "low"): 3,
    ("medium", "low"): 12,
    ("low", "medium"): 22,
    ("low", "low"): 10,
}
VIA = {"phone": 40, "email": 30, "portal": 18, "chat": 6, "walk_in": 4, "monitoring": 2}
MARKS = {"5": 52, "4": 33, "3": 10, "2": 4, "1": 1}

# What is said of work on a ticket, and since when it has been so.
NOTES = (
    "Serveur vérifié : RAS.",
    "Diagnostic posé, essais en cours.",
    "Sans effet, recherche en cours.",
    "Poste redémarré, cache vidé.",
    "Journaux relevés et comparés.",
    "Rappel sans réponse, message laissé.",
    "Correctif essayé hors production.",
    "IP sortante dans la blacklist Spamhaus.",
)
SINCE = ("ce matin 8h30", "hier après-midi", "la mise à jour de lundi", "deux jours", "le retour de congés")


class Step(NamedTuple):
    """What is done next (an act of `lives.py`), after between `least` and `most` minutes of working time."""

    act: str
    least: int
    most: int


Plot = tuple[Step, ...]


def _plot(text: str) -> Plot:
    """`start 2-20, resolve 8-50` as steps."""
    words = (step.replace("-", " ").split() for step in text.split(",") if step)
    return tuple(Step(act, int(least), int(most)) for act, least, most in words)


_CLOSE = "close 5-1800"
# Of a hundred that came to an end.
_ENDED: Mapping[str, int] = {
    f"start 2-20, note 2-15, resolve 8-40, {_CLOSE}": 46,
    f"start 10-130, note 30-90, note 20-60, note 10-90, resolve 60-240, {_CLOSE}": 20,
    f"assign 5-60, start 5-90, note 10-60, note 10-300, note 20-300, resolve 20-300, {_CLOSE}": 6,
    f"start 2-40, escalate 10-40, note 20-200, note 20-120, resolve 40-200, {_CLOSE}": 10,
    f"start 2-40, escalate 10-40, note 20-100, escalate 60-180, note 60-240, resolve 30-180, {_CLOSE}": 3,
    f"start 2-20, ask 5-20, answer 40-900, note 5-30, resolve 10-60, {_CLOSE}": 6,
    f"start 2-20, escalate 10-40, vendor 30-120, resume 90-3000, note 10-60, resolve 30-120, {_CLOSE}": 3,
    f"start 2-20, note 5-30, resolve 10-50, reopen 40-400, note 10-90, resolve 30-200, {_CLOSE}": 3,
    "cancel 5-90": 3,
}
# Of nineteen that did not; nobody has said yet that the last of them is solved indeed.
_LASTING: Mapping[str, int] = {
    "": 2,
    "assign 5-60": 2,
    "start 2-60, note 10-200": 4,
    "start 2-60, escalate 10-200, note 20-600, note 20-600": 3,
    "start 2-40, ask 5-60": 3,
    "start 2-40, escalate 10-40, vendor 30-120": 2,
    "start 2-20, note 5-30, resolve 10-50, reopen 40-400, note 10-90": 1,
    "start 2-20, note 5-30, resolve 10-50": 2,
}
# Up to which part of a desk's age, counted back from its end, what part of its tickets is left open.
_LEFT_OPEN = ((0.0007, 0.8), (0.005, 0.45), (0.02, 0.15), (0.06, 0.05), (1.0, 0.0025))


def left_open(age: float) -> float:
    """How likely it is that a ticket of that age (0 just opened, 1 the desk's oldest) has not come to an end."""
    return next(share for until, share in _LEFT_OPEN if age <= until)


@cache
def plots(*, lasting: bool) -> tuple[tuple[Plot, ...], tuple[int, ...]]:
    """The ways that a ticket may go, and how often each, added up."""
    weighed = _LASTING if lasting else _ENDED
    return tuple(map(_plot, weighed)), tuple(accumulate(weighed.values()))
