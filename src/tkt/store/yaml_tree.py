"""YAML as a tree in which every value knows its line and keeps its text."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from tkt.language import _

_NULL = frozenset({"", "~", "null", "Null", "NULL"})

# Told of what is wrong with a line: its number from 1, what is wrong, how to mend it.
Complain = Callable[[int, str, str], None]


class BrokenYaml(Exception):
    """A text that is not YAML from `line` on, or not YAML of ours; `mend` says what to do."""

    def __init__(self, line: int, message: str, mend: str) -> None:
        super().__init__(message)
        self.line, self.message, self.mend = line, message, mend


def bounded(events: Iterator[Any], most: int) -> Iterator[Any]:
    """A parser's events, as long as there are no more than `most` of them; raises BrokenYaml at the next one."""
    for number, event in enumerate(events):
        if number >= most:
            message = _("more than {most} values and brackets stand before this line.").format(most=most)
            raise BrokenYaml(event.start_mark.line + 1, message, _("Take some out."))
        yield event


@dataclass(frozen=True, slots=True)
class Scalar:
    """A text as the file holds it: `1:30`, `0612` and `yes` stay what they are."""

    line: int
    text: str
    plain: bool = True

    @property
    def is_nothing(self) -> bool:
        """Whether it says nothing: no text, or YAML's null."""
        return not self.text.strip() or (self.plain and self.text in _NULL)


@dataclass(frozen=True, slots=True)
class Listing:
    """A list of values."""

    line: int
    items: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """Names and their values in the file's order, those said twice included."""

    line: int
    pairs: tuple[tuple[Scalar, Node], ...]


@dataclass(frozen=True, slots=True)
class Refused:
    """Where an alias stood: it has been complained of, and stands for nothing."""

    line: int


Node = Scalar | Listing | Table | Refused
