"""One value of the settings file under the name its problems call it by; it is read to a type, or complained of."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from typing import TypeVar

from tkt.domain.finding import Finding
from tkt.domain.words import did_you_mean
from tkt.errors import CalledWrongly
from tkt.language import _
from tkt.store.settings.text import Unfit
from tkt.store.yaml_tree import Listing, Node, Refused, Scalar, Table

T = TypeVar("T")
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")
_LONGEST = 400
_LONGEST_NAME = 60
# Nobody mends more of them at a time, and each takes a guess at what was meant.
_MOST = 500


class TooManyProblems(Exception):
    """A file of which so much was complained that the rest of it is left unread."""


@dataclass(slots=True)
class Problems:
    """What is wrong with one settings file, as it comes to light; past a limit TooManyProblems ends the reading."""

    file: str
    found: list[Finding] = field(default_factory=list)

    def add(self, line: int, message: str, mend: str = "") -> None:
        """One more problem. What it quotes of the file is untrusted: it must stay one line, of a line's length."""
        said = _CONTROL.sub("�", message)
        said = said if len(said) <= _LONGEST else said[: _LONGEST - 1] + "…"
        self.found.append(Finding(self.file, line, "error", "settings", said, mend))
        if len(self.found) >= _MOST:
            raise TooManyProblems


@dataclass(frozen=True, slots=True)
class Value:
    """A value, its name (`agents[1].level`, lists count from 0) and the line on which it begins, or its key does."""

    name: str
    line: int
    node: Node
    problems: Problems

    def refuse(self, message: str, mend: str = "") -> None:
        """Say what is wrong with this value."""
        self.problems.add(self.line, f"{self.name}: {message}" if self.name else message, mend)

    def read(self, reader: Callable[[str], T]) -> T | None:
        """What `reader` makes of its text; None, once complained of, when it is no text or not a fit one."""
        text = self._text()
        return None if text is None else self.fit(text, reader)

    def fit(self, text: str, reader: Callable[[str], T]) -> T | None:
        """What `reader` makes of a text that stands here, or of the name that this stands under."""
        if _CONTROL.search(text):
            self.refuse(_("a line break or a control character stands here."), _("Write it on one line."))
            return None
        try:
            return reader(text)
        except Unfit as unfit:
            self.refuse(str(unfit), unfit.mend)
        except CalledWrongly as unread:
            self.refuse(str(unread))
        return None

    def _text(self) -> str | None:
        if isinstance(self.node, Refused):
            return None
        if not isinstance(self.node, Scalar):
            self.refuse(_("a single text is expected here."))
        elif self.node.is_nothing:
            self.refuse(_("nothing is said here."))
        else:
            return self.node.text.strip()
        return None

    def items(self) -> list[Value]:
        """The values of a list, none when it is not one (which is complained of)."""
        if isinstance(self.node, Listing):
            items = enumerate(self.node.items)
            return [Value(f"{self.name}[{index}]", item.line, item, self.problems) for index, item in items]
        if not isinstance(self.node, Refused):
            self.refuse(_("a list is expected here."), _("Write [a, b], or one line “- a” for each."))
        return []

    @property
    def is_empty(self) -> bool:
        """Whether it is a list or a table of nothing."""
        return (isinstance(self.node, Listing) and not self.node.items) or (
            isinstance(self.node, Table) and not self.node.pairs
        )

    @property
    def is_text(self) -> bool:
        """Whether it is a single text."""
        return isinstance(self.node, Scalar)

    def read_all(self, reader: Callable[[str], T]) -> list[T]:
        """What `reader` makes of each value of a list, without those that do not fit."""
        return [read for item in self.items() if (read := item.read(reader)) is not None]

    def read_each(self, reader: Callable[[str], T]) -> list[T]:
        """The same of a list or of a single text, which stands for a list of one."""
        if not self.is_text:
            return self.read_all(reader)
        read = self.read(reader)
        return [] if read is None else [read]

    def parts(
        self, known: Collection[str], required: Collection[str] = (), unknown: str = "", *, with_nothing: bool = False
    ) -> dict[str, Value]:
        """The values by name, without those that say nothing (unless `with_nothing`), and without anybody's own `x_…`.

        Names said twice, unknown (`unknown` is what to say of them) or missing though `required` are complained of.
        """
        said = self._said_once(_("Names: {names}.").format(names=", ".join(known)))
        if said is None:
            return {}
        for name in [name for name in said if name not in known and not name.startswith("x_")]:
            stranger = said.pop(name)
            mend = "" if unknown else did_you_mean(name, known).strip() or _("Keys of your own begin with x_.")
            stranger.refuse(unknown or _("there is no such key."), mend)
        self._require(said, required)
        return {name: value for name, value in said.items() if name in known and (with_nothing or not value.is_nothing)}

    def named(self, example: str) -> dict[str, Value]:
        """The values by name, whatever the names, without anybody's own `x_…`; `example` is such a line."""
        said = self._said_once(_("Write “{example}”.").format(example=example)) or {}
        return {name: value for name, value in said.items() if not name.startswith("x_")}

    def _said_once(self, mend: str) -> dict[str, Value] | None:
        if not isinstance(self.node, Table):
            if not isinstance(self.node, Refused):
                self.refuse(_("lines “name: value” are expected here."), mend)
            return None
        said: dict[str, Value] = {}
        for key, node in self.node.pairs:
            value = Value(f"{self.name}.{key.text[:_LONGEST_NAME]}".lstrip("."), key.line, node, self.problems)
            if key.text in said:
                value.refuse(_("said twice, first on line {line}.").format(line=said[key.text].line))
            else:
                said[key.text] = value
        return said

    def _require(self, said: dict[str, Value], required: Collection[str]) -> None:
        missing = [name for name in required if name not in said or said[name].is_nothing]
        if missing:
            self.refuse(_("missing here: {names}.").format(names=", ".join(missing)))

    @property
    def is_nothing(self) -> bool:
        """Whether nothing is said here."""
        return isinstance(self.node, Scalar) and self.node.is_nothing
