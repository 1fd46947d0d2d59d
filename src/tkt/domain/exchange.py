"""What a clone and its remote told each other: the tickets that came in and went out, and what is left to do."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple


class Passage(NamedTuple):
    """A ticket that came in or went out: its state before ("" where it is new) and after, and the entries it gained.

    `entries` is None where one side of it cannot be read.
    """

    id: str
    title: str
    before: str
    after: str
    entries: int | None


class Waiting(NamedTuple):
    """What is only here: how many commits, about which tickets."""

    commits: int
    tickets: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Exchange:
    """What one sync did on a branch. `remote` is "" where there is none: nothing was exchanged then.

    `pushed` counts commits. `renumbered` are (old id, new id), `unsettled` (id, the fields that both sides moved
    without seeing each other). `reserved` are the first and the last number of each block reserved; `unreserved`
    says why none could be, where some were wanted. `merged_instead`: why a merge was made where the person's git
    rebases. `review_branch` is where the commits were pushed to, where the branch itself takes no push; `addresses`
    are those that the other end named.
    """

    branch: str
    waiting: Waiting
    remote: str = ""
    upstream: str = ""
    incoming: tuple[Passage, ...] = ()
    outgoing: tuple[Passage, ...] = ()
    pushed: int = 0
    renumbered: tuple[tuple[str, str], ...] = ()
    unsettled: tuple[tuple[str, tuple[str, ...]], ...] = ()
    reserved: tuple[tuple[int, int], ...] = ()
    unreserved: str = ""
    merged_instead: str = ""
    review_branch: str = ""
    addresses: tuple[str, ...] = ()
