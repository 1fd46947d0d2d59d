"""docs/reports.md names every key of every record, in order, and every limit that the code has."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path

import pytest

from tests.metrics.months import PARIS
from tests.presentation.report.drawn import WHOLE
from tkt.metrics.series import slices
from tkt.presentation.report.bundle import bundle
from tkt.presentation.report.frames import NAMES, frames

PAGE = (Path(__file__).parents[3] / "docs" / "reports.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", NAMES)
def test_the_documented_keys_of_a_record_are_those_that_come_out(name: str) -> None:
    section = re.split(rf"^### {name}$", PAGE, flags=re.MULTILINE)[1].split("\n#")[0]
    assert re.findall(r"^\| `([a-z_]+)` \|", section, flags=re.MULTILINE) == list(frames(WHOLE, PARIS)[name][0])


def test_the_line_of_the_whole_is_documented() -> None:
    titles = next(csv.reader(io.StringIO(bundle(WHOLE, PARIS)["report.csv"])))
    assert ", ".join(f"`{title}`" for title in titles) in PAGE


def test_the_limits_of_days_and_weeks_are_documented() -> None:
    assert f"by weeks beyond {slices._MOST_DAYS} days, by months beyond {slices._MOST_WEEKS_IN_DAYS}" in PAGE
