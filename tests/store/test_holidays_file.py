"""`holidays/FR.yaml` is read whole, with everything wrong with it said; no name of a region leaves its folder."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from tkt.domain.opening_hours import is_region
from tkt.errors import Unreadable
from tkt.store.desk_folder import OutsideTheDesk
from tkt.store.settings.holidays_file import (
    BadHolidays,
    NoHolidaysFile,
    data_of,
    holidays_path,
    parse_holidays,
    read_holidays,
)

TEXT = """\
region: FR
source: holidays 0.109
corrected: the prefect said so
x_ours: 1
years:
  2026: # a comment
    2026-01-01: Jour de l'an
    2026-12-25: "Noël: fête"
  2027: {}
"""


def problems(text: str) -> list[str]:
    with pytest.raises(BadHolidays) as caught:
        parse_holidays("holidays/FR.yaml", text.encode(), "FR")
    return [line.removeprefix("holidays/FR.yaml:") for line in str(caught.value).split("\n")]


def test_the_years_of_a_file_are_read_and_a_year_may_have_no_day() -> None:
    read = parse_holidays("holidays/FR.yaml", TEXT.encode(), "FR")
    assert read.years == {
        2026: {date(2026, 1, 1): "Jour de l'an", date(2026, 12, 25): "Noël: fête"},
        2027: {},
    }
    assert read.corrected == "the prefect said so"


def test_everything_wrong_is_said_at_once_with_its_line() -> None:
    text = """\
region: DE
yers: 1
years:
  2026:
    2027-01-01: x
    2026-02-30: y
    2026-01-01:
    2026-05-01: z
    2026-05-01: z
  26: {}
"""
    assert problems(text) == [
        "1: region: “DE”, in the file of FR. Write FR.",
        "2: yers: there is no such key. Did you mean years?",
        "5: years.2026.2027-01-01: 2027-01-01 is not a day of 2026. Put it under its own year.",
        "6: years.2026.2026-02-30: “2026-02-30” is not a date. Write 2026-01-31.",
        "7: years.2026.2026-01-01: nothing is said here.",
        "9: years.2026.2026-05-01: said twice, first on line 8.",
        "10: years.26: “26” is not a year. Write 2026.",
    ]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("region: FR\n", "1: missing here: years."),
        ("years: [2026]\n", "1: years: lines “name: value” are expected here. Write “2026: {2026-01-01: …}”."),
        ("years: {2026: [2026-01-01]}\n", "1: years.2026: lines “name: value” are expected here. {mend}"),
        ("years: {\n", "1: a bracket is opened here {mend}"),
    ],
)
def test_a_file_of_another_form_says_what_it_should_hold(text: str, told: str) -> None:
    (said,) = problems(text)
    assert said.startswith(told.partition("{mend}")[0])


def test_a_file_that_is_not_there_says_the_command_that_writes_it(tmp_path: Path) -> None:
    with pytest.raises(NoHolidaysFile, match=r"^holidays/FR\.yaml is not there: .*`tkt calendar holidays FR 2026"):
        read_holidays(tmp_path, "FR")
    assert data_of(tmp_path, "FR") is None


def test_a_file_that_cannot_be_read_is_said_in_one_line(tmp_path: Path) -> None:
    (tmp_path / "holidays" / "FR.yaml").mkdir(parents=True)
    with pytest.raises(BadHolidays, match=r"^holidays/FR\.yaml: cannot be read: [^\n]+\.$") as caught:
        read_holidays(tmp_path, "FR")
    assert isinstance(caught.value, Unreadable)


@pytest.mark.parametrize("region", ["../FR", "FR/..", "fr", "FRA", "FR-", "FR-1234", "FR\n", "", "ＦＲ", "FR-57.yaml"])
def test_what_is_no_code_of_a_region_is_no_file(tmp_path: Path, region: str) -> None:
    assert not is_region(region)
    with pytest.raises(ValueError):
        holidays_path(tmp_path, region)


def test_a_link_out_of_the_desk_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "desk" / "holidays").mkdir(parents=True)
    (tmp_path / "elsewhere.yaml").write_text(TEXT, encoding="utf-8")
    (tmp_path / "desk" / "holidays" / "FR.yaml").symlink_to(tmp_path / "elsewhere.yaml")
    with pytest.raises(OutsideTheDesk):
        read_holidays(tmp_path / "desk", "FR")
