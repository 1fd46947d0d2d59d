"""CSV rows come with the line they begin on; what is not CSV is one error that names file and line."""

from __future__ import annotations

from pathlib import Path

import pytest

from tkt.errors import Unreadable
from tkt.sources.csv_log import UnreadableLog, read_rows


@pytest.fixture
def log(tmp_path: Path) -> Path:
    return tmp_path / "log.csv"


def test_every_row_comes_with_the_line_it_begins_on(log: Path) -> None:
    log.write_bytes(b'a,b\r\n"one\r\nvalue on three\r\nlines",2\r\n\r\n3,4\r\n')
    assert list(read_rows(log)) == [(1, ["a", "b"]), (2, ["one\r\nvalue on three\r\nlines", "2"]), (6, ["3", "4"])]


def test_a_byte_order_mark_is_no_part_of_the_first_column(log: Path) -> None:
    log.write_bytes(b"\xef\xbb\xbfnumber\nINC0000001\n")
    assert list(read_rows(log)) == [(1, ["number"]), (2, ["INC0000001"])]


def test_an_empty_file_has_no_rows(log: Path) -> None:
    log.write_bytes(b"")
    assert list(read_rows(log)) == []


@pytest.mark.parametrize(("row", "found"), [("1,2", 2), ("1,2,3,4", 4)])
def test_a_row_of_another_width_than_the_header_is_named_by_its_line(log: Path, row: str, found: int) -> None:
    log.write_text(f"a,b,c\n1,2,3\n{row}\n", encoding="utf-8")
    with pytest.raises(UnreadableLog, match=rf"log\.csv, line 3: {found} columns where the header has 3"):
        list(read_rows(log))


def test_a_file_that_is_not_utf8_is_refused_with_the_line_that_is_not(log: Path) -> None:
    log.write_bytes("a,b\n1,2\nété,4\n".encode("latin-1"))
    with pytest.raises(UnreadableLog, match=r"log\.csv, line 3: this is not UTF-8: save the file as “CSV UTF-8”"):
        list(read_rows(log))


@pytest.mark.parametrize("text", ['a,b\n1,"never closed\n3,4\n', 'a,b\n1,"two" words\n'])
def test_broken_quotes_are_named_by_the_line_of_their_row(log: Path, text: str) -> None:
    log.write_text(text, encoding="utf-8")
    with pytest.raises(UnreadableLog, match=r"log\.csv, line 2: this is not CSV: a quote"):
        list(read_rows(log))


def test_a_file_that_is_not_there_is_one_clear_line(tmp_path: Path) -> None:
    with pytest.raises(Unreadable, match=r"nowhere\.csv cannot be read: No such file or directory\."):
        list(read_rows(tmp_path / "nowhere.csv"))


def test_progress_counts_bytes_up_to_the_whole_file(log: Path) -> None:
    log.write_text("number\n" + "INC0000001\n" * 30_000, encoding="utf-8")
    told: list[tuple[int, int]] = []
    list(read_rows(log, lambda done, size: told.append((done, size))))
    size = log.stat().st_size
    assert told == sorted(told)
    assert told[-1] == (size, size)
    assert len(told) == 17 and told[0][0] < size
