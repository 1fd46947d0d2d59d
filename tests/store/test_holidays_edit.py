"""Years are put into a file of holidays in order, and not a byte of the rest moves."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tkt.store.settings.holidays_edit import NotOneBelowTheOther, with_years
from tkt.store.settings.holidays_file import BadHolidays, parse_holidays

NEW_YEAR = "Jour de l'an"
FILE = """\
# Ours: see the intranet.
region: FR
years:
    # the year of the move
    "2026":   # holidays 0.100
        2026-01-01:   'Jour de l''an'
        # the bridge was refused
        2026-05-14: Ascension # a Thursday
    2028:
        2028-01-01: Jour de l'an
# the end
"""


def put(data: str | None, years: Mapping[int, Mapping[date, str]]) -> str:
    before = None if data is None else data.encode()
    return with_years(before, "FR", years, "holidays 0.109").decode()


def read(text: str) -> Mapping[int, Mapping[date, str]]:
    return parse_holidays("holidays/FR.yaml", text.encode(), "FR").years


def test_a_new_file_says_its_region_and_whence_each_year_comes() -> None:
    assert put(None, {2027: {}, 2026: {date(2026, 12, 25): "Noël: fête", date(2026, 1, 1): NEW_YEAR}}).splitlines()[
        1:
    ] == [
        "region: FR",
        "years:",
        "  2026: # holidays 0.109",
        "    2026-01-01: Jour de l'an",
        '    2026-12-25: "Noël: fête"',
        "  2027: {} # holidays 0.109",
    ]


def test_years_are_put_in_before_between_and_behind_those_that_stand_there() -> None:
    years = {year: {date(year, 1, 1): NEW_YEAR} for year in (2025, 2027, 2029)}
    lines = put(FILE, years).splitlines()
    added = [line for line in lines if line not in FILE.splitlines()]
    assert added == [
        line for year in years for line in (f"    {year}: # holidays 0.109", f"        {year}-01-01: {NEW_YEAR}")
    ]
    assert [line for line in lines if line not in added] == FILE.splitlines()
    assert list(read("\n".join(lines))) == [2025, 2026, 2027, 2028, 2029]


def test_of_a_year_that_is_changed_days_that_stay_keep_their_lines_and_comments_stay() -> None:
    ascension = date(2026, 5, 14)
    days = {date(2026, 1, 1): NEW_YEAR, date(2026, 5, 1): "Fête du Travail", ascension: "Jeudi de l'Ascension"}
    assert put(FILE, {2026: days}) == FILE.replace("0.100", "0.109").replace(
        "        2026-05-14: Ascension # a Thursday\n",
        "        2026-05-01: Fête du Travail\n        2026-05-14: Jeudi de l'Ascension\n",
    )
    without = put(FILE, {2026: {ascension: "Ascension", date(2026, 12, 25): "Noël"}})
    assert without == FILE.replace("0.100", "0.109").replace("        2026-01-01:   'Jour de l''an'\n", "").replace(
        "# a Thursday\n", "# a Thursday\n        2026-12-25: Noël\n"
    )


def test_a_year_without_days_may_get_some() -> None:
    assert read(put("years:\n  2026: {} # none\n", {2026: {date(2026, 1, 1): NEW_YEAR}})) == {
        2026: {date(2026, 1, 1): NEW_YEAR}
    }


@pytest.mark.parametrize("ends", ["\r\n", "\n"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_line_ends_and_a_byte_order_mark_stay(ends: str, mark: str) -> None:
    file = mark + FILE.replace("\n", ends)
    after = put(file, {2027: {date(2027, 1, 1): NEW_YEAR}})
    assert after.startswith(mark + "# Ours")
    assert after.count(ends) == after.count("\n") == FILE.count("\n") + 2


def test_a_file_without_an_end_of_line_gets_one() -> None:
    assert put("years:\n  2026: {}", {2027: {}}).endswith("  2026: {}\n  2027: {} # holidays 0.109\n")


@pytest.mark.parametrize(
    "text", ["years: {2026: {2026-01-01: x}}\n", "years:\n  2026: {2026-01-01: x}\n", "{years: {}}\n"]
)
def test_a_file_without_lines_to_put_a_year_into_is_refused_and_not_spoilt(text: str) -> None:
    years = {2026: {date(2026, 1, 1): "y"}, 2027: {date(2027, 1, 1): "x"}}
    with pytest.raises(NotOneBelowTheOther, match=r"^holidays/FR\.yaml: no year can be put in"):
        put(text, years)


def test_a_file_that_does_not_read_is_not_written_to() -> None:
    with pytest.raises(BadHolidays):
        put("years: {26: {}}\n", {2027: {}})


NAMES = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Zl", "Zp"]), min_size=1, max_size=12)


@st.composite
def some_years(draw: st.DrawFn) -> dict[int, dict[date, str]]:
    found = {}
    for year in draw(st.sets(st.integers(2020, 2026), max_size=4)):
        days = draw(st.dictionaries(st.integers(0, 364), NAMES.filter(str.strip), min_size=1, max_size=4))
        found[year] = {date(year, 1, 1) + timedelta(days=one): name.strip() for one, name in days.items()}
    return found


@given(some_years(), some_years())
def test_what_is_put_in_is_what_is_read_and_the_other_years_are_as_they_were(
    before: dict[int, dict[date, str]], years: dict[int, dict[date, str]]
) -> None:
    first = put(None, {2019: {}, **before})
    after = put(first, years)
    assert read(after) == {2019: {}, **before, **years}
    assert put(after, years) == after
