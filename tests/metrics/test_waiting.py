"""What a ticket waited for until it was resolved: real time, and none of it twice."""

from __future__ import annotations

from collections.abc import Mapping

from tests.service_level.lives import at, life, said
from tkt.domain.entry import Entry
from tkt.metrics.waiting import waiting_until_resolved
from tkt.service_level.stopwatch import read_timeline

HOUR = 3600
WAITS = said("10:15", state="new → pending", reason="vendor")


def waited(*entries: Entry) -> Mapping[str, int]:
    return waiting_until_resolved(read_timeline(life(*entries), at("23:00")))


def test_a_wait_ends_with_the_resolution_that_ends_it() -> None:
    assert waited(WAITS, said("12:15", state="pending → resolved")) == {"vendor": 2 * HOUR}


def test_what_is_not_resolved_has_waited_for_nothing_yet() -> None:
    assert waited(WAITS) == {}
    assert waited(WAITS, said("11:15", state="pending → cancelled")) == {}


def test_waits_for_one_reason_are_one_sum() -> None:
    assert waited(
        WAITS,
        said("11:15", state="pending → in_progress"),
        said("12:15", state="in_progress → pending", reason="vendor"),
        said("12:45", state="pending → resolved"),
    ) == {"vendor": 1.5 * HOUR}


def test_a_reopening_to_pending_counts_from_then_on() -> None:
    assert waited(
        said("10:15", state="new → resolved"),
        said("12:15", state="resolved → pending", reason="user"),
        said("13:15", state="pending → resolved"),
    ) == {"user": HOUR}


def test_pending_by_somebody_who_did_not_know_of_the_resolution_is_no_waiting() -> None:
    unaware = said("12:00", state="in_progress → pending", reason="user")
    started, resolved = said("09:30", state="new → in_progress"), said("11:00", state="in_progress → resolved")
    assert waited(started, resolved, unaware) == {"user": 0}
    reopened = said("13:00", state="resolved → in_progress")
    again = said("14:00", state="in_progress → resolved")
    assert waited(started, resolved, unaware, reopened, again) == {"user": 0}
