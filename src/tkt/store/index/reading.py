"""Reading many tickets' files into rows, on all cores where there are enough of them to be worth it."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from tkt.store.index.entry import Row
from tkt.store.index.row import read_row

# Fewer are read before another process would have started.
_WORTH_A_PROCESS = 1500
_AT_ONCE = 250
_MOST_PROCESSES = 8
Progress = Callable[[int, int], None]


def read_rows(root: Path, ids: Sequence[str], algorithm: str, progress: Progress | None = None) -> Iterator[Row]:
    """The rows of those of the tickets that are there, in no order; `progress` is told how many are done of them."""
    done = 0
    for piece in _pieces(root, ids, algorithm):
        done += len(piece)
        if progress:
            progress(done, len(ids))
        yield from (row for row in piece if row is not None)


def _pieces(root: Path, ids: Sequence[str], algorithm: str) -> Iterator[list[Row | None]]:
    shares = [(str(root), ids[start : start + _AT_ONCE], algorithm) for start in range(0, len(ids), _AT_ONCE)]
    cores = _cores()
    if len(ids) < _WORTH_A_PROCESS or cores < 2:
        yield from map(_read_share, shares)
        return
    import multiprocessing

    # A copy of this process, since one started anew would run its main program again. It takes no lock that a thread
    # of ours might hold: it reads files, and answers through a pipe of its own.
    with _started_uninterruptible():
        pool = multiprocessing.get_context("fork").Pool(min(cores, _MOST_PROCESSES), _end_at_once)
    with pool:
        yield from pool.imap_unordered(_read_share, shares)


@contextmanager
def _started_uninterruptible() -> Iterator[None]:
    """What is started meanwhile hears no Ctrl-C, which a terminal sends to all of us: who started it ends it."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGINT])
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _end_at_once() -> None:
    """In the copy: end when told to, without a word of it."""
    signal.signal(signal.SIGTERM, signal.SIG_DFL)


def _read_share(share: tuple[str, Sequence[str], str]) -> list[Row | None]:
    root, ids, algorithm = share
    return [read_row(root, one, algorithm) for one in ids]


def _cores() -> int:
    """The cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
