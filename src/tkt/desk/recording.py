"""How the desk's writes are recorded: what a recorder must do, and the one that records nothing."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from datetime import datetime
from pathlib import Path
from typing import NamedTuple, Protocol

from tkt.domain.person import Person
from tkt.errors import OutsideFailed, SomeoneWasFaster, Unreadable
from tkt.language import _, reason_of

LOCK_PATIENCE = 30.0
_SHORTEST_PAUSE, _LONGEST_PAUSE = 0.005, 0.1


class DeskBusy(SomeoneWasFaster):
    """Another command has held the desk for longer than one is ready to wait."""


class CannotLock(Unreadable):
    """The folder cannot be locked: it is missing, closed to us, or on a file system without locks."""


class CommitMessage(NamedTuple):
    """What a commit says of the move it records; `trailers` are (key, value) pairs such as ("Ticket", "INC0012345")."""

    subject: str
    trailers: tuple[tuple[str, str], ...] = ()
    body: str = ""


class Recorder(Protocol):
    """Keeps a trace of each write: who, which files, in what words."""

    def identity(self) -> Person:
        """Who is at the keyboard."""

    def lock(self) -> AbstractContextManager[None]:
        """One writer at a time while it is held; raises DeskBusy after a bounded wait. Not re-entrant."""

    def prepare(self, paths: Sequence[Path]) -> None:
        """Refuse, before anything is touched, a write of `paths` that could not be recorded."""

    def record(self, paths: Sequence[Path], message: CommitMessage, *, when: datetime | None = None) -> None:
        """Record `paths` as they now lie on disk, dated `when` (now where None).

        Raises a refusal when it could not, leaving no trace of the attempt; `paths` themselves are the caller's to
        put back.
        """

    def is_off_branch(self) -> bool:
        """Whether what is recorded now belongs to no branch, and is easily lost."""

    def remember(self, ticket_id: str) -> None:
        """Keep which ticket was touched last, for `@`."""

    def recall(self) -> str | None:
        """The ticket touched last here, or None."""


class NoRecorder:
    """Writes without a trace, for `--no-commit` and `commit: false`.

    `folder` is what its commands lock: the same one that the desk's other recorder locks, so that commands with and
    without a commit take turns. `identity` asks git who is there, where there is a git to ask.
    """

    def __init__(
        self, folder: Path, identity: Callable[[], Person] | None = None, *, patience: float = LOCK_PATIENCE
    ) -> None:
        self._folder = folder
        self._identity = identity
        self._patience = patience

    def identity(self) -> Person:
        """Who git says is there, else the name of the login."""
        if self._identity is None:
            return login()
        try:
            return self._identity()
        except OutsideFailed:
            return login()

    def lock(self) -> AbstractContextManager[None]:
        """One writer at a time on the folder."""
        return held(self._folder, patience=self._patience)

    def prepare(self, paths: Sequence[Path]) -> None:
        """Nothing stands in the way of a write that is not recorded."""

    def record(self, paths: Sequence[Path], message: CommitMessage, *, when: datetime | None = None) -> None:
        """Nothing is recorded."""

    def is_off_branch(self) -> bool:
        """Nothing is recorded that could be lost."""
        return False

    def remember(self, ticket_id: str) -> None:
        """Outside git there is no place to keep it that is not the desk's own."""

    def recall(self) -> str | None:
        """Nothing was kept."""
        return None


def login() -> Person:
    """The person whose login runs this process: the full name of the account, else its name."""
    import pwd

    try:
        account = pwd.getpwuid(os.getuid())
    except KeyError:  # a container may run under a number that no account has
        return Person(os.environ.get("USER") or str(os.getuid()))
    return Person(account.pw_gecos.split(",")[0].strip() or account.pw_name)


@contextmanager
def held(folder: Path, *, patience: float = LOCK_PATIENCE) -> Iterator[None]:
    """Hold `folder` alone. The lock is on the folder itself: no file is left behind, and it dies with its process.

    Raises DeskBusy after `patience` seconds, CannotLock where there can be no lock.
    """
    try:
        descriptor = os.open(folder, os.O_RDONLY)
    except OSError as error:
        raise _cannot_lock(folder, error) from error
    try:
        _take(descriptor, folder, patience)
        yield
    finally:
        os.close(descriptor)


def _take(descriptor: int, folder: Path, patience: float) -> None:
    import fcntl

    deadline = time.monotonic() + patience
    pause = _SHORTEST_PAUSE
    while True:
        try:
            return fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() >= deadline:
                raise _busy(folder, patience) from None
        except OSError as error:
            raise _cannot_lock(folder, error) from error
        time.sleep(pause)
        pause = min(2 * pause, _LONGEST_PAUSE)


def _busy(folder: Path, patience: float) -> DeskBusy:
    return DeskBusy(
        _("another tkt command has held {folder} for over {seconds} s: try again once it has ended").format(
            folder=folder, seconds=round(patience)
        )
    )


def _cannot_lock(folder: Path, error: OSError) -> CannotLock:
    return CannotLock(_("{folder} cannot be locked: {reason}").format(folder=folder, reason=reason_of(error)))
