"""Agreements: which policy, in which version, judges a ticket, and what it promises."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from fnmatch import fnmatchcase
from functools import cached_property
from types import MappingProxyType
from typing import NamedTuple

from tkt.domain.policies import HOLDERS, Conditions, Policy, PolicyVersion, Target
from tkt.domain.settings import Settings
from tkt.domain.ticket import Ticket
from tkt.domain.words import fold
from tkt.service_level.business.calendar import ROUND_THE_CLOCK, Calendar
from tkt.service_level.business.calendars import Calendars

# What of a ticket policies ask about: of each key the values that it has, several only of a set.
Values = Mapping[str, tuple[str, ...]]
_WITH_WILDCARDS = frozenset({"requester.department", "requester.email", "asset", "group", "tags"})
_NOTHING_PROMISED: Mapping[str, Target] = MappingProxyType({})
_NO_TARGET = Target(None, None)


class Terms(NamedTuple):
    """What a ticket of one priority is judged by: a policy's name, the version of it in force, its target for the
    priority, and the calendar that counts."""

    policy: str
    version: PolicyVersion
    target: Target = _NO_TARGET
    calendar: Calendar = ROUND_THE_CLOCK

    def seconds(self, clock: str) -> int | None:
        """The seconds promised for a clock (`response`, `resolution`, `holding`), None where nothing is."""
        if clock == "resolution":
            return self.target.resolution
        return self.target.response if clock == "response" else self.target.holding

    def pauses_for(self, reason: str) -> bool:
        """Whether the resolution clock rests while the ticket is pending for `reason` ("" for none: never)."""
        return bool(reason) and reason in self.version.pause


NO_TERMS = Terms("", PolicyVersion(date.min, _NOTHING_PROMISED, pause=frozenset()))


@dataclass(frozen=True)
class Agreements:
    """A desk's policies and calendars. `of_holders` are its OLAs, by what they are of (`group`, `level`). `known_as`
    names all that they say, where somebody remembers what they judged; "" for nobody."""

    policies: tuple[Policy, ...]
    calendars: Calendars
    of_holders: Mapping[str, Agreements] = field(default_factory=dict, repr=False)
    known_as: str = ""
    _found: dict[tuple[object, ...], Terms] = field(default_factory=dict, repr=False)

    @classmethod
    def of(cls, settings: Settings, known_as: str = "") -> Agreements:
        """Those of the settings."""
        calendars = Calendars.of(settings.calendars, settings.holidays)
        olas = {key: tuple(ola.policy for ola in settings.olas if ola.key == key) for key in HOLDERS}
        of_holders = {key: cls(policies, calendars) for key, policies in olas.items() if policies}
        return cls(settings.policies, calendars, of_holders, known_as)

    @cached_property
    def asked(self) -> tuple[str, ...]:
        """What the policies tell tickets apart by, beside the priority."""
        return tuple(dict.fromkeys(key for one in self.policies for key in one.when if key != "priority"))

    def terms(self, ticket: Ticket, read: int, priority: str) -> Terms:
        """The terms of a ticket as it stood after `read` entries of its journal, at that priority.

        Of the policies in force on the day that the ticket was opened, as it writes that day, the first that it
        matches; NO_TERMS, which promise nothing and pause for nothing, when there is none (design.md, section 6).
        """
        values = tuple([(key, ticket.values_after(key, read)) for key in self.asked]) if self.asked else ()
        opened_on = ticket.opened_at.date()
        asked = (priority, opened_on, values)
        found = self._found.get(asked)
        if found is None:
            found = self._found[asked] = self.terms_of(dict(values), priority, opened_on)
        return found

    def terms_of(self, values: Values, priority: str, opened_on: date) -> Terms:
        """The terms of what has those values, by the key of each."""
        for policy in self.policies:
            version = policy.version_on(opened_on)
            if version is not None and matches(policy.when, {**values, "priority": (priority,)}):
                target = version.targets.get(priority, _NO_TARGET)
                return Terms(policy.name, version, target, self.calendars.named(target.calendar or version.calendar))
        return NO_TERMS


def matches(when: Conditions, values: Values) -> bool:
    """Whether what has those values fulfils every condition: of each key, one of the values asked for."""
    return all(
        any(_fits(key, wanted, one) for wanted in asked for one in values.get(key, ())) for key, asked in when.items()
    )


def _fits(key: str, wanted: str, value: str) -> bool:
    """Whether a value is what a condition asks for, letter case and accents aside; a category holds those under it."""
    if key == "category":
        levels = _levels(wanted)
        return _levels(value)[: len(levels)] == levels
    wanted, value = fold(wanted), fold(value)
    if key in _WITH_WILDCARDS:
        # A bracket is one: only the two signs that people expect stand for others.
        return fnmatchcase(value, wanted.replace("[", "[[]"))
    return value == wanted


def _levels(category: str) -> list[str]:
    return [fold(level) for level in category.split(">")]
