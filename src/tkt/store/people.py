"""The directory of requesters, `people.csv`: who is meant by any part of a name or an address."""

from __future__ import annotations

import csv
import io
import re
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from tkt.domain.contact import Contact
from tkt.domain.words import did_you_mean, fold, without_accents
from tkt.errors import Unreadable
from tkt.language import _, reason_of
from tkt.store.bounded_file import read_file
from tkt.store.desk_folder import require_inside

if TYPE_CHECKING:
    import _csv
    from collections.abc import Iterator

# The words that may head each column, folded.
HEADINGS = {
    "name": ("name", "nom"),
    "email": ("email", "e mail", "mail", "courriel", "adresse e mail"),
    "phone": ("phone", "telephone", "tel"),
    "department": ("department", "service", "departement"),
    "location": ("location", "lieu", "site"),
    "asset": ("asset", "actif", "poste", "poste de travail"),
}
# Those of a name that is told to be whole or in parts. Beside first names, a column of names holds surnames.
NAME_HEADINGS = {
    "full name": ("full name", "display name", "nom complet", "prenom et nom", "nom et prenom"),
    "first name": ("first name", "firstname", "given name", "prenom"),
    "last name": ("last name", "lastname", "surname", "family name", "nom de famille"),
}
_WHOLE_NAMES = (("full name",), ("first name", "last name"), ("first name", "name"), ("name",))
_EVERY_HEADING = {**HEADINGS, **NAME_HEADINGS}
_COLUMN_OF = {heading: column for column, headings in _EVERY_HEADING.items() for heading in headings}
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")
_DELIMITERS = ",;\t"
# Half as many people again, and as long lines, as the largest directory that tkt is made for.
_LARGEST = 16 * 1024 * 1024
_MOST_PEOPLE = 150_000
_LINES_OF_A_TABLE = re.compile(rb"(?:[^\n]{0,4096}\n)*[^\n]{0,4096}")
_LONGEST_NAME = 500
_MOST_COLUMNS = 200
_AT_ONCE = 1000
_MOST_FOUND = 1000
Row = tuple[str, ...]
# Where a column stands; None where the file has none such.
Place = int | None


class UnreadableDirectory(Unreadable):
    """A `people.csv` that is no table of people; the message says which line."""

    def __init__(self, path: Path, line: int, message: str) -> None:
        super().__init__(f"{path.name}:{line}: {message}" if line else f"{path.name}: {message}")


def read_people(path: Path) -> list[Contact]:
    """Everybody whom the file names, in its order; nobody without such a file. Raises UnreadableDirectory."""
    data = _data(path)
    with _told_if_not_utf8(path, data):
        everyone = (_contact(row, places) for rows, places in _rows(path, data) for row in rows) if data else ()
        return [person for person in everyone if person.name]


def find_people(path: Path, text: str) -> list[Contact]:
    """The people whose name and address hold every word of `text`, in the file's order; none without such a file.

    Case and accents do not count. Those whose whole name or whole address it is come alone. Of more than a thousand
    the first are given. Raises UnreadableDirectory, and OutsideTheDesk for a link that leads elsewhere.
    """
    wanted = fold(text)
    data = _data(path) if wanted else b""
    if not data:
        return []
    found: dict[Contact, bool] = {}
    exact: dict[Contact, bool] = {}
    with _told_if_not_utf8(path, data):
        for rows, places in _rows(path, data):
            for row, name, email in _matching(rows, places, wanted.split()):
                is_exact = wanted in (" ".join(name.split()), " ".join(email.split()))
                goal = exact if is_exact else found
                # A requester without a name is none.
                if len(goal) < _MOST_FOUND and (person := _contact(row, places)).name:
                    goal[person] = True
    return list(exact or found)


@contextmanager
def _told_if_not_utf8(path: Path, data: bytes) -> Iterator[None]:
    try:
        yield
    except UnicodeDecodeError as error:
        message = _("this line is not UTF-8: save the file as UTF-8.")
        raise UnreadableDirectory(path, _line_that_is_not_utf8(data), message) from error


def _data(path: Path) -> bytes:
    require_inside(path.parent, path)
    try:
        data = read_file(path, _LARGEST)
    except FileNotFoundError:
        return b""
    except OSError as error:
        raise UnreadableDirectory(path, 0, _("cannot be read: {why}.").format(why=reason_of(error))) from error
    lines = _LINES_OF_A_TABLE.match(data)
    if lines and lines.end() < len(data):
        line = data.count(b"\n", 0, lines.end()) + 1
        raise UnreadableDirectory(path, line, _("this line is too long for one of a table of people."))
    return data


