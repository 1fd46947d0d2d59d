"""Reading from disk without surprise: ordinary files alone, never waited for, and never more of them than is meant."""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path

from tkt.language import _

_MEBIBYTE = 1024 * 1024
_LEAST = 64 * 1024


def read_file(path: Path | str, most: int, *, pipes: bool = False) -> bytes:
    """The bytes of an ordinary file of at most `most` bytes; with `pipes` also of what a pipe hands over.

    Raises OSError, with our words as its reason, for a folder, a device, or a file that is larger: of that nothing is
    read. A pipe that nobody writes to is empty: without waiting for a writer.
    """
    descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
    try:
        found = os.fstat(descriptor)
        _require_kind(found.st_mode, pipes)
        if found.st_size > most:
            raise _too_large(most)
        if not stat.S_ISREG(found.st_mode):
            os.set_blocking(descriptor, True)
        return read_descriptor(descriptor, most, found.st_size)
    finally:
        os.close(descriptor)


def read_descriptor(descriptor: int, most: int, expected: int = 0) -> bytes:
    """All that an open file still holds; raises OSError as soon as that is more than `most` bytes."""
    pieces = []
    left = most + 1
    while left and (piece := os.read(descriptor, min(left, max(expected + 1, _LEAST)))):
        pieces.append(piece)
        left -= len(piece)
    if not left:
        raise _too_large(most)
    return b"".join(pieces)


def size_in_words(size: int) -> str:
    """A limit as a person reads it: `2 MiB`, `64 KiB`, `500 B`."""
    if size >= _MEBIBYTE:
        return f"{size // _MEBIBYTE} MiB"
    return f"{size // 1024} KiB" if size >= 1024 else f"{size} B"


def _require_kind(mode: int, pipes: bool) -> None:
    if stat.S_ISDIR(mode):
        raise OSError(errno.EISDIR, os.strerror(errno.EISDIR))
    if not (stat.S_ISREG(mode) or (pipes and (stat.S_ISFIFO(mode) or stat.S_ISSOCK(mode)))):
        raise OSError(errno.ENODEV, _("it is no ordinary file"))


def _too_large(most: int) -> OSError:
    return OSError(errno.EFBIG, _("it is larger than {limit}").format(limit=size_in_words(most)))
