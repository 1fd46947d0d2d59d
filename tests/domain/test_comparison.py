"""Two versions of a ticket held against each other: every difference is told once, and none where there is none."""

from __future__ import annotations

from dataclasses import replace

from tests.presentation.course import course_entries, make_ticket, opening
from tkt.domain.comparison import Comparison, compare
from tkt.domain.entry import FieldChange, SetChange


def test_two_versions_that_say_the_same_differ_in_nothing() -> None:
    assert compare(make_ticket(), make_ticket()) == Comparison(make_ticket(), make_ticket())


def test_values_are_told_in_the_order_of_the_format_and_own_keys_last() -> None:
    before = make_ticket(x_b="1", x_a="1")
    after = make_ticket(x_b="2", state="assigned", title="Autre", assignee="Zoé")

    assert compare(before, after).fields == (
        FieldChange("title", "Autre", "Outlook 365 - Impossible d'envoyer des emails externes"),
        FieldChange("state", "assigned", "new"),
        FieldChange("assignee", "Zoé"),
        FieldChange("x_a", "", "1"),
        FieldChange("x_b", "2", "1"),
    )


def test_members_that_came_and_went_are_told_by_set() -> None:
    before = make_ticket(tags=("vip", "réseau"), links=("related-to:INC0000002",))
    after = make_ticket(tags=("réseau", "urgent"))
    assert compare(before, after).sets == (
        SetChange("tags", ("urgent",), ("vip",)),
        SetChange("links", (), ("related-to:INC0000002",)),
    )


def test_texts_that_were_rewritten_are_named() -> None:
    before = make_ticket()
    assert compare(before, replace(before, actions="- [ ] Vérifier")).texts == ("actions",)
    assert compare(before, replace(before, description="", actions="x")).texts == ("description", "actions")


def test_of_an_opened_ticket_the_whole_journal_is_new_and_of_a_gone_one_nothing() -> None:
    ticket = make_ticket(*course_entries())
    assert compare(None, ticket).entries == ticket.entries
    assert compare(ticket, None) == Comparison(ticket, None)
    assert compare(make_ticket(opening()), ticket, ticket.entries[1:]).entries == ticket.entries[1:]
