"""Tickets as several years of a real desk leave them: the same number among as many gives the same ticket.

About one in a hundred is still open, two weeks of what comes in; the others were solved at first contact, handed to a
second or third line, waited for somebody, came back or were called off. Six entries and 1.3 KB are the mean.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cache
from random import Random
from typing import TypeVar
from zoneinfo import ZoneInfo

from plots import IMPACTS, MARKS, NOTES, SINCE, VIA, Step, left_open, plots
from staff import Requester, cases_of, lines, requesters

from tkt.demo.company import Case
from tkt.domain.entry import Change, Entry, FieldChange, SetChange
from tkt.domain.identifier import derived_uid, make_id
from tkt.domain.instant import fixed, write_instant
from tkt.domain.priority import DEFAULT_MATRIX
from tkt.domain.settings import Agent
from tkt.domain.ticket import Ticket
from tkt.store.ticket_file import new_ticket_file, sections_of

# Raised whenever the same number would give another ticket: desks that were kept are then made again.
SHAPE = 2
_T = TypeVar("_T")
_ZONE = ZoneInfo("Europe/Paris")
_FIRST = datetime(2022, 11, 21, 8, 0)
FIRST_YEAR = _FIRST.year
# Four years of work, of five days of ten hours: a moment is counted in the seconds of it.
_DAY = 10 * 3600
_ALL = 209 * 5 * _DAY
# The morning after the last night: nothing was said after it.
END = datetime(2026, 11, 21, 8, 0, tzinfo=_ZONE)
_NIGHT = timedelta(hours=11)
_PREFIXES = {"incident": "INC", "request": "REQ", "problem": "PRB", "change": "CHG"}


def id_of(number: int) -> str:
    """The id of the ticket of that number: the prefixes share one sequence."""
    return make_id(_PREFIXES[_kind_of(number)], number)


def ticket_of(number: int, tickets: int) -> Ticket:
    """The ticket of that number on a desk of so many."""
    return _lived(number, tickets).ticket()


def file_of(number: int, tickets: int) -> bytes:
    """Its file, as tkt writes it."""
    ticket = ticket_of(number, tickets)
    return new_ticket_file("", ticket.fields, ticket, sections_of(ticket.description, ticket.actions)).data


def _lived(number: int, tickets: int) -> _Life:
    dice = Random(number)
    lasting = dice.random() < left_open(1 - number / tickets)
    life = _Life(number, dice, int((number - 1 + dice.random()) / tickets * _ALL))
    ways, weights = plots(lasting=lasting)
    for step in dice.choices(ways, cum_weights=weights)[0]:
        life.wait(step)
        if life.over:
            break
        _ACTS[step.act](life)
    return life


def _kind_of(number: int) -> str:
    """Of two hundred: fifty requests, two changes, one problem, the rest incidents."""
    rest = number * 7919 % 200
    return "request" if rest < 50 else "change" if rest < 52 else "problem" if rest == 52 else "incident"


@cache
def _day(number: int) -> datetime:
    """The morning of a working day, by its number: one offset holds from morning to evening."""
    weeks, day = divmod(number, 5)
    return fixed((_FIRST + timedelta(days=7 * weeks + day)).replace(tzinfo=_ZONE))


def _instant(moment: int) -> datetime:
    day, second = divmod(moment, _DAY)
    return _day(day) + timedelta(seconds=second)


@dataclass(slots=True)
class _Life:
    """One ticket while it is lived: `moment` is the working second that it has come to."""

    number: int
    dice: Random
    moment: int
    fields: dict[str, str] = field(default_factory=dict)
    entries: list[Entry] = field(default_factory=list)
    tags: tuple[str, ...] = ()
    description: str = ""
    actions: str = ""
    agent: Agent = field(init=False)
    case: Case = field(init=False)
    requester: Requester = field(init=False)

    def __post_init__(self) -> None:
        kind = _kind_of(self.number)
        fitting, weights = cases_of(kind)
        self.case = self.dice.choices(fitting, cum_weights=weights)[0]
        self.requester = self.dice.choice(requesters())
        self.agent = self.dice.choice(lines()["N1"])
        self._open(kind)

    def _open(self, kind: str) -> None:
        impact, urgency = self._drawn(IMPACTS)
        opened = _instant(self.moment)
        via = self._drawn(VIA)
        if via == "monitoring":
            # Alerts come at night, and are taken up in the morning.
            opened, self.moment = fixed((opened + _NIGHT).astimezone(_ZONE)), (self.moment // _DAY + 1) * _DAY
        moved = {"state": "new", "impact": impact, "urgency": urgency}
        moved |= {"priority": DEFAULT_MATRIX[impact, urgency], "level": self.agent.level, "group": self.agent.group}
        self.fields = {**self._asked(kind, via), **moved, "opened_at": write_instant(opened)}
        changes = tuple(FieldChange(key, value) for key, value in moved.items())
        self.entries.append(Entry(opened, self.agent.name, self.agent.level, changes=changes))
        self._describe(kind)

    def _asked(self, kind: str, via: str) -> dict[str, str]:
        """What is asked for, by whom, about what."""
        who = self.requester
        return {
            "id": id_of(self.number),
            "uid": derived_uid(f"bench:{self.number}"),
            "type": kind,
            "title": self.case.title,
            "requester.name": who.name,
            "requester.department": who.department,
            **({"requester.email": who.email} if via == "email" else {}),
            "via": via,
            **({"asset": who.asset} if self.dice.random() < 0.3 else {}),
            "category": self.case.category,
        }

    def _describe(self, kind: str) -> None:
        """Most of them say nothing but the title; the others the symptom, and few of them all that they are asked."""
        self.tags = ("vip",) if self.dice.random() < 0.05 else ()
        asked = self.dice.choices((0, 1, 3), (70, 26, 4))[0]
        since = [("Depuis quand", self.dice.choice(SINCE))] if asked > 1 and kind == "incident" else []
        said = (*self.case.said[1 : 1 + asked], *since)
        self.description = "\n".join(f"- {label} : {words}" for label, words in said)
        if self.dice.random() < 0.05:
            self.actions = "- [x] Rappeler l'utilisateur\n- [ ] Mettre à jour la base de connaissances"

    @property
    def over(self) -> bool:
        """Whether the desk's last day is past."""
        return self.moment >= _ALL

    def ticket(self) -> Ticket:
        """The ticket as it stands."""
        return Ticket(
            self.fields,
            self.entries[0].at,
            tuple(self.entries),
            self.tags,
            description=self.description,
            actions=self.actions,
        )

    def wait(self, step: Step) -> None:
        """Let working time pass, at least a minute of it."""
        self.moment += 60 * self.dice.randint(step.least, step.most) + self.dice.randint(0, 59)

    def say(
        self, text: str, *facts: tuple[str, str], public: bool = False, by_requester: bool = False, **moved: str
    ) -> None:
        """One more entry: the fields that it moves, its facts, its words."""
        changes: list[Change] = [
            FieldChange(key, value, self.fields.get(key, ""))
            for key, value in moved.items()
            if value != self.fields.get(key)
        ]
        changes += [FieldChange(key, value) for key, value in facts]
        if by_requester:
            changes.append(FieldChange("recorded_by", self.agent.name))
        self.fields.update(moved)
        author, level = (self.requester.name, "") if by_requester else (self.agent.name, self.agent.level)
        self.entries.append(Entry(_instant(self.moment), author, level, public or by_requester, tuple(changes), text))

    def spent(self) -> tuple[tuple[str, str], ...]:
        """Time worked, where it is told."""
        return (("spent", self.minutes()),) if self.dice.random() < 0.25 else ()

    def minutes(self) -> str:
        """How long something took."""
        return f"{self.dice.choice((5, 10, 15, 15, 20, 30, 40))}m"

    def assign(self) -> None:
        """Given to somebody."""
        self.say("", state="assigned", assignee=self.agent.name)

    def start(self) -> None:
        """Taken up."""
        words = self.case.taken if self.dice.random() < 0.1 else ""
        self.say(words, *self.spent(), public=True, state="in_progress", assignee=self.agent.name)

    def note(self) -> None:
        """Worked on; now and then it proves more urgent, or somebody important."""
        if self.dice.random() < 0.03 and self.fields["urgency"] != "high":
            priority = DEFAULT_MATRIX[self.fields["impact"], "high"]
            self.say("Le service est bloqué : urgence relevée.", urgency="high", priority=priority)
        elif self.dice.random() < 0.02:
            tagged = SetChange("tags", ("connu",))
            self.tags = (*self.tags, "connu") if "connu" not in self.tags else self.tags
            self.entries.append(Entry(_instant(self.moment), self.agent.name, self.agent.level, False, (tagged,)))
        else:
            self.say(self.dice.choice(NOTES) if self.dice.random() < 0.7 else "", ("spent", self.minutes()))

    def escalate(self) -> None:
        """Handed up a level, to the group of the case where it has one."""
        up = {"N1": "N2", "N2": "N3"}.get(self.agent.level, "N3")
        fitting = [one for one in lines()[up] if one.group == self.case.group] or lines()[up]
        goal = self.dice.choice(fitting)
        text = f"Non résolu, escalade au groupe {goal.group}."
        self.say(text, *self.spent(), assignee=goal.name, level=goal.level, group=goal.group)
        self.agent = goal

    def ask(self) -> None:
        """Waits for the requester."""
        text = "Pouvez-vous nous envoyer une copie d'écran ?"
        self.say(text, ("reason", "user"), public=True, state="pending")

    def answer(self) -> None:
        """The requester answers."""
        text = "Voici la copie d'écran."
        self.say(text, by_requester=True, state="in_progress")

    def vendor(self) -> None:
        """Waits for a vendor."""
        until = (_instant(self.moment) + timedelta(days=7)).date().isoformat()
        facts = (("reason", "vendor"), ("until", until), ("ref", f"SR-{self.dice.randint(1000, 9999)}"))
        self.say("Dossier ouvert chez le fournisseur.", *facts, state="pending")

    def resume(self) -> None:
        """The vendor has answered."""
        self.say("Réponse du fournisseur reçue : correctif fourni.", state="in_progress")

    def resolve(self) -> None:
        """Solved; a second time by something else."""
        again = " (second passage)" if "action" in self.fields else ""
        solved = {"action": f"{self.case.action}{again}"} | ({"cause": self.case.cause} if self.case.cause else {})
        told = self.case.told if self.dice.random() < 0.1 else ""
        self.say(told, *self.spent(), public=True, state="resolved", **solved)

    def reopen(self) -> None:
        """It came back."""
        self.say("Le problème est revenu, exactement comme la première fois.", by_requester=True, state="in_progress")

    def cancel(self) -> None:
        """No work after all."""
        reason = self.dice.choice(("withdrawn", "error", "spam"))
        self.say("Le demandeur n'en a plus besoin, confirmé par téléphone.", ("reason", reason), state="cancelled")

    def close(self) -> None:
        """Closed by the requester, often with a mark, or without a word of theirs."""
        if self.dice.random() < 0.4:
            rating = (("rating", self._drawn(MARKS)),) if self.dice.random() < 0.7 else ()
            self.say("C'est bon pour moi, merci.", *rating, by_requester=True, state="closed")
        else:
            self.say("", public=True, state="closed")

    def _drawn(self, weights: Mapping[_T, int]) -> _T:
        return self.dice.choices(list(weights), list(weights.values()))[0]


_ACTS: Mapping[str, Callable[[_Life], None]] = {
    "assign": _Life.assign,
    "start": _Life.start,
    "note": _Life.note,
    "escalate": _Life.escalate,
    "ask": _Life.ask,
    "answer": _Life.answer,
    "vendor": _Life.vendor,
    "resume": _Life.resume,
    "resolve": _Life.resolve,
    "reopen": _Life.reopen,
    "cancel": _Life.cancel,
    "close": _Life.close,
}
