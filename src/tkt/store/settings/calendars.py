"""The setting `calendars`: opening hours in versions, with days that are closed or have hours of their own."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from zoneinfo import ZoneInfo

from tkt.domain.opening_hours import CalendarVersion, Days, OpeningHours, OwnHours, is_region
from tkt.domain.policies import ROUND_THE_CLOCK
from tkt.language import _
from tkt.store.settings.hours import day_spans, named_days, week
from tkt.store.settings.text import Unfit, calendar_date, time_zone
from tkt.store.settings.value import Value
from tkt.store.settings.versions import read_versions

CALENDAR_KEYS = ("from", "timezone", "hours", "holidays", "closed", "open", "corrected")
_LONGEST_NAME = 60


def calendars(value: Value, zone: ZoneInfo) -> dict[str, OpeningHours | None]:
    """Every calendar by its name, None for one of which something was complained; `zone` is the desk's."""
    return {name: _calendar(name, item, zone) for name, item in value.named("office: [{from: 2026-01-01, …}]").items()}


def _calendar(name: str, value: Value, zone: ZoneInfo) -> OpeningHours | None:
    before = len(value.problems.found)
    value.fit(name, _name)
    versions = read_versions(value, lambda item: _version(item, zone))
    return OpeningHours(name, versions) if len(value.problems.found) == before else None


def _name(text: str) -> str:
    if text == ROUND_THE_CLOCK:
        raise Unfit(_("“{name}” is round the clock already.").format(name=text), _("Give yours another name."))
    if not text.strip() or text != text.strip() or text.startswith("-") or len(text) > _LONGEST_NAME:
        raise Unfit(_("“{name}” cannot be a calendar's name.").format(name=text), _("Write a word, such as office."))
    return text


def _version(value: Value, zone: ZoneInfo) -> CalendarVersion | None:
    parts = value.parts(CALENDAR_KEYS, required=("from", "hours"))
    since = parts["from"].read(calendar_date) if "from" in parts else None
    others: dict[str, Any] = {}
    if "timezone" in parts:
        zone = parts["timezone"].read(time_zone) or zone
    if "holidays" in parts:
        others["holidays"] = tuple(parts["holidays"].read_each(region))
    if "closed" in parts:
        others["closed"] = tuple(parts["closed"].read_all(named_days))
    if "open" in parts:
        others["open"] = _own_hours(parts["open"])
    if "corrected" in parts:
        others["corrected"] = parts["corrected"].read(str)
    weekly = week(parts["hours"]) if "hours" in parts else ()
    return None if since is None else CalendarVersion(since, zone, weekly, **others)


def region(text: str) -> str:
    """The name of a file of public holidays: a country's code, and a subdivision's."""
    if is_region(text):
        return text
    message = _("“{text}” is not the code of a country or region.").format(text=text)
    if is_region(text.upper()):
        raise Unfit(message, _("Did you mean {word}?").format(word=text.upper()))
    raise Unfit(message, _("Write FR, or FR-57."))


def _own_hours(value: Value) -> tuple[OwnHours, ...]:
    """Days with hours of their own; those of one date stand before those of every year, and so take their place."""
    said: dict[str, OwnHours] = {}
    for text, item in value.named("2026-12-31: 08:30-12:00").items():
        days, spans = item.fit(text, named_days), day_spans(item)
        if item.is_empty:
            item.refuse(_("no hours are given."), _("Write a day without hours under “closed”."))
        if days is not None:
            _refuse_common_days(item, days, said)
            said[text] = OwnHours(days, spans)
    return tuple(sorted(said.values(), key=lambda own: own.days.yearly))


def _refuse_common_days(value: Value, days: Days, said: Mapping[str, OwnHours]) -> None:
    for other, own in said.items():
        if own.days.yearly == days.yearly and _meet(own.days, days):
            value.refuse(_("a day of it is named already, in “{other}”.").format(other=other), _("Name each day once."))
            return


def _meet(one: Days, other: Days) -> bool:
    return one.holds(other.first) or other.holds(one.first)
