"""Whose words an entry holds."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from tkt.domain.author import is_by_requester
from tkt.domain.entry import Entry, FieldChange
from tkt.domain.ticket import Ticket

NINE, TEN, ELEVEN = (datetime(2026, 1, 15, hour, tzinfo=UTC) for hour in (9, 10, 11))
REQUESTER = {"requester.name": "Luc PETIT", "requester.email": "luc@entreprise.fr"}


def ticket(*entries: Entry, **fields: str) -> Ticket:
    return Ticket(REQUESTER | fields, NINE, entries)


@pytest.mark.parametrize(
    ("author", "expected"),
    [
        ("Luc PETIT", True),
        ("luc petit", True),
        ("Luc P. <LUC@entreprise.fr>", True),
        ("Luc PETIT <luc.petit@ailleurs.fr>", True),
        ("Jean DUPONT", False),
        ("Jean DUPONT <jean@entreprise.fr>", False),
    ],
)
def test_the_name_or_the_address_is_enough_to_be_the_requester(author: str, expected: bool) -> None:
    entry = Entry(TEN, author)
    assert is_by_requester(ticket(entry), entry) is expected


def test_nobody_is_not_the_requester_of_a_ticket_that_names_none() -> None:
    entry = Entry(TEN, "")
    assert not is_by_requester(Ticket({}, NINE, (entry,)), entry)


def test_the_requester_is_whoever_it_was_before_the_entry() -> None:
    handed_over = Entry(TEN, "Luc PETIT", changes=(FieldChange("requester.name", "Luc PETIT", "Marie MARTIN"),))
    after = Entry(ELEVEN, "Luc PETIT")
    one = ticket(handed_over, after)
    assert not is_by_requester(one, handed_over)
    assert is_by_requester(one, after)
