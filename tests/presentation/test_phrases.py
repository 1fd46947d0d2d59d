"""Durations, dates and figures read as each language writes them."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tkt.presentation import phrases

PARIS = timezone(timedelta(hours=1))
OPENED = datetime(2026, 1, 15, 9, 15, tzinfo=PARIS)


@pytest.mark.parametrize(
    ("seconds", "written"),
    [
        (0, "0 min"),
        (29, "0 min"),
        (30, "1 min"),
        (900, "15 min"),
        (59 * 60 + 30, "1h"),
        (2 * 3600, "2h"),
        (16200, "4h30"),
        (3 * 3600 + 45 * 60, "3h45"),
        (4 * 3600 + 5 * 60, "4h05"),
        (215 * 3600 + 15 * 60, "215h15"),
        (-2700, "-45 min"),
        (-10, "0 min"),
        (13500.4, "3h45"),
    ],
)
def test_a_duration_is_hours_and_minutes(seconds: float, written: str) -> None:
    assert phrases.duration(seconds) == written


@pytest.mark.parametrize(
    ("seconds", "written"),
    [
        (0, "0"),
        (7, "7s"),
        (900, "15 min"),
        (907, "15m07s"),
        (16200, "4h30"),
        (3600 + 7, "1h00m07s"),
        (-907, "-15m07s"),
        (-3607, "-1h00m07s"),
        (-16200, "-4h30"),
    ],
)
def test_an_exact_duration_leaves_no_second_out(seconds: int, written: str) -> None:
    assert phrases.exact_duration(seconds) == written


def test_an_exact_time_has_its_seconds_where_there_are_some() -> None:
    assert phrases.exact_time(OPENED) == "2026-01-15 09:15"
    assert phrases.exact_time(OPENED + timedelta(seconds=7)) == "2026-01-15 09:15:07"


@given(st.integers(0, 10**9))
def test_a_duration_is_never_more_than_half_a_minute_off(seconds: int) -> None:
    written = phrases.duration(seconds)
    hours, _h, minutes = written.rpartition("h") if "h" in written else ("0", "", written.removesuffix(" min"))
    assert abs(int(hours) * 3600 + int(minutes or 0) * 60 - seconds) <= 30


@pytest.mark.parametrize(
    ("after", "written", "written_in_french"),
    [
        (timedelta(minutes=5), "5 min ago", "il y a 5 min"),
        (timedelta(hours=47, minutes=59), "47h59 ago", "il y a 47h59"),
        (timedelta(days=2), "2 days ago", "il y a 2 jours"),
        (timedelta(days=-1), "0 min ago", "il y a 0 min"),
    ],
)
def test_an_age_is_in_days_from_two_days_on(
    after: timedelta, written: str, written_in_french: str, request: pytest.FixtureRequest
) -> None:
    assert phrases.age(OPENED, OPENED + after) == written
    request.getfixturevalue("french")
    assert phrases.age(OPENED, OPENED + after) == written_in_french


@pytest.mark.parametrize(
    ("seconds", "written"),
    [(0, "0 min"), (2820, "47 min"), (172799, "48h"), (172800, "2 days"), (86400 * 45.5, "45 days")],
)
def test_a_length_of_real_time_at_a_glance_is_in_days_from_two_days_on(seconds: float, written: str) -> None:
    assert phrases.days(seconds) == written


def test_a_deadline_is_told_from_now() -> None:
    assert phrases.relative_due(OPENED, OPENED - timedelta(hours=2)) == "in 2h"
    assert phrases.relative_due(OPENED, OPENED + timedelta(minutes=45)) == "overdue by 45 min"


def test_a_deadline_is_told_from_now_in_french(french: None) -> None:
    assert phrases.relative_due(OPENED, OPENED - timedelta(hours=2)) == "dans 2h"
    assert phrases.relative_due(OPENED, OPENED + timedelta(minutes=45)) == "dépassé de 45 min"


def test_dates_in_english() -> None:
    assert phrases.date_time(OPENED) == "2026-01-15 09:15"
    assert phrases.day_of_year(OPENED) == "2026-01-15"
    assert phrases.month(OPENED) == "January 2026"
    assert phrases.month_title(OPENED) == "JANUARY 2026"


def test_dates_in_french(french: None) -> None:
    assert phrases.date_time(OPENED) == "15/01/2026 09:15"
    assert phrases.day_of_year(OPENED) == "15/01"
    assert phrases.month(OPENED) == "janvier 2026"
    assert phrases.month_title(date(2026, 2, 1)) == "FÉVRIER 2026"
    assert phrases.month_title(date(2026, 8, 1)) == "AOÛT 2026"


def test_a_report_has_one_decimal_and_the_dashboard_whole_per_cents() -> None:
    assert phrases.percent(130 / 185) == "70.3%"
    assert phrases.percent(10 / 185) == "5.4%"
    assert phrases.percent(1) == "100.0%"
    assert phrases.whole_percent(0.72) == "72%"


def test_a_french_report_sets_the_per_cent_sign_apart_and_the_dashboard_does_not(french: None) -> None:
    assert phrases.percent(130 / 185) == "70.3 %"
    assert phrases.whole_percent(0.72) == "72%"
    assert phrases.mark(4.3) == "4.3/5"


@given(st.integers(0, 1000))
def test_rates_are_rounded_half_up_whatever_binary_makes_of_them(thousandths: int) -> None:
    assert phrases.whole_percent(thousandths / 1000) == f"{(thousandths + 5) // 10}%"


def test_marks_and_numbers() -> None:
    assert phrases.mark(5) == "5/5"
    assert phrases.mark(4.25) == "4.3/5"
    assert phrases.number(450) == "450"


@pytest.mark.parametrize(
    ("count", "written"),
    [(0, "0 B"), (999, "999 B"), (1234, "1.2 kB"), (12_345, "12 kB"), (9_960, "10 kB"), (3_400_000, "3.4 MB")],
)
def test_sizes_are_in_decimal_units(count: int, written: str) -> None:
    assert phrases.size(count) == written


def test_sizes_in_french_are_octets(french: None) -> None:
    assert phrases.size(12_345) == "12 ko"
