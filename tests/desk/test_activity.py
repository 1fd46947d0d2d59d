"""`--since` as a shift means it: last evening, the working day before; never a moment that has not come."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest

from tkt.desk.activity import NothingYet, since_when
from tkt.desk.desk import Desk
from tkt.domain.duration import UnreadableDuration
from tkt.domain.moments import UnreadableMoment
from tkt.domain.settings import Settings


def since(text: str, now: str = "2026-01-15T08:00:00+01:00") -> str:
    """The moment that is meant, on a Thursday morning in Paris."""
    desk = Desk(Path("/"), Settings(), lambda: pytest.fail("nothing is recorded"), datetime.fromisoformat(now))
    return since_when(desk, text).isoformat()


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("07:30", "2026-01-15T07:30:00+01:00"),
        ("18:00", "2026-01-14T18:00:00+01:00"),
        ("18h00", "2026-01-14T18:00:00+01:00"),
        ("08:00", "2026-01-15T08:00:00+01:00"),
        ("-8h", "2026-01-15T00:00:00+01:00"),
        ("2026-01-12", "2026-01-12T00:00:00+01:00"),
        ("-1bd", "2026-01-14T08:00:00+01:00"),
        ("-4bd", "2026-01-09T08:00:00+01:00"),
        ("-0bd", "2026-01-15T08:00:00+01:00"),
    ],
)
def test_a_time_that_is_to_come_is_yesterdays_and_business_days_go_back(text: str, meant: str) -> None:
    assert since(text) == meant


@pytest.mark.parametrize("day", ["17", "18", "19"])
def test_the_working_day_before_a_weekend_day_or_a_monday_is_friday(day: str) -> None:
    assert since("-1bd", f"2026-01-{day}T08:00:00+01:00") == "2026-01-16T08:00:00+01:00"


def test_the_clock_time_stays_the_same_when_summer_time_began_in_between() -> None:
    assert since("-1bd", "2026-03-30T08:00:00+02:00") == "2026-03-27T08:00:00+01:00"
    assert since("18:00", "2026-03-29T08:00:00+02:00") == "2026-03-28T18:00:00+01:00"


def test_a_day_that_has_not_come_is_refused() -> None:
    with pytest.raises(NothingYet, match="2026-02-01"):
        since("2026-02-01")


@pytest.mark.parametrize(("text", "error"), [("-3d", UnreadableDuration), ("noon", UnreadableMoment)])
def test_what_is_no_moment_is_refused_as_elsewhere(text: str, error: type[Exception]) -> None:
    with pytest.raises(error):
        since(text)
