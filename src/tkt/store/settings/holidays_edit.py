"""Years put into a file of public holidays: in order, and whatever else stands there stays as it is."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from tkt.domain.opening_hours import HolidayYears
from tkt.errors import RuleRefuses
from tkt.language import _
from tkt.store.settings.holidays_file import BadHolidays, Holidays, Places, file_name, parse_holidays, read_places
from tkt.store.yaml_scalar import write_scalar

_NO_DAYS = re.compile(r":\s*\{\s*\}")


class NotOneBelowTheOther(RuleRefuses):
    """A file of holidays in a form into which no line can be put."""


def with_years(data: bytes | None, region: str, years: HolidayYears, source: str) -> bytes:
    """The file of a region with `years` in it, those that stand there changed to them; `data` is what it holds.

    `source` names what they come from. Raises BadHolidays, and NotOneBelowTheOther for a file whose years and days do
    not stand on lines of their own.
    """
    if data is None or not data.strip():
        return _new_file(region, years, source).encode()
    holidays, places = read_places(file_name(region), data, region)
    edit = _Edit.of(data.decode("utf-8"), holidays, places, source)
    for year in sorted(years, reverse=True):
        edit.put(year, years[year])
    after = "".join(edit.lines).encode()
    _require_read_back(after, region, {**holidays.years, **years})
    return after


def _require_read_back(data: bytes, region: str, years: HolidayYears) -> None:
    """What was put into lines must be what a reader finds: YAML can be written in ways that have no such lines."""
    try:
        if parse_holidays(file_name(region), data, region).years == years:
            return
    except BadHolidays:
        pass
    message = _(
        "{path}: no year can be put in as the file is written. Put each year and each day on a line of its own."
    )
    raise NotOneBelowTheOther(message.format(path=file_name(region)))


def _new_file(region: str, years: HolidayYears, source: str) -> str:
    edit = _Edit([], Holidays({}), Places(0, {}, {}), source, "\n", "  ", "    ")
    for year in sorted(years, reverse=True):
        edit.put(year, years[year])
    about = _(
        "Public holidays of {region}. A year that stands here counts as it stands, whatever a library says later."
    )
    return "".join([f"# {about.format(region=region)}\n", f"region: {region}\n", "years:\n", *edit.lines])


@dataclass(frozen=True, slots=True)
class _Edit:
    """The lines of a file while years are put in, the last of them first: so `places` hold for those before it."""

    lines: list[str]
    holidays: Holidays
    places: Places
    source: str
    eol: str
    before_year: str
    before_day: str

    @classmethod
    def of(cls, text: str, holidays: Holidays, places: Places, source: str) -> _Edit:
        """That of a file that is there."""
        eol = "\r\n" if "\r\n" in text else "\n"
        lines = text.splitlines(keepends=True)
        if not lines[-1].endswith(("\n", "\r")):
            lines[-1] += eol
        before_year = next((_blanks(lines[line - 1]) for line in places.years.values()), "  ")
        before_day = next((_blanks(lines[line - 1]) for line in places.days.values()), 2 * before_year)
        return cls(lines, holidays, places, source, eol, before_year, before_day)

    def put(self, year: int, days: Mapping[date, str]) -> None:
        """Put a year into its place, or change its days to these where it stands there."""
        if year in self.places.years:
            first, last = self.places.years[year], self._last_line(year)
            self.lines[first - 1 : last] = self._mended(year, days, first, last)
            return
        earlier = [one for one in self.places.years if one < year]
        after = self._last_line(max(earlier)) if earlier else self.places.heading
        self.lines[after:after] = self._block(year, days)

    def _last_line(self, year: int) -> int:
        return max([self.places.years[year], *(line for day, line in self.places.days.items() if day.year == year)])

    def _block(self, year: int, days: Mapping[date, str]) -> Iterator[str]:
        yield f"{self.before_year}{year}:{'' if days else ' {}'} # {self.source}{self.eol}"
        yield from (self._line(day, days[day]) for day in sorted(days))

    def _line(self, day: date, name: str) -> str:
        return f"{self.before_day}{day}: {write_scalar(name)}{self.eol}"

    def _heading(self, line: str, days: Mapping[date, str]) -> str:
        """The line of a year whose days are changed: where it named the library, it names the one of these days."""
        library = re.escape(self.source.partition(" ")[0])
        line = re.sub(rf"# {library} \S+(?=\s*$)", f"# {self.source}", line)
        return _NO_DAYS.sub(":", line, count=1) if days else line

    def _mended(self, year: int, days: Mapping[date, str], first: int, last: int) -> Iterator[str]:
        """The lines of a year that stands there: a day that stays keeps its line, and so do comments."""
        standing = {line: day for day, line in self.places.days.items()}
        left = sorted(days)
        yield self._heading(self.lines[first - 1], days)
        for number in range(first + 1, last + 1):
            line, here = self.lines[number - 1], standing.get(number)
            if here is None:
                yield line
                continue
            while left and left[0] <= here:
                day = left.pop(0)
                same = day == here and self.holidays.years[year][day] == days[day]
                yield line if same else self._line(day, days[day])
        yield from (self._line(day, days[day]) for day in left)


def _blanks(line: str) -> str:
    """What a line begins with."""
    return line[: len(line) - len(line.lstrip())]
