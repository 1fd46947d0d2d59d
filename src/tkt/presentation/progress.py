"""Progress of long work on a terminal; silent in a pipe, and for anything quick."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.progress import Progress

Step = Callable[[int, int], None]
_WORTH_SHOWING = 1.0


@contextmanager
def progress(title: str) -> Iterator[Step]:
    """A function to be told how far the work is (done, in all); it draws once the work has taken over a second."""
    if not sys.stderr.isatty():
        yield _unseen
        return
    started = time.monotonic()
    with ExitStack() as stack:
        bar: Progress | None = None

        def step(done: int, total: int) -> None:
            nonlocal bar
            if bar is None and time.monotonic() - started > _WORTH_SHOWING:
                bar = stack.enter_context(_drawn())
                bar.add_task(title)
            if bar is not None:
                bar.update(bar.task_ids[0], completed=done, total=total)

        yield step


def _drawn() -> Progress:
    """The bar; rich is slow to load, so that quick work never does."""
    from rich.console import Console
    from rich.progress import Progress

    return Progress(console=Console(stderr=True), transient=True)


def _unseen(done: int, total: int) -> None:
    """Nobody watches."""
