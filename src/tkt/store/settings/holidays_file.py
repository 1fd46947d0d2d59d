"""The public holidays of a region, `holidays/FR.yaml`: which days of which years, and on which lines."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import NamedTuple

from tkt.domain.opening_hours import HolidayYears, is_region
from tkt.errors import Unreadable
from tkt.language import _
from tkt.store.desk_folder import require_inside
from tkt.store.settings.file import BadFile, bytes_of, tree_of
from tkt.store.settings.text import Unfit, calendar_date
from tkt.store.settings.value import Problems, TooManyProblems, Value
from tkt.store.yaml_tree import BrokenYaml

FOLDER = "holidays"
HOLIDAYS_KEYS = ("region", "source", "years", "corrected")
_YEAR = re.compile(r"[1-9]\d{3}", re.ASCII)


class BadHolidays(BadFile):
    """A file of holidays that does not say what it should."""


class NoHolidaysFile(Unreadable):
    """A calendar names a region whose file is not there."""


class Holidays(NamedTuple):
    """What a file says; `corrected`: why days that had passed were changed."""

    years: HolidayYears
    corrected: str = ""


class Places(NamedTuple):
    """Where the years stand, by the numbers of lines: `years:` itself, each year's, and each of its days'."""

    heading: int
    years: Mapping[int, int]
    days: Mapping[date, int]


def holidays_path(root: Path, region: str) -> Path:
    """Where the holidays of a region lie in a desk; raises ValueError for what is no region's code."""
    if not is_region(region):
        raise ValueError(region)
    return root / FOLDER / f"{region}.yaml"


def read_holidays(root: Path, region: str) -> HolidayYears:
    """The years that the file of a region has; raises NoHolidaysFile, BadHolidays and OutsideTheDesk."""
    path = holidays_path(root, region)
    require_inside(root, path)
    if not path.exists():
        message = _(
            "{path} is not there: write it with `tkt calendar holidays {region} {years}`, for the years needed."
        )
        raise NoHolidaysFile(message.format(path=file_name(region), region=region, years="2026..2028"))
    return parse_holidays(file_name(region), _bytes(path, region), region).years


def data_of(root: Path, region: str) -> bytes | None:
    """What the file of a region holds, None where there is none; raises BadHolidays and OutsideTheDesk."""
    path = holidays_path(root, region)
    require_inside(root, path)
    return _bytes(path, region) if path.exists() else None


def file_name(region: str) -> str:
    """What a region's file is called in a desk."""
    return f"{FOLDER}/{region}.yaml"


def _bytes(path: Path, region: str) -> bytes:
    try:
        return bytes_of(path)
    except BrokenYaml as broken:
        problems = Problems(file_name(region))
        problems.add(broken.line, broken.message, broken.mend)
        raise BadHolidays(problems.found) from None


def parse_holidays(name: str, data: bytes, region: str) -> Holidays:
    """What a file held; `name` is what its problems call it. Raises BadHolidays with all of them."""
    return read_places(name, data, region)[0]


def read_places(name: str, data: bytes, region: str) -> tuple[Holidays, Places]:
    """The same, and where it stands."""
    problems = Problems(name)
    read = Holidays({}), Places(0, {}, {})
    try:
        root = tree_of(data, problems)
        if root:
            read = _read(Value("", root.line, root, problems), region)
    except BrokenYaml as broken:
        problems.add(broken.line, broken.message, broken.mend)
    except TooManyProblems:
        pass
    if problems.found:
        raise BadHolidays(problems.found)
    return read


def _read(value: Value, region: str) -> tuple[Holidays, Places]:
    parts = value.parts(HOLIDAYS_KEYS, required=("years",))
    if "region" in parts:
        parts["region"].read(lambda text: _same_region(text, region))
    corrected = (parts["corrected"].read(str) if "corrected" in parts else None) or ""
    years: dict[int, dict[date, str]] = {}
    lines: dict[int, int] = {}
    days: dict[date, int] = {}
    for text, item in parts["years"].named("2026: {2026-01-01: …}").items() if "years" in parts else ():
        year = item.fit(text, _year)
        if year is not None:
            years[year], lines[year] = {}, item.line
            for day, name, line in _days(item, year):
                years[year][day], days[day] = name, line
    return Holidays(years, corrected), Places(parts["years"].line if "years" in parts else 0, lines, days)


def _same_region(text: str, region: str) -> str:
    if text != region:
        message = _("“{text}”, in the file of {region}.").format(text=text, region=region)
        raise Unfit(message, _("Write {word}.").format(word=region))
    return text


def _year(text: str) -> int:
    if not _YEAR.fullmatch(text):
        raise Unfit(_("“{text}” is not a year.").format(text=text), _("Write 2026."))
    return int(text)


def _days(value: Value, year: int) -> Iterator[tuple[date, str, int]]:
    """The days of a year, their names and lines; a year may have none."""
    if value.is_empty:
        return
    for text, item in value.named(f"{year}-01-01: …").items():
        day, name = item.fit(text, calendar_date), item.read(str)
        if day is not None and day.year != year:
            item.refuse(_("{day} is not a day of {year}.").format(day=day, year=year), _("Put it under its own year."))
        elif day is not None and name is not None:
            yield day, name, item.line
