"""The setting `kpi`: the figures that are aimed at."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from tkt.domain import words
from tkt.domain.settings import KpiTarget, KpiTargets
from tkt.language import _
from tkt.store.settings.text import Unfit, clock_time, fraction, mark, promised_time
from tkt.store.settings.value import Value

KPI_KEYS = ("fcr_within", "targets")

# The figures that may have a target: the indicator's key (design.md, section 7), the better side, how the limit reads.
KPI_FIGURES: Mapping[str, tuple[str, str, Callable[[str], float]]] = {
    "mttr": ("mttr_seconds", "under", clock_time),
    "mttr_business": ("mttr_business_seconds", "under", clock_time),
    "first_response": ("first_response_seconds", "under", clock_time),
    "fcr": ("fcr", "over", fraction),
    "first_assignment": ("first_assignment", "over", fraction),
    "sla_response": ("sla_response", "over", fraction),
    "sla_resolution": ("sla_resolution", "over", fraction),
    "reopen_rate": ("reopen_rate", "under", fraction),
    "escalation_rate": ("escalation_rate", "under", fraction),
    "csat": ("csat", "over", mark),
}
_SIGN = {"under": "<", "over": ">"}


def kpi(value: Value) -> dict[str, Any]:
    """`fcr_within` and `kpi_targets`; the targets given stand in place of the default ones, all of them."""
    parts = value.parts(KPI_KEYS)
    found: dict[str, Any] = {}
    if "fcr_within" in parts and (within := parts["fcr_within"].read(promised_time)) is not None:
        found["fcr_within"] = within
    if "targets" in parts:
        found["kpi_targets"] = _kpi_targets(parts["targets"])
    return found


def _kpi_targets(value: Value) -> KpiTargets:
    parts = value.parts((*KPI_FIGURES, *words.PRIORITY.codes))
    by_priority = {
        (key, priority): target
        for priority in words.PRIORITY.codes
        if priority in parts
        for key, target in _figures(parts[priority].parts(KPI_FIGURES)).items()
    }
    return KpiTargets(_figures(parts), by_priority)


def _figures(parts: Mapping[str, Value]) -> dict[str, KpiTarget]:
    found = {}
    for name, (key, sense, reader) in KPI_FIGURES.items():
        limit = parts[name].read(_limit(sense, reader)) if name in parts else None
        if limit is not None:
            found[key] = KpiTarget(sense, limit)
    return found


def _limit(sense: str, reader: Callable[[str], float]) -> Callable[[str], float]:
    """A reader of `< 4h` or `> 70%`, whichever is the better side of the figure."""
    sign = _SIGN[sense]

    def read(text: str) -> float:
        if not text.startswith(sign) or text[1:2] == "=":
            message = _("“{text}” is not a target of this figure.").format(text=text)
            raise Unfit(message, _("Write “{sign}” and the limit, between quotes.").format(sign=sign))
        return reader(text[1:].strip())

    return read
