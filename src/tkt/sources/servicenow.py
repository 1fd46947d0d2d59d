"""The ServiceNow incident audit log: one CSV row per update becomes one ticket per number, one entry per change."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from tkt.domain.identifier import is_id
from tkt.domain.instant import write_instant
from tkt.language import _
from tkt.sources.csv_log import UnreadableLog, read_rows
from tkt.sources.imported import Imported, Progress, Remark
from tkt.sources.local_times import LocalTimes
from tkt.sources.servicenow_incident import Incident
from tkt.sources.servicenow_words import (
    KEPT,
    NEEDED,
    REQUIRED,
    Cells,
    Said,
    Translation,
    heading_safe,
    kept_key,
)

_NULLS = ("?", "")
_UNSAFE = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]+")


def read_log(path: Path, zone: ZoneInfo, desk_zone: ZoneInfo, on_progress: Progress | None = None) -> Imported:
    """The incidents of the audit log at `path`, each as of its last row.

    The log's times name no zone: they are read in `zone`. Rows count in file order; an instant earlier than the one
    before it, or than `opened_at`, counts as that one, with a remark. Raises UnreadableLog.
    """
    rows = read_rows(path, on_progress)
    columns = _columns(path, next(rows, (1, []))[1])
    log = _Log(path, LocalTimes(zone, desk_zone), Translation(columns))
    cells = _Cells()
    for line, row in rows:
        log.add(line, dict(zip(columns, map(cells.__getitem__, row), strict=True)))
    return Imported([incident.ticket(log.translation) for incident in log.incidents.values()], log.remarks)


class _Cells(dict[str, str]):
    """Each distinct cell cleaned once: no null, no control character, no line break, no space at its edges."""

    def __missing__(self, cell: str) -> str:
        clean = _UNSAFE.sub(" ", cell).strip()
        self[cell] = clean = "" if clean in _NULLS else clean
        return clean


def _columns(path: Path, header: list[str]) -> list[str]:
    columns = [name.strip() for name in header]
    missing = [name for name in NEEDED if name not in columns]
    if missing:
        why = _("this is no ServiceNow incident log: these columns are missing: {columns}.")
        raise UnreadableLog.at(path, 1, why.format(columns=", ".join(missing)))
    keys = [kept_key(name) for name in columns]
    times = Counter(keys)
    bad = [name for name, key in zip(columns, keys, strict=True) if not key or times[key] > 1]
    if bad:
        why = _("columns need names, each its own; these have none or share one: {columns}.")
        named = ", ".join(_("“{value}”").format(value=name) for name in bad)
        raise UnreadableLog.at(path, 1, why.format(columns=named))
    return columns


@dataclass(slots=True)
class _Log:
    """The log so far: its incidents by number, and the remarks."""

    path: Path
    times: LocalTimes
    translation: Translation
    incidents: dict[str, Incident] = field(default_factory=dict)
    remarks: list[Remark] = field(default_factory=list)
    _remarked: set[tuple[str, ...]] = field(default_factory=set)

    def add(self, line: int, row: Cells) -> None:
        """Take in one row."""
        number = row["number"]
        if not is_id(number):
            self._skip(line, number)
            return
        updated_at = self._time(line, row, "sys_updated_at")
        incident = self.incidents.get(number)
        if incident is None:
            incident = self.incidents[number] = self._open(line, row, updated_at)
        incident.last_at = self._in_order(line, incident, updated_at)
        changes = not incident.row or self.translation.differs(row, incident.row)
        incident.row = row
        if changes:
            self._take_in(line, row, incident)

    def _take_in(self, line: int, row: Cells, incident: Incident) -> None:
        said = self.translation.read(row)
        without = [key for key in REQUIRED if not said.values[key]]
        incident.fold(heading_safe(row["sys_updated_by"]), said)
        self._remark_on_words(line, row, incident, said, without)

    def _open(self, line: int, row: Cells, updated_at: datetime | None) -> Incident:
        opened_at = self._time(line, row, "opened_at")
        if opened_at is None:
            if updated_at is None:
                why = _("neither opened_at nor sys_updated_at says when this was.")
                raise UnreadableLog.at(self.path, line, why)
            message = _("no opened_at: the first update, {at}, is taken.").format(at=write_instant(updated_at))
            self.remarks.append(Remark(line, row["number"], "absent", message))
            opened_at = updated_at
        return Incident(row["number"], opened_at, opened_at)

    def _time(self, line: int, row: Cells, column: str) -> datetime | None:
        text = row[column]
        if not text:
            return None
        try:
            time = self.times.read(text)
        except (ValueError, OverflowError) as error:
            why = _("“{text}” in {column} is no time: day/month/year hour:minute is expected, as 29/2/2016 01:16.")
            raise UnreadableLog.at(self.path, line, why.format(text=text, column=column)) from error
        if time.doubtful:
            message = _("{column} {text} comes twice or never in {zone}: read as {at}.")
            message = message.format(column=column, text=text, zone=self.times.zone.key, at=write_instant(time.at))
            self._remark_once(line, row["number"], "doubtful", message)
        return time.at

    def _in_order(self, line: int, incident: Incident, updated_at: datetime | None) -> datetime:
        floor = incident.last_at
        if updated_at is None:
            message = _("no sys_updated_at: {at} is taken.").format(at=write_instant(floor))
            self.remarks.append(Remark(line, incident.number, "absent", message))
        elif updated_at < floor:
            message = _("{at} is earlier than {floor}, the update before it: it counts as that.")
            if not incident.entries:
                message = _("{at} is earlier than {floor}, when it was opened: it counts as that.")
            message = message.format(at=write_instant(updated_at), floor=write_instant(floor))
            self.remarks.append(Remark(line, incident.number, "clamped", message))
        return floor if updated_at is None else max(floor, updated_at)

    def _remark_on_words(self, line: int, row: Cells, incident: Incident, said: Said, without: list[str]) -> None:
        for column in said.unknown:
            message = _("“{word}” in {column} has no equal here: it is kept as {key}.")
            message = message.format(word=row[column], column=column, key=KEPT + column)
            self._remark_once(line, incident.number, "unknown", message)
        for key in without:
            if REQUIRED[key] not in said.unknown:
                message = _("no {column}: “{value}” is taken.")
                message = message.format(column=REQUIRED[key], value=incident.values[key])
                self._remark_once(line, incident.number, "absent", message)

    def _skip(self, line: int, number: str) -> None:
        message = _("“{number}” is not shaped like INC0012345: its rows are skipped.").format(number=number)
        self._remark_once(line, number, "skipped", message)

    def _remark_once(self, line: int, number: str, kind: str, message: str) -> None:
        if (number, message) not in self._remarked:
            self._remarked.add((number, message))
            self.remarks.append(Remark(line, number, kind, message))
