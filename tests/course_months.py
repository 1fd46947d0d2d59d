"""The course's two months as desks: every ticket opened, moved and closed through tkt's own use cases."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta, timezone
from pathlib import Path

from tkt.desk import moves
from tkt.desk.desk import Desk
from tkt.desk.founding import found_desk
from tkt.desk.moves import Resolution
from tkt.desk.opening import Wish, open_ticket
from tkt.desk.recording import NoRecorder
from tkt.desk.said import Said
from tkt.domain.person import Person
from tkt.store.settings.settings import read_settings

CET = timezone(timedelta(hours=1))
JEAN = Person("Jean DUPONT", "jean.dupont@entreprise.fr")
MARIE = "Marie MARTIN"
# Impact and urgency, which the matrix makes the priority of.
MATTERS = {"P1": ("high", "high"), "P2": ("high", "medium"), "P3": ("medium", "medium")}
DONE = Resolution("unknown", "Redémarrage")


@dataclass(frozen=True)
class Plan:
    """A ticket of a month. Minutes count from the opening; `resolved` 0: it stays open, in hand where `answered`."""

    answered: int = 0
    resolved: int = 0
    priority: str = "P3"
    category: str = ""
    mark: str = ""
    reopened: tuple[int, int] | None = None
    before: bool = False


class Month:
    """A desk without git, whose clock is put to the instant of each move."""

    def __init__(self, root: Path) -> None:
        root.mkdir()
        recorder = NoRecorder(root, lambda: JEAN)
        start = datetime(2025, 12, 1, 8, tzinfo=CET)
        found_desk(root, "fr", "Europe/Paris", recorder, start)
        self._desk = Desk(root, read_settings(root / "tkt.yaml"), lambda: recorder, start, frozen=True)

    def live(self, plans: Sequence[Plan]) -> None:
        """Let every ticket live as it is planned."""
        for number, plan in enumerate(plans):
            self._live(plan, _opening(number, plan))

    def _live(self, plan: Plan, opened: datetime) -> None:
        impact, urgency = MATTERS[plan.priority]
        fields = {"title": "Poste 12 - Session bloquée", "requester.name": MARIE, "requester.phone": "1234"}
        wish = Wish({**fields, "impact": impact, "urgency": urgency, "category": plan.category})
        one = [open_ticket(self._at(opened), wish, Said()).after.id]
        if plan.answered:
            moves.start(self._at(opened, plan.answered), one, Said("Prise en charge."))
        if plan.reopened:
            first, again = plan.reopened
            moves.resolve(self._at(opened, first), one, Said("Essayez."), DONE)
            moves.reopen(self._at(opened, again), one, Said("Toujours en panne."))
        if plan.resolved:
            moves.resolve(self._at(opened, plan.resolved), one, Said("C'est réparé."), DONE)
        if plan.mark:
            moves.close(self._at(opened, plan.resolved), one, Said("Merci !", by=MARIE), plan.mark)

    def _at(self, opened: datetime, minutes: int = 0) -> Desk:
        return replace(self._desk, now=opened + timedelta(minutes=minutes))


def _opening(number: int, plan: Plan) -> datetime:
    month = datetime(2025, 12, 1, 8, tzinfo=CET) if plan.before else datetime(2026, 1, 1, 8, tzinfo=CET)
    return month + timedelta(days=number % 28, minutes=number // 28)


def exercise() -> list[Plan]:
    """Exercise 2: 200 created, 185 resolved in 740 hours, 130 at first contact, 10 reopened."""
    at_once = [Plan(10, 60)] * 130
    twice = [Plan(10, 300, reopened=(60, 120))] * 10
    left = 740 * 60 - sum(plan.resolved for plan in at_once + twice)
    return [*at_once, *twice, *(Plan(10, minutes) for minutes in _shared(left, 45)), *[Plan()] * 15]


CATEGORIES = {
    "Messagerie > Outlook": 135,
    "Poste travail > Windows": 113,
    "Réseau > VPN": 90,
    "Applications > ERP": 67,
    "Impression > Imprimante": 25,
    "Téléphonie > Poste fixe": 20,
}


def dashboard() -> list[Plan]:
    """The dashboard's month: 450 created, 435 resolved in 3h45 on average, 45 in progress and 15 in the backlog.

    What adds up behind it: 45 tickets of December are still in hand at the end of January.
    """
    plans = [*_first_contacts(), *_longer(), *[Plan()] * 15]
    marks = iter(["5"] * 40 + ["4"] * 50 + ["3"] * 10)
    categories = (name for name, count in CATEGORIES.items() for _one in range(count))
    january = [
        replace(plan, category=category, mark=next(marks, "") if plan.resolved else "")
        for plan, category in zip(plans, categories, strict=True)
    ]
    return [*january, *[Plan(30, before=True, category="Réseau > VPN")] * 45]


def _first_contacts() -> Iterator[Plan]:
    """72 % of 435."""
    for priority, count in {"P1": 49, "P2": 80, "P3": 184}.items():
        yield from [Plan(5, 35, priority)] * count


def _longer() -> Iterator[Plan]:
    """Those that took hours: one P1 of 50 and six P2 of 100 took too many."""
    late = [Plan(10, 5 * 60, "P1"), *[Plan(20, 9 * 60, "P2")] * 6, *[Plan(20, 6 * 60, "P2")] * 14]
    yield from late
    left = 435 * 225 - sum(plan.resolved for plan in [*_first_contacts(), *late])
    yield from (Plan(30, minutes) for minutes in _shared(left, 101))


def _shared(minutes: int, count: int) -> list[int]:
    """Whole minutes that add up, as even as can be."""
    each, rest = divmod(minutes, count)
    return [each + 1] * rest + [each] * (count - rest)
