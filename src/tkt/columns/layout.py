"""How a list is laid out: its columns, its order, its groups; and tickets put in that order, and into those groups."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from operator import itemgetter
from typing import Any, NamedTuple

from tkt.columns.catalogue import COLUMNS, DEFAULT_COLUMNS
from tkt.columns.column import Column, Value
from tkt.domain.words import fold
from tkt.query.candidate import Candidate

# What needs somebody first.
_URGENCY = ("breached", "at_risk", "running", "paused", "met", "cancelled", "none")
# No two tickets share them, or few do: nothing more is needed to tell which comes first.
_TELLING = frozenset({"id", "uid", "title"})


DEFAULT_TABLE = tuple(COLUMNS[name] for name in DEFAULT_COLUMNS)


class Order(NamedTuple):
    """A column that a list is sorted by, and whether backwards. A ticket of which it says nothing comes last."""

    column: Column
    backwards: bool = False


class Section(NamedTuple):
    """The tickets of one value of the column that a list is grouped by, None for those without one.

    `size` is how many there are, `rows` those that are shown. Instants are grouped by their day.
    """

    value: Value | date
    size: int
    rows: Sequence[Candidate]


class Layout(NamedTuple):
    """Columns, order and groups of a list."""

    columns: tuple[Column, ...] = DEFAULT_TABLE
    orders: tuple[Order, ...] = (Order(COLUMNS["due"]),)
    by: Column | None = None

    def arranged(self, rows: Iterable[Candidate]) -> list[Candidate]:
        """The tickets in order; those that nothing else tells apart the next due first, then by their ids."""
        found = sorted(rows, key=lambda row: row.ticket.id)
        for order in reversed((*self.orders, *self._ties())):
            found = _sorted(found, order)
        return found

    def _ties(self) -> tuple[Order, ...]:
        kinds = {"telling" if order.column.name in _TELLING else order.column.kind for order in self.orders}
        return () if kinds & {"telling", "instant", "length", "age"} else (Order(COLUMNS["due"]),)

    def sections(self, rows: Sequence[Candidate]) -> list[Section]:
        """Arranged tickets by their groups, in the order of the column that they are grouped by; raises nothing."""
        if self.by is None:
            return [Section(None, len(rows), rows)]
        grouped: dict[Value | date, list[Candidate]] = {}
        for row in rows:
            grouped.setdefault(_group_of(self.by, row), []).append(row)
        backwards = any(order.backwards for order in self.orders if order.column.name == self.by.name)
        firsts = _sorted([found[0] for found in grouped.values()], Order(self.by, backwards))
        values = [_group_of(self.by, row) for row in firsts]
        return [Section(value, len(grouped[value]), grouped[value]) for value in values]


def cut(sections: Iterable[Section], most: int | None) -> list[Section]:
    """The sections with the first `most` tickets of them all, every one where it is None; some may keep none."""
    kept, left = [], most
    for section in sections:
        kept.append(section if left is None else section._replace(rows=section.rows[:left]))
        left = None if left is None else max(left - section.size, 0)
    return kept


def _sorted(rows: Iterable[Candidate], order: Order) -> list[Candidate]:
    known: list[tuple[Any, Candidate]] = []
    unknown: list[Candidate] = []
    for row in rows:
        value = order.column.read(row)
        if value is None or value == ():
            unknown.append(row)
        else:
            known.append((_sort_key(order.column, value), row))
    known.sort(key=itemgetter(0), reverse=order.backwards)
    return [row for _key, row in known] + unknown


def _sort_key(column: Column, value: Value) -> Any:
    match value:
        case str() if column.kind == "verdict":
            return _URGENCY.index(value)
        case str() if column.words is not None:
            return (column.words.rank(value), value)
        case str():
            return fold(value)
        case tuple():
            return tuple(map(fold, value))
        case datetime():
            return value.timestamp()
        case _:
            return value


def _group_of(column: Column, row: Candidate) -> Value | date:
    value = column.read(row)
    if isinstance(value, datetime):
        return value.date()
    return None if value == () else value
