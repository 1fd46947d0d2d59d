"""Service level agreements as a desk sets them: policies, what they match, and what they promise from which day on."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType
from typing import NamedTuple

# The name of the calendar that is open at every second.
ROUND_THE_CLOCK = "24x7"
# What a policy may tell tickets apart by (docs/sla.md): fields and sets of the front matter.
MATCHED = ("type", "priority", "category", "requester.department", "requester.email", "asset", "group", "tags")


class Target(NamedTuple):
    """How fast a priority must be answered and resolved, in seconds of its calendar; None where nothing is promised.

    `calendar` "" is the version's own. `holding` is what an OLA promises: how long its group or level may hold one.
    """

    response: int | None
    resolution: int | None
    calendar: str = ""
    holding: int | None = None


class PolicyVersion(NamedTuple):
    """A policy as it stands for the tickets opened from `since` on, and before `until` where there is such a day
    (design.md, section 6). `corrected` says why a version was changed after it had come into force."""

    since: date
    targets: Mapping[str, Target]
    pause: frozenset[str] = frozenset({"user", "vendor"})
    warn_at: float = 0.8
    calendar: str = ROUND_THE_CLOCK
    until: date | None = None
    corrected: str = ""

    def covers(self, day: date) -> bool:
        """Whether it judges the tickets opened on that day, as far as it alone can say."""
        return self.since <= day and (self.until is None or day < self.until)


# What a ticket must be like: of each key (one of MATCHED), one of the values. Nothing named: any ticket.
Conditions = Mapping[str, tuple[str, ...]]
ANY_TICKET: Conditions = MappingProxyType({})


class Policy(NamedTuple):
    """A service level agreement: the tickets that it covers and its versions, oldest first."""

    name: str
    versions: tuple[PolicyVersion, ...]
    when: Conditions = ANY_TICKET

    def version_on(self, day: date) -> PolicyVersion | None:
        """The version that judges the tickets opened on that day; None where it was not in force."""
        last = next((one for one in reversed(self.versions) if one.since <= day), None)
        return last if last is not None and last.covers(day) else None


# What holds a ticket and may have an OLA: fields of the front matter.
HOLDERS = ("group", "level")


class Ola(NamedTuple):
    """An operational level agreement: how long a group or a level (`key`, one of HOLDERS) of that name may hold each of
    the tickets that it covers. `holder` may have the wildcards of a condition."""

    name: str
    key: str
    holder: str
    versions: tuple[PolicyVersion, ...]
    when: Conditions = ANY_TICKET

    @property
    def policy(self) -> Policy:
        """The same as a policy for what that holder holds."""
        return Policy(self.name, self.versions, {**self.when, self.key: (self.holder,)})


_HOUR = 3600
# The course's SLA matrix.
DEFAULT_TARGETS: Mapping[str, Target] = MappingProxyType(
    {
        "P1": Target(15 * 60, 4 * _HOUR),
        "P2": Target(30 * 60, 8 * _HOUR),
        "P3": Target(2 * _HOUR, 24 * _HOUR),
        "P4": Target(4 * _HOUR, 48 * _HOUR),
    }
)
DEFAULT_POLICY = Policy("standard", (PolicyVersion(date(1970, 1, 1), DEFAULT_TARGETS),))
