"""Progress of long work on a terminal; silent in a pipe, and for anything quick."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

Step = Callable[[int, int], None]
_WORTH_SHOWING = 1.0


@contextmanager
def progress(title: str) -> Iterator[Step]:
    """A function to be told how far the work is (done, in all); it draws once the work has taken over a second."""
    if not sys.stderr.isatty():
        yield _unseen
        return
    from rich.console import Console
    from rich.progress import Progress

    started = time.monotonic()
    with Progress(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(title, visible=False)

        def step(done: int, total: int) -> None:
            late = time.monotonic() - started > _WORTH_SHOWING
            bar.update(task, completed=done, total=total, visible=late)

        yield step


def _unseen(done: int, total: int) -> None:
    """Nobody watches."""
