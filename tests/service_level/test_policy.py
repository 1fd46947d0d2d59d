"""Which terms judge a ticket."""

from __future__ import annotations

from datetime import date

from tkt.domain.settings import DEFAULT_POLICY, Policy, PolicyVersion, Target
from tkt.service_level.policy import NO_TERMS, terms_for

FAST = PolicyVersion(date(2026, 1, 1), {"P1": Target(300, 3600)})
FASTER = PolicyVersion(date(2026, 6, 1), {"P1": Target(60, 1800)}, pause=frozenset({"vendor"}))
INCIDENTS = Policy("incidents", (FAST, FASTER), frozenset({"incident", "problem"}))


def test_the_first_policy_that_covers_the_type_judges() -> None:
    policies = (INCIDENTS, DEFAULT_POLICY)
    assert terms_for(policies, "problem", date(2026, 2, 1)).policy == "incidents"
    assert terms_for(policies, "request", date(2026, 2, 1)).policy == "standard"
    assert terms_for((DEFAULT_POLICY, INCIDENTS), "problem", date(2026, 2, 1)).policy == "standard"


def test_a_ticket_is_judged_by_the_version_in_force_on_the_day_it_was_opened() -> None:
    assert terms_for((INCIDENTS,), "incident", date(2026, 5, 31)).version is FAST
    assert terms_for((INCIDENTS,), "incident", date(2026, 6, 1)).version is FASTER


def test_before_the_first_version_and_without_a_policy_nothing_is_promised() -> None:
    assert terms_for((INCIDENTS,), "incident", date(2025, 12, 31)) is NO_TERMS
    assert terms_for((INCIDENTS,), "change", date(2026, 2, 1)) is NO_TERMS
    assert NO_TERMS.target("response", "P1") is None
    assert not NO_TERMS.pauses_for("user")


def test_each_clock_has_its_target_and_each_version_its_pauses() -> None:
    terms = terms_for((INCIDENTS,), "incident", date(2026, 6, 1))
    assert (terms.target("response", "P1"), terms.target("resolution", "P1")) == (60, 1800)
    assert terms.target("response", "P2") is None
    assert [reason for reason in ("user", "vendor", "") if terms.pauses_for(reason)] == ["vendor"]
