"""Looking back: which moment is meant, that it has come, and that a ticket is seen as it stood."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.domain.tickets import at, opening, said, ticket
from tkt.desk.desk import Desk
from tkt.desk.looking_back import NotOpenedYet, NotYet, as_it_stood, looking_back
from tkt.desk.recording import NoRecorder
from tkt.domain.instant import fixed
from tkt.domain.moments import UnreadableMoment
from tkt.domain.settings import Settings

ZONES = ("Europe/Paris", "America/Sao_Paulo", "America/Havana", "Asia/Beirut", "Pacific/Apia", "UTC")


def desk(now: str = "2026-03-10T12:00:00+01:00", zone: str = "Europe/Paris") -> Desk:
    root = Path("nowhere")
    settings = Settings(timezone=ZoneInfo(zone))
    return Desk(root, settings, lambda: NoRecorder(root), fixed(datetime.fromisoformat(now)))


@pytest.mark.parametrize(
    ("said", "means"),
    [
        ("2026-01-31", "2026-01-31T23:59:59+01:00"),
        ("2026-01-31T09:00", "2026-01-31T09:00:00+01:00"),
        ("2026-01-31T09:00:00Z", "2026-01-31T10:00:00+01:00"),
        ("-3h", "2026-03-10T09:00:00+01:00"),
        ("11:00", "2026-03-10T11:00:00+01:00"),
        ("2026-03-10", "2026-03-10T12:00:00+01:00"),
        (" 2026-01-31 ", "2026-01-31T23:59:59+01:00"),
    ],
)
def test_a_moment_is_looked_back_to_and_a_day_is_its_end(said: str, means: str) -> None:
    then = looking_back(desk(), said)

    assert then.now == datetime.fromisoformat(means)
    assert then.looking_back and then.frozen


@pytest.mark.parametrize("said", ["2026-03-11", "2026-03-10T12:00:01", "2999-01-01", "12:01"])
def test_what_has_not_come_is_not_looked_back_to(said: str) -> None:
    with pytest.raises(NotYet, match="has not come"):
        looking_back(desk(), said)


@pytest.mark.parametrize("said", ["2026-02-30", "soon", "", "2026-13-01"])
def test_what_is_no_moment_is_refused(said: str) -> None:
    with pytest.raises(UnreadableMoment):
        looking_back(desk(), said)


@given(st.sampled_from(ZONES), st.dates(date(2005, 1, 1), date(2025, 12, 31)))
def test_a_day_holds_its_last_second_and_not_the_next_days_first_in_any_zone(zone: str, day: date) -> None:
    """Whatever the clocks do about midnight: where they showed it twice, the day ends when they showed it first."""
    last = looking_back(desk("2026-03-10T12:00:00+01:00", zone), day.isoformat()).now
    here = ZoneInfo(zone)

    assert (last + timedelta(seconds=1)).astimezone(here).date() > last.astimezone(here).date()
    # A day that a zone left out (Apia's 30 December 2011) ends with the one before it.
    left_out = not any(
        (datetime(day.year, day.month, day.day, 12, tzinfo=UTC) + timedelta(hours=one)).astimezone(here).date() == day
        for one in range(-36, 37)
    )
    assert last.astimezone(here).date() == (day - timedelta(days=1) if left_out else day)


def test_a_ticket_is_seen_as_it_stood_and_one_opened_since_is_not_there() -> None:
    one = ticket(opening("09:15", state="new"), said("10:00", state="new → in_progress"))

    assert as_it_stood(desk(), one) is one
    then = looking_back(desk(), at("09:30").isoformat())
    assert as_it_stood(then, one).state == "new"
    with pytest.raises(NotOpenedYet, match="was not there yet"):
        as_it_stood(looking_back(desk(), at("09:00").isoformat()), one)
