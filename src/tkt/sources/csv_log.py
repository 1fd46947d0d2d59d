"""A CSV log on disk, row by row: line numbers, progress, and one clear error for a file that is not one."""

from __future__ import annotations

import codecs
import csv
import os
from collections.abc import Iterator
from pathlib import Path
from typing import TextIO

from tkt.errors import Unreadable
from tkt.language import _, reason_of
from tkt.sources.imported import Progress

Row = tuple[int, list[str]]
_ROWS_BETWEEN_TWO_REPORTS = 2000
# What has no line end for so long is no log, and might never end.
_LONGEST_LINE = 1024 * 1024
_AT_ONCE = 64 * 1024


class UnreadableLog(Unreadable):
    """A log that cannot be read, or is not the CSV that it should be."""

    @classmethod
    def at(cls, path: Path, line: int, why: str) -> UnreadableLog:
        """The error that names the file and the line, which counts from 1."""
        return cls(_("{path}, line {line}: {why}").format(path=path, line=line, why=why))


def read_rows(path: Path, on_progress: Progress | None = None) -> Iterator[Row]:
    """(line on which it begins, cells) of every row that is not blank, the header included.

    Raises UnreadableLog: no such file, not UTF-8, broken quoting, a row of another width than the header.
    """
    try:
        with path.open(encoding="utf-8-sig", newline="") as text:
            yield from _even_rows(path, text, on_progress)
    except UnicodeDecodeError as error:
        why = _("this is not UTF-8: save the file as “CSV UTF-8”.")
        raise UnreadableLog.at(path, _line_that_is_not_utf8(path), why) from error
    except OSError as error:
        raise UnreadableLog(_("{path} cannot be read: {why}.").format(path=path, why=reason_of(error))) from error


def _even_rows(path: Path, text: TextIO, on_progress: Progress | None) -> Iterator[Row]:
    width = 0
    for count, (line, cells) in enumerate(_numbered_rows(path, text)):
        width = width or len(cells)
        if len(cells) != width:
            why = _("{found} columns where the header has {expected}: the row is cut, or a comma is not quoted.")
            raise UnreadableLog.at(path, line, why.format(found=len(cells), expected=width))
        if on_progress and count % _ROWS_BETWEEN_TWO_REPORTS == 0:
            _report(text, on_progress)
        yield line, cells
    if on_progress:
        _report(text, on_progress)


def _numbered_rows(path: Path, text: TextIO) -> Iterator[Row]:
    reader = csv.reader(_lines(path, text), strict=True)
    line = 1
    try:
        for cells in reader:
            if cells:
                yield line, cells
            line = reader.line_num + 1
    except csv.Error as error:
        why = _("this is not CSV: a quote is not closed or stands within a value.")
        raise UnreadableLog.at(path, line, why) from error


def _lines(path: Path, text: TextIO) -> Iterator[str]:
    line = 0
    while read := text.readline(_LONGEST_LINE):
        line += 1
        if len(read) == _LONGEST_LINE:
            raise UnreadableLog.at(path, line, _("this line is too long for one of a log."))
        yield read


def _report(text: TextIO, on_progress: Progress) -> None:
    size = os.fstat(text.fileno()).st_size
    if size:
        on_progress(text.buffer.tell(), size)


def _line_that_is_not_utf8(path: Path) -> int:
    decoder, line = codecs.getincrementaldecoder("utf-8")(), 1
    with path.open("rb") as binary:
        while piece := binary.read(_AT_ONCE):
            try:
                line += decoder.decode(piece).count("\n")
            except UnicodeDecodeError as error:
                return line + error.object.count(b"\n", 0, error.start)
    return line
