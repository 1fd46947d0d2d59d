"""Matching, told: which policies were looked at for a ticket, in their order, and what decided on each."""

from __future__ import annotations

from typing import NamedTuple

from tkt.domain.policies import Policy
from tkt.domain.ticket import Ticket
from tkt.service_level.agreements import Agreements, matches


class Condition(NamedTuple):
    """One of a policy's conditions: the values asked for, those that the ticket had, and whether one fits the other."""

    key: str
    asked: tuple[str, ...]
    values: tuple[str, ...]
    holds: bool


class Considered(NamedTuple):
    """A policy as it was looked at. `outcome`: `matched`, the one that judges; `not_in_force` on the day of opening;
    `not_matched`, a condition does not hold; `not_reached`, one before it had matched already."""

    policy: Policy
    outcome: str
    conditions: tuple[Condition, ...]


def considered(agreements: Agreements, ticket: Ticket, read: int, priority: str) -> tuple[Considered, ...]:
    """Every policy in its order, as `Agreements.terms` goes through them for the ticket as it stood after `read`
    entries of its journal, at that priority."""
    values = {key: ticket.values_after(key, read) for key in agreements.asked} | {"priority": (priority,)}
    opened_on = ticket.opened_at.date()
    found: list[Considered] = []
    matched = False
    for policy in agreements.policies:
        conditions = tuple(
            Condition(key, asked, values[key], matches({key: asked}, values)) for key, asked in policy.when.items()
        )
        if matched:
            outcome = "not_reached"
        elif policy.version_on(opened_on) is None:
            outcome = "not_in_force"
        else:
            matched = all(one.holds for one in conditions)
            outcome = "matched" if matched else "not_matched"
        found.append(Considered(policy, outcome, conditions))
    return tuple(found)
