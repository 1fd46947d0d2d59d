"""Simulating: the desk's history judged by the policies and calendars of another settings file."""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path

from tkt.desk.desk import Desk
from tkt.domain.opening_hours import HolidayYears, ReadHolidays
from tkt.domain.settings import Settings
from tkt.errors import Unreadable
from tkt.language import _
from tkt.metrics.period import Period
from tkt.metrics.simulation import Simulation, simulate
from tkt.store.settings.holidays_file import holidays_path, read_holidays
from tkt.store.settings.settings import read_settings
from tkt.store.unreadable_ticket import UnreadableTicket


class NoSuchSettings(Unreadable):
    """The file that tickets were to be judged by is not there."""


def other_settings(desk: Desk, path: Path, named: str) -> Settings:
    """The settings of a file that a person names so; the desk's zone counts where it names none.

    Public holidays are read beside it, and where it has no file for a region, on the desk. Raises BadSettings and
    NoSuchSettings.
    """
    if not os.path.lexists(path):
        raise NoSuchSettings(_("{path} is not there.").format(path=named))
    holidays = _holidays(desk, path.parent)
    return read_settings(path, named=named, holidays=holidays, timezone=desk.settings.timezone)


def _holidays(desk: Desk, folder: Path) -> ReadHolidays:
    @cache
    def read(region: str) -> HolidayYears:
        beside = holidays_path(folder, region).exists()
        return read_holidays(folder, region) if beside else desk.settings.holidays(region)

    return read


def simulate_policies(
    desk: Desk, others: Settings, period: Period, types: tuple[str, ...], unreadable: list[UnreadableTicket]
) -> Simulation:
    """The desk's tickets of those types, judged by its own settings and by the others'; nothing is written.

    Files that cannot be read are collected, and count on neither side.
    """
    return simulate(desk.tickets(unreadable), period, desk.settings, others, types)
