"""The desk's settings as records: an empty `tkt.yaml` gives the course's desk."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple
from zoneinfo import ZoneInfo

from tkt.domain.duration import BusinessDays
from tkt.domain.opening_hours import OpeningHours, ReadHolidays, no_holidays
from tkt.domain.policies import DEFAULT_POLICY, Ola, Policy
from tkt.domain.priority import DEFAULT_MATRIX, Matrix
from tkt.domain.queues import DEFAULT_QUEUES, Queue

if TYPE_CHECKING:
    from tkt.domain.escalation import Escalation

FORMAT = 1


class Agent(NamedTuple):
    """Someone of the desk: `level` is N1 to N3."""

    name: str
    email: str = ""
    level: str = ""
    group: str = ""


class KpiTarget(NamedTuple):
    """A strict target: the figure must be `under` or `over` the limit (seconds, a rate from 0 to 1, or a mark)."""

    sense: str
    limit: float


class KpiTargets(NamedTuple):
    """Targets by indicator key, and those of one priority by (key, priority)."""

    overall: Mapping[str, KpiTarget]
    by_priority: Mapping[tuple[str, str], KpiTarget]

    def of(self, key: str, priority: str | None = None) -> KpiTarget | None:
        """The target of an indicator, overall or for one priority."""
        return self.overall.get(key) if priority is None else self.by_priority.get((key, priority))


_HOUR = 3600
_OVER_95 = KpiTarget("over", 0.95)
# The course's example targets: MTTR < 4 h for P2, FCR > 70 %, SLA > 95 %, CSAT > 4; reopened < 10 % from its exercise.
DEFAULT_KPI_TARGETS = KpiTargets(
    MappingProxyType(
        {
            "mttr_seconds": KpiTarget("under", 4 * _HOUR),
            "fcr": KpiTarget("over", 0.70),
            "sla_resolution": _OVER_95,
            "reopen_rate": KpiTarget("under", 0.10),
            "csat": KpiTarget("over", 4.0),
        }
    ),
    MappingProxyType(
        {("mttr_seconds", "P2"): KpiTarget("under", 4 * _HOUR)}
        | {("sla_resolution", priority): _OVER_95 for priority in ("P1", "P2", "P3", "P4")}
    ),
)
# design.md, section 3: the states that each state may be left for.
DEFAULT_WORKFLOW: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "new": ("assigned", "in_progress", "pending", "resolved", "cancelled"),
        "assigned": ("in_progress", "pending", "resolved", "cancelled"),
        "in_progress": ("pending", "resolved", "cancelled"),
        "pending": ("assigned", "in_progress", "pending", "resolved", "cancelled"),
        "resolved": ("closed", "in_progress", "pending"),
        "closed": ("in_progress",),
        "cancelled": ("in_progress",),
    }
)
# One that a hosting site still takes, and that a command can hold in memory.
LARGEST_ATTACHMENT = 100 * 1024 * 1024
MEBIBYTE = 1024 * 1024
COMMIT_PATIENCE = 2 * 60


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything a desk may set. Durations are in seconds, sizes in bytes.

    `calendar` is the one that business days are counted by, "" for Monday to Friday. `automatic_author` signs what the
    desk's own rules write; `autoclose` 0 closes nothing.
    """

    format: int = FORMAT
    language: str = "fr"
    timezone: ZoneInfo = field(default_factory=lambda: ZoneInfo("Europe/Paris"))
    agents: tuple[Agent, ...] = ()
    categories: tuple[str, ...] = ()
    matrix: Matrix = field(default_factory=lambda: DEFAULT_MATRIX)
    workflow: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: DEFAULT_WORKFLOW)
    calendars: tuple[OpeningHours, ...] = ()
    # How they are read tells no two settings apart.
    holidays: ReadHolidays = field(default=no_holidays, compare=False)
    calendar: str = ""
    policies: tuple[Policy, ...] = (DEFAULT_POLICY,)
    olas: tuple[Ola, ...] = ()
    automatic_author: str = "tkt"
    escalations: tuple[Escalation, ...] = ()
    autoclose: BusinessDays = BusinessDays(0)
    queues: Mapping[str, Queue] = field(default_factory=lambda: DEFAULT_QUEUES)
    kpi_targets: KpiTargets = field(default_factory=lambda: DEFAULT_KPI_TARGETS)
    fcr_within: int = _HOUR
    backdate_limit: int = 30 * 60
    reopen_within: BusinessDays = BusinessDays(7)
    stale_after: BusinessDays = BusinessDays(2)
    attachment_limit: int = 10 * MEBIBYTE
    first_number: int = 1
    number_block: int = 20
    commit: bool = True
    commit_patience: int = COMMIT_PATIENCE

    def agent(self, name: str) -> Agent | None:
        """The agent of that exact name, or None."""
        return next((agent for agent in self.agents if agent.name == name), None)

    @property
    def known_format(self) -> bool:
        """Whether this tkt may write on the desk: a newer format is only read."""
        return self.format <= FORMAT
