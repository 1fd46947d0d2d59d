"""The versions of tickets that history holds, by git's hash of each: read many at once, the latest used kept."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable, Iterator
from functools import cached_property

from tkt.git.blobs import read_blobs
from tkt.git.command import Git, GitFailed
from tkt.store.ticket_version import TicketVersion

# A desk of some thousand tickets, each with its newest version.
_MOST_BYTES = 32 * 1024 * 1024


class Versions:
    """Versions as they are asked for; None stands for one that this clone does not have, or that no ticket is."""

    def __init__(self, git: Git) -> None:
        self._git = git
        self._kept: OrderedDict[str, TicketVersion | None] = OrderedDict()
        self._bytes = 0

    def load(self, hashes: Iterable[str]) -> None:
        """Read those that are not kept, so that asking for them takes no time."""
        wanted = list(dict.fromkeys(hashes))
        for one in wanted:
            if one in self._kept:
                self._kept.move_to_end(one)
        missing = [one for one in wanted if one not in self._kept]
        for one, data in zip(missing, self._read(missing), strict=True):
            self._keep(one, None if data is None else TicketVersion(data))

    def _read(self, hashes: list[str]) -> Iterator[bytes | None]:
        done = 0
        try:
            for data in read_blobs(self._git, hashes):
                yield data
                done += 1
        except GitFailed:
            # A partial clone whose remote cannot be reached: git gives up at the first object that it lacks.
            here = [one for one in hashes[done:] if one in self._local]
            read = dict(zip(here, read_blobs(self._git, here), strict=True))
            yield from (read.get(one) for one in hashes[done:])

    @cached_property
    def _local(self) -> frozenset[str]:
        """Every object of this clone."""
        asked = ("cat-file", "--batch-all-objects", "--unordered", "--batch-check=%(objectname)")
        return frozenset(self._git.read(*asked).text.split())

    def get(self, hash_: str) -> TicketVersion | None:
        """One version."""
        if hash_ not in self._kept:
            self.load([hash_])
        return self._kept[hash_]

    def rest(self) -> None:
        """Keep the bytes of what was looked at, and no more of it."""
        for version in self._kept.values():
            if version is not None:
                version.let_go()

    def _keep(self, hash_: str, version: TicketVersion | None) -> None:
        self._kept[hash_] = version
        self._bytes += len(version.data) if version else 0
        while self._bytes > _MOST_BYTES and len(self._kept) > 1:
            _hash, oldest = self._kept.popitem(last=False)
            self._bytes -= len(oldest.data) if oldest else 0
