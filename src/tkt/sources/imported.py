"""What a source hands over: tickets as domain values, and remarks on what it had to bend to make them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol
from zoneinfo import ZoneInfo

from tkt.domain.ticket import Ticket

# Told how much of the file is read: bytes so far, bytes in all. A pipe has no size, so nothing is told of it.
Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Remark:
    """Something that a source does not say as we would: the message names neither the line (from 1) nor the ticket.

    `kind`: "clamped" (an instant moved to keep the journal in order), "unknown" (a word without an equal here),
    "absent" (something every ticket needs), "doubtful" (a local time that happens twice or never), "skipped".
    """

    line: int
    number: str
    kind: str
    message: str


@dataclass(frozen=True, slots=True)
class Imported:
    """The tickets of a source, in the order in which it first names them, and the remarks in the order of its lines."""

    tickets: list[Ticket]
    remarks: list[Remark]


class Reader(Protocol):
    """How every source is read: the same file gives the same tickets, uids included, however often it is read.

    `zone` is where the source's own times without offset were said, `desk_zone` the one in which the desk stores
    instants. Raises a `tkt.errors.Unreadable` that names file and line.
    """

    def __call__(
        self, path: Path, zone: ZoneInfo, desk_zone: ZoneInfo, on_progress: Progress | None = None
    ) -> Imported: ...
