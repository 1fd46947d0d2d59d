"""The setting `sla`: the policies, which tickets each is for, and what it promises them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, Protocol, TypeVar

from tkt.domain import words
from tkt.domain.opening_hours import OpeningHours
from tkt.domain.policies import ANY_TICKET, MATCHED, ROUND_THE_CLOCK, Conditions, Policy, PolicyVersion, Target
from tkt.domain.words import did_you_mean
from tkt.language import _
from tkt.store.settings.text import Unfit, calendar_date, category, code_word, fraction, promised_time
from tkt.store.settings.value import Value
from tkt.store.settings.versions import read_versions

POLICY_KEYS = ("name", "when", "versions")
VERSION_KEYS = ("from", "until", "calendar", "targets", "pause", "warn_at", "corrected")
TARGET_KEYS = ("response", "resolution", "calendar")

# The calendars of the desk by name; None for one of which something was complained.
Calendars = Mapping[str, OpeningHours | None]
# Reads what a priority is promised by a version in force from that day on.
ReadTarget = Callable[[Value, Calendars, date | None], Target]


class Agreement(Protocol):
    """A policy, or an OLA."""

    @property
    def name(self) -> str:
        """What the settings call it, once."""

    @property
    def versions(self) -> tuple[PolicyVersion, ...]:
        """Its versions, oldest first."""


A = TypeVar("A", bound=Agreement)
_READERS: Mapping[str, Callable[[str], str]] = {
    "type": code_word(words.KIND),
    "priority": code_word(words.PRIORITY),
    "category": category,
}


def calendar(value: Value, calendars: Calendars) -> dict[str, Any]:
    """`calendar`, by which business days are counted."""
    name = named_calendar(value, calendars)
    return {"calendar": name} if name else {}


def named_calendar(value: Value, calendars: Calendars, since: date | None = None) -> str:
    """The calendar that a value names, "" once complained of: one that is not there, or that begins after `since`."""

    def defined(name: str) -> str:
        found = calendars.get(name)
        if name != ROUND_THE_CLOCK and name not in calendars:
            message = _("there is no calendar “{name}” under “calendars”.").format(name=name)
            raise Unfit(message, did_you_mean(name, (ROUND_THE_CLOCK, *calendars)).strip())
        if found is not None and since is not None and since < found.versions[0].since:
            raise Unfit(*_begins_later(found, since))
        return name

    return value.read(defined) or ""


def _begins_later(calendar: OpeningHours, since: date) -> tuple[str, str]:
    message = _("the calendar “{name}” begins on {begins}, later than {since}.")
    mend = _("Give it an earlier version, or this one a later “from”.")
    return message.format(name=calendar.name, begins=calendar.versions[0].since, since=since), mend


def sla(value: Value, calendars: Calendars) -> dict[str, Any]:
    """`policies`, of which the first that matches a ticket judges it."""
    taken = _("another policy is named “{name}” already.")
    return {"policies": agreements(value, calendars, lambda item: _policy(item, calendars), taken)}


def agreements(value: Value, calendars: Calendars, read: Callable[[Value], A | None], taken: str) -> tuple[A, ...]:
    """Those of a list of which nothing was complained, their calendars included; `taken` is said of a name's second."""
    found: list[A] = []
    for item in value.items():
        one = read(item)
        if one is None:
            continue
        if one.name in {other.name for other in found}:
            item.refuse(taken.format(name=one.name))
        found.append(one)
    broken = {name for name, calendar in calendars.items() if calendar is None}
    return tuple(one for one in found if not broken & _calendars_of(one.versions))


def _calendars_of(versions: tuple[PolicyVersion, ...]) -> set[str]:
    targets = (target for version in versions for target in version.targets.values())
    return {version.calendar for version in versions} | {target.calendar for target in targets}


def _policy(value: Value, calendars: Calendars) -> Policy | None:
    """The policy, or None where anything in it was complained of: half a promise is none."""
    before = len(value.problems.found)
    parts = value.parts(POLICY_KEYS, required=("name", "versions"))
    name = parts["name"].read(str) if "name" in parts else ""
    when = conditions(parts["when"]) if "when" in parts else ANY_TICKET
    versions = policy_versions(parts["versions"], calendars, _target) if "versions" in parts else ()
    return Policy(name or "", versions, when) if len(value.problems.found) == before else None


