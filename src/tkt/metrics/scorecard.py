"""The scorecard: a period's indicators, overall and by group, as values."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from tkt.domain.settings import Settings
from tkt.domain.ticket import Ticket
from tkt.domain.words import PRIORITY
from tkt.metrics.balance import Balance, draw_up
from tkt.metrics.cohort import Cohort
from tkt.metrics.grouping import BY, UnknownGrouping, grouped, require_grouping
from tkt.metrics.history import History, HistoryReader, Keep
from tkt.metrics.indicator import Indicator
from tkt.metrics.indicators import measure_all
from tkt.metrics.ola import OlaFigures, measure_olas
from tkt.metrics.period import Period
from tkt.service_level.agreements import Agreements

__all__ = ["BY", "Balance", "Figures", "Indicator", "OlaFigures", "Period", "Scorecard", "UnknownGrouping", "score"]

Figures = Mapping[str, Indicator]


@dataclass(frozen=True, slots=True)
class Scorecard:
    """The figures of a period: by indicator key, by priority, and by the values of the `--by` key; its balance; and
    what groups and levels kept of their OLAs. `query` says which tickets they are of, "" for all."""

    period: Period
    indicators: Figures
    by: str = ""
    groups: Mapping[str, Figures] = field(default_factory=dict)
    by_priority: Mapping[str, Figures] = field(default_factory=dict)
    balance: Balance = field(default_factory=Balance)
    olas: Sequence[OlaFigures] = ()
    query: str = ""


def score(
    tickets: Iterable[Ticket],
    period: Period,
    settings: Settings,
    by: str = "",
    types: tuple[str, ...] = ("incident", "request"),
    agreements: Agreements | None = None,
    keep: Keep | None = None,
) -> Scorecard:
    """The figures of the tickets of those types (none named: all), as of the period's end (design.md, section 7).

    Clocks that still run are read at that end, so a period must not reach into the future: end it at now, with
    `open_end`. `by` is one of BY, or "" for no groups; raises UnknownGrouping. `agreements` are those of the settings,
    where somebody has them already; `keep` says which of the tickets count.
    """
    reader = HistoryReader(tuple(tickets), agreements or Agreements.of(settings), types, keep)
    return score_histories(reader, reader.read(period), period, settings, by)


def score_histories(
    reader: HistoryReader, histories: Sequence[History], period: Period, settings: Settings, by: str = ""
) -> Scorecard:
    """The same of tickets that a reader has read as of the period's end; raises UnknownGrouping."""
    require_grouping(by)
    scorer = _Scorer(reader, settings)
    of_priority = grouped(histories, "priority")
    return Scorecard(
        period=period,
        indicators=scorer.figures(histories, period),
        by=by,
        groups=scorer.groups(histories, period, by),
        by_priority={code: scorer.figures(of_priority.get(code, []), period, code) for code in PRIORITY.codes},
        balance=draw_up(histories, period),
        olas=measure_olas(histories, scorer.reader.agreements, period),
    )


@dataclass(frozen=True, slots=True)
class _Scorer:
    reader: HistoryReader
    settings: Settings

    def figures(self, histories: Sequence[History], period: Period, priority: str | None = None) -> Figures:
        """A column of figures, held against the desk's targets: overall, or those of one priority."""
        targets = self.settings.kpi_targets
        measured = measure_all(Cohort(histories, period, self.settings.fcr_within))
        return {key: one.against(targets.of(key, priority)) for key, one in measured.items()}

    def groups(self, histories: Sequence[History], period: Period, by: str) -> dict[str, Figures]:
        if by == "month":
            return self._months(histories, period)
        groups = grouped(histories, by) if by else {}
        return {name: self._group(members, period, by, name) for name, members in groups.items()}

    def _group(self, members: Sequence[History], period: Period, by: str, name: str) -> Figures:
        """Only priorities have targets of their own; the desk's are not those of a category or a person."""
        if by == "priority":
            return self.figures(members, period, name)
        return measure_all(Cohort(members, period, self.settings.fcr_within))

    def _months(self, histories: Sequence[History], period: Period) -> dict[str, Figures]:
        """Each calendar month as a period of its own, seen as of its own end, against the desk's targets."""
        first = min((one.timeline.opened for one in histories), default=None)
        if first is None and period.start is None:
            return {}
        months = period.months(first or period.end, self.settings.timezone)
        return {name: self.figures(self.reader.read(month), month) for name, month in months}
