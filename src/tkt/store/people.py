"""The directory of requesters, `people.csv`: who is meant by any part of a name or an address."""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from pathlib import Path
from typing import TYPE_CHECKING

from tkt.domain.contact import Contact
from tkt.domain.words import did_you_mean, fold
from tkt.errors import Unreadable
from tkt.language import _, reason_of

if TYPE_CHECKING:
    import _csv

# The words that may head each column, folded.
HEADINGS = {
    "name": ("name", "full name", "nom", "nom complet"),
    "email": ("email", "e mail", "mail", "courriel", "adresse e mail"),
    "phone": ("phone", "telephone", "tel"),
    "department": ("department", "service", "departement"),
    "location": ("location", "lieu", "site"),
    "asset": ("asset", "actif", "poste", "poste de travail"),
}
_COLUMN_OF = {heading: column for column, headings in HEADINGS.items() for heading in headings}
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")
_DELIMITERS = ",;\t"
Row = tuple[str, ...]
# Where a column stands; None where the file has none such.
Place = int | None


class UnreadableDirectory(Unreadable):
    """A `people.csv` that is no table of people; the message says which line."""

    def __init__(self, path: Path, line: int, message: str) -> None:
        super().__init__(f"{path.name}:{line}: {message}" if line else f"{path.name}: {message}")


def find_people(path: Path, text: str) -> list[Contact]:
    """The people whose name and address hold every word of `text`, in the file's order; none without such a file.

    Case and accents do not count. Those whose whole name or whole address it is come alone. Raises
    UnreadableDirectory.
    """
    wanted = fold(text)
    source = _source(path) if wanted else ""
    if not source:
        return []
    columns, rows = _table(path, source)
    places = [columns.index(column) if column in columns else None for column in HEADINGS]
    found = _matching(rows, places, wanted.split())
    exact = [one for one in found if wanted in (" ".join(one[1].split()), " ".join(one[2].split()))]
    people = dict.fromkeys(_contact(row, places) for row, _name, _email in exact or found)
    # A requester without a name is none.
    return [person for person in people if person.name]


def _source(path: Path) -> str:
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        return ""
    except OSError as error:
        raise UnreadableDirectory(path, 0, _("cannot be read: {why}.").format(why=reason_of(error))) from error
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        message = _("this line is not UTF-8: save the file as UTF-8.")
        raise UnreadableDirectory(path, data.count(b"\n", 0, error.start) + 1, message) from error


def _table(path: Path, source: str) -> tuple[list[str], list[Row]]:
    """What each column is of, and the rows of people, each as wide as the columns; raises UnreadableDirectory."""
    reader = _reader(source)
    try:
        columns = _columns(path, tuple(next(reader)))
        # Tuples of text are no concern of the garbage collector's, which would go over 100,000 lists again and again.
        rows = list(map(tuple, reader))
    except csv.Error as error:
        message = _("a quote is not closed, or stands in the middle of a value.")
        raise UnreadableDirectory(path, reader.line_num, message) from error
    width = len(columns)
    if set(map(len, rows)) <= {width}:
        return columns, rows
    _refuse_wider_rows(path, _reader(source), width)
    return columns, [row + ("",) * (width - len(row)) for row in rows]


def _reader(source: str) -> _csv.Reader:
    head = source.partition("\n")[0]
    return csv.reader(io.StringIO(source, newline=""), delimiter=max(_DELIMITERS, key=head.count), strict=True)


def _refuse_wider_rows(path: Path, reader: _csv.Reader, width: int) -> None:
    for row in reader:
        if len(row) > width:
            message = _("{count} values for {width} columns: put quotes round a value that holds a separator.")
            raise UnreadableDirectory(path, reader.line_num, message.format(count=len(row), width=width))


def _columns(path: Path, head: Row) -> list[str]:
    """What each heading means; a heading of the organisation's own means itself."""
    columns = [_COLUMN_OF.get(fold(heading), f"x_{heading}") for heading in head]
    if "name" not in columns:
        message = _("no column is headed “name”.")
        known = [heading for heading in head if fold(heading)]
        raise UnreadableDirectory(path, 1, message + did_you_mean("name", known))
    twice = [column for column in HEADINGS if columns.count(column) > 1]
    if twice:
        raise UnreadableDirectory(path, 1, _("several columns are headed “{name}”.").format(name=twice[0]))
    return columns


def _matching(rows: list[Row], places: list[Place], words: list[str]) -> list[tuple[Row, str, str]]:
    """The rows whose name and address hold every word, with both folded."""
    names, emails = (
        _fold_all([row[place] for row in rows]) if place is not None else [""] * len(rows) for place in places[:2]
    )
    first, *others = words
    found = [one for one in zip(rows, names, emails, strict=True) if first in one[1] or first in one[2]]
    return [one for one in found if all(word in one[1] or word in one[2] for word in others)]


def _fold_all(cells: list[str]) -> list[str]:
    """Each cell folded as `fold` does but for its spaces; in one go, since a directory may hold 100,000 people."""
    text = "\n".join(cells)
    if text.count("\n") >= len(cells):
        text = "\n".join(cell.replace("\n", " ") for cell in cells)
    if text.isascii():
        text = text.lower()
    else:
        text = unicodedata.normalize("NFKD", text.casefold())
        marks = "".join(character for character in set(text) if unicodedata.combining(character))
        text = re.sub(f"[{marks}]", "", text) if marks else text
    return text.replace("_", " ").replace("-", " ").split("\n") if cells else []


def _contact(row: Row, places: list[Place]) -> Contact:
    return Contact(*("" if place is None else _one_line(row[place]) for place in places))


def _one_line(cell: str) -> str:
    return " ".join(_CONTROL.sub(" ", cell).split())
