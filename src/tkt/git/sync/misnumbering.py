"""Which tickets of this clone bear a number that is somebody else's too, seen from what the remote's branch holds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from tkt.desk.renumbering import misnumbered
from tkt.domain.identifier import number_of
from tkt.git.repository import Repository
from tkt.git.sync.passages import merge_base, ticket_versions


class Misnumbering(NamedTuple):
    """The tickets to be renumbered (as `misnumbered` has them), what may link to them, and the numbers taken there."""

    wanted: Mapping[str, str]
    touched: tuple[str, ...]
    taken: frozenset[int]

    @property
    def needed(self) -> int:
        """How many new numbers that takes."""
        return sum(not known_as for known_as in self.wanted.values())


def misnumbering(repository: Repository, tickets: Path, seen: str, reserved: Sequence[tuple[int, int]]) -> Misnumbering:
    """What HEAD and `seen` say: a ticket that was there when they last had a commit in common keeps its number.

    `reserved` are the ranges that others have reserved.
    """
    base = merge_base(repository, "HEAD", seen)
    ours = ticket_versions(repository, tickets, base, "HEAD")
    theirs = ticket_versions(repository, tickets, base, seen)
    mine, known = ({one.id: one.uid for one in side if one.before is None and one.uid} for side in (ours, theirs))
    touched = tuple(one.id for one in ours)
    return Misnumbering(misnumbered(mine, known, reserved), touched, frozenset(map(number_of, known)))
