"""A chart as a value: what is to be drawn, before any library draws it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

# Bars side by side, bars upon each other, the same lying, lines, and areas upon each other.
Kind = Literal["bars", "stacked", "across", "lines", "areas"]


@dataclass(frozen=True, slots=True)
class Series:
    """One colour of a chart. `tone` is a word of the page's style sheet, which gives it a colour and a pattern of its
    own; a value of None is a gap."""

    name: str
    values: Sequence[float | None]
    tone: str


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart: `title` names it and `description` says in a sentence what it shows, to those who cannot see it.

    `written` writes a value, and `unit` is what round values are so many of (an hour, of seconds); `most` is the end of
    the scale where that is a given one. `is_wide` asks for a page's whole width.
    """

    kind: Kind
    title: str
    description: str
    labels: Sequence[str]
    series: Sequence[Series]
    written: Callable[[float], str]
    unit: int = 1
    most: float | None = None
    is_wide: bool = False
