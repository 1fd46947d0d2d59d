"""The ledger of numbers on a remote: a chain of commits, each of which reserves a range for one clone."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import quote

from tkt.git.repository import Repository
from tkt.git.sync.numbers import Range

# Its name on the remote. A push that is no fast-forward is refused there: whoever comes second reads again and goes on.
REF = "refs/tkt/numbers"
_RESERVED = re.compile(r"^Numbers: (?P<first>\d{1,15})-(?P<last>\d{1,15})$", re.ASCII | re.MULTILINE)
_FOLDER = re.compile(r"^Tickets: (?P<folder>\S+)$", re.MULTILINE)
_CLONE = re.compile(r"^Clone: (?P<clone>\S{1,100})$", re.MULTILINE)


def tracking_ref(remote: str) -> str:
    """Where what was last fetched of a remote's ledger is kept."""
    return f"refs/tkt/{remote}/numbers"


@dataclass(frozen=True, slots=True)
class Ledger:
    """The ledger as of its commit `tip` ("" where there is none yet): the ranges reserved for one desk's tickets."""

    tip: str = ""
    ranges: tuple[Range, ...] = ()


def read_ledger(repository: Repository, remote: str, tickets: str) -> Ledger:
    """What was last fetched of a remote's ledger, for the desk whose tickets lie in that folder.

    A commit of it that says nothing which can be read reserves nothing.
    """
    ref = tracking_ref(remote)
    tip = repository.git.ask("rev-parse", "--verify", "--quiet", f"{ref}^{{commit}}").text.strip()
    if not tip:
        return Ledger()
    answer = repository.git.read("log", "-z", "--no-show-signature", "--encoding=UTF-8", "--format=%B", tip)
    found = (_range(message, quote(tickets)) for message in answer.text.split("\0"))
    return Ledger(tip, tuple(one for one in found if one))


def reserve(repository: Repository, ledger: Ledger, tickets: str, wanted: Range) -> str:
    """The commit, to be pushed, that reserves a range on top of the ledger; raises GitFailed."""
    git = repository.git
    nothing = git.read("mktree").text.strip()
    message = (
        f"Reserve {wanted.first} to {wanted.last}\n\n"
        f"Numbers: {wanted.first}-{wanted.last}\nTickets: {quote(tickets)}\nClone: {wanted.clone}\n"
    )
    onto = ["-p", ledger.tip] if ledger.tip else []
    return git.read("commit-tree", nothing, *onto, "-F", "-", stdin=message.encode()).text.strip()


def _range(message: str, tickets: str) -> Range | None:
    numbers, folder, clone = _RESERVED.search(message), _FOLDER.search(message), _CLONE.search(message)
    if not (numbers and folder and clone) or folder["folder"] != tickets:
        return None
    first, last = int(numbers["first"]), int(numbers["last"])
    return Range(first, last, clone["clone"]) if first <= last else None
