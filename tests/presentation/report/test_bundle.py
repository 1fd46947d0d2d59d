"""The bundle and the document hold every figure once, in canonical words, and no formula reaches a spreadsheet."""

from __future__ import annotations

import csv
import io
import zipfile

import pytest

from tests.metrics.months import PARIS
from tests.presentation.report.drawn import EMPTY, EVIL, HOSTILE, WHOLE
from tkt import language
from tkt.metrics.series.report import Report
from tkt.presentation.report.bundle import bundle, zipped
from tkt.presentation.report.frames import NAMES, frames, report_json


def read(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


@pytest.mark.parametrize("report", [WHOLE, EMPTY], ids=["whole", "empty"])
def test_each_list_is_a_file_with_its_keys_as_titles(report: Report) -> None:
    files = bundle(report, PARIS)
    assert list(files) == ["report.csv", *(f"{name}.csv" for name in NAMES)]
    for name, records in frames(WHOLE, PARIS).items():
        assert next(csv.reader(io.StringIO(files[f"{name}.csv"]))) == list(records[0]), name
    assert len(read(files["breaches.csv"])) == len(report.breaches)


def test_titles_and_words_are_the_same_in_both_languages() -> None:
    english = bundle(WHOLE, PARIS)
    language.speak("fr")
    french = bundle(WHOLE, PARIS)
    del english["breaches.csv"], french["breaches.csv"]  # which say why, in a sentence
    assert english == french


def test_no_cell_is_a_formula() -> None:
    for text in bundle(EVIL, PARIS).values():
        assert not [cell for row in csv.reader(io.StringIO(text)) for cell in row if cell.startswith(("=", "+", "@"))]
        assert "\x1b" not in text
    assert HOSTILE[:4] in bundle(EVIL, PARIS)["breaches.csv"]


def test_an_archive_does_not_tell_when_it_was_made() -> None:
    files = bundle(WHOLE, PARIS)
    archive = zipfile.ZipFile(io.BytesIO(zipped(files)))
    assert {one: archive.read(one).decode() for one in archive.namelist()} == files
    assert {one.date_time for one in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    assert zipped(files) == zipped(files)


def test_the_document_holds_the_same_records() -> None:
    document = report_json(WHOLE, PARIS)
    assert {name: document[name] for name in NAMES} == frames(WHOLE, PARIS)
    assert document["before"]["from"] == "2025-12-01T00:00:00+01:00"
