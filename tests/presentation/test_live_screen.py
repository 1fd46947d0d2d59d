"""A picture drawn in place leaves the terminal as it was."""

from __future__ import annotations

import io
import re

import pytest

from tkt.presentation.clocks.live_screen import live_screen

ENTERED, LEFT = "\x1b[?1049h\x1b[?25l\x1b[?7l", "\x1b[?7h\x1b[?25h\x1b[?1049l"


def test_each_picture_is_drawn_over_the_one_before() -> None:
    terminal = io.StringIO()
    with live_screen(terminal) as draw:
        draw("one\ntwo\n")
        draw("three")
    assert terminal.getvalue() == f"{ENTERED}\x1b[H\x1b[Kone\r\n\x1b[Jtwo\x1b[H\x1b[Jthree{LEFT}"


def test_nothing_is_erased_behind_a_line_as_wide_as_the_screen() -> None:
    """With the cursor still on its last sign, that would take the sign away."""
    terminal = io.StringIO()
    with live_screen(terminal) as draw:
        draw("wide\nwide")
    assert not re.search("wide\x1b\\[[KJ]", terminal.getvalue())


@pytest.mark.parametrize("end", [KeyboardInterrupt, ValueError])
def test_the_terminal_is_put_back_however_it_ends(end: type[BaseException]) -> None:
    terminal = io.StringIO()
    with pytest.raises(end), live_screen(terminal):
        raise end
    assert terminal.getvalue() == ENTERED + LEFT
