"""Round the clock: real time, whatever the local clock does."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from tkt.service_level.business.business_time import due, elapsed
from tkt.service_level.business.calendar import ROUND_THE_CLOCK

PARIS = ZoneInfo("Europe/Paris")


@given(st.datetimes(datetime(2020, 1, 1), datetime(2030, 1, 1), timezones=st.just(UTC)), st.integers(0, 10**7))
def test_what_has_elapsed_when_a_target_is_due_is_the_target(start: datetime, seconds: int) -> None:
    start = start.replace(microsecond=0)
    assert elapsed(ROUND_THE_CLOCK, start, due(ROUND_THE_CLOCK, start, seconds)) == seconds


def test_an_hour_after_half_past_one_on_the_night_that_summer_time_begins_is_half_past_three() -> None:
    before = datetime(2026, 3, 29, 1, 30, tzinfo=PARIS)
    after = due(ROUND_THE_CLOCK, before, 3600)
    assert after.isoformat() == "2026-03-29T03:30:00+02:00"
    assert after - before.astimezone(UTC) == timedelta(hours=1)
