"""Seals: the figures of a month as they were recorded, and what became of them since."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal, NamedTuple

from tkt.domain.entry import FieldChange
from tkt.domain.person import Person
from tkt.metrics.figure import Figure
from tkt.metrics.indicator import Indicator
from tkt.metrics.ola import OlaFigures
from tkt.metrics.period import Period
from tkt.metrics.scorecard import Scorecard


class Place(NamedTuple):
    """Which figure: whose (`of`: "" for all tickets, a priority, or an OLA and its holder) and which indicator."""

    of: str
    key: str


Figures = Mapping[Place, Figure]


@dataclass(frozen=True, slots=True)
class Sealed:
    """What a seal says. `settings` is the fingerprint of what the desk was set up by, `tkt` the version that counted,
    `types` those of the tickets counted.

    `why` says why an earlier seal was replaced, whose object in git is `replaced`; both are "" for a first one. `clock`
    is the moment that the clock was said to show, None where it was the real one. `told` is what it says of all this to
    people.
    """

    month: str
    commit: str
    settings: str
    tkt: str
    types: tuple[str, ...]
    period: Period
    figures: Figures
    why: str = ""
    replaced: str = ""
    clock: datetime | None = None
    told: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class Seal:
    """A seal as git has it: its tag, the tag's object, the commit that it is on, who made it and when.

    `sealed` is None where what it says cannot be read.
    """

    month: str
    tag: str
    object: str
    commit: str
    by: Person
    at: datetime
    is_signed: bool
    sealed: Sealed | None


class Departure(NamedTuple):
    """A figure that is not the sealed one, as the sealed commit and today's files give it; None where they do not."""

    place: Place
    sealed: Figure
    at_commit: Figure | None
    today: Figure | None


class Differing(NamedTuple):
    """A ticket that counts otherwise today than in the sealed commit, and in which indicators.

    Of one that was `changed`: the values that are others at the month's end, and how many entries up to then were added
    and are gone since.
    """

    id: str
    what: Literal["changed", "added", "gone"]
    keys: tuple[str, ...]
    fields: tuple[FieldChange, ...] = ()
    entries_added: int = 0
    entries_gone: int = 0


@dataclass(frozen=True, slots=True)
class Verification:
    """What became of a seal: it holds where there are neither `troubles`, sentences that say why it is not sound, nor
    figures that are others.

    `tickets` are those that make a difference, `settings_changed` tells whether the desk is set up otherwise today.
    """

    seal: Seal
    troubles: tuple[str, ...] = ()
    figures: tuple[Departure, ...] = ()
    tickets: tuple[Differing, ...] = ()
    settings_changed: bool = False

    @property
    def holds(self) -> bool:
        """Whether the seal is sound, and its figures are those of its commit and of today's files."""
        return not (self.troubles or self.figures)


def figures_of(card: Scorecard) -> Figures:
    """The figures of a scorecard by their places: overall, by priority, and of OLAs."""
    return placed({"": card.indicators, **card.by_priority}, card.olas)


def placed(columns: Mapping[str, Mapping[str, Indicator]], olas: Iterable[OlaFigures]) -> Figures:
    """The figures of some columns and OLAs by their places."""
    of_olas = {f"{one.ola}, {one.holder}": one.figures for one in olas}
    return {
        Place(of, key): Figure(one.value, one.numerator, one.denominator)
        for of, column in {**columns, **of_olas}.items()
        for key, one in column.items()
    }


def departures(sealed: Figures, at_commit: Figures, today: Figures) -> Iterator[Departure]:
    """The sealed figures that are others in either place; an indicator that was not known then is none of them."""
    for place, figure in sealed.items():
        then, now = at_commit.get(place), today.get(place)
        if then != figure or now != figure:
            yield Departure(place, figure, then, now)
