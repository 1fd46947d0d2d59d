"""The memory that a command takes with every process that it starts, asked of the kernel while it runs."""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from desks import ENVIRONMENT

_PROCESSES = Path("/proc")
_PAUSE = 0.005


def most_memory(words: list[str], cwd: Path) -> int:
    """The most bytes that the command's processes held at one time.

    What two of them share counts twice. Where there is no /proc it is the largest single process.
    """
    running = subprocess.Popen(words, cwd=cwd, env=ENVIRONMENT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    most = 0
    while running.poll() is None:
        most = max(most, sum(map(_held, _family(running.pid))))
        time.sleep(_PAUSE)
    if running.returncode:
        sys.exit(f"{' '.join(words)} ended with {running.returncode}")
    return most if _PROCESSES.is_dir() else resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss


def _family(pid: int) -> Iterator[int]:
    """A process and all that it started, as far as they still run."""
    yield pid
    for children in _PROCESSES.glob(f"{pid}/task/*/children"):
        for child in _read(children).split():
            yield from _family(int(child))


def _held(pid: int) -> int:
    words = _read(_PROCESSES / str(pid) / "statm").split()
    return int(words[1]) * os.sysconf("SC_PAGE_SIZE") if words else 0


def _read(path: Path) -> str:
    """A file of the kernel's, empty once its process has ended."""
    try:
        return path.read_text(encoding="ascii")
    except OSError:
        return ""
