"""A ticket whose resolution clock has one of everything to explain, on a desk of office hours with two policies."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

from tests.service_level.lives import at, life, said
from tkt.domain.opening_hours import CalendarVersion, Days, OpeningHours
from tkt.domain.policies import Policy, PolicyVersion, Target
from tkt.domain.ticket import Ticket
from tkt.service_level.agreements import Agreements
from tkt.service_level.business.calendars import Calendars
from tkt.service_level.explanation import Explanation, explain

PARIS = ZoneInfo("Europe/Paris")
HOUR = 3600
_DAY = ((17 * HOUR // 2, 25 * HOUR // 2), (27 * HOUR // 2, 18 * HOUR))
OFFICE = OpeningHours(
    "office",
    (
        CalendarVersion(
            date(2026, 1, 1),
            PARIS,
            (_DAY,) * 5 + ((), ()),
            holidays=("FR",),
            closed=(Days(date(2026, 1, 20), date(2026, 1, 20), name="Inventaire"),),
        ),
    ),
)
CALENDARS = Calendars.of((OFFICE,), lambda _file: {2026: {date(2026, 1, 16): "Fête"}})
TARGETS = {"P1": Target(900, 4 * HOUR, "24x7"), "P3": Target(2 * HOUR, 20 * HOUR)}
VIP = Policy("vip", (PolicyVersion(date(2026, 1, 1), TARGETS),), {"type": ("incident",), "asset": ("SRV-*",)})
STANDARD = Policy(
    "standard",
    (PolicyVersion(date(2026, 1, 1), TARGETS, calendar="office", corrected="typing error"),),
    {"type": ("incident", "request")},
)
DESK = Agreements((VIP, STANDARD), CALENDARS)
NOW = at("10:00", 21)


def eventful(**fields: str) -> Ticket:
    """Opened as P1, breached, lowered, paused, pending for approval, resolved, reopened, cancelled, brought back."""
    entries = (
        said("09:30", state="new → in_progress"),
        said("14:00", priority="P1 → P3", late="forgotten"),
        said("14:30:07", state="in_progress → pending", reason="user"),
        said("15:00", state="pending → pending", reason="approval"),
        said("15:30", state="pending → in_progress"),
        said("16:00", state="in_progress → resolved"),
        said("16:30", state="resolved → in_progress"),
        said("17:00", state="in_progress → cancelled"),
        said("17:30", state="cancelled → in_progress"),
    )
    lined = (replace(entry, line=20 + 5 * n) for n, entry in enumerate(entries))
    return life(*lined, priority="P1", **{"title": "Outlook", **fields})


def told(ticket: Ticket, now: datetime = NOW, clock: str = "resolution", desk: Agreements = DESK) -> Explanation:
    """The explanation of a clock."""
    return explain(ticket, desk, now, clock)
