"""Reserving numbers: what the ledger says is taken in, and a block is asked for when fewer than half of one is left."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import NamedTuple

from tkt.desk.desk import Desk
from tkt.domain.words import PREFIX
from tkt.git.repository import Repository
from tkt.git.sync import ledger
from tkt.git.sync.numbers import NumberFile, Range
from tkt.store.desk_folder import TICKETS, highest_number


class Reservation(NamedTuple):
    """A range that nobody has reserved yet, and the commit whose push reserves it."""

    wanted: Range
    commit: str


class Reserving:
    """A desk's numbers, as this clone and a remote's ledger know them. Whoever uses it holds the desk's lock."""

    def __init__(self, desk: Desk, repository: Repository, remote: str, tell: Callable[[str], object]) -> None:
        self._desk = desk
        self._repository = repository
        self._remote = remote
        self._tickets = repository.names([desk.root / TICKETS])[0]
        self._file = NumberFile(repository.common_dir, tell)

    def take_in(self) -> None:
        """Learn what was reserved since; a block of ours that we never heard the end of is ours."""
        numbers = self._file.read()
        series = numbers.of(self._tickets)
        after = series.knowing(self._ledger.ranges, numbers.clone)
        if after != series:
            self._file.write(numbers.put(self._tickets, after))

    @property
    def left(self) -> int:
        """How many reserved numbers are left to this clone."""
        return self._file.read().of(self._tickets).left

    def of_others(self) -> list[tuple[int, int]]:
        """The ranges that are not ours to give."""
        numbers = self._file.read()
        return [(one.first, one.last) for one in self._ledger.ranges if not numbers.is_own(one.clone)]

    def wanted(self, needed: int = 0) -> Reservation | None:
        """The block to reserve now, None where enough is left or the desk reserves none; `needed`: at least so many."""
        size = self._desk.settings.number_block
        numbers = self._file.read()
        series = numbers.of(self._tickets)
        if not size or (2 * series.left >= size and series.left >= needed):
            return None
        here = max(highest_number(self._desk.root, prefix) for prefix in PREFIX.values())
        first = max(here, series.highest, series.reserved_up_to, self._desk.settings.first_number - 1) + 1
        wanted = Range(first, first + max(size, needed) - 1, numbers.clone)
        # The clone's name in the ledger must be one that it keeps.
        self._file.write(numbers.put(self._tickets, series))
        return Reservation(wanted, ledger.reserve(self._repository, self._ledger, self._tickets, wanted))

    def keep(self, reservation: Reservation) -> None:
        """Take in a block whose reservation was pushed."""
        ref = ledger.tracking_ref(self._remote)
        self._repository.git.act("update-ref", ref, reservation.commit)
        vars(self).pop("_ledger", None)
        self.take_in()

    @cached_property
    def _ledger(self) -> ledger.Ledger:
        return ledger.read_ledger(self._repository, self._remote, self._tickets)
