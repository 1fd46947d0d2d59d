"""What a redaction looks for: words wherever people wrote them, the values of fields, the authors of entries."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from tkt.domain.keys import KEYS, kind_of
from tkt.domain.person import Person
from tkt.domain.redaction import MARKER

# Facts that hold what somebody typed; the others are code words, lengths of time, places.
_TYPED_FACTS = frozenset({"ref", "late", "recorded_by", "source", "automatic", "attached"})
_PEOPLE = ("requester.name", "requester.email")


def is_typed(key: str) -> bool:
    """Whether the value of `key` is what people typed, and not a code word or an identity, which never go."""
    kind = kind_of(key)
    if kind == "fact":
        return key in _TYPED_FACTS
    return key == "tags" if kind == "set" else kind != "identity" and not (key in KEYS and KEYS[key].values)


@dataclass(frozen=True)
class Sought:
    """What is to give way to the marker.

    `texts`: wherever they show, exactly as they show. `fields`: the whole of every value that these keys ever had.
    `people`: the names and addresses among those values, which go from the heads of entries too.
    """

    texts: tuple[str, ...] = ()
    fields: frozenset[str] = frozenset()
    people: frozenset[str] = frozenset()

    @classmethod
    def of(cls, texts: Iterable[str], fields: Iterable[str], values: Iterable[tuple[str, str]]) -> Sought:
        """`values` are all (key, value) that the ticket and its journal hold."""
        wanted = frozenset(fields)
        people = {value.casefold() for key, value in values if key in wanted and key in _PEOPLE and value}
        return cls(tuple(texts), wanted, frozenset(people - {MARKER.casefold()}))

    @cached_property
    def _pattern(self) -> re.Pattern[str] | None:
        longest_first = sorted(set(self.texts), key=len, reverse=True)
        return re.compile("|".join(map(re.escape, longest_first))) if longest_first else None

    def stretches(self, text: str) -> list[tuple[int, int]]:
        """Where the texts stand in `text`: from, to."""
        return [found.span() for found in self._pattern.finditer(text)] if self._pattern else []

    def in_text(self, text: str) -> str:
        """`text` with the marker wherever one of the texts stands."""
        return self._pattern.sub(MARKER, text) if self._pattern else text

    def in_value(self, key: str, value: str) -> str:
        """The value of a field or of a fact as it will be; what is no person's own words stays."""
        if not value or not is_typed(key):
            return value
        if key in self.fields:
            return MARKER
        return self.in_author(value) if key == "recorded_by" else self.in_text(value)

    def in_author(self, author: str) -> str:
        """An entry's author as it will stand: `Name <mail>` may lose either or both."""
        person = Person.parse(author)
        for part in (person.name, person.email):
            if part and part.casefold() in self.people:
                author = author.replace(part, MARKER, 1)
        return self.in_text(author)
