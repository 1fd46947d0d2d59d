"""A picture that a terminal shows in place, drawn over and over; what stood there before comes back."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TextIO

# The second screen, no cursor, no line that goes on in the next; and back.
_ENTER, _LEAVE = "\x1b[?1049h\x1b[?25l\x1b[?7l", "\x1b[?7h\x1b[?25h\x1b[?1049l"
_HOME, _REST_OF_LINE, _REST_OF_SCREEN = "\x1b[H", "\x1b[K", "\x1b[J"


@contextmanager
def live_screen(terminal: TextIO) -> Iterator[Callable[[str], None]]:
    """A function that draws a text from the upper left corner, over the one before; on leaving, all is as it was."""

    def put(text: str) -> None:
        terminal.write(text)
        terminal.flush()

    def draw(picture: str) -> None:
        # Line by line over what stands there: a screen that is emptied first would flicker. Each line is emptied before
        # it is written: after one that fills the screen's width the cursor is still on its last sign.
        *lines, last = picture.removesuffix("\n").split("\n")
        put(_HOME + "".join(f"{_REST_OF_LINE}{line}\r\n" for line in lines) + _REST_OF_SCREEN + last)

    put(_ENTER)
    try:
        yield draw
    finally:
        put(_LEAVE)
