"""Reading many tickets' files into rows, on all cores where there are enough of them to be worth it."""

from __future__ import annotations

import os
import signal
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from tkt.store.index.entry import Row
from tkt.store.index.row import read_row

if TYPE_CHECKING:
    from multiprocessing.connection import Connection
    from multiprocessing.context import ForkProcess

# Fewer are read before another process would have started.
_WORTH_A_PROCESS = 1500
_AT_ONCE = 250
_MOST_PROCESSES = 8
Progress = Callable[[int, int], None]
_Share = tuple[str, Sequence[str], str]


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
    count = min(_cores(), _MOST_PROCESSES)
    if len(ids) < _WORTH_A_PROCESS or count < 2:
        yield from map(_read_share, shares)
        return
    readers: list[_Reader] = []
    try:
        with _uninterrupted():
            for number in range(count):
                readers.append(_Reader.started(shares[number::count], readers))
        yield from _as_they_come(readers)
    finally:
        for reader in readers:
            reader.end()


class _Reader(NamedTuple):
    """A process that reads some shares, and what it answers through, in their order."""

    process: ForkProcess
    answers: Connection
    shares: deque[_Share]

    @classmethod
    def started(cls, shares: Sequence[_Share], others: Sequence[_Reader]) -> _Reader:
        """One that is at work; `others` were started before."""
        import multiprocessing

        # A copy of this process, since one started anew would run its main program again. It takes no lock that a
        # thread of ours, or another copy that is killed, might hold: it reads files, and has a pipe of its own.
        context = multiprocessing.get_context("fork")
        answers, answering = context.Pipe(duplex=False)
        not_its_own = [answers, *(other.answers for other in others)]
        process = context.Process(target=_answer, args=(shares, answering, not_its_own), daemon=True)
        process.start()
        answering.close()
        return cls(process, answers, deque(shares))

    def end(self) -> None:
        """End it, wherever it is."""
        self.process.kill()
        self.process.join()
        self.answers.close()


def _answer(shares: Sequence[_Share], answering: Connection, not_its_own: Sequence[Connection]) -> None:
    """In the copy: answer share by share, and end without a word, when told to or when nobody listens any more."""
    for one in (signal.SIGTERM, signal.SIGPIPE):
        signal.signal(one, signal.SIG_DFL)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, [signal.SIGTERM])
    for one_of_others in not_its_own:
        one_of_others.close()
    with suppress(Exception):  # whoever waits for the answer reads the share itself, and meets what there is to meet
        for share in shares:
            answering.send(_read_share(share))


def _as_they_come(readers: Sequence[_Reader]) -> Iterator[list[Row | None]]:
    """The answers of all, each as soon as it is there; what a reader that was killed left undone is read here."""
    from multiprocessing.connection import wait

    at_work = {reader.answers: reader for reader in readers}
    while at_work:
        ready = set(wait(at_work.keys()))
        for reader in [one for answers, one in at_work.items() if answers in ready]:
            try:
                piece = reader.answers.recv()
            except (EOFError, OSError):
                del at_work[reader.answers]
                yield from map(_read_share, reader.shares)
            else:
                reader.shares.popleft()
                yield piece


@contextmanager
def _uninterrupted() -> Iterator[None]:
    """Nothing stops us meanwhile; what is started then never hears a Ctrl-C or that the terminal is gone, which all
    of us are told: who started it ends it."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _read_share(share: _Share) -> list[Row | None]:
    root, ids, algorithm = share
    return [read_row(root, one, algorithm) for one in ids]


def _cores() -> int:
    """The cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
