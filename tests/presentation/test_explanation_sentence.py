"""The verdict in a sentence: each says what it rests on."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from tests.presentation.explained import CALENDARS, DESK, NOW, PARIS, STANDARD, eventful, told
from tests.service_level.lives import DEFAULT, agreed, at, life, said
from tkt.domain.entry import Entry
from tkt.domain.opening_hours import CalendarVersion, OpeningHours
from tkt.domain.policies import Policy, PolicyVersion, Target
from tkt.presentation.explanation.sentence import sentence
from tkt.service_level.agreements import Agreements
from tkt.service_level.business.calendars import Calendars


def of(*entries: Entry, now: datetime, priority: str = "P3", desk: Agreements = DEFAULT) -> str:
    return sentence(told(life(*entries, priority=priority), now, desk=desk), PARIS)


STARTED = said("09:30", state="new → in_progress")


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        (
            at("10:15:07"),
            "Running: 1h00m07s of 24h have counted, 22h59m53s are left until it is due on 2026-01-16 09:15.",
        ),
        (at("05:15", 16), "At risk: 20h of 24h have counted, 4h are left until it is due on 2026-01-16 09:15."),
        (at("10:00", 16), "Breached since 2026-01-16 09:15: more than the 24h of P3 had counted from then on."),
    ],
)
def test_a_clock_that_goes_on_says_what_is_left_or_since_when_it_is_over(now: datetime, expected: str) -> None:
    assert of(STARTED, now=now) == expected


def test_a_clock_that_was_met_says_what_was_to_spare() -> None:
    solved = said("13:45", state="in_progress → resolved")
    assert of(STARTED, solved, now=NOW) == "Met: stopped on 2026-01-15 13:45 at 4h30 of 24h, 19h30 to spare."


def test_a_clock_that_rests_says_for_what_and_what_is_left() -> None:
    waiting = said("10:15", state="in_progress → pending", reason="vendor")
    expected = "Paused at 1h of 24h: it is pending for vendor, and 23h are left when it goes on."
    assert of(STARTED, waiting, now=NOW) == expected


def test_a_raised_priority_says_how_much_had_counted_when_it_was_raised() -> None:
    expected = "Breached since 2026-01-15 18:15, when it became P1: 9h had counted, of 4h."
    assert of(said("18:15", priority="P3 → P1"), now=at("18:30")) == expected


def test_a_raise_between_resolution_and_reopening_breaches_when_it_is_reopened() -> None:
    entries = (
        said("14:15", state="new → resolved"),
        said("15:00", priority="P3 → P1"),
        said("16:00", state="resolved → in_progress"),
    )
    expected = "Breached since 2026-01-15 16:00, when it was reopened as P1: 5h had counted, of 4h."
    assert of(*entries, now=at("16:30")) == expected


def test_a_lowered_priority_says_that_it_heals_nothing_unless_it_is_over_its_target_too() -> None:
    lowered = said("14:15", priority="P1 → P3")
    first = "Breached since 2026-01-15 13:15: more than the 4h of P1 had counted from then on."
    assert of(lowered, now=NOW, priority="P1") == first
    healing = f"{first} What its priority became afterwards heals nothing."
    assert of(lowered, now=at("15:00"), priority="P1") == healing
    assert sentence(told(eventful()), PARIS) == healing


def test_a_cancelled_ticket_says_when_and_whether_it_was_over_before() -> None:
    gone = said("14:15", state="in_progress → cancelled", reason="spam")
    assert of(STARTED, gone, now=NOW) == "Cancelled on 2026-01-15 14:15, which ended the clock at 5h."
    assert of(STARTED, gone, now=NOW, priority="P1") == (
        "Cancelled on 2026-01-15 14:15, which ended the clock at 5h. "
        "Breached since 2026-01-15 13:15: more than the 4h of P1 had counted from then on."
    )


def test_without_a_target_it_says_whether_a_policy_is_missing_or_a_promise() -> None:
    assert of(now=NOW, desk=agreed()) == "No policy covers the ticket: nothing is promised."
    assert of(now=NOW, priority="P4", desk=DESK) == "The policy standard promises nothing for P4 on this clock."


def test_a_calendar_that_has_closed_for_good_leaves_it_never_due() -> None:
    day = ((9 * 3600, 18 * 3600),)
    over = CalendarVersion(date(2026, 1, 16), PARIS, ((),) * 7)
    brief = OpeningHours("brief", (CalendarVersion(date(2026, 1, 1), PARIS, (day,) * 7), over))
    policy = Policy("one", (PolicyVersion(date(2026, 1, 1), {"P3": Target(3600, 24 * 3600)}, calendar="brief"),))
    desk = Agreements((policy,), Calendars.of((brief,), lambda _file: {}))
    expected = "Running: 8h45 of 24h have counted, and its calendar does not open any more."
    assert of(now=NOW, desk=desk) == expected


def test_a_sentence_is_one_safe_line_whatever_the_settings_hold() -> None:
    version = STANDARD.versions[0]._replace(targets={})
    evil = Agreements((Policy("a\nb\x1b[2J", (version,)),), CALENDARS)
    assert of(now=NOW, desk=evil) == "The policy a b\\x1b[2J promises nothing for P3 on this clock."