def conditions(value: Value) -> Conditions:
    """Of each thing named, the values of which a ticket must have one."""
    # A condition that says nothing is no condition fewer: it would judge everybody's tickets by a promise to a few.
    parts = value.parts(MATCHED, with_nothing=True)
    if value.is_empty:
        value.refuse(_("nothing is named."), _("Take “when” out to cover every ticket."))
    return {key: _any_of(parts[key], _READERS.get(key, str)) for key in MATCHED if key in parts}


def _any_of(value: Value, reader: Callable[[str], str]) -> tuple[str, ...]:
    if value.is_empty or value.is_nothing:
        value.refuse(_("nothing is named."), _("Take the line out where it does not matter."))
        return ()
    return tuple(value.read_each(reader))


def policy_versions(value: Value, calendars: Calendars, read_target: ReadTarget) -> tuple[PolicyVersion, ...]:
    """The versions of a policy or of an OLA, oldest first."""
    items: list[Value] = []

    def read(item: Value) -> PolicyVersion | None:
        version = _version(item, calendars, read_target)
        items.extend([item] if version else [])
        return version

    versions = read_versions(value, read)
    for item, version, after in zip(items, versions, versions[1:], strict=False):
        if version.until is not None and version.until > after.since:
            message = _("{until} is later than {since}, from which the version below is in force.")
            item.refuse(message.format(until=version.until, since=after.since), _("Take “until” out."))
    return versions


def _version(value: Value, calendars: Calendars, read_target: ReadTarget) -> PolicyVersion | None:
    parts = value.parts(VERSION_KEYS, required=("from", "targets"))
    since = parts["from"].read(calendar_date) if "from" in parts else None
    targets = _targets(parts["targets"], lambda one: read_target(one, calendars, since)) if "targets" in parts else {}
    others: dict[str, Any] = {}
    if "pause" in parts:
        others["pause"] = frozenset(parts["pause"].read_all(code_word(words.PENDING_REASON)))
    if "warn_at" in parts:
        others["warn_at"] = parts["warn_at"].read(_share_of_the_target)
    if "calendar" in parts:
        others["calendar"] = named_calendar(parts["calendar"], calendars, since)
    if "until" in parts:
        others["until"] = parts["until"].read(_day_after(since))
    if "corrected" in parts:
        others["corrected"] = parts["corrected"].read(str)
    return None if since is None else PolicyVersion(since, targets, **others)


def _day_after(since: date | None) -> Callable[[str], date]:
    """A reader of the day from which a version is no longer in force."""

    def read(text: str) -> date:
        until = calendar_date(text)
        if since is not None and until <= since:
            message = _("{until} is not later than “from”, {since}.").format(until=until, since=since)
            raise Unfit(message, _("From “until” on the version is not in force."))
        return until

    return read


def _share_of_the_target(text: str) -> float:
    share = fraction(text)
    if not share:
        raise Unfit(_("“{text}”: every clock would be at risk at once.").format(text=text), _("Write 80%."))
    return share


def _targets(value: Value, read: Callable[[Value], Target]) -> dict[str, Target]:
    parts = value.parts(words.PRIORITY.codes)
    codes = (priority for priority in words.PRIORITY.codes if priority in parts)
    return {priority: read(parts[priority]) for priority in codes}


def _target(value: Value, calendars: Calendars, since: date | None) -> Target:
    parts = value.parts(TARGET_KEYS)
    response = parts["response"].read(promised_time) if "response" in parts else None
    resolution = parts["resolution"].read(promised_time) if "resolution" in parts else None
    if response is not None and resolution is not None and response > resolution:
        message = _("the response target is longer than the resolution target.")
        value.refuse(message, _("Shorten it, or lengthen the other."))
    own = named_calendar(parts["calendar"], calendars, since) if "calendar" in parts else ""
    return Target(response, resolution, own)
