"""Delivering a branch: with a block of numbers at once where the other end takes both, else as far as it goes."""

from __future__ import annotations

import re
import unicodedata
from typing import NamedTuple

from tkt.git.repository import Repository
from tkt.git.sync.ledger import REF
from tkt.git.sync.pushing import Push, push
from tkt.git.sync.upstream import Upstream

_SHORT = 7
_LONGEST_NAME = 30


class Delivery(NamedTuple):
    """What a delivery came to: the last push, whether the numbers went along, and the branch for review, if any.

    `unreserved` says why the numbers did not go along, in the other end's words.
    """

    push: Push
    reserved: bool = False
    review_branch: str = ""
    unreserved: str = ""


def deliver(repository: Repository, upstream: Upstream, head: str, numbers: str, review_branch: str) -> Delivery:
    """Push the commit `head` to its branch and `numbers` (a commit of the ledger) with it, all or nothing.

    Either may be "": then there is nothing of it to push. Where that is declined, the branch is tried alone; where the
    branch itself is, `review_branch` takes its place. A race ends it at once: whoever lost one must look again.
    """
    ledger = {REF: numbers} if numbers else {}
    branch = {f"refs/heads/{upstream.branch}": head} if head else {}
    first = push(repository, upstream.remote, {**branch, **ledger})
    if first.is_done or not _may_go_otherwise(first):
        return Delivery(first, first.is_done and bool(ledger))
    if not branch:
        return Delivery(first, unreserved=first.words)
    alone = push(repository, upstream.remote, branch) if ledger else first
    if alone.is_done or not alone.was_declined:
        return Delivery(alone, unreserved=first.words if alone.is_done else "")
    return _for_review(repository, upstream.remote, {f"refs/heads/{review_branch}": head}, ledger, review_branch)


def _for_review(
    repository: Repository, remote: str, branch: dict[str, str], numbers: dict[str, str], name: str
) -> Delivery:
    both = push(repository, remote, {**branch, **numbers})
    if both.is_done or not numbers or not _may_go_otherwise(both):
        return Delivery(both, both.is_done and bool(numbers), name)
    alone = push(repository, remote, branch)
    return Delivery(alone, False, name, both.words if alone.is_done else "")


def _may_go_otherwise(push: Push) -> bool:
    return push.lacks_atomic or (push.was_declined and not push.has_raced)


def review_branch_of(repository: Repository, person: str, seen: str) -> str:
    """The branch on which what `seen` lacks is reviewed: the same one until it has been taken over.

    Named after the person and the oldest commit that waits.
    """
    span = f"{seen}..HEAD" if seen else "HEAD"
    waiting = repository.git.read("rev-list", "--first-parent", "--reverse", span).text.split()
    return f"tkt/{_slug(person)}-{waiting[0][:_SHORT]}" if waiting else ""


def _slug(name: str) -> str:
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain)[:_LONGEST_NAME].strip("-") or "desk"
