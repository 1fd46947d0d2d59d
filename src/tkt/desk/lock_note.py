"""The note that whoever holds a desk leaves for those who wait: who it is. The lock never rests on it."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import NamedTuple

from tkt.language import _
from tkt.store.process import lives

# Its name in a folder that is nobody's to read but git's; elsewhere the folder that it is about is named behind it.
NAME = "tkt-lock"
_MOST_BYTES = 2000
_SHOWN = 80
_NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW
_OLD = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK


class Holder(NamedTuple):
    """A command that holds a desk: its process on a machine, since when (seconds since 1970), its name, its person."""

    pid: int
    host: str
    since: int
    command: str
    who: str = ""

    @property
    def is_here(self) -> bool:
        """Whether it runs on this machine, where one may look after it."""
        return self.host == os.uname().nodename

    def __str__(self) -> str:
        where = _("process {pid}") if self.is_here else _("process {pid} on {host}")
        whose = _("{command} of {who}") if self.who else "{command}"
        return _("{command} ({process}, since {time})").format(
            command=whose.format(command=self.command, who=self.who),
            process=where.format(pid=self.pid, host=self.host),
            time=_clock_time(self.since),
        )


def note_in(folder: Path) -> Path:
    """Where the note on a folder of git's own lies: inside it."""
    return folder / NAME


def note_about(folder: os.stat_result) -> Path:
    """Where the note on any other folder lies: with the system's temporary files, so that none appears in the desk."""
    return Path(os.environ.get("TMPDIR") or "/tmp") / f"{NAME}-{folder.st_dev}-{folder.st_ino}"


@contextmanager
def signed(note: Path, command: str, who: str) -> Iterator[None]:
    """Let the note say, meanwhile, that this process holds the lock; where none can be written, nothing says so."""
    holder = Holder(os.getpid(), os.uname().nodename, int(time.time()), command, who)
    written = _written(note, "\n".join(map(str, tuple(holder))).encode(errors="replace"))
    try:
        yield
    finally:
        if written:
            with suppress(OSError):
                note.unlink()


def _written(note: Path, data: bytes) -> bool:
    """Nothing that lies there is ever written into: what a dead holder left is taken away, a link is not followed."""
    for _attempt in range(2):
        try:
            descriptor = os.open(note, _NEW, 0o644)
        except FileExistsError:
            with suppress(OSError):
                note.unlink()
        except OSError:
            return False
        else:
            with suppress(OSError), open(descriptor, "wb", buffering=0) as file:
                file.write(data)
            return True
    return False


def holder_named(note: Path) -> Holder | None:
    """Whom the note names, if that process still lives as far as one can see; None where nobody knows."""
    try:
        pid, host, since, command, who = (" ".join(line.split())[:_SHOWN] for line in _read(note).split("\n"))
        holder = Holder(int(pid), host, int(since), command, who)
        _clock_time(holder.since)
    except (ValueError, OverflowError, OSError):
        return None
    return holder if _lives(holder) else None


def _read(note: Path) -> str:
    descriptor = os.open(note, _OLD)
    try:
        return os.read(descriptor, _MOST_BYTES).decode(errors="replace")
    finally:
        os.close(descriptor)


def _lives(holder: Holder) -> bool:
    """Whether a process of that number is there; of another machine's nobody can say, and it counts as alive."""
    return holder.pid > 0 and (lives(holder.pid) if holder.is_here else True)


def _clock_time(since: int) -> str:
    """`14:02:03`, with the day before it where that is no longer today."""
    then, today = time.localtime(since), time.localtime()
    return time.strftime("%H:%M:%S" if then[:3] == today[:3] else "%Y-%m-%d %H:%M:%S", then)
