"""What of a `tkt.yaml` and of the holidays beside it judges tickets, read out of texts that may be years old."""

from __future__ import annotations

import re
from collections.abc import Mapping

from tkt.domain.promises import Promises, RegionDays
from tkt.store.desk_folder import SETTINGS
from tkt.store.settings.holidays_file import BadHolidays, file_name, parse_holidays
from tkt.store.settings.settings import BadSettings, parse_settings

# The sections that judge tickets, or that those read. Only they are read: a state of which another section is not
# understood any more (an agent's level, a figure) can be told all the same, and a thousand that differ there are one.
_JUDGING = (b"format", b"timezone", b"calendars", b"sla", b"ola")
_SECTION = re.compile(rb"^(?=[^\s#\-\]}])", re.MULTILINE)


class PastTexts:
    """Promises by the texts that made them; each text is read once."""

    def __init__(self) -> None:
        self._read: dict[bytes, Promises | None] = {}
        self._days: dict[tuple[str, bytes], RegionDays | None] = {}

    def promises(self, settings: bytes | None, holidays: Mapping[str, bytes | None]) -> Promises | None:
        """What a commit's settings promised, None where they cannot be read; files of holidays by their region."""
        part = _judging_part(settings or b"")
        if part not in self._read:
            self._read[part] = _promises(part)
        found = self._read[part]
        days = {region: self._region(region, data) for region, data in holidays.items() if data is not None}
        return found and found._replace(holidays={region: one for region, one in days.items() if one})

    def _region(self, region: str, data: bytes) -> RegionDays | None:
        if (region, data) not in self._days:
            try:
                read = parse_holidays(file_name(region), data, region)
                self._days[region, data] = RegionDays(read.years, read.corrected)
            except BadHolidays:
                self._days[region, data] = None
        return self._days[region, data]


def _promises(data: bytes) -> Promises | None:
    try:
        settings = parse_settings(SETTINGS, data)
    except BadSettings:
        return None
    return Promises(settings.policies, settings.olas, settings.calendars, {})


def _judging_part(data: bytes) -> bytes:
    """The sections of a file that judge, in its order; all of a file that is not written in sections."""
    sections = _SECTION.split(data.removeprefix(b"\xef\xbb\xbf"))
    names = [section.partition(b":")[0].strip(b" \"'") for section in sections]
    if any(name.startswith((b"{", b"?")) for name in names):
        return data
    return b"".join(section for name, section in zip(names, sections, strict=True) if name in _JUDGING)
