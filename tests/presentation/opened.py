"""A calendar with one of everything, and days of it of each kind."""

from __future__ import annotations

from datetime import date
from zoneinfo import ZoneInfo

from tkt.domain.opening_hours import CalendarVersion, Days, DaySpans, OpeningHours, OwnHours
from tkt.service_level.business.day_by_day import OpenDay

DAY: DaySpans = ((30600, 45000), (48600, 64800))
NIGHT: DaySpans = ((79200, 108000),)
MORNING: DaySpans = ((30600, 43200),)
OFFICE = OpeningHours(
    "office",
    (
        CalendarVersion(date(2025, 1, 1), ZoneInfo("Asia/Kathmandu"), (((0, 86400),),) * 7),
        CalendarVersion(
            date(2026, 1, 1),
            ZoneInfo("Europe/Paris"),
            (DAY, DAY, DAY, DAY, NIGHT, (), ()),
            ("FR", "FR-57"),
            (Days(date(2000, 12, 26), date(2000, 1, 2), True, "New Year"), Days(date(2026, 5, 15), date(2026, 5, 15))),
            (OwnHours(Days(date(2026, 12, 31), date(2026, 12, 31)), MORNING),),
        ),
    ),
)
CHRISTMAS = OpenDay(date(2026, 12, 25), (), 0, "holiday", "Noël")
DAYS = (
    OpenDay(date(2026, 12, 24), DAY, 30600, "week", ""),
    CHRISTMAS,
    OpenDay(date(2026, 12, 26), (), 0, "closed", ""),
    OpenDay(date(2026, 12, 27), (), 0, "week", ""),
    OpenDay(date(2026, 12, 31), MORNING, 12600, "own", ""),
)
EVERY = [("office", True, OFFICE.versions, (CHRISTMAS,))]
