"""Periods: what they hold, and the months within them."""

from __future__ import annotations

from datetime import UTC, timedelta

from tests.metrics.months import JANUARY, PARIS, local
from tkt.metrics.period import Period

SECOND = timedelta(seconds=1)


def months(period: Period, first: tuple[int, int, int] = (2025, 11, 20)) -> list[tuple[str, str, str, bool]]:
    parts = period.months(local(*first), PARIS)
    return [(name, f"{one.start:%m-%d %H:%M}", f"{one.end:%m-%d %H:%M}", one.open_end) for name, one in parts]


def test_a_period_holds_its_start_and_not_its_end() -> None:
    assert [JANUARY.holds(local(2026, 1) + n * SECOND) for n in (-1, 0)] == [False, True]
    assert [JANUARY.holds(local(2026, 2) + n * SECOND) for n in (-1, 0)] == [True, False]


def test_midnight_is_that_of_the_desk_whatever_zone_an_instant_is_written_in() -> None:
    assert JANUARY.holds(local(2026, 1).astimezone(UTC))
    assert not JANUARY.holds((local(2026, 1) - SECOND).astimezone(UTC))


def test_a_period_that_ends_now_holds_now() -> None:
    now = local(2026, 1, 15, 9)
    assert Period(None, now, "Europe/Paris", open_end=True).holds(now)
    assert not Period(None, now, "Europe/Paris", open_end=True).holds(now + SECOND)


def test_a_period_is_cut_into_calendar_months_with_its_own_edges_kept() -> None:
    period = Period(local(2025, 12, 10), local(2026, 2, 5), "Europe/Paris")
    assert months(period) == [
        ("2025-12", "12-10 00:00", "01-01 00:00", False),
        ("2026-01", "01-01 00:00", "02-01 00:00", False),
        ("2026-02", "02-01 00:00", "02-05 00:00", False),
    ]


def test_whole_months_give_no_empty_month_after_them() -> None:
    assert months(JANUARY) == [("2026-01", "01-01 00:00", "02-01 00:00", False)]


def test_without_a_start_the_months_begin_with_the_first_opening_and_the_last_one_ends_now() -> None:
    now = local(2026, 1, 15, 9)
    assert months(Period(None, now, "Europe/Paris", open_end=True), (2025, 12, 20)) == [
        ("2025-12", "12-20 00:00", "01-01 00:00", False),
        ("2026-01", "01-01 00:00", "01-15 09:00", True),
    ]


def test_now_at_the_first_instant_of_a_month_has_that_month() -> None:
    period = Period(local(2026, 1), local(2026, 2), "Europe/Paris", open_end=True)
    assert [name for name, *_edges in months(period)] == ["2026-01", "2026-02"]


def test_months_are_those_of_the_local_calendar_across_summer_time() -> None:
    period = Period(local(2026, 3), local(2026, 5), "Europe/Paris")
    parts = [one for _name, one in period.months(local(2026, 3), PARIS)]
    assert [one.end.isoformat() for one in parts] == ["2026-04-01T00:00:00+02:00", "2026-05-01T00:00:00+02:00"]
