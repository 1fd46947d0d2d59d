"""Escalation rules as a desk sets them: when a clock reaches which point, what is done to which tickets."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple

from tkt.domain.policies import ANY_TICKET, Conditions

# What the words of a rule may hold for what the ticket says.
PLACEHOLDERS = ("id", "title", "priority", "due", "rule")
PLACEHOLDER = re.compile(r"\{([^{}]*)\}")


class Threshold(NamedTuple):
    """A point of a clock that has a target; neither named, it is the breach.

    `share`: so much of the target is over (0.8 for 80 %). `left`: no more seconds of clock time are left of it.
    """

    share: float | None = None
    left: int | None = None

    @property
    def is_breach(self) -> bool:
        """Whether it is the breach."""
        return self.share is None and self.left is None


BREACH = Threshold()


class Measures(NamedTuple):
    """What a rule does: parts that are "" are left alone. `level` only ever rises; `public` is about `say`."""

    level: str = ""
    assign: str = ""
    group: str = ""
    tags: tuple[str, ...] = ()
    say: str = ""
    public: bool = False


class Escalation(NamedTuple):
    """A rule: once a `clock` (`response`, `resolution`) of a ticket that is like `when` has come to `at`, `do` is done.

    The journal remembers it by its `name`.
    """

    name: str
    clock: str
    at: Threshold
    do: Measures
    when: Conditions = ANY_TICKET

    @property
    def fact(self) -> str:
        """What an entry's fact `automatic` says of it."""
        return f"escalation {self.name}"


def filled_in(words: str, values: Mapping[str, str]) -> str:
    """A rule's words with what they hold a place for; a brace that holds no place stays, and so do those of a value."""
    return PLACEHOLDER.sub(lambda found: values.get(found[1], found[0]), words)
