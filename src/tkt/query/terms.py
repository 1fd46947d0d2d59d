"""What a query is made of: terms, words, all of several and any of several; and how it is written."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from tkt.domain.bounds import EVERYTHING, Bounds
from tkt.query.bounding import bounds_of_all, bounds_of_any
from tkt.query.candidate import Candidate, Test
from tkt.query.context import Phrases
from tkt.query.tokens import quoted


class Meaning(NamedTuple):
    """What a term asks of a ticket.

    `bounds` are those of the tickets that hold it. `steady`: only another ticket's file makes another answer, neither
    the moment nor the settings. `asks_clocks`: the SLA clocks must be read.
    """

    test: Test
    bounds: Bounds = EVERYTHING
    steady: bool = True
    asks_clocks: bool = False


@dataclass(frozen=True, slots=True)
class Term:
    """A key, an operator ("" for none, `..` for a range) and values, each as it is written."""

    key: str
    operator: str
    values: tuple[str, ...]
    meaning: Meaning = field(compare=False, repr=False)
    negated: bool = False

    def holds(self, candidate: Candidate) -> bool:
        """Whether a ticket is what it asks for."""
        return self.meaning.test(candidate) is not self.negated

    @property
    def bounds(self) -> Bounds:
        """Those of what holds it; nothing is known of what does not."""
        return EVERYTHING if self.negated else self.meaning.bounds

    def negation(self) -> Term:
        """What does not hold it."""
        return replace(self, negated=not self.negated)

    def __str__(self) -> str:
        between = ".." if self.operator == ".." else ","
        operator = "" if self.operator == ".." else self.operator
        return f"{'-' * self.negated}{self.key}:{operator}{between.join(self.values)}"


@dataclass(frozen=True, slots=True)
class Said:
    """Phrases that a ticket says, every one of them; negated there is one alone."""

    phrases: Phrases
    find: Callable[[Phrases], Test] = field(compare=False, repr=False)
    test: Test = field(init=False, compare=False, repr=False)
    negated: bool = False

    def __post_init__(self) -> None:
        object.__setattr__(self, "test", self.find(self.phrases))

    def holds(self, candidate: Candidate) -> bool:
        """Whether a ticket says them."""
        return self.test(candidate) is not self.negated

    @property
    def bounds(self) -> Bounds:
        """Any ticket may."""
        return EVERYTHING

    def negation(self) -> Node:
        """What does not say all of them."""
        return any_of([replace(self, phrases=(one,), negated=not self.negated) for one in self.phrases])

    def __str__(self) -> str:
        said = (quoted(one.words) if one.exact else one.words for one in self.phrases)
        return " ".join(f"{'-' * self.negated}{one}" for one in said)


@dataclass(frozen=True, slots=True)
class All:
    """Everything that holds every part; without a part, every ticket."""

    parts: tuple[Node, ...] = ()

    def holds(self, candidate: Candidate) -> bool:
        """Whether a ticket holds every part."""
        return all(part.holds(candidate) for part in self.parts)

    @property
    def bounds(self) -> Bounds:
        """Those of every part at once."""
        return bounds_of_all(part.bounds for part in self.parts)

    def negation(self) -> Node:
        """What does not hold some part."""
        return any_of([part.negation() for part in self.parts])

    def __str__(self) -> str:
        return " ".join(f"({part})" if isinstance(part, Any) else str(part) for part in self.parts)


@dataclass(frozen=True, slots=True)
class Any:
    """Everything that holds one part at least."""

    parts: tuple[Node, ...] = ()

    def holds(self, candidate: Candidate) -> bool:
        """Whether a ticket holds one part."""
        return any(part.holds(candidate) for part in self.parts)

    @property
    def bounds(self) -> Bounds:
        """Those of any part."""
        return bounds_of_any(part.bounds for part in self.parts)

    def negation(self) -> Node:
        """What holds no part."""
        return all_of([part.negation() for part in self.parts])

    def __str__(self) -> str:
        return " OR ".join(map(str, self.parts))


Node = Term | Said | All | Any
NOTHING_ASKED = All()


def all_of(parts: list[Node]) -> Node:
    """Every one of the parts: what is in a conjunction is in this one, and its words are looked for at once."""
    flat = [one for part in parts for one in (part.parts if isinstance(part, All) else (part,))]
    words = [one for one in flat if isinstance(one, Said) and not one.negated]
    if len(words) > 1:
        together = replace(words[0], phrases=tuple(phrase for one in words for phrase in one.phrases))
        first = flat.index(words[0])
        flat = [one for one in flat if one not in words]
        flat.insert(first, together)
    return flat[0] if len(flat) == 1 else All(tuple(flat))


def any_of(parts: list[Node]) -> Node:
    """One of the parts at least."""
    flat = [one for part in parts for one in (part.parts if isinstance(part, Any) else (part,))]
    return flat[0] if len(flat) == 1 else Any(tuple(flat))


def leaves(node: Node) -> Iterator[Term | Said]:
    """Its terms and words, in order."""
    if isinstance(node, Term | Said):
        yield node
    else:
        for part in node.parts:
            yield from leaves(part)


def steady_part(node: Node) -> Node:
    """What of it depends on a ticket's file alone: whatever holds the whole, now or later, holds this too."""
    if isinstance(node, All):
        return all_of([steady_part(part) for part in node.parts])
    if isinstance(node, Any):
        parts = [steady_part(part) for part in node.parts]
        return NOTHING_ASKED if NOTHING_ASKED in parts else any_of(parts)
    return node if isinstance(node, Term) and node.meaning.steady else NOTHING_ASKED
