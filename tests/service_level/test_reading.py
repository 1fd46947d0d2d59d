"""What both clocks of a ticket show together."""

from __future__ import annotations

from tests.presentation.course import HOUR, at, running
from tkt.service_level.reading import Clocks


def test_the_most_pressing_clock_is_the_one_due_first() -> None:
    response = running("response", 60, 900, due=at("09:30"))
    resolution = running("resolution", 60, 4 * HOUR, due=at("13:15"))
    stopped = running("response", 60, 900, verdict="met", stopped_at=at("09:16"))
    paused = running("resolution", 60, 4 * HOUR, verdict="paused")
    assert Clocks(response, resolution).pressing is response
    assert Clocks(stopped, resolution).pressing is resolution
    assert Clocks(response, paused).pressing is response
    assert Clocks(stopped, paused).pressing is paused
