"""Which policy, in which version, judges a ticket, and what it promises."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from tkt.domain.settings import Policy, PolicyVersion, Target
from tkt.service_level.calendar import ROUND_THE_CLOCK, Calendar

_NOTHING_PROMISED: Mapping[str, Target] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Terms:
    """What a ticket is judged by: a policy's name, the version of it in force, and the calendar that counts."""

    policy: str
    version: PolicyVersion
    calendar: Calendar = ROUND_THE_CLOCK

    def target(self, clock: str, priority: str) -> int | None:
        """The seconds promised for a clock (`response`, `resolution`) at a priority, None where nothing is."""
        target = self.version.targets.get(priority)
        if target is None:
            return None
        return target.response if clock == "response" else target.resolution

    def pauses_for(self, reason: str) -> bool:
        """Whether the resolution clock rests while the ticket is pending for `reason` ("" for none: never)."""
        return bool(reason) and reason in self.version.pause


NO_TERMS = Terms("", PolicyVersion(date.min, _NOTHING_PROMISED, pause=frozenset()))


def terms_for(policies: Iterable[Policy], kind: str, opened_on: date) -> Terms:
    """The terms of a ticket of type `kind` that was opened on that day (design.md, section 6).

    The first policy that covers the type, in its last version that was in force on the day; NO_TERMS, which promise
    nothing and pause for nothing, when there is none.
    """
    policy = next((policy for policy in policies if not policy.types or kind in policy.types), None)
    if policy is None:
        return NO_TERMS
    version = next((one for one in reversed(policy.versions) if one.since <= opened_on), None)
    return Terms(policy.name, version) if version is not None else NO_TERMS
