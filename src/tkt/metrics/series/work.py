"""The work: what each technician and each group had on hand and got done, and what tickets waited for."""

from __future__ import annotations

from typing import NamedTuple

from tkt.metrics.cohort import Cohort
from tkt.metrics.figure import quotient
from tkt.metrics.grouping import grouped
from tkt.metrics.history import History
from tkt.metrics.waiting import REASONS

HOLDERS = ("assignee", "group")


class Load(NamedTuple):
    """What one holder ("" for nobody) had: tickets `resolved` in the period that they then held, tickets open at its
    end, in hand or waiting, and of these `breached`; `mttr_seconds` is None where none was resolved."""

    holder: str
    resolved: int
    in_hand: int
    waiting: int
    breached: int
    mttr_seconds: float | None

    @property
    def open(self) -> int:
        """The tickets open at the end."""
        return self.in_hand + self.waiting


class Waiting(NamedTuple):
    """What tickets waited for: the `tickets` resolved in the period that were pending for a reason ("" for none), how
    many `seconds` altogether, and how many open tickets are `pending` for it at the end."""

    reason: str
    tickets: int
    seconds: int
    pending: int


def loads(cohort: Cohort, key: str) -> tuple[Load, ...]:
    """The load of each technician or group (`key` is one of HOLDERS), the most resolved first, nobody last."""
    measured = [
        _load(name, Cohort(members, cohort.period, cohort.fcr_within))
        for name, members in grouped(cohort.histories, key).items()
    ]
    found = [one for one in measured if one.resolved or one.open]
    found.sort(key=lambda one: (not one.holder, -one.resolved, -one.open, one.holder))
    return tuple(found)


def _load(name: str, of_one: Cohort) -> Load:
    waiting = sum(one.timeline.state in ("new", "pending") for one in of_one.open)
    return Load(
        holder=name,
        resolved=len(of_one.resolved),
        in_hand=len(of_one.open) - waiting,
        waiting=waiting,
        breached=sum(one.is_breached for one in of_one.open),
        mttr_seconds=quotient(sum(of_one.resolution_times), len(of_one.resolved)).value,
    )


def waits(cohort: Cohort) -> tuple[Waiting, ...]:
    """What tickets waited for, the longest first; what none waited for is left out."""
    found = [
        Waiting(
            reason,
            sum(bool(one.waiting.get(reason)) for one in cohort.resolved),
            cohort.waiting[reason],
            sum(_waits_for(one, reason) for one in cohort.open),
        )
        for reason in REASONS
    ]
    named = [one for one in found if one.seconds or one.pending]
    return tuple(sorted(named, key=lambda one: -one.seconds))


def _waits_for(one: History, reason: str) -> bool:
    said = one.timeline.waiting if one.timeline.waiting in REASONS else ""
    return one.timeline.state == "pending" and said == reason
