"""Syncing a desk: fetch, renumber what must be, merge or rebase, push; again where somebody else was faster."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterator
from typing import NamedTuple

from tkt.desk.desk import Desk
from tkt.desk.renumbering import renumber
from tkt.domain.exchange import Exchange, Waiting
from tkt.errors import OutsideFailed, SomeoneWasFaster
from tkt.git.patience import PatientGit
from tkt.git.repository import Repository
from tkt.git.sync.delivery import Delivery, deliver, review_branch_of
from tkt.git.sync.integration import Goal, bring_in
from tkt.git.sync.ledger import REF
from tkt.git.sync.misnumbering import misnumbering
from tkt.git.sync.passages import merge_base, passages, ticket_versions, to_settle, waiting
from tkt.git.sync.pushing import push
from tkt.git.sync.readiness import require_committed
from tkt.git.sync.reserving import Reservation, Reserving
from tkt.git.sync.upstream import Upstream, current_branch, fetch, is_within, tip_of, upstream_of
from tkt.language import _
from tkt.presentation.exchange_lines import waiting_words
from tkt.store.desk_folder import TICKETS

# How long one tries while others push at the same time, in seconds.
PATIENCE = 60.0
_SHORTEST_PAUSE, _LONGEST_PAUSE = 0.05, 2.0

Tell = Callable[[str], object]


class NotDelivered(OutsideFailed):
    """The remote was not reached, or took nothing: what was done here stays, and waits."""


class Outrun(SomeoneWasFaster):
    """Others pushed each time before we did."""


class _Ready(NamedTuple):
    """What is to be pushed: the commit, the one that the branch there had, where else it may go, a block of numbers.

    `numbers_first`: the block is needed before anything else can be done.
    """

    head: str
    seen: str
    review_branch: str
    block: Reservation | None
    numbers_first: bool = False

    @property
    def is_ahead(self) -> bool:
        return self.head != self.seen


class Sync:
    """One sync of the branch that is checked out.

    `tell` takes what a person must know whatever becomes of it, `step` what is being waited for. Each round begins
    from what git says, so that a sync which was cut off is gone on with by the next one. Without `numbers_ahead` no
    block is reserved for tickets to come; one that must be renumbered gets its number all the same.
    """

    def __init__(
        self,
        desk: Desk,
        repository: Repository,
        tell: Tell,
        step: Tell,
        patience: float = PATIENCE,
        *,
        numbers_ahead: bool = True,
    ) -> None:
        self._desk = desk
        self._repository = repository
        self._tell = tell
        self._step = step
        self._patience = patience
        self._numbers_ahead = numbers_ahead
        self._tickets = desk.root / TICKETS
        self._git = PatientGit(repository.git, tell=tell)
        self._reserved: list[tuple[int, int]] = []
        self._unreserved = ""
        self._renumbered: dict[str, str] = {}
        self._merged_instead = ""

    def run(self) -> Exchange:
        """Bring this clone and its remote to one state, as far as it goes.

        Raises OperationUnderWay, UncommittedTickets, OnNoBranch, NewerFormat; NotDelivered where the remote is not
        reached, NeedsAPerson where two changes contradict each other, Outrun.
        """
        self._desk.require_writable()
        self._require_ready(self._desk)
        branch = current_branch(self._repository)
        upstream = upstream_of(self._repository, branch)
        if upstream is None:
            return Exchange(branch, waiting(self._repository, self._tickets, ""))
        began = tip_of(self._repository, "HEAD")
        for _attempt in self._attempts():
            done = self._round(upstream)
            if done is not None:
                return self._told(upstream, began, *done)
        words = _("others pushed to {remote} each time before you: what is here waits; try again")
        raise Outrun(words.format(remote=upstream.remote))

    def _attempts(self) -> Iterator[None]:
        deadline = time.monotonic() + self._patience
        pause = _SHORTEST_PAUSE
        while True:
            yield
            if time.monotonic() >= deadline:
                return
            time.sleep(random.uniform(0, pause))
            pause = min(2 * pause, _LONGEST_PAUSE)

    def _round(self, upstream: Upstream) -> tuple[_Ready, Delivery | None] | None:
        """One attempt; None where it must be made again. The lock is held while files change, never on the network."""
        self._step(_("Fetching from {remote}…").format(remote=upstream.remote))
        answer = fetch(self._repository, upstream.remote)
        if answer.status:
            raise self._not_delivered(upstream, answer.words)
        with self._desk.turn() as desk:
            ready = self._brought_in(desk, upstream)
        if ready.numbers_first and ready.block:
            self._reserve_alone(upstream, ready.block)
            return None
        if not ready.is_ahead and ready.block is None:
            return ready, None
        self._step(_("Pushing to {remote}…").format(remote=upstream.remote))
        numbers = ready.block.commit if ready.block else ""
        delivery = deliver(
            self._repository, upstream, ready.head if ready.is_ahead else "", numbers, ready.review_branch
        )
        if delivery.push.has_raced:
            return None
        if not delivery.push.is_done and (ready.is_ahead or not delivery.unreserved):
            raise self._not_delivered(upstream, delivery.push.words)
        self._unreserved = self._unreserved or delivery.unreserved
        if delivery.reserved and ready.block:
            self._keep(upstream, ready.block)
        return ready, delivery

    def _brought_in(self, desk: Desk, upstream: Upstream) -> _Ready:
        """What came in, brought into the branch; before it, each ticket that must be renumbered."""
        self._require_ready(desk)
        numbers = Reserving(desk, self._repository, upstream.remote, self._tell)
        numbers.take_in()
        seen = tip_of(self._repository, upstream.tracking)
        wrong = misnumbering(self._repository, self._tickets, seen, numbers.of_others())
        if wrong.needed > numbers.left and not self._unreserved and (block := numbers.wanted(wrong.needed)):
            return _Ready("", seen, "", block, numbers_first=True)
        if wrong.wanted:
            self._renumber(desk, renumber(desk, wrong.wanted, wrong.touched, wrong.taken))
        review = review_branch_of(self._repository, desk.recorder.identity().name, seen)
        there = tip_of(self._repository, f"refs/remotes/{upstream.remote}/{review}") if review else ""
        for goal in (Goal(seen, upstream.name), Goal(there, f"{upstream.remote}/{review}")):
            if goal.commit and not is_within(self._repository, goal.commit, "HEAD"):
                renumbered = bool(self._renumbered)
                self._merged_instead = self._merged_instead or bring_in(
                    self._repository, self._git, desk.root, upstream, goal, renumbered=renumbered
                )
        block = numbers.wanted() if self._numbers_ahead and not self._unreserved else None
        return _Ready(tip_of(self._repository, "HEAD"), seen, review, block)

    def _renumber(self, desk: Desk, moved: dict[str, str]) -> None:
        self._renumbered |= moved
        for old, new in moved.items():
            self._tell(_("{old} is now {new}: somebody else had that number too.").format(old=old, new=new))

    def _reserve_alone(self, upstream: Upstream, block: Reservation) -> None:
        """Reserve numbers for tickets that need one, so that they change once and for all."""
        pushed = push(self._repository, upstream.remote, {REF: block.commit})
        if pushed.is_done:
            self._keep(upstream, block)
        elif pushed.was_declined:
            self._unreserved = pushed.words
        elif not pushed.has_raced:
            raise self._not_delivered(upstream, pushed.words)

    def _keep(self, upstream: Upstream, block: Reservation) -> None:
        with self._desk.turn() as desk:
            Reserving(desk, self._repository, upstream.remote, self._tell).keep(block)
        self._reserved.append((block.wanted.first, block.wanted.last))

    def _require_ready(self, desk: Desk) -> None:
        desk.recorder.prepare([])
        require_committed(self._repository, self._tickets)

    def _not_delivered(self, upstream: Upstream, words: str) -> NotDelivered:
        left = waiting(self._repository, self._tickets, tip_of(self._repository, upstream.tracking))
        message = _("{remote} was not reached, or took nothing ({words}).")
        refusal = message.format(remote=upstream.remote, words=" ".join(words.split()))
        return NotDelivered(f"{refusal} {waiting_words(left)}")

    def _told(self, upstream: Upstream, began: str, ready: _Ready, delivery: Delivery | None) -> Exchange:
        """What became of it all; the branch follows the remote's from now on, where it went there."""
        review = delivery.review_branch if delivery else ""
        if delivery and ready.is_ahead and not (upstream.is_set or review):
            options = ("--quiet", f"--set-upstream-to={upstream.name}", "--", upstream.local)
            self._repository.git.act("branch", *options)
        base = merge_base(self._repository, began, ready.seen)
        incoming = ticket_versions(self._repository, self._tickets, base, ready.seen)
        ours = ticket_versions(self._repository, self._tickets, base, began)
        outgoing = ticket_versions(self._repository, self._tickets, ready.seen, ready.head)
        both = {one.id for one in incoming} & {self._renumbered.get(one.id, one.id) for one in ours}
        left = waiting(self._repository, self._tickets, ready.seen, ready.head)
        return Exchange(
            upstream.local,
            left if review else Waiting(0),
            upstream.remote,
            upstream.branch,
            incoming=tuple(passages(incoming)),
            outgoing=tuple(passages(outgoing)),
            pushed=left.commits,
            renumbered=tuple(self._renumbered.items()),
            unsettled=tuple(to_settle(self._desk, both)),
            reserved=tuple(self._reserved),
            unreserved=self._unreserved,
            merged_instead=self._merged_instead,
            review_branch=review,
            addresses=delivery.push.addresses if delivery else (),
        )
