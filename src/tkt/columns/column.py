"""A column: its name, its title in either language, what kind of values stand in it, and where they are read."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from tkt.domain.words import Vocabulary
from tkt.language import pgettext
from tkt.query.candidate import Candidate
from tkt.service_level.reading import ClockReading

# What stands in a column: a text, members, a count, whole seconds, an instant in the desk's zone; None for nothing.
Value = str | tuple[str, ...] | int | datetime | None
Kind = Literal["text", "code", "members", "count", "length", "age", "instant", "verdict"]


@dataclass(frozen=True, slots=True, eq=False)
class Column:
    """A column named `name`, as `--columns`, `--sort`, the settings and `--json` have it.

    `key` is the field of the front matter that it shows, "" for what is worked out; `words` the vocabulary of a column
    of code words, or of verdicts; `clock` the clock whose verdict it shows. A `length` is of
    clock time and an `age` of real time, both in seconds.
    """

    name: str
    label: tuple[str, str] | None
    kind: Kind
    read: Callable[[Candidate], Value]
    key: str = ""
    words: Vocabulary | None = None
    clock: Callable[[Candidate], ClockReading] | None = None

    def title(self, language: str | None = None) -> str:
        """What stands above it, in the spoken or the given language; a desk's own key is its own title."""
        return pgettext(*self.label, language) if self.label else self.name

    @property
    def json_key(self) -> str:
        """Its name in a document, where lengths of time say that they are seconds."""
        return f"{self.name}_seconds" if self.is_length else self.name

    @property
    def is_length(self) -> bool:
        """Whether lengths of time stand in it."""
        return self.kind in ("length", "age")
