"""What of a desk's settings judges its tickets, cut into facts of which each may change without touching the past, or
not."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from itertools import pairwise
from typing import NamedTuple

from tkt.domain.opening_hours import CalendarVersion, HolidayYears, OpeningHours
from tkt.domain.policies import Ola, Policy

# What a version promises; its `until` is a fact of its own, since it may be set as long as that day is to come.
_TERMS = ("targets", "pause", "warn_at", "calendar")


class RegionDays(NamedTuple):
    """The holidays of a region as a file had them, and why days that had passed were changed."""

    years: HolidayYears
    corrected: str = ""


class Promises(NamedTuple):
    """All that judges tickets, as the settings stood in some commit; `holidays` by region."""

    policies: tuple[Policy, ...]
    olas: tuple[Ola, ...]
    calendars: tuple[OpeningHours, ...]
    holidays: Mapping[str, RegionDays]


class FactKey(NamedTuple):
    """Which fact: its `kind` (`version`, `until`, `when`, `order`, `calendar`, `holidays`), of what `family` (`sla` or
    `ola`), of which name, and of the version in force since which day."""

    kind: str
    family: str = ""
    name: str = ""
    since: date = date.min


class Fact(NamedTuple):
    """What a fact says, None where it says nothing; `corrected`: why it was changed when it had come into force."""

    value: object
    corrected: str = ""


NOTHING = Fact(None)
Facts = Mapping[FactKey, Fact]


def facts_of(promises: Promises) -> dict[FactKey, Fact]:
    """Everything that they say."""
    found: dict[FactKey, Fact] = {}
    for family, agreements in (("sla", promises.policies), ("ola", tuple(one.policy for one in promises.olas))):
        found |= _of_agreements(family, agreements)
    for calendar in promises.calendars:
        found[FactKey("calendar", name=calendar.name)] = Fact(calendar, _reasons(calendar.versions))
    for region, days in promises.holidays.items():
        found[FactKey("holidays", name=region)] = Fact(days.years, days.corrected)
    return found


def _of_agreements(family: str, agreements: tuple[Policy, ...]) -> Iterator[tuple[FactKey, Fact]]:
    order = tuple((one.name, one.versions[0].since) for one in agreements)
    yield FactKey("order", family), Fact(order, "\n".join(_reasons(one.versions) for one in agreements).strip())
    for one in agreements:
        reasons = _reasons(one.versions)
        yield FactKey("when", family, one.name), Fact((one.versions[0].since, dict(one.when)), reasons)
        for version in one.versions:
            terms = tuple(getattr(version, term) for term in _TERMS)
            yield FactKey("version", family, one.name, version.since), Fact(terms, version.corrected)
            yield FactKey("until", family, one.name, version.since), Fact(version.until or date.max, version.corrected)


def _reasons(versions: Iterable[object]) -> str:
    return "\n".join(reason for one in versions if (reason := getattr(one, "corrected", "")))


def fact(facts: Facts, key: FactKey) -> Fact:
    """One of them. Where a version is gone, its policy's other versions may say why."""
    if key in facts:
        return facts[key]
    return Fact(None, facts.get(FactKey("when", key.family, key.name), NOTHING).corrected)


def changed_terms(before: object, after: object) -> tuple[str, ...]:
    """The names of what two versions promise differently."""
    assert isinstance(before, tuple) and isinstance(after, tuple)
    return tuple(term for term, old, new in zip(_TERMS, before, after, strict=True) if old != new)


def leaves_the_past(key: FactKey, before: Fact, after: Fact, day: date) -> bool:
    """Whether to change a fact on that day changes no verdict of a ticket opened before."""
    if before.value == after.value:
        return True
    if key.kind == "version":
        # Tickets were opened under a version from the midnight of its day on; one that is new may begin today.
        return key.since > day or (before.value is None and key.since == day)
    if before.value is None or after.value is None:
        return True  # the version's own fact tells of it, and a calendar that nobody names any more judges nothing
    return _KEEPS[key.kind](before.value, after.value, day)


def _until(before: object, after: object, day: date) -> bool:
    assert isinstance(before, date) and isinstance(after, date)
    return min(before, after) >= day


def _when(before: object, after: object, day: date) -> bool:
    assert isinstance(before, tuple) and isinstance(after, tuple)
    return bool(min(before[0], after[0]) > day) or before[1] == after[1]


def _order(before: object, after: object, day: date) -> bool:
    assert isinstance(before, tuple) and isinstance(after, tuple)
    there = {name for name, since in before if since <= day} & {name for name, since in after if since <= day}
    return [name for name, _since in before if name in there] == [name for name, _since in after if name in there]


def _calendar(before: object, after: object, day: date) -> bool:
    assert isinstance(before, OpeningHours) and isinstance(after, OpeningHours)
    first = before.versions[0].since
    starts = {version.since for version in (*before.versions, *after.versions)}
    ends = sorted({start for start in starts if first <= start < day} | {day})
    return all(_same_days(before, after, start, end) for start, end in pairwise(ends))


def _same_days(before: OpeningHours, after: OpeningHours, start: date, end: date) -> bool:
    """Whether two calendars, of which no version begins in between, are open alike on the days before `end`."""
    old, new = before.version_on(start), after.version_on(start)
    if old is None or new is None:
        return old is new
    if (old.timezone.key, old.weekly, old.holidays) != (new.timezone.key, new.weekly, new.holidays):
        return False
    if (old.closed, old.open) == (new.closed, new.open):
        return True
    days = (start + timedelta(days=number) for number in range((end - start).days))
    return all(_exception(old, one) == _exception(new, one) for one in days)


def _exception(version: CalendarVersion, day: date) -> object:
    """The hours of a day that are its own, () for a day that is closed, None for one like any other."""
    own = next((one.spans for one in version.open if one.days.holds(day)), None)
    return own if own is not None else () if any(one.holds(day) for one in version.closed) else None


def _holidays(before: object, after: object, day: date) -> bool:
    assert isinstance(before, Mapping) and isinstance(after, Mapping)
    return all(
        year in after and {one for one in days if one < day} == {one for one in after[year] if one < day}
        for year, days in before.items()
        if date(year, 1, 1) < day
    )


_KEEPS = {"until": _until, "when": _when, "order": _order, "calendar": _calendar, "holidays": _holidays}
