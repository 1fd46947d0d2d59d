"""Dates until which a ticket waits: days end at their midnight, instants at once."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from tkt.domain.facts import is_past, read_until

PARIS = ZoneInfo("Europe/Paris")


def paris(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=PARIS)


def test_a_day_is_over_at_its_midnight_in_the_desks_zone() -> None:
    assert not is_past("2026-01-20", paris("2026-01-20T23:59:59"))
    assert is_past("2026-01-20", paris("2026-01-21T00:00:00"))


def test_an_instant_is_over_once_it_is_passed() -> None:
    assert not is_past("2026-01-20T10:00:00+00:00", paris("2026-01-20T11:00:00"))
    assert is_past("2026-01-20T10:00:00+00:00", paris("2026-01-20T11:00:01"))


@pytest.mark.parametrize("text", ["", "demain", "2026-13-01", "2026-01-20T10:00:00", "20260120", "2026-01-2x"])
def test_what_is_no_date_is_never_over(text: str) -> None:
    assert read_until(text) is None
    assert not is_past(text, paris("2030-01-01T00:00:00"))
