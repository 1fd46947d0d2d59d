"""Public holidays of a country or a part of it, in the desk's language where the library speaks it."""

from __future__ import annotations

from datetime import date

import pytest

from tkt.errors import CalledWrongly, NoSuchThing
from tkt.sources.public_holidays import UnknownRegion, YearsNotKnown, public_holidays


def test_the_holidays_of_a_country_are_named_in_the_language_that_is_asked_for() -> None:
    french = public_holidays("FR", [2026, 2027], "fr")
    assert list(french.years) == [2026, 2027]
    assert french.years[2026][date(2026, 12, 25)] == "Noël"
    assert public_holidays("FR", [2026], "en").years[2026][date(2026, 12, 25)] == "Christmas Day"
    assert french.source.startswith("holidays ")


def test_a_country_that_does_not_speak_it_names_its_days_as_it_does() -> None:
    assert public_holidays("GB", [2026], "fr").years[2026][date(2026, 12, 25)] == "Christmas Day"


def test_a_part_of_a_country_has_days_of_its_own() -> None:
    good_friday = date(2026, 4, 3)
    assert good_friday in public_holidays("FR-57", [2026], "fr").years[2026]
    assert good_friday not in public_holidays("FR", [2026], "fr").years[2026]


def test_days_stand_in_order_and_in_their_year() -> None:
    days = public_holidays("CN", [2026], "en").years[2026]
    assert list(days) == sorted(days)
    assert {day.year for day in days} == {2026}


@pytest.mark.parametrize(
    ("region", "offered"),
    [
        ("fr", "Did you mean FR?"),
        ("FRA", "Did you mean FR?"),
        ("France", "Did you mean FR?"),
        ("fr-57", "Did you mean FR-57?"),
        ("germny", "Did you mean DE?"),
        ("US-CAL", "Did you mean CA?"),
        ("FR-99", "Known: 57, 6AE,"),
        ("DE-Augsburg", "Did you mean DE?"),
        ("ZZ", "Write FR, or FR-57."),
        ("../../etc/passwd", "Write FR, or FR-57."),
        ("", "Write FR, or FR-57."),
    ],
)
def test_an_unknown_region_is_refused_and_the_nearest_one_offered(region: str, offered: str) -> None:
    with pytest.raises(UnknownRegion) as caught:
        public_holidays(region, [2026], "en")
    assert offered in str(caught.value)
    assert isinstance(caught.value, NoSuchThing)


def test_years_that_the_library_does_not_know_are_refused() -> None:
    with pytest.raises(YearsNotKnown, match=r"^The holidays of FR are known from 1803 to 2100\.$") as caught:
        public_holidays("FR", [2100, 2101], "en")
    assert isinstance(caught.value, CalledWrongly)
