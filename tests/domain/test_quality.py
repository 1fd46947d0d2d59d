"""The course's rules for a good ticket: what is advised, to whom, and what is left in peace."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from tests.domain.tickets import WORD_DESCRIPTION, at, opening, said, ticket
from tkt.domain.entry import Entry
from tkt.domain.quality import Lapse, lapses
from tkt.domain.settings import Settings
from tkt.domain.ticket import Ticket

PARIS = ZoneInfo("Europe/Paris")
# A Thursday, half an hour after the course's ticket was opened.
NOW = "2026-01-15T09:45:00"


def found(one: Ticket, now: str = NOW) -> list[Lapse]:
    return list(lapses(one, Settings(), datetime.fromisoformat(now).replace(tzinfo=PARIS)))


def rules(one: Ticket, now: str = NOW) -> list[str]:
    return [lapse.rule for lapse in found(one, now)]


def started(*later: Entry) -> Ticket:
    return ticket(said("09:30", "Prise en charge", state="new → in_progress", public=True, line=30), *later)


def resolved(text: str = "Test envoi externe : OK", *, public: bool = True, kind: str = "incident") -> Ticket:
    entry = said("13:45", text, state="in_progress → resolved", action="Delist", public=public, line=40)
    return replace(started(entry), fields={**started(entry).fields, "type": kind})


def test_the_courses_tickets_are_good_ones() -> None:
    assert rules(ticket()) == []
    title = "Word 365 - Plantage ouverture documents volumineux avec images"
    assert rules(ticket(title=title, description=WORD_DESCRIPTION)) == []
    assert rules(resolved()) == []


@pytest.mark.parametrize("title", ["Outlook bug", "Problème PC", "ça marche pas", "Urgent !!!"])
def test_a_title_that_says_nothing(title: str) -> None:
    [lapse] = found(ticket(title=title))
    assert (lapse.rule, lapse.key) == ("vague-title", "title")
    assert title in lapse.message and "tkt edit INC0012345 --title" in lapse.mend


def test_a_contact_is_an_address_or_a_phone() -> None:
    assert rules(ticket(requester__email="")) == ["missing-contact"]
    assert rules(ticket(requester__email="", requester__phone="Poste 1234")) == []
    assert rules(ticket(requester__email="", via="monitoring")) == []


def test_an_asset_and_a_category_are_named() -> None:
    assert rules(ticket(asset="", category="")) == ["missing-asset", "missing-category"]


def test_the_description_of_an_incident_answers_the_four_questions() -> None:
    assert rules(ticket(description="Bonjour")) == ["no-symptom", "no-exact-message", "no-since-when", "no-impact"]
    assert rules(ticket(description="Impact : paie bloquée depuis hier")) == ["no-exact-message"]
    assert rules(ticket(description=" \n")) == ["no-description"]


def test_only_incidents_are_asked_for_symptoms() -> None:
    for kind in ("request", "problem", "change"):
        assert rules(ticket(type=kind, description="")) == []


def test_a_screenshot_is_the_exact_message() -> None:
    description = "- Symptôme : écran figé\n- Depuis : hier\n- Impact : paie"
    assert rules(ticket(description=description)) == ["no-exact-message"]
    shot = said("09:20", attached="Capture (1).PNG (1234 bytes, sha256:0a)")
    log = said("09:20", attached="app.log (1234 bytes, sha256:0a)")
    assert rules(ticket(shot, description=description)) == []
    assert rules(ticket(log, description=description)) == ["no-exact-message"]


def test_a_resolution_is_told_to_the_requester_in_words() -> None:
    [lapse] = found(resolved(public=False))
    assert (lapse.rule, lapse.line) == ("silent-resolution", 40)
    assert rules(resolved(" \n")) == ["silent-resolution"]
    assert rules(resolved("", kind="request")) == ["silent-resolution"]


def test_words_after_the_resolution_are_soon_enough_and_words_before_it_are_not() -> None:
    silent = resolved("").entries[1:]
    assert rules(ticket(*silent, said("14:00", "Réglé.", public=True))) == []
    assert rules(ticket(*silent, said("14:00", "Note interne"))) == ["silent-resolution"]
    assert rules(ticket(*silent, said("14:00", state="resolved → closed", public=True))) == ["silent-resolution"]
    assert rules(ticket(*silent, said("14:00", "Merci !", author="Marie MARTIN", state="resolved → closed"))) == []


def test_the_words_of_a_rule_do_not_tell_what_was_done() -> None:
    closed = said("22T10:00", "Fermé.", author="tkt", state="resolved → closed", automatic="autoclose", public=True)
    one = resolved("")
    assert rules(replace(one, entries=(*one.entries, closed))) == ["silent-resolution"]


def test_a_reopened_ticket_must_be_told_again() -> None:
    again = said("15:00", "Encore", state="resolved → in_progress", public=True)
    told = resolved().entries[1:]
    assert rules(ticket(*told, again, said("15:30", state="in_progress → resolved"))) == ["silent-resolution"]
    assert rules(ticket(*told, again), "2026-01-15T15:10:00") == []


def test_in_progress_without_an_entry_for_two_business_days() -> None:
    assert rules(started(), "2026-01-19T09:30:00") == []
    [lapse] = found(started(), "2026-01-19T09:30:01")
    assert (lapse.rule, lapse.line) == ("stale", 30)
    assert rules(started(said("16T17:00", "Suite")), "2026-01-20T16:59:00") == []


def test_an_automatic_entry_is_no_work() -> None:
    assert rules(started(said("17T10:00", automatic="yes")), "2026-01-19T12:00:00") == ["stale"]


def test_a_desk_may_count_its_business_days_otherwise_and_what_it_cannot_count_is_not_over() -> None:
    late = at("30T09:45")
    for end, expected in [(at("29T09:30"), ["stale"]), (at("30T09:45"), []), (None, [])]:
        judged = lapses(started(), Settings(), late, lambda _start, _days, end=end: end)
        assert [lapse.rule for lapse in judged] == expected


def test_only_work_in_progress_goes_stale() -> None:
    assert rules(ticket(), "2026-03-01T00:00:00") == []
    assert rules(resolved(), "2026-03-01T00:00:00") == []


def test_pending_past_its_day() -> None:
    held = said("10:00", state="new → pending", reason="vendor", until="2026-01-20", line=33)
    assert rules(ticket(held), "2026-01-20T23:00:00") == []
    [lapse] = found(ticket(held), "2026-01-21T00:00:00")
    assert (lapse.rule, lapse.line) == ("overdue", 33)
    assert "2026-01-20" in lapse.message


def test_the_last_hold_counts_and_so_does_being_resumed() -> None:
    held = said("10:00", state="new → pending", reason="vendor", until="2026-01-16")
    later = "2026-01-19T08:00:00"
    assert rules(ticket(held, said("11:00", state="pending → pending", reason="user")), later) == []
    assert rules(ticket(held, said("16T11:00", "Reçu", state="pending → in_progress")), later) == []
    assert rules(ticket(held, said("16T11:00", "Relance")), later) == ["overdue"]
    assert rules(ticket(said("10:00", state="new → pending", reason="vendor", until="demain")), later) == []


def test_nothing_is_asked_of_a_cancelled_ticket() -> None:
    cancelled = said("10:00", "Doublon", state="new → cancelled", reason="duplicate")
    assert rules(ticket(cancelled, title="bug", description="", asset="", category="")) == []


def test_what_was_imported_and_is_done_is_history_and_what_is_open_is_not() -> None:
    bare = {"description": "", "asset": "", "category": "", "requester__email": ""}
    come_in = opening(source="servicenow")
    done = said("10:00", state="new → closed")
    assert rules(ticket(done, opened_by=come_in, **bare)) == []
    missing = ["missing-contact", "missing-asset", "missing-category", "no-description"]
    assert rules(ticket(opened_by=come_in, **bare)) == missing
    assert rules(ticket(done, **bare)) == [*missing[:3], "silent-resolution", missing[3]]


def test_an_instant_at_the_edge_of_the_calendar_is_no_reason_to_fail() -> None:
    edge = Entry(datetime.fromisoformat("9999-12-31T23:59:59-12:00"), "Jean DUPONT")
    assert rules(replace(started(), entries=(*started().entries, edge))) == []
