"""A report as plain data for programs: records by name, with canonical code words, for the CSV bundle and for JSON."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime, tzinfo

from tkt.domain.instant import fixed, write_instant
from tkt.metrics.scorecard import Indicator, Scorecard
from tkt.metrics.series.breaches import Breach
from tkt.metrics.series.report import Report
from tkt.presentation.json_form import VERSION, Document, period_json
from tkt.presentation.report.work_sections import why
from tkt.service_level.period import instant_of

Record = dict[str, str | int | float | None]
# By name and in this order: the files of the bundle, and the lists of the document.
NAMES = (
    "indicators",
    "volumes",
    "outcomes",
    "resolution_times",
    "categories",
    "ages",
    "loads",
    "waits",
    "breaches",
)


def frames(report: Report, zone: tzinfo) -> dict[str, list[Record]]:
    """Every record of a report by the name of its list; instants in `zone`."""
    found: tuple[Iterable[Record], ...] = (
        _indicators(report.card, report.before),
        _volumes(report, zone),
        _outcomes(report, zone),
        _binned(report.resolution_times),
        _categories(report),
        _binned(report.ages),
        _loads(report),
        (_by_name(one) for one in report.waits),
        (_breach(one, zone) for one in report.breaches),
    )
    return {name: list(records) for name, records in zip(NAMES, found, strict=True)}


def report_json(report: Report, zone: tzinfo) -> Document:
    """The document of `tkt report --json`."""
    return {
        "version": VERSION,
        "period": period_json(report.period),
        "before": period_json(report.before.period) if report.before else None,
        "types": list(report.types),
        "query": report.card.query or None,
        "open_before": report.open_before,
        **frames(report, zone),
    }


def _by_name(one: tuple[object, ...]) -> Record:
    fields: Mapping[str, str | int | float | None] = one._asdict()  # type: ignore[attr-defined]
    return dict(fields)


def _indicators(card: Scorecard, before: Scorecard | None) -> Iterator[Record]:
    yield from _of_all("", card.indicators, before.indicators if before else {})
    for code, figures in card.by_priority.items():
        yield from _of_all(code, figures, before.by_priority[code] if before else {})


def _of_all(priority: str, figures: Mapping[str, Indicator], before: Mapping[str, Indicator]) -> Iterator[Record]:
    for key, figure in figures.items():
        yield {
            "key": key,
            "priority": priority,
            "value": figure.value,
            "unit": figure.unit,
            "numerator": figure.numerator,
            "denominator": figure.denominator,
            "target": figure.target,
            "met": None if figure.met is None else int(figure.met),
            "before": before[key].value if key in before else None,
        }


def _volumes(report: Report, zone: tzinfo) -> Iterator[Record]:
    for one in report.volumes:
        counts = {key: value for key, value in _by_name(one).items() if key != "period"}
        yield {"from": _instant(one.period.start, zone), "to": _instant(one.period.end, zone), **counts}


def _outcomes(report: Report, zone: tzinfo) -> Iterator[Record]:
    for one in report.outcomes:
        for priority, figures in {"": one.figures, **one.by_priority}.items():
            yield {
                "from": _instant(one.period.start, zone),
                "to": _instant(one.period.end, zone),
                "priority": priority,
                "resolved": figures["resolved"].value,
                "response_met": figures["sla_response"].numerator,
                "response_judged": figures["sla_response"].denominator,
                "resolution_met": figures["sla_resolution"].numerator,
                "resolution_judged": figures["sla_resolution"].denominator,
                "first_contact": figures["fcr"].numerator,
                "reopened": figures["reopen_rate"].numerator,
                "mttr_seconds": figures["mttr_seconds"].value,
            }


def _binned(bins: Iterable[tuple[object, ...]]) -> Iterator[Record]:
    for one in bins:
        fields = _by_name(one)
        yield {"least_seconds": fields.pop("least"), "below_seconds": fields.pop("below"), **fields}


def _categories(report: Report) -> Iterator[Record]:
    before = report.before.groups if report.before else {}
    for name in dict.fromkeys((*report.card.groups, *before)):
        now, then = report.card.groups.get(name), before.get(name)
        yield {
            "category": name,
            "created": now["created"].value if now else 0,
            "created_before": (then["created"].value if then else 0) if report.before else None,
            "resolved": now["resolved"].value if now else 0,
            "open": now["open"].value if now else 0,
            "mttr_seconds": now["mttr_seconds"].value if now else None,
        }


def _loads(report: Report) -> Iterator[Record]:
    for key, of_all in report.loads.items():
        yield from ({"by": key, **_by_name(one)} for one in of_all)


def _breach(one: Breach, zone: tzinfo) -> Record:
    ticket, reading = one.ticket, one.told.reading
    return {
        "id": ticket.id,
        "type": ticket.type,
        "title": ticket.title,
        "category": ticket.get("category"),
        "priority": one.priority,
        "assignee": ticket.assignee,
        "group": ticket.group,
        "standing": one.standing,
        "clock": one.clock,
        "policy": reading.policy,
        "target_seconds": one.target,
        "elapsed_seconds": one.elapsed,
        "overrun_seconds": one.overrun,
        "opened_at": write_instant(ticket.opened_at),
        "breached_at": _instant(reading.breached_at, zone),
        "stopped_at": _instant(reading.stopped_at, zone),
        "paused_seconds": one.paused,
        "waited_seconds": one.waited,
        "silence_from": _instant(instant_of(one.silence.start), zone),
        "silence_seconds": one.silence.seconds,
        "groups": one.groups,
        "reopenings": one.reopenings,
        "why": why(one, zone),
    }


def _instant(moment: datetime | None, zone: tzinfo) -> str | None:
    return None if moment is None else write_instant(fixed(moment.astimezone(zone)))
