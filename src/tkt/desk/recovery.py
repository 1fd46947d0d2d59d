"""Making whole what a command that was killed left: found by the next one, before it reads or writes anything."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from pathlib import Path

from tkt.desk.turns import NOBODY, TELL_AFTER, Caller
from tkt.desk.undoing import Outcome, Witness, settle
from tkt.domain.identifier import is_id
from tkt.errors import SomeoneWasFaster
from tkt.language import _
from tkt.store.intent import Intent, IntentPlace, opened, read_intent, take_away

_PAUSE = 0.01
_SHOWN = 5
_PROCESSES = Path("/proc")


class StillAtWork(SomeoneWasFaster):
    """A command was killed, and the git that it had started has not ended: nobody knows yet what it will leave."""


def recover(place: IntentPlace, witness: Witness | None, *, patience: float, caller: Caller = NOBODY) -> None:
    """Finish or undo what was left without end, and tell the caller's person; the desk's lock must be held.

    Raises StillAtWork where what the dead command had started takes more than `patience` seconds to end, BrokenIntent,
    or a refusal where something cannot be put back now: all is then as it was found.
    """
    descriptor = opened(place)
    if descriptor is None:
        return take_away(place)  # it died before it touched anything
    try:
        intent = read_intent(place, descriptor)
        _wait(descriptor, intent, patience, caller)
        outcome = settle(place.folder, intent, witness)
        take_away(place)
    finally:
        os.close(descriptor)
    caller.tell(_told(intent, outcome))


def _wait(descriptor: int, intent: Intent, patience: float, caller: Caller) -> None:
    """Until nobody is left who may still act on the intent: whoever could inherited the lock on its record."""
    import fcntl

    begun, told = time.monotonic(), False
    while True:
        try:
            return fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            waited = time.monotonic() - begun
        if waited >= patience:
            raise _still_at_work(descriptor, intent, patience)
        if waited >= TELL_AFTER and not told:
            told = True
            words = _("waiting for {process}, which `{command}` (process {pid}) started before it was killed")
            process = _named(_at_work_on(descriptor))
            caller.tell(words.format(process=process, command=intent.command, pid=intent.pid))
        time.sleep(_PAUSE)


def _still_at_work(descriptor: int, intent: Intent, patience: float) -> StillAtWork:
    pid = _at_work_on(descriptor)
    words = _(
        "{process}, which `{command}` (process {dead}) started before it was killed, still runs after {seconds} s"
    )
    known = {"process": _named(pid), "command": intent.command, "dead": intent.pid, "seconds": round(patience)}
    words = words.format(**known) + _(": try again once it has ended")
    if pid:
        words += _("; if it hangs, `kill {pid}` ends it").format(pid=pid)
    return StillAtWork(words)


def _named(pid: int | None) -> str:
    if pid is None:
        return _("a git")
    try:
        name = (_PROCESSES / str(pid) / "comm").read_text(encoding="utf-8", errors="replace").strip()
    except OSError:
        name = "git"
    return _("{command} (process {pid})").format(command=name, pid=pid)


def _at_work_on(descriptor: int) -> int | None:
    """The first process, but for this one, that has the file open; None where nobody can say (not on every system)."""
    wanted = os.fstat(descriptor)
    pids = sorted(int(one.name) for one in _PROCESSES.iterdir() if one.name.isdigit()) if _PROCESSES.is_dir() else []
    return next((pid for pid in pids if pid != os.getpid() and any(_same(one, wanted) for one in _files_of(pid))), None)


def _files_of(pid: int) -> Iterator[os.stat_result]:
    try:
        for one in (_PROCESSES / str(pid) / "fd").iterdir():
            yield one.stat()
    except OSError:  # it is somebody else's, or has just ended
        return


def _same(one: os.stat_result, other: os.stat_result) -> bool:
    return os.path.samestat(one, other)


def _told(intent: Intent, outcome: Outcome) -> str:
    """One line: whose write it was, what became of it, and what is left to the person."""
    words = (
        _("{what}: `{command}` (process {pid}, {started}) was cut short after it had happened: nothing is lost.")
        if outcome.happened
        else _("{what}: `{command}` (process {pid}, {started}) was cut short, and is undone.")
    )
    command, pid, started = intent.command, intent.pid, intent.started
    line = words.format(what=_listed(_tickets(intent)), command=command, pid=pid, started=started)
    if outcome.left:
        line += " " + _("Changed since, and left as it is: {paths}.").format(paths=_listed(outcome.left))
    return line


def _tickets(intent: Intent) -> tuple[str, ...]:
    """The tickets that were to be written, or the files where there was none (`tkt init`)."""
    parts = (part.removesuffix(".md") for file in intent.files for part in file.name.split("/"))
    return tuple(dict.fromkeys(part for part in parts if is_id(part))) or tuple(file.name for file in intent.files)


def _listed(names: tuple[str, ...]) -> str:
    return ", ".join(names[:_SHOWN]) + (f" (+{len(names) - _SHOWN})" if len(names) > _SHOWN else "")
