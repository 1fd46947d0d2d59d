"""A desk and its turns: what is written is of the moment when it was one's turn."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import pytest

from tests.course_months import CET, JEAN
from tkt.desk.desk import Desk
from tkt.desk.founding import found_desk
from tkt.desk.moves import log
from tkt.desk.opening import Wish, open_ticket
from tkt.desk.recording import NoRecorder
from tkt.desk.said import Said
from tkt.store.settings.settings import read_settings

CALLED = datetime(2026, 1, 15, 9, 15, tzinfo=CET)
TURN = CALLED + timedelta(seconds=20)
WISH = Wish({"title": "Poste 12 - Session bloquée", "requester.name": "Marie MARTIN"})


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """A desk of a command that was called at 09:15:00 and whose turn comes at 09:15:20."""
    recorder = NoRecorder(tmp_path, lambda: JEAN)
    found_desk(tmp_path, "fr", "Europe/Paris", recorder, None)
    return Desk(tmp_path, read_settings(tmp_path / "tkt.yaml"), lambda: recorder, CALLED, clock=lambda: TURN)


def test_an_entry_is_of_the_moment_of_its_turn(desk: Desk) -> None:
    done = open_ticket(desk, WISH, Said())
    assert (done.after.opened_at, done.after.entries[0].at) == (TURN, TURN)
    [logged] = log(desk, [done.after.id], Said("Vu."))
    assert logged.entries[0].at == TURN


def test_a_frozen_clock_stays_frozen(desk: Desk) -> None:
    frozen = Desk(desk.root, desk.settings, desk.open_recorder, CALLED, frozen=True, clock=desk.clock)
    assert open_ticket(frozen, WISH, Said()).after.opened_at == CALLED


def test_a_turn_has_the_recorder_of_its_desk(desk: Desk) -> None:
    with desk.turn() as ours:
        assert ours.recorder is desk.recorder
        assert desk.now == CALLED
