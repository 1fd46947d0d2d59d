"""What an entry tells of a file laid beside the ticket: its name, its size and its SHA-256."""

from __future__ import annotations

import re
from typing import NamedTuple

_TOLD = re.compile(r"(?P<name>.+) \((?P<size>\d{1,18}) bytes, sha256:(?P<digest>[0-9a-f]{64})\)")


class Attached(NamedTuple):
    """A file as an `attached` fact tells of it; `size` in bytes."""

    name: str
    size: int
    digest: str

    def __str__(self) -> str:
        """The fact: `trace.log (12 bytes, sha256:…)`."""
        return f"{self.name} ({self.size} bytes, sha256:{self.digest})"

    @classmethod
    def of(cls, name: str, data: bytes) -> Attached:
        """What is told of a file of that name and content."""
        import hashlib

        return cls(name, len(data), hashlib.sha256(data).hexdigest())


def read_attached(fact: str) -> Attached | None:
    """What a fact tells; None where it says something else."""
    found = _TOLD.fullmatch(fact)
    return Attached(found["name"], int(found["size"]), found["digest"]) if found else None