def _line_that_is_not_utf8(data: bytes) -> int:
    try:
        data.decode()
    except UnicodeDecodeError as error:
        return data.count(b"\n", 0, error.start) + 1
    return 0


def _rows(path: Path, data: bytes) -> Iterator[tuple[list[Row], list[Place]]]:
    """The rows of people, so many at once, each as wide as the columns, and where each of our columns stands.

    Raises UnreadableDirectory.
    """
    reader = _reader(data)
    read = 0
    try:
        columns = _columns(path, tuple(next(reader, ())))
        places = [columns.index(column) if column in columns else None for column in HEADINGS]
        width, names = len(columns), _name_in(columns)
        places[0] = names[0] if len(names) == 1 else width
        # Tuples of text are no concern of the garbage collector's, which would go over 100,000 lists again and again.
        while rows := list(map(tuple, islice(reader, _AT_ONCE))):
            read += len(rows)
            if read > _MOST_PEOPLE:
                message = _("more than {most} people stand before this line.").format(most=_MOST_PEOPLE)
                raise UnreadableDirectory(path, reader.line_num, message)
            if max(map(len, rows)) > width:
                _refuse_wider_rows(path, _reader(data), width)
            if min(map(len, rows)) < width:
                rows = [row + ("",) * (width - len(row)) for row in rows]
            if len(names) > 1:
                rows = [(*row, " ".join([row[place] for place in names])) for row in rows]
            yield rows, places
    except csv.Error as error:
        message = _("a quote is not closed, or stands in the middle of a value.")
        raise UnreadableDirectory(path, reader.line_num, message) from error


def _reader(data: bytes) -> _csv.Reader:
    head = data.partition(b"\n")[0].decode("utf-8-sig")
    text = io.TextIOWrapper(io.BytesIO(data), encoding="utf-8-sig", newline="")
    return csv.reader(text, delimiter=max(_DELIMITERS, key=head.count), strict=True)


def _refuse_wider_rows(path: Path, reader: _csv.Reader, width: int) -> None:
    for row in reader:
        if len(row) > width:
            message = _("{count} values for {width} columns: put quotes round a value that holds a separator.")
            raise UnreadableDirectory(path, reader.line_num, message.format(count=len(row), width=width))


def _columns(path: Path, head: Row) -> list[str]:
    """What each heading means; a heading of the organisation's own means itself."""
    if len(head) > _MOST_COLUMNS:
        raise UnreadableDirectory(path, 1, _("more than {most} columns are headed here.").format(most=_MOST_COLUMNS))
    columns = [_COLUMN_OF.get(fold(heading), f"x_{heading}") for heading in head]
    if not _name_in(columns):
        message = _("no column is headed “name”.")
        known = [heading for heading in head if fold(heading)]
        raise UnreadableDirectory(path, 1, message + did_you_mean("name", known))
    twice = [column for column in _EVERY_HEADING if columns.count(column) > 1]
    if twice:
        raise UnreadableDirectory(path, 1, _("several columns are headed “{name}”.").format(name=twice[0]))
    return columns


def _name_in(columns: list[str]) -> list[int]:
    """Where a person's whole name stands: in one column, or its parts in two; empty where it stands nowhere."""
    known = (names for names in _WHOLE_NAMES if all(name in columns for name in names))
    return [columns.index(name) for name in next(known, ())]


def _matching(rows: list[Row], places: list[Place], words: list[str]) -> list[tuple[Row, str, str]]:
    """The rows whose name and address hold every word, with both folded."""
    names, emails = (
        _fold_all([row[place][:_LONGEST_NAME] for row in rows]) if place is not None else [""] * len(rows)
        for place in places[:2]
    )
    first, *others = words
    found = [one for one in zip(rows, names, emails, strict=True) if first in one[1] or first in one[2]]
    return [one for one in found if all(word in one[1] or word in one[2] for word in others)]


def _fold_all(cells: list[str]) -> list[str]:
    """Each cell folded as `fold` does but for its spaces; in one go, since a directory may hold 100,000 people."""
    text = "\n".join(cells)
    if text.count("\n") >= len(cells):
        text = "\n".join(cell.replace("\n", " ") for cell in cells)
    text = without_accents(text.casefold())
    return text.replace("_", " ").replace("-", " ").split("\n") if cells else []


def _contact(row: Row, places: list[Place]) -> Contact:
    return Contact(*("" if place is None else _one_line(row[place]) for place in places))


def _one_line(cell: str) -> str:
    return " ".join(_CONTROL.sub(" ", cell).split())
