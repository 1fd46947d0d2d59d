"""The JSON documents of `tkt calendar`; docs/json.md describes each."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from tkt.domain.opening_hours import WEEKDAYS, CalendarVersion, Days, DaySpans, OwnHours
from tkt.presentation.clocks.calendar_table import wall_clock
from tkt.presentation.json_form import VERSION, Document
from tkt.service_level.business.day_by_day import OpenDay


def calendars_json(every: Iterable[tuple[str, bool, Sequence[CalendarVersion], Sequence[OpenDay]]]) -> Document:
    """The document of `tkt calendar list`: of each calendar its name, whether business days go by it, its versions,
    and the days on which it is closed next."""
    calendars = [
        {
            "name": name,
            "business_days": default,
            "versions": [_version(one) for one in versions],
            "closed_next": [_day(one) for one in closed],
        }
        for name, default, versions, closed in every
    ]
    return {"version": VERSION, "calendars": calendars}


def calendar_days_json(name: str, days: Sequence[OpenDay]) -> Document:
    """The document of `tkt calendar show`."""
    return {
        "version": VERSION,
        "calendar": name,
        "seconds": sum(one.seconds for one in days),
        "days": [_day(one) for one in days],
    }


def _version(version: CalendarVersion) -> dict[str, Any]:
    return {
        "from": version.since.isoformat(),
        "timezone": version.timezone.key,
        "hours": {name: _spans(spans) for name, spans in zip(WEEKDAYS, version.weekly, strict=True)},
        "holidays": list(version.holidays),
        "closed": [_closed(days) for days in version.closed],
        "open": [_own(own) for own in version.open],
    }


def _closed(days: Days) -> dict[str, Any]:
    first, last = days.first.isoformat(), days.last.isoformat()
    if days.yearly:
        first, last = first[5:], last[5:]
    return {"first": first, "last": last, "name": days.name or None}


def _own(own: OwnHours) -> dict[str, Any]:
    return {**_closed(own.days), "hours": _spans(own.spans)}


def _day(one: OpenDay) -> dict[str, Any]:
    return {
        "date": one.day.isoformat(),
        "hours": _spans(one.spans),
        "seconds": one.seconds,
        "kind": one.kind,
        "name": one.name or None,
    }


def _spans(spans: DaySpans) -> list[list[str]]:
    return [[wall_clock(start), wall_clock(end)] for start, end in spans]
