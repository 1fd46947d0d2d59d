"""The words of a desk's tickets kept in a folder: brought up to date before each question, and never needed."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

from tkt.store.full_text.kept_texts import TROUBLES, Damaged, KeptTexts, OutOfReach, Reader, Step
from tkt.store.full_text.texts import Texts

NAME = "text.sqlite"
# Whoever writes to the file, or takes it away, holds a lock on this one, which is never taken away.
LOCK = "text.lock"
# How the file was left: what is otherwise now was not written by us, or not to its end.
STAMP = "text.stamp"
# Reading a ticket takes about as long: to wait for somebody who reads them all is as good as to do it oneself.
_SECONDS_A_TICKET = 0.001
_LEAST_PATIENCE, _BETWEEN_TRIES = 0.5, 0.02
# Somebody whose tickets are others (an older look at the desk) may undo what was brought up to date.
_MOST_TRIES = 5

Answer = TypeVar("Answer")


class FullText:
    """The words kept in a folder, which is made when first needed."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def ask(
        self,
        question: Callable[[Texts], Answer],
        current: Mapping[str, str],
        read: Reader,
        progress: Step | None = None,
    ) -> Answer:
        """What `question` makes of the words of the tickets of `current` (their hashes by id), brought up to date.

        `read` is asked for those alone that are new or changed, in the order of ids; None is one that cannot be read,
        which is asked for again each time. Raises OutOfReach, and what `read` raises; a damaged file is made anew.
        """
        patience = max(_LEAST_PATIENCE, len(current) * _SECONDS_A_TICKET)
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            try:
                return self._ask(question, current, read, progress, patience)
            except Damaged:
                with self._alone(patience):
                    self._drop()
                return self._ask(question, current, read, progress, patience)
        except (OSError, Damaged) as error:
            raise OutOfReach from error

    def refresh(self, current: Mapping[str, str], read: Reader, progress: Step | None = None) -> None:
        """Bring the words up to date, as `ask` does, without a question."""
        self.ask(lambda _texts: None, current, read, progress)

    def _ask(
        self,
        question: Callable[[Texts], Answer],
        current: Mapping[str, str],
        read: Reader,
        progress: Step | None,
        patience: float,
    ) -> Answer:
        aside: set[str] = set()
        with KeptTexts.at(self._folder / NAME, patience) as texts:
            self._require_as_left(texts, patience)
            for _try in range(_MOST_TRIES):
                # The answer is of the very state that was compared, whatever others write meanwhile.
                texts.begin()
                if texts.is_up_to_date(current, read, aside):
                    return question(texts)
                texts.end()
                with self._alone(patience), self._stamping(texts):
                    texts.bring_up_to_date(current, read, aside, progress)
        raise OutOfReach

    def _require_as_left(self, texts: KeptTexts, patience: float) -> None:
        """Look at all that the file holds, where it is not as it was left; raises Damaged."""
        if self._is_as_left():
            return
        with self._alone(patience):
            # Whoever was writing has left it now.
            if not self._is_as_left():
                with self._stamping(texts):
                    texts.verify()

    @contextmanager
    def _stamping(self, texts: KeptTexts) -> Iterator[None]:
        """Note how the file was left by what is done meanwhile, whether it was done to its end or not.

        Not where the file itself is the trouble: the next to come shall look at all of it.
        """
        try:
            yield
        except (Damaged, *TROUBLES):
            raise
        except BaseException:
            texts.undo()
            self._stamp()
            raise
        self._stamp()

    def _stamp(self) -> None:
        draft = self._folder / f".{STAMP}-{os.getpid()}"
        draft.write_text(self._looks(), encoding="ascii")
        os.replace(draft, self._folder / STAMP)

    def _is_as_left(self) -> bool:
        try:
            return (self._folder / STAMP).read_text(encoding="ascii") == self._looks()
        except (OSError, ValueError):
            return not self._looks()

    def _looks(self) -> str:
        """What tells that the file was written; "" for one that holds nothing yet."""
        try:
            found = os.stat(self._folder / NAME)
        except FileNotFoundError:
            return ""
        return f"{found.st_mtime_ns} {found.st_size} {found.st_ino}" if found.st_size else ""

    @contextmanager
    def _alone(self, patience: float) -> Iterator[None]:
        """While nobody else writes; raises OutOfReach after a while."""
        import fcntl

        descriptor = os.open(self._folder / LOCK, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o666)
        try:
            until = time.monotonic() + patience
            while not _took(descriptor):
                if time.monotonic() > until:
                    raise OutOfReach
                time.sleep(_BETWEEN_TRIES)
            yield
            fcntl.flock(descriptor, fcntl.LOCK_UN)
        finally:
            os.close(descriptor)

    def _drop(self) -> None:
        """Take the file away, and first what SQLite would put the next one right with; nobody writes now."""
        for name in (STAMP, f"{NAME}-journal", f"{NAME}-wal", f"{NAME}-shm", NAME):
            (self._folder / name).unlink(missing_ok=True)


def _took(descriptor: int) -> bool:
    import fcntl

    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
