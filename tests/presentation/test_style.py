"""Colour is there when asked for only."""

from __future__ import annotations

from tkt.domain.words import VERDICT
from tkt.presentation.style import painted, tone_of


def test_text_is_left_alone_without_colour_or_without_a_tone() -> None:
    assert painted("met", "good", False) == "met"
    assert painted("running", "", True) == "running"


def test_colour_is_put_back_after_the_text() -> None:
    assert painted("breached", "bad", True) == "\x1b[31mbreached\x1b[0m"


def test_every_verdict_can_be_painted() -> None:
    assert all(painted(verdict, tone_of(verdict), True) for verdict in VERDICT.codes)
