"""A picture drawn in place leaves the terminal as it was."""

from __future__ import annotations

import io

import pytest

from tkt.presentation.clocks.live_screen import live_screen

ENTERED, LEFT = "\x1b[?1049h\x1b[?25l\x1b[?7l", "\x1b[?7h\x1b[?25h\x1b[?1049l"


def test_each_picture_is_drawn_over_the_one_before() -> None:
    terminal = io.StringIO()
    with live_screen(terminal) as draw:
        draw("one\ntwo\n")
        draw("three")
    assert terminal.getvalue() == f"{ENTERED}\x1b[Hone\x1b[K\r\ntwo\x1b[K\x1b[J\x1b[Hthree\x1b[K\x1b[J{LEFT}"


@pytest.mark.parametrize("end", [KeyboardInterrupt, ValueError])
def test_the_terminal_is_put_back_however_it_ends(end: type[BaseException]) -> None:
    terminal = io.StringIO()
    with pytest.raises(end), live_screen(terminal):
        raise end
    assert terminal.getvalue() == ENTERED + LEFT
