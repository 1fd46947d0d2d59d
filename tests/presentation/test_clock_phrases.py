"""What a clock shows, in a line of text."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from tests.presentation.course import HOUR, at, running
from tkt.presentation.clock_phrases import most_pressing, summary, verdict
from tkt.service_level.reading import Clocks

PARIS = ZoneInfo("Europe/Paris")


def test_a_running_clock_says_when_it_is_due(french: None) -> None:
    reading = running("resolution", 5 * HOUR // 4, 24 * HOUR, due=at("16T09:15"))
    written = "résolution 1h15 / 24h (en cours, échéance 16/01/2026 09:15, dans 22h45)"
    assert summary(reading, PARIS, at("10:30")) == written


def test_a_breached_clock_says_by_how_much() -> None:
    reading = running("resolution", 5 * HOUR, 4 * HOUR, verdict="breached", breached=True, due=at("13:15"))
    assert summary(reading, PARIS, at("14:15")) == "resolution 5h / 4h (breached, due 2026-01-15 13:15, overdue by 1h)"


def test_a_paused_or_stopped_clock_has_no_deadline() -> None:
    paused = running("resolution", HOUR, 4 * HOUR, verdict="paused")
    assert summary(paused, PARIS, at("14:15")) == "resolution 1h / 4h (paused)"


def test_a_verdict_that_rests_on_a_late_entry_is_marked(french: None) -> None:
    assert verdict(running("response", 60, 900, verdict="met", late=True)) == "respecté (saisie tardive)"


def test_the_most_pressing_clock_is_the_one_due_first() -> None:
    response = running("response", 60, 900, due=at("09:30"))
    resolution = running("resolution", 60, 4 * HOUR, due=at("13:15"))
    stopped = running("response", 60, 900, verdict="met", stopped_at=at("09:16"))
    paused = running("resolution", 60, 4 * HOUR, verdict="paused")
    assert most_pressing(Clocks(response, resolution)) is response
    assert most_pressing(Clocks(stopped, resolution)) is resolution
    assert most_pressing(Clocks(response, paused)) is response
    assert most_pressing(Clocks(stopped, paused)) is paused
