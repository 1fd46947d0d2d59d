"""What a clock shows, in a line of text."""

from __future__ import annotations

from zoneinfo import ZoneInfo

import pytest

from tests.presentation.course import HOUR, at, holding, running
from tkt.presentation.clocks.clock_phrases import holding_summary, standing, summary, verdict

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


def test_a_holding_that_goes_on_says_whose_it_is_and_when_it_is_due() -> None:
    one = holding("Réseau", due=at("11:30"))
    assert holding_summary(one, PARIS, at("10:30")) == "Réseau 1h / 2h (running, due 2026-01-15 11:30, in 1h)"


def test_a_holding_that_is_over_says_from_when_to_when_it_was() -> None:
    over = holding(until="14:30", elapsed=5 * HOUR, verdict="breached", breached=True, stopped_at=at("14:30"))
    told = "Messagerie 5h / 2h (breached, from 2026-01-15 09:30 to 2026-01-15 14:30)"
    assert holding_summary(over, PARIS, at("18:00")) == told


def test_the_name_of_a_group_acts_on_no_terminal() -> None:
    assert "\x1b" not in holding_summary(holding("\x1b[2J"), PARIS, at("10:30"))


@pytest.mark.parametrize(
    ("verdict", "elapsed", "told"),
    [
        ("running", 5 * HOUR // 4, "2h45 left"),
        ("running", 4 * HOUR - 30, "30s left"),
        ("at_risk", 4 * HOUR, "at risk, 0 left"),
        ("paused", HOUR, "paused, 3h left"),
        ("breached", 4 * HOUR + 1, "breached by 1s"),
        ("breached", 5 * HOUR, "breached by 1h"),
        ("breached", HOUR, "breached"),
        ("met", HOUR, "met in 1h"),
        ("met", 0, "met"),
        ("cancelled", 5 * HOUR, "cancelled"),
    ],
)
def test_a_clock_in_a_few_words_says_what_is_left_or_over(verdict: str, elapsed: int, told: str) -> None:
    assert standing(running("resolution", elapsed, 4 * HOUR, verdict=verdict)) == told


def test_a_clock_without_a_target_or_by_late_words_says_so_in_a_few_words() -> None:
    assert standing(running("resolution", HOUR, None, verdict="none")) == "no target"
    late = running("resolution", 5 * HOUR, 4 * HOUR, verdict="breached", late=True)
    assert standing(late) == "breached by 1h (recorded late)"
