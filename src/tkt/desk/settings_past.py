"""The past of the desk's settings: a version that was edited when it had come into force is a finding."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from tkt.desk.desk import Desk
from tkt.domain.finding import Finding
from tkt.domain.past_promises import Change, Rewritten, rewritten
from tkt.domain.promises import FactKey, changed_terms, facts_of
from tkt.errors import TktError
from tkt.language import _
from tkt.store.desk_folder import SETTINGS, ids
from tkt.store.settings.file import bytes_of
from tkt.store.settings.holidays_file import FOLDER, data_of, file_name
from tkt.store.settings.places import SettingsPlaces
from tkt.store.settings.promised_text import PastTexts

RULE = "past-settings"


def regions_of(desk: Desk) -> list[str]:
    """The regions whose holidays the desk has, or that a calendar asks for."""
    there = {path.stem for path in (desk.root / FOLDER).glob("*.yaml")}
    asked = {one for calendar in desk.settings.calendars for version in calendar.versions for one in version.holidays}
    return sorted(there & asked)


def findings_of_the_past(desk: Desk, changes: Iterable[Change], head: str) -> Iterator[Finding]:
    """What the settings on disk make of days that have passed otherwise than the commits up to `head` had it.

    Nothing on a desk without a ticket: no verdict rests on its settings yet, and who sets it up is free to.
    """
    if not any(ids(desk.root)):
        return
    holidays = {region: _data_of(desk.root, region) for region in regions_of(desk)}
    now = PastTexts().promises(bytes_of(desk.root / SETTINGS), holidays)
    if now is None:
        return
    places = _Places(desk)
    for one in rewritten(changes, facts_of(now), desk.now.date(), head):
        path = file_name(one.key.name) if one.key.kind == "holidays" else SETTINGS
        yield Finding(path, places.line(one.key), "error", RULE, _message(one), _mend(one))


def _data_of(root: Path, region: str) -> bytes | None:
    """What a region's file holds, None for one that cannot be read: other findings tell of that."""
    try:
        return data_of(root, region)
    except TktError:
        return None


class _Places:
    """Where facts stand in the settings."""

    def __init__(self, desk: Desk) -> None:
        self._settings = desk.settings
        self._root: Path = desk.root
        self._places: SettingsPlaces | None = None

    def line(self, key: FactKey) -> int:
        if key.kind == "holidays":
            return 0
        self._places = self._places or SettingsPlaces(self._root)
        if key.kind == "calendar":
            return self._places.line("calendars", key.name)
        policies = self._settings.policies if key.family == "sla" else [one.policy for one in self._settings.olas]
        for number, one in enumerate(policies):
            if one.name == key.name:
                sinces = [version.since for version in one.versions]
                place: list[str | int] = ["versions", sinces.index(key.since)] if key.since in sinces else []
                return self._places.line(key.family, number, *place)
        return self._places.line(key.family)


def _message(one: Rewritten) -> str:
    said = {
        "when": _("{whose}: “when” is not what it was when tickets were judged by it; commit {commit} last had it so"),
        "order": _("{whose} that are in force stand in another order than when tickets were judged; commit {commit}"),
        "until": _("{version}: “until” is not what it was when that day came; commit {commit} last had it so"),
        "calendar": _("the calendar “{name}”: days that have passed have other hours; commit {commit} last had them"),
        "holidays": _("days that have passed are holidays no more, or only now; commit {commit} last had them so"),
        "version": _said_of_version(one),
    }
    whose = _agreement(one.key)
    version = _("{whose}, version from {date}").format(whose=whose, date=one.key.since)
    return said[one.key.kind].format(
        whose=whose, version=version, name=one.key.name, commit=one.commit, terms=_terms(one)
    )


def _agreement(key: FactKey) -> str:
    if not key.name:
        return _("the policies") if key.family == "sla" else _("the OLAs")
    said = _("the policy “{name}”") if key.family == "sla" else _("the OLA “{name}”")
    return said.format(name=key.name)


def _said_of_version(one: Rewritten) -> str:
    if one.was.value is None:
        return _("{version}: put in when that day had passed, for tickets judged without it; commit {commit} had none")
    if one.now.value is None:
        return _("{version}: gone, and tickets were judged by it; commit {commit} last had it")
    return _("{version}: {terms} changed after it had come into force; commit {commit} last had it otherwise")


def _terms(one: Rewritten) -> str:
    if one.key.kind != "version" or one.was.value is None or one.now.value is None:
        return ""
    return ", ".join(changed_terms(one.was.value, one.now.value))


def _mend(one: Rewritten) -> str:
    if one.key.kind == "holidays":
        return _("Put the days back, or say why at the top of the file: “corrected: WHY”.")
    if one.key.kind == "version" and one.was.value is None:
        return _("Let it begin on a day to come, or say in it why not: “corrected: WHY”.")
    return _("Put it back and add a version that begins on a day to come, or say why in the version: “corrected: WHY”.")
