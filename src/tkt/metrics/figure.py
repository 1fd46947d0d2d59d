"""What a formula gives, and the table that formulas are kept in by the key of their indicator."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from tkt.metrics.cohort import Cohort
from tkt.metrics.history import History


@dataclass(frozen=True, slots=True)
class Figure:
    """What a formula gives: a value (None for "no data") and what it is the quotient of, where it is one."""

    value: float | None
    numerator: float | None = None
    denominator: int | None = None


Formula = Callable[[Cohort], Figure]


class Formulas(dict[str, tuple[str, Formula]]):
    """Formulas by the key of their indicator, each with its unit, in the order in which they are shown."""

    def measured_in(self, unit: str) -> Callable[[Formula], Formula]:
        """Keeps a formula under its own name."""

        def keep(formula: Formula) -> Formula:
            self[formula.__name__] = (unit, formula)
            return formula

        return keep

    def add(self, key: str, unit: str, formula: Formula, stated: str) -> None:
        """Keeps one of a family of formulas, with what it states."""
        formula.__doc__ = stated
        self[key] = (unit, formula)


def count(number: int) -> Figure:
    """So many."""
    return Figure(number, number)


def quotient(total: float, number: int) -> Figure:
    """A sum over a number; 0/0 is no data."""
    return Figure(total / number if number else None, total, number)


def share(tickets: Sequence[History], holds: Callable[[History], bool]) -> Figure:
    """The share of some tickets of which something holds."""
    return quotient(sum(map(holds, tickets)), len(tickets))


def median(shortest_first: Sequence[int]) -> Figure:
    """The one in the middle; of an even number, the mean of the two in the middle."""
    if not shortest_first:
        return Figure(None, None, 0)
    low, high = shortest_first[(len(shortest_first) - 1) // 2], shortest_first[len(shortest_first) // 2]
    return Figure((low + high) / 2, None, len(shortest_first))


def percentile(shortest_first: Sequence[int], per_cent: int) -> Figure:
    """By nearest rank: of n figures the ⌈per_cent/100 · n⌉-th, which is always one of them."""
    if not shortest_first:
        return Figure(None, None, 0)
    rank = -(-per_cent * len(shortest_first) // 100)
    return Figure(shortest_first[rank - 1], None, len(shortest_first))
