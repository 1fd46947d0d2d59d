"""A ticket's life as it is made up, move by move: who does what next, and how long after, in working hours."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from random import Random

from tkt.demo.company import Case, Person
from tkt.demo.stage import Act, Move
from tkt.desk import handover, moves
from tkt.desk.moves import Resolution
from tkt.desk.said import Said
from tkt.domain.settings import Agent

_OPENS, _CLOSES = time(8), time(18)
_NEW_YEAR = date(2026, 1, 1)
_MARKS = {"5": 52, "4": 33, "3": 10, "2": 4, "1": 1}
_WORDS = {
    "5": ("Parfait, merci !", "Réponse rapide et claire, merci.", "Tout fonctionne, bravo à l'équipe."),
    "4": ("C'est bon pour moi, merci.", "Problème réglé, merci.", "Validé."),
    "3": ("C'est réglé, mais un peu long.", "Validé après deux appels."),
    "2": ("Réglé, mais j'ai dû relancer.",),
    "1": ("Une journée de perdue.",),
}


def working_days(first: date, last: date) -> Iterator[date]:
    """The days from `first` to `last` on which the desk is staffed."""
    day = first
    while day <= last:
        if day.weekday() < 5 and day != _NEW_YEAR:
            yield day
        day += timedelta(days=1)


def later(at: datetime, minutes: float) -> datetime:
    """The instant `minutes` of working time after `at`, to the minute."""
    left = timedelta(minutes=round(minutes))
    closing = datetime.combine(at, _CLOSES, at.tzinfo)
    while at + left > closing:
        left -= max(closing - at, timedelta())
        at = datetime.combine(next(working_days_after(at)), _OPENS, at.tzinfo)
        closing = datetime.combine(at, _CLOSES, at.tzinfo)
    return at + left


def working_days_after(at: datetime) -> Iterator[date]:
    """The staffed days behind the day of `at`."""
    return working_days(at.date() + timedelta(days=1), at.date() + timedelta(days=14))


@dataclass(slots=True)
class Life:
    """What has happened so far: `at` is the instant that the ticket has come to, `agent` who holds it."""

    case: Case
    requester: Person
    at: datetime
    agent: Agent
    chance: Random
    moves: list[Move] = field(default_factory=list)
    worked: int = 0

    def wait(self, least: float, most: float) -> None:
        """Let between `least` and `most` minutes of working time pass."""
        self.at = later(self.at, self.chance.uniform(least, most))

    def work(self, least: float, most: float) -> None:
        """The same, with a hand on the ticket."""
        before = self.at
        self.wait(least, most)
        self.worked += min(int((self.at - before).total_seconds()), 3600) // 300 * 300

    def rush(self, least: float, most: float) -> None:
        """Work on it at any hour."""
        self.at += timedelta(minutes=round(self.chance.uniform(least, most)))

    def do(self, act: Act) -> None:
        """One more move, by whoever holds the ticket."""
        self.moves.append(Move(self.at, self.agent, act))

    def said(self, text: str, *, by_requester: bool = False) -> Said:
        """Words, with the time worked since the last ones."""
        spent, self.worked = self.worked, 0
        return Said(text, by=self.requester.name if by_requester else None, spent=spent or None)

    def start(self) -> None:
        """Begin to work on it."""
        said = self.said(self.case.taken)
        self.do(lambda desk, one: moves.start(desk, [one], said))

    def assign(self, to: Agent) -> None:
        """Give it to somebody, without a word."""
        self.do(lambda desk, one: handover.assign(desk, [one], Said(), to.name))

    def escalate(self, to: Agent, text: str) -> None:
        """Hand it up; from now on `to` works on it."""
        said = self.said(text)
        self.do(lambda desk, one: handover.escalate(desk, [one], said, to.name))
        self.agent = to

    def log(self, text: str, *, by_requester: bool = False) -> None:
        """Say something."""
        said = self.said(text, by_requester=by_requester)
        self.do(lambda desk, one: moves.log(desk, [one], said))

    def hold(self, reason: str, text: str, until: str = "", ref: str = "") -> None:
        """Let it wait."""
        said = self.said(text)
        self.do(lambda desk, one: moves.hold(desk, [one], said, reason, until, ref))

    def resume(self, text: str) -> None:
        """Go on."""
        said = self.said(text)
        self.do(lambda desk, one: moves.resume(desk, [one], said))

    def resolve(self) -> None:
        """Say that it is solved."""
        said, solved = self.said(self.case.told), Resolution(self.case.cause, self.case.action)
        self.do(lambda desk, one: moves.resolve(desk, [one], said, solved))

    def reopen(self, text: str) -> None:
        """Take it up again, in the requester's words."""
        said = self.said(text, by_requester=True)
        self.do(lambda desk, one: moves.reopen(desk, [one], said))

    def cancel(self, reason: str, text: str) -> None:
        """Put it aside."""
        said = self.said(text)
        self.do(lambda desk, one: moves.cancel(desk, [one], said, reason))

    def end(self) -> None:
        """A resolved ticket is closed: by the requester's own words, often with a mark, or after three silent days."""
        if self.chance.random() < 0.55:
            self.wait(5, 300)
            mark = self.chance.choices(list(_MARKS), list(_MARKS.values()))[0]
            said = self.said(self.chance.choice(_WORDS[mark]), by_requester=True)
            rating = mark if self.chance.random() < 0.7 else ""
            self.do(lambda desk, one: moves.close(desk, [one], said, rating))
        else:
            self.wait(3 * 600, 3 * 600)
            silent = self.said("Sans retour de votre part, le ticket est fermé.")
            self.do(lambda desk, one: moves.close(desk, [one], silent))
