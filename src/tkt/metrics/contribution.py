"""What a single ticket contributes to the figures of a period, so that it can be told which make a difference."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from tkt.domain.settings import Settings
from tkt.domain.ticket import Ticket
from tkt.metrics.cohort import Cohort
from tkt.metrics.history import HistoryReader
from tkt.metrics.indicators import measure_all
from tkt.metrics.ola import measure_olas
from tkt.metrics.period import Period
from tkt.metrics.seal import Figures, placed
from tkt.service_level.agreements import Agreements


@dataclass(frozen=True)
class Counting:
    """How a desk of these settings counts the tickets of some types in a period."""

    settings: Settings
    period: Period
    types: tuple[str, ...]

    @cached_property
    def _agreements(self) -> Agreements:
        return Agreements.of(self.settings)

    def contribution(self, ticket: Ticket) -> Figures:
        """The figures that the ticket alone would give, in all and of its priority; without those of which it gives
        nothing."""
        histories = HistoryReader((ticket,), self._agreements, self.types).read(self.period)
        if not histories:
            return {}
        alone = measure_all(Cohort(histories, self.period, self.settings.fcr_within))
        olas = measure_olas(histories, self._agreements, self.period)
        found = placed({"": alone, histories[0].timeline.priority: alone}, olas)
        return {place: figure for place, figure in found.items() if figure.value or figure.denominator}
