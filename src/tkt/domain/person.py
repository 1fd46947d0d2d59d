"""A person as git and the journal name one: a name and, where known, an address."""

from __future__ import annotations

from typing import NamedTuple


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
        name, opened, rest = text.partition("<")
        email, closed, behind = rest.partition(">")
        if not (opened and closed) or behind.strip() or ">" in name or "<" in email:
            return cls(text.strip())
        return cls(name.strip() or email.strip(), email.strip())
