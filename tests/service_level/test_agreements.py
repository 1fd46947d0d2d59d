"""Which terms judge a ticket."""

from __future__ import annotations

from datetime import date

from tests.service_level.lives import agreed, life, said
from tkt.domain.policies import DEFAULT_POLICY, Policy, PolicyVersion, Target
from tkt.service_level.agreements import NO_TERMS, Agreements, Terms

FAST = PolicyVersion(date(2026, 1, 1), {"P1": Target(300, 3600)})
FASTER = PolicyVersion(date(2026, 6, 1), {"P1": Target(60, 1800)}, pause=frozenset({"vendor"}))
INCIDENTS = Policy("incidents", (FAST, FASTER), {"type": ("incident", "problem")})
NEW_YEAR = date(2026, 2, 1)


def terms(agreements: Agreements, kind: str, day: date = NEW_YEAR) -> Terms:
    return agreements.terms_of({"type": (kind,)}, "P1", day)


def test_the_first_policy_that_covers_the_type_judges() -> None:
    assert terms(agreed(INCIDENTS, DEFAULT_POLICY), "problem").policy == "incidents"
    assert terms(agreed(INCIDENTS, DEFAULT_POLICY), "request").policy == "standard"
    assert terms(agreed(DEFAULT_POLICY, INCIDENTS), "problem").policy == "standard"


def test_a_ticket_is_judged_by_the_version_in_force_on_the_day_it_was_opened() -> None:
    assert terms(agreed(INCIDENTS), "incident", date(2026, 5, 31)).version is FAST
    assert terms(agreed(INCIDENTS), "incident", date(2026, 6, 1)).version is FASTER


def test_before_the_first_version_and_without_a_policy_nothing_is_promised() -> None:
    assert terms(agreed(INCIDENTS), "incident", date(2025, 12, 31)) is NO_TERMS
    assert terms(agreed(INCIDENTS), "change") is NO_TERMS
    assert NO_TERMS.seconds("response") is None
    assert not NO_TERMS.pauses_for("user")


def test_a_policy_that_was_not_in_force_at_the_opening_leaves_the_ticket_to_the_next() -> None:
    assert terms(agreed(INCIDENTS, DEFAULT_POLICY), "incident", date(2025, 12, 31)).policy == "standard"
    ended = Policy("ended", (FAST._replace(until=date(2026, 2, 1)),))
    assert terms(agreed(ended, DEFAULT_POLICY), "incident", date(2026, 1, 31)).policy == "ended"
    assert terms(agreed(ended, DEFAULT_POLICY), "incident", date(2026, 2, 1)).policy == "standard"


def test_each_clock_has_its_target_and_each_version_its_pauses() -> None:
    found = terms(agreed(INCIDENTS), "incident", date(2026, 6, 1))
    assert (found.seconds("response"), found.seconds("resolution")) == (60, 1800)
    assert agreed(INCIDENTS).terms_of({"type": ("incident",)}, "P2", NEW_YEAR).seconds("response") is None
    assert [reason for reason in ("user", "vendor", "") if found.pauses_for(reason)] == ["vendor"]


def test_a_ticket_is_matched_by_what_it_was_when_so_many_entries_had_been_read() -> None:
    vip = Policy("vip", (FAST,), {"group": ("Messagerie",), "requester.email": ("*@direction.example",)})
    mail = {"requester__email": "pdg@direction.example"}
    ticket = life(said("09:30", group="Réseau"), said("10:00", group="Réseau → Messagerie"), **mail)
    found = [agreed(vip, DEFAULT_POLICY).terms(ticket, read, "P1").policy for read in range(4)]
    assert found == ["standard", "standard", "standard", "vip"]


def test_a_category_holds_those_under_it_however_its_levels_are_parted() -> None:
    mail = Policy("mail", (FAST,), {"category": ("Messagerie > Outlook",)})
    written = (
        "Messagerie > Outlook",
        "messagerie>outlook > Envoi",
        "Messagerie > Outlook Web",
        "Messagerie",
        "Outlook",
    )
    found = [agreed(mail).terms_of({"category": (one,)}, "P1", NEW_YEAR).policy for one in written]
    assert found == ["mail", "mail", "", "", ""]
