"""What happened: the kinds of things that entries do, and who had the ticket meanwhile."""

from __future__ import annotations

import pytest

from tests.service_level.lives import at, life, said
from tkt.domain.entry import Entry
from tkt.domain.happening import KINDS, Activity, Happening
from tkt.domain.ticket import Ticket


def last(ticket: Ticket) -> Happening:
    return Happening(ticket, ticket.entries[-1], len(ticket.entries))


@pytest.mark.parametrize(
    ("changes", "kinds"),
    [
        ({"state": "new → in_progress"}, ()),
        ({"state": "in_progress → resolved"}, ("resolved",)),
        ({"state": "resolved → closed"}, ("closed",)),
        ({"state": "new → cancelled"}, ("cancelled",)),
        ({"state": "closed → in_progress"}, ("reopened",)),
        ({"state": "cancelled → in_progress"}, ("reopened",)),
        ({"state": "resolved → resolved"}, ()),
        ({"level": "N1 → N2"}, ("escalated",)),
        ({"level": "N2 → N1"}, ()),
        ({"level": "N1 → N3", "state": "new → assigned"}, ("escalated",)),
        ({"level": "N1"}, ()),
        ({}, ()),
    ],
)
def test_an_entry_tells_what_it_did_by_the_values_that_it_found(
    changes: dict[str, str], kinds: tuple[str, ...]
) -> None:
    assert last(life(said("10:00", **changes))).kinds == kinds


def test_only_the_first_entry_opens_a_ticket() -> None:
    opened = life()
    assert last(opened).is_opening and last(opened).kinds == ("opened",)
    again = life(said("10:00", state="new"))
    assert not last(again).is_opening


def test_a_ticket_opened_resolved_counts_as_both() -> None:
    entry = said("09:15", state="resolved")
    assert Happening(Ticket({}, at("09:15"), (entry,)), entry, 1).kinds == ("opened", "resolved")


def test_a_handover_is_of_those_who_gave_and_of_those_who_got() -> None:
    ticket = life(said("10:00", group="Support"), said("11:00", group="Support → Réseau"), said("12:00"))
    happenings = [Happening(ticket, entry, number) for number, entry in enumerate(ticket.entries, 1)]
    assert [one.held_by("group") for one in happenings] == [(), ("Support",), ("Support", "Réseau"), ("Réseau",)]


def test_an_activity_counts_what_happened_and_on_how_many_tickets() -> None:
    ticket = life(said("10:00", state="new → resolved"))
    happenings = tuple(Happening(ticket, entry, number) for number, entry in enumerate(ticket.entries, 1))
    activity = Activity(at("09:00"), at("12:00"), (*happenings, last(life(Entry(at("11:00"), "Zoé")))))
    assert tuple(activity.counts) == KINDS
    assert {kind: count for kind, count in activity.counts.items() if count} == {"opened": 1, "resolved": 1}
    assert activity.tickets == 1
