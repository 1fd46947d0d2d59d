"""Lengths of time: read as people write them, written so that they read back."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tkt.domain.duration import BusinessDays, UnreadableDuration, read_business_days, read_duration, write_duration


@given(st.integers(0, 9_999_999).map(lambda minutes: minutes * 60))
def test_what_is_written_reads_back(seconds: int) -> None:
    assert read_duration(write_duration(seconds)) == seconds


@given(st.integers(0, 10**9))
def test_a_length_is_written_to_the_nearest_minute(seconds: int) -> None:
    assert abs(read_duration(write_duration(seconds)) - seconds) <= 30


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("15m", 15),
        ("15 min", 15),
        ("4h", 240),
        ("4h30", 270),
        ("4H05", 245),
        ("1h30m", 90),
        (" 24h ", 1440),
        ("90m", 90),
        ("0m", 0),
    ],
)
def test_a_length_is_read_as_people_write_it(text: str, minutes: int) -> None:
    assert read_duration(text) == minutes * 60


@pytest.mark.parametrize(
    ("seconds", "text"), [(0, "0m"), (900, "15m"), (3600, "1h"), (16200, "4h30"), (86400, "24h"), (3900, "1h05")]
)
def test_a_length_is_written_as_files_hold_it(seconds: int, text: str) -> None:
    assert write_duration(seconds) == text


@given(st.integers(0, 99_999))
def test_business_days_read_back(count: int) -> None:
    assert read_business_days(str(BusinessDays(count))) == BusinessDays(count)
    assert read_business_days(f" {count} JO ") == BusinessDays(count)


@pytest.mark.parametrize("read", [read_duration, read_business_days])
@pytest.mark.parametrize("text", ["2d", "2 D", "2j", "2 jours", "2day", "2 days"])
def test_a_bare_day_is_refused_with_both_readings(read: object, text: str) -> None:
    with pytest.raises(
        UnreadableDuration, match=r"two ways: write 48h for round-the-clock time or 2bd for business days"
    ):
        read(text)  # type: ignore[operator]


@pytest.mark.parametrize("text", ["", "4", "h", "4h60", "1h90m", "-15m", "4.5h", "15s", "4h 30h", "1h30s", "7bd7bd"])
def test_what_is_no_length_is_refused_with_examples(text: str) -> None:
    with pytest.raises(UnreadableDuration, match="write 15m, 4h, 4h30 or 24h, or 7bd"):
        read_duration(text)


def test_business_days_are_no_hours_and_hours_no_business_days() -> None:
    with pytest.raises(UnreadableDuration):
        read_duration("7bd")
    with pytest.raises(UnreadableDuration):
        read_business_days("24h")
