"""A person as git and the journal name one: a name and, where known, an address."""

from __future__ import annotations

import re
from typing import NamedTuple

_NAME_AND_ADDRESS = re.compile(r"\s*(?P<name>[^<>]*?)\s*<\s*(?P<email>[^<>]*?)\s*>\s*")


class Person(NamedTuple):
    """Who does or records something. `email` is "" where it is not known."""

    name: str
    email: str = ""

    def __str__(self) -> str:
        """`Name <mail>`, or the name alone."""
        return f"{self.name} <{self.email}>" if self.email else self.name

    @classmethod
    def parse(cls, text: str) -> Person:
        """The person that `text` names, as `Name <mail>`, `<mail>` (its own name then) or a name alone."""
        found = _NAME_AND_ADDRESS.fullmatch(text)
        if found is None:
            return cls(text.strip())
        return cls(found["name"] or found["email"], found["email"])
