"""Taking turns on a desk: a lock on a folder that dies with its process, and a word on whom one waits for."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tkt.desk.lock_note import holder_named, note_about, signed
from tkt.errors import SomeoneWasFaster, Unreadable
from tkt.language import _, reason_of

LOCK_PATIENCE = 30.0
# How long a person is left to wonder before they are told what they wait for.
TELL_AFTER = 1.0
# The same for all who wait, however long they have: whoever came last is no likelier to be next.
_PAUSE = 0.01


class DeskBusy(SomeoneWasFaster):
    """Another command has held the desk for longer than one is ready to wait."""


class CannotLock(Unreadable):
    """The folder cannot be locked: it is missing, closed to us, or on a file system without locks."""


@dataclass(frozen=True, slots=True)
class Caller:
    """The command at work: its name for those who wait for it, and how it tells its own person what it waits for."""

    command: str = "tkt"
    tell: Callable[[str], object] = lambda _words: None


NOBODY = Caller()


@contextmanager
def held(
    folder: Path, *, patience: float = LOCK_PATIENCE, caller: Caller = NOBODY, who: str = "", note: Path | None = None
) -> Iterator[None]:
    """Hold `folder` alone. The lock is on the folder itself: it dies with its process, and nothing can go stale.

    `note` is where those who wait read who holds it (`who`, in a command of the caller's); by default it lies with
    the system's temporary files. A wait of more than a second is told, once. Raises DeskBusy after `patience`
    seconds, CannotLock where there can be no lock.
    """
    try:
        descriptor = os.open(folder, os.O_RDONLY)
    except OSError as error:
        raise _cannot_lock(folder, error) from error
    try:
        note = note or note_about(os.fstat(descriptor))
        _take(descriptor, folder, note, patience, caller)
        with signed(note, caller.command, who):
            yield
    finally:
        os.close(descriptor)


def _take(descriptor: int, folder: Path, note: Path, patience: float, caller: Caller) -> None:
    import fcntl

    begun = time.monotonic()
    told = False
    while True:
        try:
            return fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            waited = time.monotonic() - begun
        except OSError as error:
            raise _cannot_lock(folder, error) from error
        if waited >= patience:
            raise _busy(folder, note, patience)
        if waited >= TELL_AFTER and not told:
            told = True
            caller.tell(_("waiting for {holder}").format(holder=holder_named(note) or _("another tkt command")))
        time.sleep(_PAUSE)


def _busy(folder: Path, note: Path, patience: float) -> DeskBusy:
    holder, seconds = holder_named(note), round(patience)
    if holder is None:
        words = _("another tkt command has held {folder} for over {seconds} s: try again once it has ended")
        return DeskBusy(words.format(folder=folder, seconds=seconds))
    words = _("gave up after {seconds} s of waiting for {holder}: try again once it has ended")
    words = words.format(seconds=seconds, holder=holder)
    if holder.is_here:
        words += _("; if it hangs, `kill {pid}` ends it").format(pid=holder.pid)
    return DeskBusy(words)


def _cannot_lock(folder: Path, error: OSError) -> CannotLock:
    return CannotLock(_("{folder} cannot be locked: {reason}").format(folder=folder, reason=reason_of(error)))
