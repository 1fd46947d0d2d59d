"""January 2026 at the company's desk: some 150 tickets, always the same ones."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from random import Random

from tkt.demo.company import FIRST_LINE, Case, Person, cases, people
from tkt.demo.course import CET
from tkt.demo.life import Life, working_days
from tkt.demo.plots import HANDED_UP, LAST_HOURS, LEFT_OVER, PLOTS, Plot, outage
from tkt.demo.stage import Story
from tkt.desk.opening import Wish
from tkt.domain.identifier import derived_uid

_FIRST, _LAST = date(2026, 1, 2), date(2026, 1, 30)
FIRST_MORNING = datetime.combine(_FIRST, time(8), CET)
_SEED = 202601
_LAST_WEEK = datetime(2026, 1, 26, 8, tzinfo=CET)
_LAST_HOURS = datetime(2026, 1, 30, 13, tzinfo=CET)
_EVENING = datetime(2026, 1, 30, 18, tzinfo=CET)
_WAYS_IN = {"phone": 6, "email": 3, "portal": 3, "chat": 2, "walk_in": 1}


def month() -> list[Story]:
    """The month's tickets; what would happen after its last evening has not happened yet."""
    chance = Random(_SEED)
    opened = [at for day in working_days(_FIRST, _LAST) for at in sorted(_instants(chance, day))]
    return [_story(chance, number, at) for number, at in enumerate(opened)]


def _instants(chance: Random, day: date) -> Iterator[datetime]:
    """When people call: more of them on a Monday."""
    for _call in range(chance.randint(9, 11) if day.weekday() == 0 else chance.randint(6, 8)):
        yield datetime.combine(day, time(8, 5), CET) + timedelta(minutes=chance.randrange(510))


def _story(chance: Random, number: int, at: datetime) -> Story:
    case = chance.choices(cases(), [case.weight for case in cases()])[0]
    requester = chance.choice(people())
    agent = chance.choice(FIRST_LINE)
    life = Life(case, requester, at, agent, chance)
    _plot(chance, case, at)(life)
    done = tuple(move for move in life.moves if move.at <= _EVENING)
    return Story(derived_uid(f"tkt demo {number}"), _wish(chance, case, requester, at), at, agent, done)


def _plot(chance: Random, case: Case, at: datetime) -> Plot:
    if case.is_outage:
        return outage
    plots = LAST_HOURS if at >= _LAST_HOURS else PLOTS
    if _LAST_WEEK <= at < _LAST_HOURS and chance.random() < 0.15:
        plots = LEFT_OVER
    may_be = {plot: often for plot, often in plots.items() if case.group or plot not in HANDED_UP}
    return chance.choices(list(may_be), list(may_be.values()))[0]


def _wish(chance: Random, case: Case, requester: Person, at: datetime) -> Wish:
    fields = {
        "title": case.title,
        "type": case.type,
        "requester.name": requester.name,
        "category": case.category,
        "impact": case.impact,
        "urgency": case.urgency,
        "via": chance.choices(list(_WAYS_IN), list(_WAYS_IN.values()))[0],
    }
    said = [f"- {label} : {text}" for label, text in case.said]
    if case.type == "incident":
        said.insert(-1, f"- Depuis quand : {_since(chance, case, at)}")
    return Wish(fields, "\n".join(said))


def _since(chance: Random, case: Case, at: datetime) -> str:
    """When it began, as people say it."""
    if case.is_outage:
        return f"{at - timedelta(minutes=chance.randint(5, 25)):%Hh%M}"
    before = "vendredi" if at.weekday() == 0 else "hier"
    said = ["ce matin", before, f"{before} après-midi", "le début de la semaine", "la dernière mise à jour"]
    if at.hour >= 9:
        said.append(f"ce matin {at.hour - 1}h30")
    return chance.choice(said)
