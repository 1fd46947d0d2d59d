"""What git keeps of files, read many at once by their names in git (`HEAD:path`, a hash, `:2:path`)."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator, Sequence

from tkt.git.command import Git
from tkt.store.ticket_file import LARGEST

_AT_ONCE = 500
_MOST_BYTES = 16 * 1024 * 1024
_BLOB = re.compile(r"(?P<hash>[0-9a-f]{40,64}) blob (?P<size>[0-9]+)")


def read_blobs(git: Git, names: Sequence[str]) -> Iterator[bytes | None]:
    """The bytes behind each name, in turn: None where there is no file of that name, or one larger than any ticket.

    A name with a line end in it names nothing.
    """
    for start in range(0, len(names), _AT_ONCE):
        yield from read_sized(git, _blobs(git, names[start : start + _AT_ONCE]))


def read_sized(git: Git, blobs: Iterable[tuple[str, int]]) -> Iterator[bytes | None]:
    """The bytes of each object of which hash and size are known, in turn: None where the hash is ""."""
    for some in _groups(blobs):
        wanted = list(dict.fromkeys(hash_ for hash_, _size in some if hash_))
        found = dict(zip(wanted, _contents(git, wanted), strict=True))
        yield from (found.get(hash_) for hash_, _size in some)


def _blobs(git: Git, names: Sequence[str]) -> Iterator[tuple[str, int]]:
    """The hash and the size behind each name, "" and 0 for what is no file or too large a one."""
    asked = "\n".join("" if "\n" in name else name for name in names) + "\n"
    answer = git.read("cat-file", "--batch-check=%(objectname) %(objecttype) %(objectsize)", stdin=os.fsencode(asked))
    for blob in map(_BLOB.fullmatch, answer.text.split("\n")[: len(names)]):
        size = int(blob["size"]) if blob else LARGEST + 1
        yield (blob["hash"], size) if blob and size <= LARGEST else ("", 0)


def _groups(blobs: Iterable[tuple[str, int]]) -> Iterator[list[tuple[str, int]]]:
    """The same in groups of which each can be held."""
    group: list[tuple[str, int]] = []
    held = 0
    for hash_, size in blobs:
        if group and held + size > _MOST_BYTES:
            yield group
            group, held = [], 0
        group.append((hash_, size))
        held += size
    if group:
        yield group


def _contents(git: Git, hashes: Sequence[str]) -> Iterator[bytes]:
    if not hashes:
        return
    out = git.read("cat-file", "--batch", stdin="".join(f"{one}\n" for one in hashes).encode()).out
    at = 0
    for _hash in hashes:
        start = out.index(b"\n", at) + 1
        size = int(out[at:start].rsplit(b" ", 1)[1])
        yield out[start : start + size]
        at = start + size + 1
