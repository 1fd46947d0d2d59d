"""Which columns a person names: by their names, by the keys of the files, by their titles in either language."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cache

from tkt.columns.catalogue import COLUMNS, own_column
from tkt.columns.column import Column
from tkt.columns.layout import Order
from tkt.domain.keys import is_key
from tkt.domain.words import did_you_mean, fold
from tkt.errors import CalledWrongly
from tkt.language import LANGUAGES, _


class UnknownColumn(CalledWrongly):
    """A name that no column has."""


class NoColumns(CalledWrongly):
    """A list of columns that names none."""


class NothingToGroupBy(CalledWrongly):
    """A column whose values tell nearly every ticket from every other."""


def read_column(text: str) -> Column:
    """The column that a person means; raises UnknownColumn with the nearest one offered."""
    found = _canonical(text) or _spoken().get(fold(text))
    if found is None:
        titles = (one.title() for one in COLUMNS.values())
        raise UnknownColumn(_("“{word}” is no column of a list.").format(word=text) + _known(text, titles))
    return found


def read_code(text: str) -> Column:
    """The column of that very name, as files say it; raises UnknownColumn where a person's word for it was meant."""
    found = _canonical(text)
    if found is None:
        meant = _spoken().get(fold(text))
        offered = did_you_mean(meant.name, [meant.name]) if meant else _known(text)
        raise UnknownColumn(_("“{word}” is no column of a list.").format(word=text) + offered)
    return found


def read_columns(said: Iterable[str]) -> tuple[Column, ...]:
    """The columns that a person names, several also in one argument (`id,title`), each once; raises NoColumns."""
    found = tuple(dict.fromkeys(read_column(part) for part in _parts(said)))
    if not found:
        raise NoColumns(_("No column is named: write id,title or see docs/queues.md."))
    return found


def read_orders(said: Iterable[str]) -> tuple[Order, ...]:
    """The columns that a person sorts by, the first one first; `-opened` is backwards."""
    return tuple(Order(read_column(part.removeprefix("-")), part.startswith("-")) for part in _parts(said))


def read_grouping(text: str) -> Column:
    """The column that a person groups by; raises NothingToGroupBy."""
    return groupable(read_column(text))


def groupable(column: Column) -> Column:
    """The column, where tickets can be grouped by it; raises NothingToGroupBy for lengths of time."""
    if column.is_length:
        message = _("Nothing can be grouped by “{name}”: nearly every ticket has another one.")
        raise NothingToGroupBy(message.format(name=column.name))
    return column


def _parts(said: Iterable[str]) -> Iterator[str]:
    return (part.strip() for one in said for part in one.split(",") if part.strip())


def _canonical(text: str) -> Column | None:
    own = text.startswith("x_") and is_key(text)
    return own_column(text) if own else COLUMNS.get(text)


@cache
def _spoken() -> Mapping[str, Column]:
    """Every column by each way to say it; its own name before another one's title."""
    titles = {fold(one.title(language)): one for language in LANGUAGES for one in COLUMNS.values()}
    keys = {fold(one.key): one for one in COLUMNS.values() if one.key}
    return {**titles, **keys, **{fold(name): one for name, one in COLUMNS.items()}}


def _known(text: str, titles: Iterable[str] = ()) -> str:
    near = did_you_mean(text, [*titles, *COLUMNS])
    return near or " " + _("Known: {words}.").format(words=", ".join(COLUMNS))
