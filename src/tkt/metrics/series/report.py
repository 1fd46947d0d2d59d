"""The report of a period: its scorecard, that of the period before, and all that is drawn of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from tkt.domain.settings import Settings
from tkt.domain.ticket import Ticket
from tkt.metrics.cohort import Cohort
from tkt.metrics.figure import percentile
from tkt.metrics.history import History, HistoryReader, Keep
from tkt.metrics.period import Period
from tkt.metrics.scorecard import Scorecard, score_histories
from tkt.metrics.series.breaches import Breach, breaches
from tkt.metrics.series.outcomes import Outcome, measure_outcomes
from tkt.metrics.series.slices import period_before, slices, step_by_day, step_by_week
from tkt.metrics.series.spreads import AgeBin, ResolutionBin, age_bins, oldest, resolution_bins
from tkt.metrics.series.volumes import Volume, measure_volumes, open_before
from tkt.metrics.series.work import HOLDERS, Load, Waiting, loads, waits
from tkt.service_level.agreements import Agreements


@dataclass(frozen=True, slots=True)
class Report:
    """All figures of a period. `before` is the scorecard of the period before, None since ever.

    `fine` and `coarse` are the steps (`day`, `week`, `month`) of `volumes` and of `outcomes`. `percentiles` are the
    real seconds within which so many per cent of the resolved were. `oldest` is the open ticket that was opened first.
    """

    card: Scorecard
    before: Scorecard | None
    types: tuple[str, ...]
    fine: str
    volumes: Sequence[Volume]
    open_before: int
    coarse: str
    outcomes: Sequence[Outcome]
    resolution_times: Sequence[ResolutionBin]
    percentiles: Mapping[int, float | None]
    ages: Sequence[AgeBin]
    oldest: Ticket | None
    loads: Mapping[str, Sequence[Load]]
    waits: Sequence[Waiting]
    breaches: Sequence[Breach]

    @property
    def period(self) -> Period:
        """What it reports on."""
        return self.card.period


def draw_up_report(
    tickets: Iterable[Ticket],
    period: Period,
    settings: Settings,
    types: tuple[str, ...] = ("incident", "request"),
    agreements: Agreements | None = None,
    keep: Keep | None = None,
) -> Report:
    """The report of the tickets of those types (none named: all), as of the period's end.

    A period must not reach into the future. `agreements` are those of the settings, where somebody has them already;
    `keep` says which of the tickets count, as of the end of each period. Raises what a calendar raises of days that it
    cannot know.
    """
    reader = HistoryReader(tuple(tickets), agreements or Agreements.of(settings), types, keep)
    zone = settings.timezone
    # The earlier of the two ends first, as of which a ticket that was over by then is read for both.
    before = period_before(period, zone)
    card_before = None
    if before is not None:
        card_before = score_histories(reader, reader.read(before), before, settings, "category")
    histories = reader.read(period)
    return _report(reader, histories, period, settings, card_before)


def _report(
    reader: HistoryReader, histories: Sequence[History], period: Period, settings: Settings, before: Scorecard | None
) -> Report:
    first = min((one.timeline.opened for one in histories), default=period.end)
    fine, coarse = step_by_day(period, first), step_by_week(period, first)
    cohort = Cohort(histories, period, settings.fcr_within)
    eldest = oldest(cohort)
    return Report(
        card=score_histories(reader, histories, period, settings, "category"),
        before=before,
        types=reader.types,
        fine=fine,
        volumes=measure_volumes(histories, slices(period, fine, first, settings.timezone)),
        open_before=open_before(histories, period),
        coarse=coarse,
        outcomes=measure_outcomes(histories, slices(period, coarse, first, settings.timezone), settings),
        resolution_times=resolution_bins(cohort.resolved),
        percentiles={each: percentile(cohort.resolution_times, each).value for each in (50, 75, 90, 95)},
        ages=age_bins(cohort.open, period),
        oldest=eldest.ticket if eldest else None,
        loads={key: loads(cohort, key) for key in HOLDERS},
        waits=waits(cohort),
        breaches=breaches(cohort, reader.agreements, settings.timezone),
    )
