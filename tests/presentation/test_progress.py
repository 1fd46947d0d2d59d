"""Progress: seen by a person who waits, by nobody else."""

from __future__ import annotations

import subprocess
import sys

import pexpect
import pytest

PROGRAM = """
from tkt.presentation import progress
progress._WORTH_SHOWING = {worth}
with progress.progress("Reading tickets") as step:
    for number in range(1, 4):
        step(number, 3)
print("end")
import sys
print("rich" in sys.modules)
"""


def on_a_terminal(worth: float) -> str:
    """What a terminal shows of work that is worth showing after so many seconds."""
    child = pexpect.spawn(sys.executable, ["-c", PROGRAM.format(worth=worth)], encoding="utf-8", timeout=20)
    child.expect(pexpect.EOF)
    return str(child.before)


@pytest.mark.slow
def test_long_work_draws_its_progress_on_a_terminal() -> None:
    shown = on_a_terminal(0)
    assert "Reading tickets" in shown and "100%" in shown
    assert "end" in shown


@pytest.mark.slow
def test_quick_work_draws_nothing_and_does_not_even_load_what_draws() -> None:
    shown = on_a_terminal(60)
    assert "Reading" not in shown
    assert shown.split() == ["end", "False"]


def test_in_a_pipe_nothing_is_drawn() -> None:
    program = [sys.executable, "-c", PROGRAM.format(worth=0)]
    done = subprocess.run(program, capture_output=True, text=True, check=True)
    assert done.stderr == "" and done.stdout.split() == ["end", "False"]
